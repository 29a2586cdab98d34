//! Where and how a run was made. Kept apart from results, which must not depend on it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Name of the file.
pub const PROVENANCE: &str = "provenance.json";

/// The content of `provenance.json`: enough to open the same inputs again, as `explain` does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the program.
    pub software: String,
    /// The command line.
    pub command: Vec<String>,
    /// Threads used.
    pub threads: usize,
    /// Samplesheet, absolute.
    pub samplesheet: PathBuf,
    /// Pipeline definition, absolute.
    pub pipeline: PathBuf,
    /// Knowledge bundle, absolute.
    pub bundle: PathBuf,
    /// Test Directory, absolute.
    pub directory: PathBuf,
    /// Panels, absolute.
    pub panels: PathBuf,
}

impl Provenance {
    /// Reads the file from a folder of results.
    ///
    /// # Errors
    /// When it is missing or is not what this program writes.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join(PROVENANCE);
        let text = std::fs::read_to_string(&path)
            .map_err(|e| format!("{}: {e}; use the folder of one referral's results", path.display()))?;
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
    }
}
