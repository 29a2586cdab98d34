//! The integration tests, one binary.

#![expect(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod compound_oracle;
mod family_rules;
mod layering;
mod pedigrees;
mod pipelines;
mod segregation_oracle;
mod segregation_truth;
mod tier_table;
