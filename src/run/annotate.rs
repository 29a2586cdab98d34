//! Annotating a variant file: one row a variant and transcript.

mod file;
mod row;

pub use file::{AnnotateError, AnnotateSummary, RowFormat, annotate_file};
