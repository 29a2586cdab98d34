//! The panel dump that hubs exchange: a list of panels with their green genes only.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::entities::{Doubts, Text, check};
use super::{PanelImport, SourceHash};
use crate::directory::error::DirectoryError;
use crate::directory::lint::{Lint, Severity};
use crate::model::panel::{PanelEntity, PanelEntityKind, PanelSource, PanelVersion};

#[derive(Deserialize)]
struct DumpPanel {
    #[serde(default)]
    panel_source: Option<String>,
    panel_name: String,
    #[serde(default)]
    external_id: Option<Text>,
    #[serde(default)]
    panel_version: Option<Text>,
    #[serde(default)]
    signed_off: Option<String>,
    #[serde(default)]
    genes: Vec<DumpGene>,
}

#[derive(Deserialize)]
struct DumpGene {
    #[serde(default)]
    hgnc_id: Option<Text>,
    #[serde(default)]
    gene_symbol: Option<String>,
    #[serde(default)]
    confidence_level: Option<Text>,
    #[serde(default)]
    mode_of_inheritance: Option<String>,
    #[serde(default)]
    mode_of_pathogenicity: Option<String>,
    #[serde(default)]
    penetrance: Option<String>,
    #[serde(default)]
    transcript: Option<String>,
}

/// Adds one panel of a dump. A panel without a number cannot be asked for by a Directory and is left out,
/// with a lint.
pub(super) fn add(
    import: &mut PanelImport,
    item: Value,
    path: &Path,
    bytes: &[u8],
    hash: &mut SourceHash,
) -> Result<(), DirectoryError> {
    let dump: DumpPanel = serde_json::from_value(item)
        .map_err(|source| DirectoryError::Json { path: path.to_owned(), source })?;
    let version = dump.panel_version.map(|v| v.0.trim().to_owned()).unwrap_or_default();
    let number = dump.external_id.as_ref().and_then(|id| id.0.trim().parse::<u32>().ok());
    let Some(id) = number else {
        import.lints.push(Lint::new(
            Severity::Error,
            0,
            dump.panel_name,
            dump.external_id.unwrap_or_default().0,
            "a panel without a number, skipped",
            "add an external_id",
        ));
        return Ok(());
    };
    let place = format!("panel {id} v{version}");
    let entities = dump.genes.into_iter().map(|gene| entity(gene, &place, &mut import.lints)).collect();
    let source = dump.panel_source.unwrap_or_default().to_lowercase();
    let panel = PanelVersion {
        id,
        source: if source.contains("austral") {
            PanelSource::Australia
        } else if source.contains("panelapp") {
            PanelSource::England
        } else {
            PanelSource::Local
        },
        name: dump.panel_name.trim().to_owned(),
        status: String::new(),
        signed_off: dump.signed_off.and_then(|d| super::listing::date(&d, &place, &mut import.lints)),
        version,
        relevant_disorders: Vec::new(),
        types: Vec::new(),
        children: Vec::new(),
        entities,
        source_hash: hash.of(bytes),
    };
    check(&panel, &place, &mut import.lints);
    import.panels.push(panel);
    Ok(())
}

fn entity(gene: DumpGene, panel: &str, lints: &mut Vec<Lint>) -> PanelEntity {
    let symbol = gene.gene_symbol.unwrap_or_default().trim().to_owned();
    let shown = if symbol.is_empty() { gene.hgnc_id.clone().unwrap_or_default().0 } else { symbol.clone() };
    let mut doubts = Doubts { place: format!("{panel}, {shown}"), lints };
    let hgnc_id = doubts.hgnc_id(gene.hgnc_id.map(|id| id.0));
    let inheritance = gene.mode_of_inheritance.unwrap_or_default();
    let pathogenicity = gene.mode_of_pathogenicity.unwrap_or_default();
    let penetrance = gene.penetrance.unwrap_or_default();
    // A dump holds green genes only, so a gene without a level is green.
    let confidence = gene.confidence_level.map_or_else(|| "3".to_owned(), |level| level.0);
    PanelEntity {
        kind: PanelEntityKind::Gene { hgnc_id, symbol },
        confidence: doubts.confidence(Some(&confidence)),
        mode_of_inheritance: doubts.mode_of_inheritance(&inheritance),
        mode_of_inheritance_raw: inheritance,
        mode_of_pathogenicity: doubts.mode_of_pathogenicity(&pathogenicity),
        mode_of_pathogenicity_raw: pathogenicity,
        penetrance: doubts.penetrance(&penetrance),
        penetrance_raw: penetrance,
        component: None,
        tags: Vec::new(),
        transcripts: gene.transcript.into_iter().collect(),
    }
}
