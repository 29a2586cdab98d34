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
//! and never each other, `measure` joins two of them, `run` imports stages and `measure`, `cli` imports `run`. `tests/layering.rs` holds this.

pub mod model;

pub mod reference;

pub mod directory;

pub mod read;

pub mod normalise;

pub mod annotate;

pub mod filter;

pub mod family;

pub mod tier;

pub mod quality;

pub mod report;

pub mod simulate;

pub mod write;

pub mod measure;

pub mod run;

pub mod cli;
