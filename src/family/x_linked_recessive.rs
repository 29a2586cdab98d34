//! X-linked recessive (X outside the pseudoautosomal regions).
//!
//! Affected: every X copy carries the allele, the one of a man or both of a woman. Unaffected: not every
//! X copy does. The rule is the autosomal one for any number of copies; an affected heterozygous woman
//! contradicts it at a single site and may still be compound heterozygous.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `XLinkedSimpleRecessive`.

use super::autosomal_recessive;
use super::clause::Rule;
use super::modes::{Answer, Mode, genomics_england};
use super::predicates::Predicate;
use crate::model::segregation::{CopyRegion, SegregationMode};

/// The row.
pub(super) const MODE: Mode = Mode {
    mode: SegregationMode::XLinkedRecessive,
    regions: &[CopyRegion::X],
    source: genomics_england("XLinkedSimpleRecessive"),
    answer: Answer::Clauses(|_| &RULE),
    flags: autosomal_recessive::flags,
};

pub(super) const RULE: Rule = Rule {
    affected: Predicate::ALL,
    affected_words: "carry the allele on every X copy",
    unaffected: Some(Predicate::NOT_ALL),
    unaffected_words: "have an X copy without the allele",
};
