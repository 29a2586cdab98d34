//! Results held against the truth of the world they were made from: the acceptance test of an installation.
//!
//! An independent eye: nothing here knows the program that wrote the results. `report.json`, `batch.json` and
//! `DONE.json` are read as plain JSON, so a fault in the program's own types cannot hide itself here. What is
//! right follows from how the world was made.
//!
//! Source of the requirement: ISO 15189:2022, 7.3.2, verification of examination methods before use.

mod family;
mod finding;
mod lines;
mod referral;
mod results;
mod truth;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use results::Results;
use truth::{Kind, Row, Truth};

/// The samplesheet that is scored where none is named.
pub const SAMPLESHEET: &str = "samplesheet.tsv";

/// What was found, row by row.
#[derive(Debug)]
pub struct Score {
    /// The rows of the truth that were scored, in its order, then what nobody planted.
    pub rows: Vec<ScoredRow>,
    /// Rows of the truth whose referrals are in none of the samplesheets asked for and not in the results.
    pub not_scored: usize,
}

/// One row.
#[derive(Debug, Serialize)]
pub struct ScoredRow {
    /// The referral.
    pub referral: String,
    /// The variant, or the stretch that no read covers; empty where the row is about the whole referral.
    pub variant: String,
    /// The kind of the row of the truth, or `unplanned` for what the truth does not know.
    pub kind: String,
    /// What was expected, in words.
    pub expected: String,
    /// What is wrong; nothing where the row is right.
    pub faults: Vec<Fault>,
}

/// One thing that is not as the truth has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// The file it was found in, or should have been.
    pub file: PathBuf,
}

impl Fault {
    fn new(file: &Path, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { expected: expected.into(), found: found.into(), file: file.to_owned() }
    }
}

impl Score {
    /// How many rows are right.
    #[must_use]
    pub fn right(&self) -> usize {
        self.rows.iter().filter(|row| row.faults.is_empty()).count()
    }

    /// True where every row is right.
    #[must_use]
    pub fn all_right(&self) -> bool {
        self.right() == self.rows.len()
    }
}

/// Why results cannot be scored at all.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// A file or folder cannot be read.
    #[error("can't read {}: {source}; name the folder of a run and the folder of its world", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("{}: {what}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        what: String,
    },
}

impl ScoreError {
    fn content(path: &Path, what: impl Into<String>) -> Self {
        Self::Content { path: path.to_owned(), what: what.into() }
    }
}

/// The text of a file.
fn read(path: &Path) -> Result<String, ScoreError> {
    fs::read_to_string(path).map_err(|source| ScoreError::Read { path: path.to_owned(), source })
}

/// The text at a path of keys; empty where there is none.
fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

/// The values of a list; none where there is no list.
fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Holds the results of a run against the truth of its world. Scored are the referrals of the samplesheets that are
/// named (files in the world's folder), whether or not the results have them, and any other referral that they have.
///
/// # Errors
/// Fails where the results or the world cannot be read, where the world contradicts itself, and where there is
/// nothing to score.
pub fn score(results: &Path, world: &Path, samplesheets: &[String]) -> Result<Score, ScoreError> {
    let truth = truth::read(world)?;
    let families = family::read(world, samplesheets)?;
    if let Some(unknown) = families.keys().find(|id| !truth.knows(id)) {
        let what = format!("no row for {unknown}, which the samplesheet has; write the world anew");
        return Err(ScoreError::content(&truth.path, what));
    }
    let results = Results::open(results)?;
    let scored = |id: &str| families.contains_key(id) || results.ids().contains(id);

    let mut score = Score { rows: Vec::new(), not_scored: 0 };
    for id in truth.referrals() {
        let rows: Vec<&Row> = truth.rows_of(id).collect();
        if !scored(id) {
            score.not_scored += rows.len();
        } else if rows.iter().any(|row| row.kind == Kind::Failed) {
            score.rows.extend(rows.iter().map(|row| row.scored(results.failed(row))));
        } else {
            score.rows.extend(referral::rows(&results, id, families.get(id), &rows));
        }
    }
    if score.rows.is_empty() {
        return Err(ScoreError::content(
            &truth.path,
            "no row belongs to these samplesheets or these results",
        ));
    }
    let unknown: BTreeSet<&str> = results.ids().into_iter().filter(|id| !truth.knows(id)).collect();
    score.rows.extend(unknown.into_iter().map(|id| results.unknown(id)));
    Ok(score)
}

/// The truth as it is read; kept by itself so that rows can be looked up by referral.
impl Truth {
    /// Every referral, in the order of the table.
    fn referrals(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !ids.contains(&row.referral.as_str()) {
                ids.push(&row.referral);
            }
        }
        ids
    }

    fn knows(&self, id: &str) -> bool {
        self.rows.iter().any(|row| row.referral == id)
    }

    fn rows_of<'t>(&'t self, id: &'t str) -> impl Iterator<Item = &'t Row> {
        self.rows.iter().filter(move |row| row.referral == id)
    }
}
