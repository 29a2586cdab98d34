//! The integration tests, one binary.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets an error should stop there"
)]

mod annotate;
mod compound_oracle;
mod coverage;
mod family_rules;
mod identity;
mod inheritance;
mod layering;
mod lists;
mod pedigrees;
mod pipelines;
mod program;
mod reading;
mod real;
mod reference;
mod segregation_oracle;
mod segregation_truth;
mod simulated_world;
mod tier_table;
mod world;
