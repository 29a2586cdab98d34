//! The options that name what a run rests on, shared by `run` and `plan`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;

use super::date::run_date;
use super::date::today;
use super::failure::Failure;
use crate::knowledge::{Knowledge, KnowledgeError, KnowledgePaths, PanelPins};
use crate::reference::build::from_manifest;

/// What a run rests on.
#[derive(Args)]
pub struct KnowledgeArgs {
    /// Pipeline definition (TOML), with every threshold of the run
    #[arg(long, value_name = "P.toml")]
    pipeline: PathBuf,
    /// Knowledge bundle; or a source manifest (TOML), from which the bundle is built next to the results
    #[arg(long, value_name = "BUNDLE")]
    reference: PathBuf,
    /// National Genomic Test Directory: the spreadsheet as CSV or TSV, or an imported release (JSON)
    #[arg(long, value_name = "D")]
    directory: PathBuf,
    /// Folder of panels (PanelApp JSON), all versions
    #[arg(long, value_name = "DIR")]
    panels: PathBuf,
    /// Use this version of a panel (9001=3.0), signed off or not; may be given several times
    #[arg(long, value_name = "ID=VERSION", value_parser = panel_version)]
    panel_version: Vec<(u32, String)>,
    /// Use the last panel versions signed off on or before this date
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "latest_panels")]
    panels_signed_off_by: Option<String>,
    /// Use the latest version of every panel, signed off or not
    #[arg(long)]
    latest_panels: bool,
}

fn panel_version(text: &str) -> Result<(u32, String), String> {
    let (id, version) = text.split_once('=').ok_or("write it as 9001=3.0")?;
    let id = id.trim().parse().map_err(|_| format!("'{id}' is not a panel number"))?;
    if version.trim().is_empty() {
        return Err("the version is empty".to_owned());
    }
    Ok((id, version.trim().to_owned()))
}

impl KnowledgeArgs {
    /// Where the parts are; builds the bundle into `beside` when a manifest was given.
    pub fn paths(&self, beside: &Path) -> Result<KnowledgePaths, Failure> {
        let bundle = if self.reference.extension().is_some_and(|e| e == "toml") {
            std::fs::create_dir_all(beside)
                .with_context(|| format!("{} cannot be made; choose another folder", beside.display()))
                .map_err(Failure::usage)?;
            let bundle = beside.join(".bundle");
            from_manifest(&self.reference, &bundle).map_err(Failure::resource)?;
            bundle
        } else {
            self.reference.clone()
        };
        Ok(KnowledgePaths {
            pins: self.pins()?,
            pipeline: self.pipeline.clone(),
            bundle,
            directory: self.directory.clone(),
            panels: self.panels.clone(),
        })
    }
}

impl KnowledgeArgs {
    /// The panel versions that were asked for.
    fn pins(&self) -> Result<PanelPins, Failure> {
        let signed_off_by = match &self.panels_signed_off_by {
            None => None,
            given => Some(run_date(given.as_deref()).map_err(|text| Failure::usage(anyhow!(text)))?),
        };
        let mut exact = BTreeMap::new();
        for (id, version) in &self.panel_version {
            if let Some(first) = exact.insert(*id, version.clone()).filter(|first| first != version) {
                return Err(Failure::usage(anyhow!(
                    "--panel-version names versions {first} and {version} of panel {id}; keep one"
                )));
            }
        }
        Ok(PanelPins { latest: self.latest_panels, signed_off_by, exact })
    }
}

/// Opens the parts, with the exit code that each fault stands for.
pub fn open(paths: &KnowledgePaths) -> Result<Knowledge, Failure> {
    let knowledge = Knowledge::open(paths).map_err(|fault| match fault {
        KnowledgeError::Definition { .. } => Failure::usage(fault),
        _ => Failure::resource(fault),
    })?;
    // The lists' alleles were placed by the genome.
    knowledge.bundle.intact().map_err(Failure::resource)?;
    // A wrong date would pick a version that nobody has signed off.
    match knowledge.panels.signed_off_after(&today()).first() {
        Some(lint) => Err(Failure::resource(anyhow!("{}: {lint}", paths.panels.display()))),
        None => Ok(knowledge),
    }
}
