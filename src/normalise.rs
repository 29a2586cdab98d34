//! One spelling for every allele: split by ALT, trim, left-align; and the calls of a family's files joined.

pub mod align;
pub mod build_check;
pub mod join;
pub mod split;
pub mod structural;
pub mod variant_name;
