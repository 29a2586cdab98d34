//! Ithaca interprets sequence variants of people referred for genomic testing.
//!
//! # The flow
//! A samplesheet names referrals. For each of them [`run`] makes a plan (which test, which genes, which
//! knowledge), then [`read`] streams the calls of the family, [`normalise`] gives each allele one spelling,
//! [`annotate`] says what it does to each transcript, [`filter`] and [`family`] drop what cannot explain the
//! disease and say why, [`tier`] ranks what is left, [`quality`] says what could not be seen, and
//! [`report`] writes it down.
//!
//! Imports run downwards only: `model` imports nothing of ours, stages import `model` and `reference`
//! and never each other, `run` imports stages, `cli` imports `run`. `tests/layering.rs` holds this.

pub mod model;

pub mod reference;

pub mod directory;

pub mod request;

pub mod read;

pub mod write;

pub mod normalise;

pub mod genotype;

pub mod annotate;

pub mod filter;

pub mod family;

pub mod tier;

pub mod quality;

pub mod report;

pub mod simulate;

pub mod knowledge;

pub mod plan;

pub mod annotate_file;

pub mod look_up;

pub mod interpret;

pub mod publish;

pub mod compose;

pub mod explain;

pub mod run;

pub mod cli;
