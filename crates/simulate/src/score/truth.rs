//! `truth.tsv`, read strictly: a column or a word that is not known here would be a row that is not checked.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Fault, ScoreError, ScoredRow};

/// What a row says of its variant; see the README of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Comes out in exactly the expected tier, by the mode.
    Cause,
    /// Comes out no higher than the expected tier.
    Decoy,
    /// Listed, and in no tier.
    SingleHit,
    /// Nothing is found, and the gap is reported.
    CoverageGap,
    /// The referral fails.
    Failed,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Decoy => "decoy",
            Self::SingleHit => "single_hit",
            Self::CoverageGap => "coverage_gap",
            Self::Failed => "failed",
        }
    }
}

/// One row of the truth. Lists are joined by `;`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub referral: String,
    pub variant: String,
    pub gene: String,
    pub hgnc_id: String,
    pub kind: Kind,
    pub expected_tier: String,
    pub mode: String,
    pub partner: String,
    pub note: String,
    pub hgvsc: String,
    pub consequence: String,
    pub also_modes: String,
    pub hgvsp: String,
    pub verdict: String,
    pub phase: String,
    pub origin: String,
    pub carried: String,
    pub must_name: String,
}

impl Row {
    /// The words of a list, none where it is empty.
    pub fn words(list: &str) -> impl Iterator<Item = &str> {
        list.split(';').filter(|word| !word.is_empty())
    }

    /// The row with what is wrong about it.
    pub fn scored(&self, faults: Vec<Fault>) -> ScoredRow {
        let expected = match self.kind {
            Kind::Cause => format!("{} in {}, {}", self.expected_tier, self.gene, self.mode),
            Kind::Decoy => format!("at most {} in {}", self.expected_tier, self.gene),
            Kind::SingleHit => format!("a single hit in {}", self.gene),
            Kind::CoverageGap => format!("a gap in {}", self.gene),
            Kind::Failed => format!("fails: {}", self.note),
        };
        ScoredRow {
            referral: self.referral.clone(),
            variant: self.variant.clone(),
            kind: self.kind.word().to_owned(),
            expected,
            faults,
        }
    }
}

/// The whole table.
pub struct Truth {
    /// The file.
    pub path: PathBuf,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// Reads the truth of a world.
///
/// # Errors
/// Fails where the file cannot be read, has other columns, or has no rows.
pub fn read(world: &Path) -> Result<Truth, ScoreError> {
    let path = world.join("truth.tsv");
    let rows: Vec<Row> = table(&path)?;
    if rows.is_empty() {
        return Err(ScoreError::content(&path, "the table has no rows; write the world anew"));
    }
    const TIERS: [&str; 4] = ["TIER1", "TIER2", "TIER3", "untiered"];
    for row in rows.iter().filter(|row| row.kind != Kind::Failed) {
        let known = TIERS.contains(&row.expected_tier.as_str());
        if !known || (row.kind == Kind::Cause && (row.mode.is_empty() || row.verdict.is_empty())) {
            let what =
                format!("the row of {} {} is not whole; write the world anew", row.referral, row.variant);
            return Err(ScoreError::content(&path, what));
        }
    }
    Ok(Truth { path, rows })
}

/// The rows of a table with tabs and a heading.
///
/// # Errors
/// Fails where the file cannot be read or a row is not of the type asked for.
pub fn table<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, ScoreError> {
    let text = super::read(path)?;
    csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, csv::Error>>()
        .map_err(|fault| {
            ScoreError::content(path, format!("{fault}; write the world anew with this program"))
        })
}
