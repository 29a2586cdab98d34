//! The population frequency, held against the limits of the mode.

use super::{Asked, CriterionRow, genomics_england};
use crate::model::frequency::{FrequencyMode, frequency_mode};
use crate::model::segregation::SegregationMode;
use crate::tier::rule_set::FrequencyBy;

/// At or below the frequency limits that apply to the event.
pub(super) const FREQUENCY: CriterionRow = CriterionRow {
    id: "frequency",
    source: genomics_england("variant tiering, criterion 2"),
    words: "population frequency within the limit for the mode of inheritance",
    holds: is_rare,
};

fn is_rare(asked: &Asked) -> bool {
    let frequency = asked.input.frequency;
    match (asked.rules.frequency_by, asked.passed) {
        (FrequencyBy::SegregationMode, Some((mode, ..))) => {
            frequency.allows(frequency_mode(mode, asked.input.region))
        }
        (FrequencyBy::SegregationMode, None) => {
            frequency.allows(FrequencyMode::Recessive) || frequency.allows(FrequencyMode::Mitochondrial)
        }
        (FrequencyBy::PanelMode, _) => {
            let filters = asked.entry.map_or(&[][..], |e| asked.rules.filters_of(e.mode_of_inheritance));
            is_rare_for_the_panel(asked, filters)
        }
    }
}

/// The dominant limits where the panel's mode stands for dominant autosomal filters and nothing else, the
/// loose ones otherwise (also for a gene on no panel).
fn is_rare_for_the_panel(asked: &Asked, filters: &[SegregationMode]) -> bool {
    use SegregationMode as M;
    let frequency = asked.input.frequency;
    let dominant = [
        M::AutosomalDominant,
        M::AutosomalDominantIncompletePenetrance,
        M::DeNovo,
        M::DominantMaternallyImprinted,
        M::DominantPaternallyImprinted,
    ];
    match filters {
        [M::Mitochondrial] => {
            frequency.allows(FrequencyMode::Recessive) && frequency.allows(FrequencyMode::Mitochondrial)
        }
        [_, ..] if filters.iter().all(|m| dominant.contains(m)) => frequency.allows(FrequencyMode::Dominant),
        _ => frequency.allows(FrequencyMode::Recessive),
    }
}
