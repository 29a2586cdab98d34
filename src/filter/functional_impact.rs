//! The allele has a consequence that a rule set counts.

use super::outcome::{Outcome, Rule};
use crate::model::consequence::Terms;

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
        rule: Rule::FunctionalImpact,
        kept,
        value: value.clone(),
        threshold: format!("one of the rule set's {} qualifying terms", counted.iter().count()),
        reason,
        would_keep: (!kept && !terms.is_empty())
            .then(|| format!("{value} among the rule set's qualifying consequences")),
    }
}
