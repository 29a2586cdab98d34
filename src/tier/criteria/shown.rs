//! Whether the mode that passed is shown, or only not contradicted.

use super::CriterionRow;
use crate::model::guideline::Guideline;
use crate::model::segregation::Verdict;

/// The mode that passed fits whatever the missing genotypes are. A rule set that asks for it holds a mode that is merely
/// possible, in a singleton for one, to a lower tier.
pub(super) const MODE_SHOWN: CriterionRow = CriterionRow {
    id: "mode_shown",
    source: Guideline::own("docs/inheritance.md"),
    words: "mode of inheritance shown, whatever the missing genotypes are",
    holds: |asked| matches!(asked.passed, Some((_, Verdict::Yes, _))),
};
