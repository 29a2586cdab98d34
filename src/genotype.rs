//! What a call and its reads let one say of a person: the one place where that is judged.
//!
//! A genotype is a claim. It settles whether a person carries an event only where its caller stands by it (`FT`),
//! its figures reach the quality floors and its reads do not show the opposite. Every reader of a call asks here, so
//! that the report, `explain` and the look-up of named variants give one answer.
//!
//! ```
//! use ithaca::genotype::called;
//! use ithaca::model::genotype::{Call, Copy};
//! use ithaca::model::segregation::Verdict;
//!
//! assert_eq!(called(&Call::of(&[Copy::Other, Copy::Alternate])), Verdict::Yes);
//! assert_eq!(called(&Call::of(&[Copy::Other, Copy::Unknown])), Verdict::Possible);
//! assert_eq!(called(&Call::of(&[Copy::Other, Copy::Other])), Verdict::No);
//! ```

mod affected;
mod copies;
mod floors;
mod judge;
mod mitochondrial;

#[cfg(test)]
mod tests;

pub use affected::{carries_in_family, is_carried, is_carried_above_floors, may_be_carried};
pub use copies::{called, says_nothing};
pub use floors::{apply_floors, apply_floors_to_family, missed_floor};
pub use judge::{carriage, covered};
