//! At least one affected member carries the allele in a call that meets the floors of quality.

use super::outcome::Outcome;
use super::rules::{Ask, Filter};
use crate::model::funnel::FunnelStep;
use crate::model::guideline::Guideline;

/// The row.
pub const GENOTYPE_QUALITY: Filter = Filter {
    id: "genotype_quality",
    source: Guideline::own("[quality] of the pipeline definition"),
    words: "genotype quality",
    steps: &[FunnelStep::CallQuality],
    ask: Ask::InPlace,
};

/// The answer of [`super::affected_carry`] over the calls that are left after the floors. `first` is the first floor
/// that was missed: whose call missed it and how, and what would have kept the call.
pub fn genotype_quality(carried: Outcome, first: Option<(String, String)>) -> Outcome {
    let (reason, would_keep) = match first {
        Some((reason, would_keep)) => (reason, Some(would_keep)),
        None => (carried.reason.clone(), None),
    };
    Outcome { rule: GENOTYPE_QUALITY.rule(), reason, would_keep, ..carried }
}
