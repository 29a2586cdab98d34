//! What was asked, and of whom: samplesheet, pedigree file and orders.

pub mod manifest;
pub mod pedigree;
pub mod samplesheet;
