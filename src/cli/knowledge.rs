//! The options that name what a run rests on, shared by `run` and `plan`.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::failure::Failure;
use crate::reference::build::from_manifest;
use crate::run::knowledge::{Knowledge, KnowledgeError, KnowledgePaths};

/// What a run rests on.
#[derive(Args)]
pub struct KnowledgeArgs {
    /// Pipeline definition (TOML): every threshold of the run
    #[arg(long, value_name = "P.toml")]
    pipeline: PathBuf,
    /// Knowledge bundle; or a source manifest (TOML), from which the bundle is built beside the results
    #[arg(long, value_name = "BUNDLE")]
    reference: PathBuf,
    /// National Genomic Test Directory: the spreadsheet's table (CSV, TSV) or an imported release (JSON)
    #[arg(long, value_name = "D")]
    directory: PathBuf,
    /// Folder of panels (PanelApp JSON), all versions
    #[arg(long, value_name = "DIR")]
    panels: PathBuf,
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
            pipeline: self.pipeline.clone(),
            bundle,
            directory: self.directory.clone(),
            panels: self.panels.clone(),
        })
    }
}

/// Opens the parts, with the exit code that each fault stands for.
pub fn open(paths: &KnowledgePaths) -> Result<Knowledge, Failure> {
    Knowledge::open(paths).map_err(|fault| match fault {
        KnowledgeError::Definition { .. } => Failure::usage(fault),
        _ => Failure::resource(fault),
    })
}

/// Opens the parts, and holds every byte of the bundle against what was built: a damaged genome would give
/// wrong answers that look like right ones. Site tables check each block when it is first used.
pub fn open_verified(paths: &KnowledgePaths) -> Result<Knowledge, Failure> {
    let knowledge = open(paths)?;
    knowledge.bundle.verify_without_tables().map_err(Failure::resource)?;
    Ok(knowledge)
}
