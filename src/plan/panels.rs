//! Adds a panel to the virtual panel, and with a super panel each panel it is made of.

use std::collections::BTreeSet;

use crate::directory::VersionRule;
use crate::directory::panels::version::compare_versions;
use crate::model::directory::DirectoryTest;
use crate::model::gene::HgncId;
use crate::model::panel::PanelVersion;
use crate::model::plan::PlannedPanel;

use super::context::PlanContext;
use super::error::Refusal;
use super::genes::VirtualPanel;

/// The green genes of a panel, those of its parts included.
#[derive(Clone, Default)]
pub(super) struct Greens {
    /// All of them, by identity.
    pub ids: BTreeSet<HgncId>,
    /// True when the bundle has at least one of them.
    pub in_bundle: bool,
}

/// Adds the panel `id`, at the version the context's rule picks.
pub(super) fn add(
    panel: &mut VirtualPanel<'_>,
    id: u32,
    test: Option<&DirectoryTest>,
) -> Result<(), Refusal> {
    let context = panel.context;
    let version = context
        .panels
        .choose(id, context.version_rule)
        .map_err(|source| Refusal::Panel { code: test.map(|t| t.code.to_string()), source })?;
    let greens = add_version(panel, version, &mut Vec::new())?;
    panel.found_green(greens.in_bundle);
    Ok(())
}

/// Adds one version after the versions of its parts. `above` holds the super panels being added: a panel
/// that is, however deep, a part of itself is added once.
fn add_version(
    panel: &mut VirtualPanel<'_>,
    version: &PanelVersion,
    above: &mut Vec<u32>,
) -> Result<Greens, Refusal> {
    if let Some(greens) = panel.added(version.id) {
        return Ok(greens);
    }
    if above.contains(&version.id) {
        return Ok(Greens::default());
    }
    let context = panel.context;
    let slot = panel.reserve(PlannedPanel { part_of: above.last().copied(), ..planned(version, context) });
    above.push(version.id);
    let mut greens = Greens::default();
    for child in &version.children {
        let child = context.panels.choose(*child, context.version_rule).map_err(|source| Refusal::Child {
            panel: version.id,
            version: version.version.clone(),
            source,
        })?;
        let part = add_version(panel, child, above)?;
        greens.ids.extend(part.ids);
        greens.in_bundle |= part.in_bundle;
    }
    above.pop();
    panel.add_entities(version, &mut greens)?;
    if !greens.in_bundle {
        panel.note_without_green(version);
    }
    panel.finish_panel(slot, version.id, greens.clone());
    Ok(greens)
}

/// The plan's record of a panel version; its green genes are counted once all parts are in.
fn planned(version: &PanelVersion, context: &PlanContext<'_>) -> PlannedPanel {
    let newest = context.panels.versions(version.id).last().map(|newest| newest.version.as_str());
    PlannedPanel {
        id: version.id,
        name: version.name.clone(),
        version: version.version.clone(),
        signed_off: version.signed_off.clone(),
        green_genes: 0,
        newer_version: newest
            .filter(|newest| compare_versions(newest, &version.version).is_gt())
            .map(str::to_owned),
        signed_off_version: context
            .panels
            .choose(version.id, &VersionRule::SignedOff)
            .ok()
            .map(|signed_off| signed_off.version.clone())
            .filter(|signed_off| *signed_off != version.version),
        chosen_by: context.version_rule.words(version.id),
        part_of: None,
        source_hash: version.source_hash.clone(),
    }
}
