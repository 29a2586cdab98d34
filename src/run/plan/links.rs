//! How the links between the tests of a plan and its panels stand with the laboratory's approvals.

use std::borrow::Cow;

use crate::directory::panels::LinkState;
use crate::model::directory::{DirectoryTest, TestTarget};
use crate::model::plan::{PlannedLink, PlannedPanel};

use super::context::PlanContext;

/// One link for each test and each panel that answers it, in the order of the tests; empty where the laboratory
/// keeps no list of approvals. A panel that the requester chose is linked where the test leaves the choice to them.
pub(super) fn of(
    tests: &[Cow<'_, DirectoryTest>],
    requested: &[u32],
    panels: &[PlannedPanel],
    context: &PlanContext<'_>,
) -> Vec<PlannedLink> {
    let Some(links) = context.links else { return Vec::new() };
    let mut planned = Vec::new();
    for test in tests {
        let ids: &[u32] = match &test.target {
            TestTarget::Panels(ids) => ids,
            TestTarget::RequesterSelectedPanels => requested,
            _ => &[],
        };
        for panel in ids.iter().filter_map(|id| panels.iter().find(|panel| panel.id == *id)) {
            let state = links.state(&test.code.0, panel.id, &panel.version, &context.directory.release);
            let (approval, reason) = match state {
                LinkState::Current(approval) => (Some(approval), None),
                LinkState::Pending(approval, reason) => (approval, Some(reason)),
            };
            planned.push(PlannedLink {
                code: test.code.clone(),
                panel: panel.id,
                version: panel.version.clone(),
                pending: reason.is_some(),
                approved_by: approval.map(|a| a.by.clone()),
                approved_on: approval.map(|a| a.on.clone()),
                reason: reason.unwrap_or_default(),
            });
        }
    }
    planned
}
