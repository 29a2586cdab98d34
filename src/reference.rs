//! The knowledge bundle: genome, transcripts, genes and site tables, compiled once and memory-mapped.

pub mod build;
pub mod bundle;
pub mod error;
pub mod genes;
pub mod genome;
mod mapped;
pub mod placement;
mod sections;
pub mod sites;
pub mod transcripts;
