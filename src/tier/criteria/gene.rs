//! What the panels say of the gene.

use super::{Asked, CriterionRow, genomics_england};
use crate::model::guideline::Guideline;
use crate::model::panel::{Confidence, ModeOfPathogenicity};
use crate::model::plan::PlannedGeneEntry;

/// The gene is green on the panel.
pub(super) const GREEN_GENE: CriterionRow = CriterionRow {
    id: "green_gene",
    source: genomics_england("variant tiering, criterion 5a"),
    words: "gene green on an applied panel",
    holds: |asked| asked.entry.is_some(),
};

/// Every panel on which the gene is green says that loss of function is not the mechanism.
pub(super) const LOSS_OF_FUNCTION_NOT_MECHANISM: CriterionRow = CriterionRow {
    id: "loss_of_function_not_mechanism",
    source: Guideline::new("Genomics England PanelApp", "mode of pathogenicity", ""),
    words: "loss of function is not the gene's mechanism",
    holds: not_the_mechanism,
};

fn not_the_mechanism(asked: &Asked) -> bool {
    let is_green = |entry: &&PlannedGeneEntry| entry.confidence == Confidence::Green;
    let mut green = asked.input.entries.iter().filter(is_green).peekable();
    green.peek().is_some() && green.all(|e| e.mode_of_pathogenicity == ModeOfPathogenicity::NotLossOfFunction)
}
