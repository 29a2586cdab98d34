//! A panel object of the PanelApp API, version 1. England and Australia run the same software.

use std::path::Path;

use serde::Deserialize;

use super::entities::{ApiEntity, Text};
use super::{PanelImport, SourceHash};
use crate::directory::lint::{Lint, Severity};
use crate::model::panel::{PanelSource, PanelVersion};

/// A panel as the API gives it. Lists that are absent (rather than empty) mark a mere listing.
#[derive(Debug, Deserialize)]
pub struct ApiPanel {
    pub(super) id: Text,
    pub(super) name: String,
    pub(super) version: Text,
    #[serde(default)]
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) signed_off: Option<String>,
    #[serde(default)]
    relevant_disorders: Option<Vec<String>>,
    #[serde(default)]
    types: Option<Vec<ApiType>>,
    #[serde(default)]
    child_panel_ids: Option<Vec<Text>>,
    #[serde(default)]
    stats: Option<ApiStats>,
    #[serde(default)]
    genes: Option<Vec<ApiEntity>>,
    #[serde(default)]
    regions: Option<Vec<ApiEntity>>,
    #[serde(default)]
    strs: Option<Vec<ApiEntity>>,
    #[serde(default)]
    entities: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct ApiType {
    #[serde(default)]
    slug: String,
}

#[derive(Debug, Default, Deserialize)]
struct ApiStats {
    number_of_genes: Option<usize>,
    number_of_strs: Option<usize>,
    number_of_regions: Option<usize>,
}

impl ApiPanel {
    /// True when the object carries its entries, and is not a file of our own.
    pub(super) fn is_whole(&self) -> bool {
        self.entities.is_none() && (self.genes.is_some() || self.regions.is_some() || self.strs.is_some())
    }
}

/// Adds a whole panel.
pub(super) fn add(import: &mut PanelImport, api: ApiPanel, path: &Path, bytes: &[u8], hash: &mut SourceHash) {
    let version = api.version.0.trim().to_owned();
    let place = format!("panel {} v{version}", api.id.0);
    let Ok(id) = api.id.0.trim().parse::<u32>() else {
        import.lints.push(Lint::new(
            Severity::Error,
            0,
            place,
            api.id.0,
            "not a panel identifier; the panel is skipped",
            "download the panel again",
        ));
        return;
    };
    let lists = [
        (api.genes, api.stats.as_ref().and_then(|s| s.number_of_genes), "genes"),
        (api.regions, api.stats.as_ref().and_then(|s| s.number_of_regions), "regions"),
        (api.strs, api.stats.as_ref().and_then(|s| s.number_of_strs), "strs"),
    ];
    let mut entities = Vec::new();
    for (list, stated, what) in lists {
        let list = list.unwrap_or_default();
        if let Some(stated) = stated
            && stated != list.len()
        {
            import.lints.push(Lint::new(
                Severity::Warning,
                0,
                place.clone(),
                format!("{} {what}", list.len()),
                format!("the panel's own count says {stated}"),
                "download the panel again; it may be truncated",
            ));
        }
        // The list an entry stands in says what it is, where the entry does not.
        let kind = match what {
            "regions" => "region",
            "strs" => "str",
            _ => "gene",
        };
        for mut entity in list {
            entity.entity_type.get_or_insert_with(|| kind.to_owned());
            entities.push(entity.typed(&place, &mut import.lints));
        }
    }
    let mut children: Vec<u32> = api
        .child_panel_ids
        .unwrap_or_default()
        .iter()
        .filter_map(|child| child.0.trim().parse().ok())
        .chain(entities.iter().filter_map(|e| e.component.as_ref().map(|c| c.id)))
        .filter(|child| *child != id)
        .collect();
    children.sort_unstable();
    children.dedup();
    let panel = PanelVersion {
        id,
        source: source_of(path),
        name: api.name.trim().to_owned(),
        status: api.status.unwrap_or_default().trim().to_owned(),
        version,
        signed_off: api.signed_off.and_then(|date| super::listing::date(&date, &place, &mut import.lints)),
        relevant_disorders: api.relevant_disorders.unwrap_or_default(),
        types: api.types.unwrap_or_default().into_iter().map(|t| t.slug).collect(),
        children,
        entities,
        source_hash: hash.of(bytes),
    };
    super::entities::check(&panel, &place, &mut import.lints);
    import.panels.push(panel);
}

/// PanelApp Australia is told by the file's name or a folder's, or by the addresses of a page's neighbours: the API
/// objects of both are alike.
pub(super) fn source_of(path: &Path) -> PanelSource {
    // The file's own name goes before its folder's.
    let says = |part: &std::ffi::OsStr| {
        let name = part.to_string_lossy().to_lowercase();
        match (is_australian(&name), name.contains("england")) {
            (true, _) => Some(PanelSource::Australia),
            (false, true) => Some(PanelSource::England),
            (false, false) => None,
        }
    };
    path.iter().rev().take(2).find_map(says).unwrap_or(PanelSource::England)
}

/// True for a file's name or an address that names PanelApp Australia.
pub(super) fn is_australian(name: &str) -> bool {
    let name = name.to_lowercase();
    ["australia", "panelapp-aus", "panelapp_aus"].iter().any(|word| name.contains(word))
}
