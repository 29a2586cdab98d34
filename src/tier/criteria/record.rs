//! What the record and its calls say.

use super::{CriterionRow, genomics_england};

/// The record passed the caller's filters.
pub(super) const FILTER_PASS: CriterionRow = CriterionRow {
    id: "filter_pass",
    source: genomics_england("variant tiering, criterion 1"),
    words: "passed the caller's filters",
    holds: |asked| asked.input.refused_filters.is_empty(),
};

/// An affected member carries the allele.
pub(super) const CARRIED_BY_AFFECTED: CriterionRow = CriterionRow {
    id: "carried_by_affected",
    source: genomics_england("variant tiering, criterion 4"),
    words: "carried by an affected member",
    holds: |asked| !asked.input.affected_carriers.is_empty(),
};
