//! Data sources and versions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Versions and hashes of all data sources. Hashes are BLAKE3, hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Knowledge {
    /// Genome build.
    pub assembly: String,
    /// Hash of the knowledge bundle.
    pub bundle_hash: String,
    /// What the bundle was built from.
    pub sources: Vec<Source>,
    /// Test Directory release; its hash.
    pub directory: Definition,
    /// Pipeline definition.
    pub pipeline: Definition,
    /// Tier rule set.
    pub rule_set: Definition,
    /// Hash of the plan.
    pub plan_hash: String,
    /// The program.
    pub software: Software,
}

/// A source of the knowledge bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name.
    pub name: String,
    /// What it is used for: `transcripts`, `frequency`.
    pub purpose: String,
    /// Version; absent when the manifest states none.
    pub version: Option<String>,
    /// Licence; absent when the manifest states none.
    pub licence: Option<String>,
    /// Hash of the source file.
    pub hash: String,
}

/// A named, dated definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Name.
    pub name: String,
    /// Date (ISO); absent when not stated.
    pub date: Option<String>,
    /// Hash.
    pub hash: String,
}

/// The program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Software {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
}

impl Software {
    /// This program.
    pub fn this() -> Self {
        Self { name: "Ithaca".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}
