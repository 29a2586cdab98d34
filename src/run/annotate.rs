//! Annotating a variant file: one row a variant and transcript.

mod file;
pub mod haplotypes;
mod row;

pub use file::{AnnotateError, AnnotateSummary, RowFormat, annotate_file};
