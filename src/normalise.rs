//! One spelling for every allele: split by ALT, trim, left-align; and the calls of a family's files joined.

pub mod align;
pub mod join;
pub mod split;
