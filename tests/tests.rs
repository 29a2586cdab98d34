//! The integration tests, one binary.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets an error should stop there"
)]

mod annotate;
mod annotate_output;
mod bad_input;
mod batch_folder;
mod compound_oracle;
mod coverage;
mod directory;
mod explain;
mod family_rules;
mod haplotypes;
mod identity;
mod inheritance;
mod layering;
mod lists;
mod mitochondrial_oracle;
mod named_variants;
mod one_judgement;
mod pedigrees;
mod pipelines;
mod plan_locks;
mod plans;
mod program;
mod reading;
mod real;
mod reference;
mod regressions;
mod rules_document;
mod scoring;
mod segregation_oracle;
mod segregation_truth;
mod shared_data;
mod simulated_world;
mod site_fuzzing;
mod tier_table;
mod what_people_read;
mod world;
