//! The allele lies in the genes analysed.

use super::outcome::Outcome;
use super::rules::{Ask, Filter};
use crate::model::funnel::FunnelStep;
use crate::model::guideline::Guideline;

/// The row.
pub const SCOPE: Filter = Filter {
    id: "scope",
    source: Guideline::own("[scope] of the pipeline definition"),
    words: "genes analysed",
    steps: &[FunnelStep::OutsideScope],
    ask: Ask::InPlace,
};

/// The answer on a place that lies inside the genes analysed, or outside.
pub fn scope(inside: bool) -> Outcome {
    Outcome {
        rule: SCOPE.rule(),
        kept: inside,
        value: if inside { "inside" } else { "outside" }.to_owned(),
        threshold: "in the genes analysed".to_owned(),
        reason: if inside { "in the genes analysed" } else { "outside the genes analysed" }.to_owned(),
        would_keep: (!inside).then(|| {
            "a panel of the test that includes the gene, or genes = \"genome\" in the pipeline's scope"
                .to_owned()
        }),
    }
}
