//! The samplesheet: one row a participant, TSV or CSV by its heading.
//!
//! A row that cannot be used fails its own referral and no other. Unknown columns are kept out of the way and
//! reported. Missing columns take defaults: a lone participant is the proband, the proband is affected, and
//! parents follow from the roles `mother` and `father` where no row of the referral names one.

mod cell;
mod parents;
mod referral;
mod table;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::model::participant::Sex;
use crate::model::plan::Referral;
use crate::model::remedy::{Remedy, of_cause};
pub(crate) use parents::is_own_ancestor;
use table::{Column, Row, Table};

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
        /// The referral that fails; a placeholder such as `line-7` where its own id is not a safe name.
        referral: String,
        /// 1-based line.
        line: u64,
        /// Name of the column.
        column: String,
        /// What is wrong and what to do.
        reason: String,
    },
}

impl Remedy for SamplesheetError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::File { reason, .. } => of_cause(reason),
            Self::Row { reason, referral, .. } => {
                of_cause(reason).map(|remedy| format!("{remedy} (referral {referral})").into())
            }
        }
    }
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

/// What is wrong with a row, before the file and referral are known.
#[derive(Debug)]
struct Fault {
    line: u64,
    column: &'static str,
    reason: String,
}

/// A samplesheet as read.
#[derive(Clone, Debug)]
pub struct Samplesheet {
    /// Each referral in order of its first line, or why it fails.
    pub referrals: Vec<Result<Referral, SamplesheetError>>,
    /// What was accepted with a remark: unknown columns, cells that are not used.
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
        let bytes = std::fs::read(path).map_err(|error| SamplesheetError::File {
            file: path.to_path_buf(),
            reason: format!("cannot be read: {error}; check the path and its permissions"),
        })?;
        Self::parse(&bytes, path)
    }

    /// Reads a samplesheet that is already in memory; `path` serves for messages and for relative paths.
    ///
    /// # Errors
    /// [`SamplesheetError::File`] when nothing of it can be used.
    pub fn parse(bytes: &[u8], path: &Path) -> Result<Self, SamplesheetError> {
        let table = Table::parse(bytes)
            .map_err(|reason| SamplesheetError::File { file: path.to_path_buf(), reason })?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut warnings = table.warnings;
        let sexes = contradictory_sexes(&table.rows);
        let mut referrals = Vec::new();
        for (id, rows) in group(&table.rows) {
            let outcome = match cell::safe_id(&id) {
                Ok(()) => referral::build(&id, &rows, &sexes, &folder, &mut warnings),
                Err(reason) => Err(Fault { line: rows[0].line, column: "referral", reason }),
            };
            referrals.push(outcome.map_err(|fault| SamplesheetError::Row {
                file: path.to_path_buf(),
                referral: match cell::safe_id(&id) {
                    Ok(()) => id,
                    Err(_) => format!("line-{}", rows[0].line),
                },
                line: fault.line,
                column: fault.column.to_owned(),
                reason: fault.reason,
            }));
        }
        Ok(Self { referrals, warnings, folder })
    }

    /// Where a path of the sheet is on this machine. Plans keep the path as written.
    pub fn resolve(&self, written: &Path) -> PathBuf {
        self.folder.join(written)
    }
}

/// Rows by referral, in order of first appearance; rows without a referral are each their own.
fn group(rows: &[Row]) -> Vec<(String, Vec<&Row>)> {
    let mut order: Vec<(String, Vec<&Row>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let id = row.get(Column::Referral);
        match places.get(id) {
            Some(&place) if !id.is_empty() => order[place].1.push(row),
            _ => {
                places.insert(id, order.len());
                order.push((id.to_owned(), vec![row]));
            }
        }
    }
    order
}

/// Participants whose rows, in whatever referral, state both sexes: the line of the first of each.
fn contradictory_sexes(rows: &[Row]) -> BTreeMap<String, (u64, u64)> {
    let mut stated: BTreeMap<&str, (Option<u64>, Option<u64>)> = BTreeMap::new();
    for row in rows {
        let entry = stated.entry(row.get(Column::Participant)).or_default();
        match cell::sex(row.get(Column::Sex)) {
            Ok(Sex::Female) => entry.0 = entry.0.or(Some(row.line)),
            Ok(Sex::Male) => entry.1 = entry.1.or(Some(row.line)),
            _ => {}
        }
    }
    stated
        .into_iter()
        .filter_map(|(id, (female, male))| Some((id.to_owned(), (female?, male?))))
        .filter(|(id, _)| !id.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
