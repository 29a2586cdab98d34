//! Ithaca interprets genetic variants of people referred for genomic testing.
//!
//! # The flow
//! A samplesheet names referrals ([`request`]). [`plan`] settles for each of them which test, which genes and which
//! knowledge ([`knowledge`] holds the opened parts). [`interpret`] lets [`read`] stream the calls of the family,
//! [`normalise`] give each allele one representation, [`annotate`] say what it does to each transcript, [`filter`] and
//! [`family`] drop what cannot explain the disease and say why, and [`tier`] rank what is left. [`look_up`] answers for
//! variants known in the family, [`quality`] says what could not be seen. [`compose`] makes the report's model of it,
//! [`report`] renders it, and [`publish`] puts the folder in place, whole or not at all. [`run`] does this for a batch;
//! [`explain`] replays one event.
//!
//! What flows between rooms is a [`model`] type: an [`model::event::Event`] that people carry, the
//! [`model::candidate::Candidate`] that passed the filters, the [`model::decision::Decision`] on it.
//!
//! Imports run downwards only: `model` ← `reference` ← stages, none of which knows another ← glue ← `cli`.
//! `tests/layering.rs` holds the table.

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

pub mod plan;

pub mod knowledge;

pub mod annotate_file;

pub mod interpret;

pub mod look_up;

pub mod measure;

pub mod publish;

pub mod compose;

pub mod explain;

pub mod run;

pub mod cli;

// What the tests of the library and those of `tests/` ask for real data through.
#[cfg(test)]
#[path = "../tests/shared_data.rs"]
mod shared_data;
