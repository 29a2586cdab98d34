//! Plain types in the words of the field; no input or output, and nothing of ours imported.
//!
//! Coordinates inside the program are **0-based and half-open**; [`position::Position1`] is used only
//! where a coordinate is read from, or shown to, a person.

pub mod alignment;
pub mod allele;
pub mod annotation;
pub mod assembly;
pub mod base;
pub mod builds;
pub mod candidate;
pub mod carriage;
pub mod consequence;
pub mod contig;
pub mod de_novo;
pub mod decision;
pub mod directory;
pub mod done;
pub mod event;
pub mod family;
pub mod frequency;
pub mod funnel;
pub mod gene;
pub mod genotype;
pub mod guideline;
pub mod look_up;
pub mod numbering;
pub mod pair;
pub mod panel;
pub mod participant;
pub mod pipeline;
pub mod plan;
pub mod position;
pub mod read_summary;
pub mod record;
pub mod regions;
pub mod remark;
pub mod remedy;
pub mod segregation;
pub mod text;
pub mod tier;
pub mod transcript;
pub mod zygosity;
