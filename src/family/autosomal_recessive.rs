//! Autosomal recessive at a single site (autosomes and pseudoautosomal regions).
//!
//! Affected: every copy carries the allele. Unaffected: not every copy does. Where only one copy is left
//! because a deletion removed the other (a haploid call, or `1/*`), that one copy is every copy: the
//! deletion is the second hit, and the call is flagged `hemizygous_by_deletion`.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `SimpleRecessive`.

use super::clause::{Context, Rule};
use super::copies::{self, Genotypes};
use super::modes::{Answer, Mode, genomics_england};
use super::predicates::Predicate;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode};

/// The row.
pub(super) const MODE: Mode = Mode {
    mode: SegregationMode::AutosomalRecessive,
    regions: &[CopyRegion::Autosomal],
    source: genomics_england("SimpleRecessive"),
    answer: Answer::Clauses(|_| &RULE),
    flags,
};

pub(super) const RULE: Rule = Rule {
    affected: Predicate::ALL,
    affected_words: "carry the allele on every copy",
    unaffected: Some(Predicate::NOT_ALL),
    unaffected_words: "have a copy without the allele",
};

/// Flags an affected member with one copy, carrying the allele, where two or more are expected.
pub(super) fn flags(context: &Context) -> Vec<FamilyRemark> {
    let by_deletion = context.affected().any(|i| {
        context.genotypes[i] == Genotypes::of(1, 1)
            && copies::karyotypes(context.family, i)
                .iter()
                .all(|&k| copies::copies_of(context.region, k) >= 2)
    });
    if by_deletion { vec![FamilyRemark::HemizygousByDeletion] } else { Vec::new() }
}
