//! How the links between the tests of a plan and its panels stand with the laboratory's approvals.

use std::borrow::Cow;

use crate::directory::panels::LinkState;
use crate::model::directory::{DirectoryTest, TestTarget};
use crate::model::plan::{Plan, PlannedLink, PlannedPanel};

use super::context::PlanContext;

/// One link for each test and each panel that answers it, in the order of the tests; empty where the laboratory
/// keeps no list of approvals. A super panel is approved together with the version of each of its parts: its own says
/// nothing of theirs. A panel that the requester chose is linked where the test leaves the choice to them.
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
        for panel in ids.iter().flat_map(|id| with_parts(*id, panels)) {
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

/// The links of a plan that nobody has approved.
pub fn pending_links(plan: &Plan) -> Vec<String> {
    let pending = plan.links.iter().filter(|link| link.pending);
    pending
        .map(|link| {
            format!(
                "The link of {} to panel {} version {} is pending: {}",
                link.code, link.panel, link.version, link.reason
            )
        })
        .collect()
}

/// A panel and all that it is made of.
fn with_parts(id: u32, panels: &[PlannedPanel]) -> Vec<&PlannedPanel> {
    let mut found: Vec<&PlannedPanel> = panels.iter().filter(|panel| panel.id == id).collect();
    let mut at = 0;
    while let Some(whole) = found.get(at).map(|panel| panel.id) {
        let parts = panels.iter().filter(|panel| panel.part_of == Some(whole));
        let new: Vec<_> = parts.filter(|part| !found.iter().any(|known| known.id == part.id)).collect();
        found.extend(new);
        at += 1;
    }
    found
}
