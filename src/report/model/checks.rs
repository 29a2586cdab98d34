//! What the checks of the input found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the checks of the input found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputChecks {
    /// Checks made and warnings raised, warnings first.
    pub checks: Vec<InputCheck>,
    /// Contig names that were mapped.
    pub contig_mappings: Vec<ContigMapping>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputCheck {
    /// How much it matters.
    pub severity: Severity,
    /// What it is about: a file, a participant, a column.
    pub subject: String,
    /// What was found.
    pub message: String,
    /// What to do, where something should be done.
    pub remedy: Option<String>,
}

/// How much a check matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A reader should know before relying on the report.
    Warning,
    /// For the record.
    Information,
}

/// A contig name that was translated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContigMapping {
    /// File.
    pub file: String,
    /// Name there.
    pub from: String,
    /// Name in the reference.
    pub to: String,
}
