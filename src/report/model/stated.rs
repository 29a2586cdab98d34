//! A section that is present, or says that it is not.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Content, or the statement that it was not provided. There is no third state: a reader of the report
/// must never have to guess whether a missing section was empty or forgotten.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "status", content = "content", rename_all = "snake_case")]
pub enum Stated<T> {
    /// The content.
    Provided(T),
    /// Not provided, and why.
    NotProvided(String),
}

impl<T> Stated<T> {
    /// The statement that nothing was provided.
    pub fn not_provided(reason: impl Into<String>) -> Self {
        Self::NotProvided(reason.into())
    }

    /// The content, where provided.
    pub fn provided(&self) -> Option<&T> {
        match self {
            Self::Provided(content) => Some(content),
            Self::NotProvided(_) => None,
        }
    }
}
