//! The knowledge bundle: genome, transcripts, genes and site tables, compiled once and memory-mapped.

pub mod build;
pub mod error;
pub mod genes;
pub mod genome;
pub mod placement;
pub mod transcripts;
