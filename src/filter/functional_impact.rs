//! The allele has a consequence that a rule set counts.

use super::outcome::{Outcome, Rule};
use crate::model::consequence::Terms;

/// Keeps an allele whose terms on a transcript share at least one with `counted`.
pub fn functional_impact(terms: Terms, counted: Terms) -> Outcome {
    let shared: Terms = terms.iter().filter(|&t| counted.contains(t)).collect();
    let kept = !shared.is_empty();
    let value = terms.joined();
    let reason = if kept {
        format!("{} counts as a functional impact", shared.joined())
    } else if terms.is_empty() {
        "there is no consequence".to_owned()
    } else {
        format!("{value} does not count as a functional impact")
    };
    Outcome {
        rule: Rule::FunctionalImpact,
        kept,
        value: value.clone(),
        threshold: format!("one of the {} terms that the rule set counts", counted.iter().count()),
        reason,
        would_keep: (!kept && !terms.is_empty())
            .then(|| format!("{value} among the consequences that the rule set counts")),
    }
}
