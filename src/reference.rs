//! The knowledge bundle: genome, transcripts, genes and site tables, compiled once and memory-mapped.

pub mod genome;
pub mod placement;
pub mod transcripts;
