//! What could not be seen: depth over the regions a test needs, and the gaps in it.
//!
//! Reads are used for coverage only; no variant is called from them.

pub mod coverage;
pub mod likeness;
pub mod mendel;
pub mod parentage;
pub mod percent;
pub mod sex;
