//! The samplesheet of `run` and `plan`: the program's own, or a laboratory system's manifest by a named format.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args;

use super::failure::Failure;
use crate::request::manifest::ManifestFormat;
use crate::request::samplesheet::Samplesheet;

/// The form of the samplesheet.
#[derive(Args)]
pub struct SamplesheetArgs {
    /// Read the samplesheet as a manifest in this format: epic, gemini, seglh, or a TOML file that describes one
    #[arg(long, value_name = "NAME")]
    samplesheet_format: Option<String>,
    /// With --samplesheet-format: the folder of variant files, named by sample; the manifest's folder by default
    #[arg(long, value_name = "DIR", requires = "samplesheet_format")]
    files: Option<PathBuf>,
}

impl SamplesheetArgs {
    /// Reads it.
    pub fn read(&self, path: &Path) -> Result<Samplesheet, Failure> {
        let Some(name) = &self.samplesheet_format else {
            return Samplesheet::read(path).map_err(Failure::input);
        };
        let format = ManifestFormat::named(name).map_err(|fault| Failure::usage(anyhow!(fault)))?;
        let beside = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let files = self.files.as_deref().or(beside).unwrap_or(Path::new(""));
        format.read(path, files).map_err(Failure::input)
    }
}
