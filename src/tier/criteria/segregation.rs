//! How the allele runs in the family, and whether the panel expects that.

use super::{Asked, CriterionRow, genomics_england};
use crate::model::segregation::{DeNovoGrade, SegregationMode, Verdict};
use crate::tier::input::under_complete_penetrance;

/// At least one segregation filter passed.
pub(super) const SEGREGATION: CriterionRow = CriterionRow {
    id: "segregation",
    source: genomics_england("variant tiering, criterion 4"),
    words: "segregation filter passed",
    holds: |asked| asked.passed.is_some(),
};

/// The filter that passed is one that the panel's mode of inheritance stands for.
pub(super) const MODE_MATCHES: CriterionRow = CriterionRow {
    id: "mode_matches",
    source: genomics_england("variant tiering, criterion 5b"),
    words: "segregation filter matching the panel's mode of inheritance",
    holds: mode_matches,
};

/// Shown to be de novo, and not by a weak call.
pub(super) const DE_NOVO: CriterionRow = CriterionRow {
    id: "de_novo",
    source: genomics_england("variant tiering, Tier 1: de novo"),
    words: "de novo, supported by the reads",
    holds: is_de_novo,
};

fn mode_matches(asked: &Asked) -> bool {
    asked.passed.zip(asked.entry).is_some_and(|((mode, ..), entry)| {
        asked.rules.filters_of(entry.mode_of_inheritance).contains(&under_complete_penetrance(mode))
    })
}

fn is_de_novo(asked: &Asked) -> bool {
    matches!(asked.passed, Some((SegregationMode::DeNovo, Verdict::Yes, _)))
        && asked.input.de_novo.is_none_or(|evidence| evidence.grade == DeNovoGrade::Confident)
}
