//! Small variants: alleles whose sequence is given.

pub mod early;
pub mod examine;
pub mod genes;
pub mod in_cis;
