//! What the plan says of itself.

use super::{Asked, Check, Raised, entry};
use crate::model::guideline::Guideline;
use crate::plan::pending_links;
use crate::report::model::Severity;

/// The row: what has moved on since the plan was stored.
pub(super) const STORED_PLAN: Check = Check {
    id: "stored_plan",
    source: Guideline::own("docs/plans.md"),
    severity: Severity::Warning,
    words: "Whether Directory, panels or rules have moved on since the stored plan was made",
    of_look_ups: true,
    raise: |asked| raised(asked.plan_notices.iter().cloned()),
};

/// The row: links that nobody has approved.
pub(super) const PENDING_LINK: Check = Check {
    id: "pending_link",
    source: Guideline::own("docs/plans.md"),
    severity: Severity::Warning,
    words: "Whether every link of a clinical indication to its panel has been approved",
    of_look_ups: true,
    raise: |asked: &Asked| raised(pending_links(asked.plan).into_iter()),
};

fn raised(messages: impl Iterator<Item = String>) -> Raised {
    Raised::checks(messages.map(|message| entry(Severity::Warning, "plan", message)))
}
