//! The samplesheet: one row a participant, TSV or CSV by its heading.

use std::path::{Path, PathBuf};

use crate::model::plan::Referral;

/// Why a samplesheet, or one referral of it, cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SamplesheetError {
    /// The file as a whole cannot be used.
    #[error("{}: {reason}", file.display())]
    File {
        /// The samplesheet.
        file: PathBuf,
        /// What is wrong and what to do.
        reason: String,
    },
    /// One referral cannot be used.
    #[error("{} line {line}, column {column}: {reason} (referral {referral})", file.display())]
    Row {
        /// The samplesheet.
        file: PathBuf,
        /// The referral that fails; a safe placeholder such as `line-7` where its own id cannot be used.
        referral: String,
        /// 1-based line.
        line: u64,
        /// Name of the column.
        column: String,
        /// What is wrong and what to do.
        reason: String,
    },
}

impl SamplesheetError {
    /// The referral that fails, safe for a file name; absent when the whole file does.
    pub fn referral(&self) -> Option<&str> {
        match self {
            Self::File { .. } => None,
            Self::Row { referral, .. } => Some(referral),
        }
    }
}

/// A samplesheet as read.
#[derive(Clone, Debug)]
pub struct Samplesheet {
    /// Each referral in order of its first line, or why it fails.
    pub referrals: Vec<Result<Referral, SamplesheetError>>,
    /// What was accepted with a remark: unknown columns, defaults that had to be guessed.
    pub warnings: Vec<String>,
    /// Paths in the sheet are relative to this folder.
    pub folder: PathBuf,
}

impl Samplesheet {
    /// Reads a samplesheet.
    ///
    /// # Errors
    /// [`SamplesheetError::File`] when nothing of it can be used.
    pub fn read(path: &Path) -> Result<Self, SamplesheetError> {
        Err(SamplesheetError::File { file: path.to_path_buf(), reason: "not yet read".to_owned() })
    }

    /// Where a path of the sheet is on this machine. Plans keep the path as written.
    pub fn resolve(&self, written: &Path) -> PathBuf {
        self.folder.join(written)
    }
}
