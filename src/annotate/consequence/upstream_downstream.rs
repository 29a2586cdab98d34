//! Alleles near a transcript but outside of it.

use crate::annotate::edit::oriented::Oriented;
use crate::annotate::layout::Layout;
use crate::model::consequence::{Term, Terms};

/// `upstream_gene_variant` or `downstream_gene_variant` within `distance` bases of the transcript's ends.
///
/// Source: Ensembl Variation, "Calculated consequences"; distance 5,000 by default.
pub fn terms(layout: &Layout<'_>, edit: &Oriented, distance: u32) -> Terms {
    let (start, end) = edit.inclusive();
    let distance = i64::from(distance);
    let length = layout.length();
    if end < 0 && start.max(end) >= -distance {
        Terms::of(Term::UpstreamGene)
    } else if start >= length && start.min(end) < length + distance {
        Terms::of(Term::DownstreamGene)
    } else {
        Terms::NONE
    }
}
