//! Annotating a variant file: rows, one a variant and transcript, or the file itself with consequences in INFO.

mod csq;
mod error;
mod file;
pub mod haplotypes;
pub mod outcome;
mod row;
mod setting;
mod sites;
mod spelt;
mod summary;
mod variants;

pub use error::AnnotateError;
pub use file::{RowFormat, annotate_file};
pub use setting::Setting;
pub use summary::AnnotateSummary;
pub use variants::{VariantFormat, annotate_variants};
