//! What others, or the laboratory's own lists, say of the very allele.

use super::{CriterionRow, genomics_england};

/// Known pathogenic or likely pathogenic.
pub(super) const KNOWN_PATHOGENIC: CriterionRow = CriterionRow {
    id: "known_pathogenic",
    source: genomics_england("variant tiering, criterion 6 (since Izar, 2023-03)"),
    words: "known pathogenic or likely pathogenic",
    holds: |asked| asked.input.known_pathogenic.is_some(),
};

/// On the inclusion list.
pub(super) const INCLUSION_LIST: CriterionRow = CriterionRow {
    id: "inclusion_list",
    source: genomics_england("variant tiering, criterion 7"),
    words: "on the inclusion list",
    holds: |asked| asked.input.inclusion_list.is_some(),
};

/// On the artefact or benign list.
pub(super) const ARTEFACT_LIST: CriterionRow = CriterionRow {
    id: "artefact_list",
    source: genomics_england("variant tiering, criterion 8"),
    words: "on the artefact or benign list",
    holds: |asked| asked.input.artefact_list.is_some(),
};
