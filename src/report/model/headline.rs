//! The result in one plain sentence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a reader sees first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// One plain sentence.
    pub sentence: String,
    /// National outcome code: the authoriser's to assign.
    pub outcome: String,
    /// What must be known beside it: low coverage, old knowledge, a check that asks for attention.
    pub notices: Vec<String>,
}
