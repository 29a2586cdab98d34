//! The consequence, held against the rule set's lists.

use super::{Asked, CriterionRow, genomics_england};
use crate::model::consequence::Term;
use crate::tier::input::TierInput;
use crate::tier::rule_set::RuleSet;

/// A qualifying consequence.
pub(super) const FUNCTIONAL_IMPACT: CriterionRow = CriterionRow {
    id: "functional_impact",
    source: genomics_england("variant tiering, criterion 3"),
    words: "qualifying consequence",
    holds: |asked| counts_as_functional(asked.rules, asked.input),
};

/// A consequence of the high list.
pub(super) const HIGH_IMPACT: CriterionRow = CriterionRow {
    id: "high_impact",
    source: genomics_england("variant tiering, high-impact consequences"),
    words: "high-impact consequence",
    holds: |asked| has(asked.input, &asked.rules.consequences.high),
};

/// A consequence of the moderate list.
pub(super) const MODERATE_IMPACT: CriterionRow = CriterionRow {
    id: "moderate_impact",
    source: genomics_england("variant tiering, moderate-impact consequences"),
    words: "moderate-impact consequence",
    holds: |asked| has(asked.input, &asked.rules.consequences.moderate),
};

/// A consequence of the non-coding list in a gene that makes no protein.
pub(super) const NON_CODING_IMPACT: CriterionRow = CriterionRow {
    id: "non_coding_impact",
    source: genomics_england("variant tiering, consequences in non-coding genes"),
    words: "consequence in a non-coding gene",
    holds: |asked| is_non_coding_impact(asked.rules, asked.input),
};

/// A consequence of the loss-of-function list.
pub(super) const LOSS_OF_FUNCTION_IMPACT: CriterionRow = CriterionRow {
    id: "loss_of_function_impact",
    source: genomics_england("variant tiering, high-impact consequences"),
    words: "loss-of-function consequence",
    holds: |asked| has(asked.input, &asked.rules.consequences.loss_of_function),
};

/// The gene makes a protein.
pub(super) const CODING_GENE: CriterionRow = CriterionRow {
    id: "coding_gene",
    source: genomics_england("variant tiering, non-coding genes are never Tier 3"),
    words: "protein-coding gene",
    holds: |asked: &Asked| is_coding(asked.rules, asked.input),
};

/// Whether the consequence qualifies. Where the rule set names terms that count for nothing alone, everything else
/// qualifies; otherwise the lists of high, moderate and non-coding impact do.
pub(in crate::tier) fn counts_as_functional(rules: &RuleSet, input: &TierInput) -> bool {
    let lists = &rules.consequences;
    if lists.uncounted_alone.is_empty() {
        return has(input, &lists.high) || has(input, &lists.moderate) || is_non_coding_impact(rules, input);
    }
    let mut terms = input.terms.iter();
    match (terms.next(), terms.next()) {
        (None, _) => false,
        (Some(only), None) => !lists.uncounted_alone.contains(&only),
        (Some(_), Some(_)) => true,
    }
}

fn is_non_coding_impact(rules: &RuleSet, input: &TierInput) -> bool {
    !is_coding(rules, input) && has(input, &rules.consequences.non_coding)
}

fn is_coding(rules: &RuleSet, input: &TierInput) -> bool {
    rules.consequences.coding_biotypes.iter().any(|biotype| biotype == input.biotype)
}

fn has(input: &TierInput, list: &[Term]) -> bool {
    input.terms.iter().any(|term| list.contains(&term))
}
