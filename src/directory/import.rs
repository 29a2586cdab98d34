//! Reads a release of the Test Directory in any form hubs hold it.

mod dates;
mod fhir;
mod heading;
mod parsed;
mod release;
mod spreadsheet;
mod table;
mod text;
mod workbook;

use std::path::Path;

use serde_json::Value;

use super::error::DirectoryError;
use super::lint::Lint;
use super::{check, target};
use crate::model::directory::TestDirectory;

const EXPECTED: &str = "a Test Directory as xlsx, ods, CSV or TSV, as parsed JSON (`indications`), as a FHIR CodeSystem, \
                        or as written by `directory import`";

/// A release as it was read, and what is doubtful in it.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectoryImport {
    /// The release.
    pub directory: TestDirectory,
    /// Doubtful places, in row order.
    pub lints: Vec<Lint>,
}

/// Reads a release: the national spreadsheet as xlsx, ods, CSV or TSV, parsed JSON, FHIR CodeSystem, or a file
/// that `directory import` wrote. The form is told by the content, not by the file's name.
///
/// # Errors
/// When the file cannot be read, is cut short, or is none of the known forms.
pub fn import_directory(path: &Path) -> Result<DirectoryImport, DirectoryError> {
    let bytes =
        std::fs::read(path).map_err(|source| DirectoryError::Read { path: path.to_owned(), source })?;
    read_directory(path, &bytes)
}

/// Reads the bytes of a release; `path` serves for messages, and for the release where only the file's name
/// states it.
///
/// # Errors
/// As [`import_directory`].
pub fn read_directory(path: &Path, bytes: &[u8]) -> Result<DirectoryImport, DirectoryError> {
    let hash = blake3::hash(bytes).to_hex().to_string();
    if let Some(kind) = text::not_text(bytes) {
        return Err(DirectoryError::UnknownForm {
            path: path.to_owned(),
            found: kind.to_owned(),
            expected: EXPECTED,
        });
    }
    if workbook::is_workbook(bytes) {
        let mut import = workbook::read(path, bytes, hash)?;
        import.lints.sort_by_key(|lint| lint.row);
        return Ok(import);
    }
    let (text, mut lints) = text::decode(bytes);
    let first = text.trim_start().chars().next();
    let mut import = if matches!(first, Some('{' | '[')) {
        from_json(path, &text, hash)?
    } else {
        spreadsheet::read(path, &text, hash)?
    };
    lints.append(&mut import.lints);
    lints.sort_by_key(|lint| lint.row);
    import.lints = lints;
    Ok(import)
}

fn from_json(path: &Path, text: &str, hash: String) -> Result<DirectoryImport, DirectoryError> {
    let json = |source| DirectoryError::Json { path: path.to_owned(), source };
    let value: Value = serde_json::from_str(text).map_err(json)?;
    if value.get("tests").is_some() && value.get("source_hash").is_some() {
        let directory: TestDirectory = serde_json::from_value(value).map_err(json)?;
        let lints = again(&directory);
        return Ok(DirectoryImport { directory, lints });
    }
    if value.get("indications").is_some() {
        return parsed::read(path, value, hash);
    }
    if value.get("resourceType").and_then(Value::as_str) == Some("CodeSystem") {
        return fhir::read(path, value, hash);
    }
    let keys: Vec<&str> = value.as_object().into_iter().flatten().take(6).map(|(k, _)| k.as_str()).collect();
    Err(DirectoryError::UnknownForm {
        path: path.to_owned(),
        found: format!("JSON with the keys {}", keys.join(", ")),
        expected: EXPECTED,
    })
}

/// What is doubtful in a release that was imported before: all but what only the source's own layout shows.
fn again(directory: &TestDirectory) -> Vec<Lint> {
    let mut lints = check::directory(directory);
    for test in &directory.tests {
        for remark in target::recognise(&test.target_raw).remarks {
            let column = match test.sheet.as_str() {
                "" => "Target/Genes".to_owned(),
                sheet => format!("{sheet}: Target/Genes"),
            };
            let (found, understood) = (test.target_raw.as_str(), remark.understood);
            lints.push(Lint::new(remark.severity, test.row, column, found, understood, remark.remedy));
        }
    }
    lints
}

/// The release alone, for a run.
///
/// # Errors
/// As [`import_directory`].
pub fn open_directory(path: &Path) -> Result<TestDirectory, DirectoryError> {
    import_directory(path).map(|import| import.directory)
}

#[cfg(test)]
mod tests;
