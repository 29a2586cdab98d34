//! Filters: one rule a file. Each says whether it kept or dropped an allele, the value it looked at, the
//! threshold, and what threshold would have kept it, so that the funnel and `explain` come from one object.

pub mod affected_carry;
pub mod allele_list;
pub mod frequency;
pub mod functional_impact;
pub mod genotype_quality;
pub mod known_pathogenic;
mod outcome;
pub mod quality;
pub mod rules;
pub mod scope;

pub use outcome::{Outcome, Rule};
