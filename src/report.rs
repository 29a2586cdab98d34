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

pub use html::{write_batch_html, write_html};
pub use json::{batch_schema, read_batch_json, read_json, report_schema, write_batch_json, write_json};

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
    #[error(
        "the stored report is damaged, was edited, or is of another version: {0}; run the referral again"
    )]
    Stored(#[source] serde_json::Error),
}
