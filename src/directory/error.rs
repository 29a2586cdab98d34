//! What can make a Directory or a panel file unreadable.

use std::path::PathBuf;

/// A Directory or panel file that is refused, with where and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DirectoryError {
    /// The file or folder cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The JSON is broken or cut short.
    #[error(
        "{}: not readable as JSON ({source}); the file may be truncated: download it again",
        path.display()
    )]
    Json {
        /// The file.
        path: PathBuf,
        /// Why, with line and column.
        source: serde_json::Error,
    },
    /// The JSON is whole but is none of the known forms.
    #[error("{}: {found}; expected {expected}", path.display())]
    UnknownForm {
        /// The file.
        path: PathBuf,
        /// What was found.
        found: String,
        /// What would be understood.
        expected: &'static str,
    },
    /// No row looks like the headings of a Test Directory.
    #[error(
        "{}: no heading row found: looked for a row that names a test ID and a target or genes column \
         among the first {looked_at} rows; save the Directory's sheet with its headings",
        path.display()
    )]
    NoHeading {
        /// The file.
        path: PathBuf,
        /// Rows looked at.
        looked_at: usize,
    },
    /// A spreadsheet that its reader refuses.
    #[error("{}: not readable as a spreadsheet: {reason}", path.display())]
    Spreadsheet {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A row of a delimited table that cannot be split.
    #[error("{}: row {row}: {reason}", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// Row, 1-based.
        row: u32,
        /// Why.
        reason: String,
    },
    /// A heading row with no test below it.
    #[error("{}: a heading row but no test below it; the file may be truncated", path.display())]
    NoTests {
        /// The file.
        path: PathBuf,
    },
    /// Two files give one panel version with different content.
    #[error(
        "panel {id} version {version} differs between {} and {}; remove the incorrect one",
        first.display(), second.display()
    )]
    PanelConflict {
        /// Panel identifier.
        id: u32,
        /// Version.
        version: String,
        /// The file read first.
        first: PathBuf,
        /// The file that differs.
        second: PathBuf,
    },
    /// The folder holds no panel.
    #[error(
        "{}: no panel found{why}; put one PanelApp JSON file per panel version there, ending in .json",
        path.display()
    )]
    NoPanels {
        /// The folder, or the file.
        path: PathBuf,
        /// What was found instead, in brackets; empty where there was nothing.
        why: String,
    },
}
