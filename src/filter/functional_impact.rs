//! The allele has a consequence that a rule set counts.

use super::outcome::Outcome;
use super::rules::{Ask, Filter};
use crate::model::consequence::Terms;
use crate::model::funnel::FunnelStep;
use crate::model::guideline::Guideline;

/// The row.
pub const FUNCTIONAL_IMPACT: Filter = Filter {
    id: "functional_impact",
    source: Guideline::new(
        "Genomics England, Rare Disease Genome Analysis Guide",
        "variant tiering, criterion 3",
        "Mira, 2024-04",
    ),
    words: "functional impact",
    steps: &[FunnelStep::Impact],
    ask: Ask::InPlace,
};

/// Keeps an allele whose terms on a transcript share at least one with `counted`.
pub fn functional_impact(terms: Terms, counted: Terms) -> Outcome {
    let shared: Terms = terms.iter().filter(|&t| counted.contains(t)).collect();
    let kept = !shared.is_empty();
    let value = terms.joined();
    let reason = if kept {
        format!("{} is a qualifying consequence", shared.joined())
    } else if terms.is_empty() {
        "no consequence was predicted".to_owned()
    } else {
        format!("{value} is not a qualifying consequence")
    };
    Outcome {
        rule: FUNCTIONAL_IMPACT.rule(),
        kept,
        value: value.clone(),
        threshold: format!("one of the rule set's {} qualifying terms", counted.iter().count()),
        reason,
        would_keep: (!kept && !terms.is_empty())
            .then(|| format!("{value} among the rule set's qualifying consequences")),
    }
}
