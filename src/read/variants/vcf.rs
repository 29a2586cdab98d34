//! VCF text, versions 4.1 to 4.5: header, fixed columns, sample columns.

pub mod alternate;
pub mod finding;
pub mod genotype;
pub mod header;
pub(crate) mod physical_phase;
pub mod record;
