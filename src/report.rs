//! The report: one typed model, its JSON, and the renderers, each of which states the same facts.

#[cfg(test)]
mod example;
mod html;
mod json;
pub mod model;
mod named_variants;
pub mod renderers;
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::model::remedy::Remedy;

pub use html::{write_batch_html, write_html};
pub use json::{batch_schema, read_batch_json, read_json, report_schema, write_batch_json, write_json};

/// What to do about a stored report that cannot be read.
const AGAIN: &str = "run the referral again";

/// Why a report could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The model could not be written as JSON.
    #[error("the report could not be written as JSON: {0}")]
    Json(#[source] serde_json::Error),
    /// A template and the model disagree.
    #[error("the report could not be written as HTML: {0:#}")]
    Template(#[source] minijinja::Error),
    /// A stored report could not be read.
    #[error("the stored report is damaged, has been edited, or is from another version: {0}; {AGAIN}")]
    Stored(#[source] serde_json::Error),
}

impl Remedy for ReportError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Json(_) | Self::Template(_) => None,
            Self::Stored(_) => Some(AGAIN.into()),
        }
    }
}
