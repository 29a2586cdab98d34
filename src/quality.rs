//! What could not be seen: depth over the regions a test needs, and the gaps in it.
//!
//! Reads are used for coverage only; no variant is called from them.

pub mod coverage;
pub mod identity;
pub mod percent;
