//! Terms for edits that take away a whole transcript, and the place of the terms of symbolic alleles.

use crate::annotate::edit::oriented::Oriented;
use crate::annotate::layout::Layout;
use crate::model::consequence::{Term, Terms};

/// `transcript_ablation` where every base of the transcript is removed.
pub fn terms(layout: &Layout<'_>, edit: &Oriented) -> Terms {
    if !edit.is_insertion() && edit.start <= 0 && edit.end >= layout.length() {
        Terms::of(Term::TranscriptAblation)
    } else {
        Terms::NONE
    }
}
