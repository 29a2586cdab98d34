//! Autosomal dominant, with complete and with incomplete penetrance (autosomes and pseudoautosomal regions).
//!
//! | | affected member | unaffected member |
//! |---|---|---|
//! | complete penetrance | at least one copy carries the allele | no copy carries it |
//! | incomplete penetrance | at least one copy carries the allele | no constraint |
//!
//! One copy suffices, so two do as well: a homozygous affected member fits, and is flagged.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `InheritedAutosomalDominant`.
//! Incomplete penetrance: the same guide, penetrance; it is tested second and only counts where it was ordered.

use super::clause::{Context, Rule};
use super::modes::{Answer, Mode, genomics_england};
use super::predicates::Predicate;
use crate::model::participant::Affection;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// The row for complete penetrance.
pub(super) const MODE: Mode = Mode {
    mode: SegregationMode::AutosomalDominant,
    regions: &[CopyRegion::Autosomal],
    source: genomics_england("InheritedAutosomalDominant"),
    answer: Answer::Clauses(|_| &COMPLETE),
    flags,
};

/// The row for incomplete penetrance: whether only called members fit adds nothing to an answer without a constraint on
/// unaffected ones.
pub(super) const INCOMPLETE_MODE: Mode = Mode {
    mode: SegregationMode::AutosomalDominantIncompletePenetrance,
    regions: &[CopyRegion::Autosomal],
    source: genomics_england("InheritedAutosomalDominant, incomplete penetrance"),
    answer: Answer::Own {
        verdict: |context| INCOMPLETE.verdict(context),
        reason: |context| INCOMPLETE.reason(context),
    },
    flags: incomplete_flags,
};

/// Complete penetrance.
pub(super) const COMPLETE: Rule = Rule {
    affected: Predicate::ANY,
    affected_words: "carry the allele",
    unaffected: Some(Predicate::NONE),
    unaffected_words: "not carry it under complete penetrance",
};

/// Incomplete penetrance: an unaffected carrier is no contradiction.
pub(super) const INCOMPLETE: Rule = Rule {
    affected: Predicate::ANY,
    affected_words: "carry the allele",
    unaffected: None,
    unaffected_words: "",
};

pub(super) fn flags(context: &Context) -> Vec<FamilyRemark> {
    let homozygous =
        context.affected().any(|i| Predicate::ALL_OF_TWO_OR_MORE.of(context.genotypes[i]) == Verdict::Yes);
    if homozygous { vec![FamilyRemark::HomozygousUnderDominant] } else { Vec::new() }
}

pub(super) fn incomplete_flags(context: &Context) -> Vec<FamilyRemark> {
    let mut flags = flags(context);
    let unaffected =
        || (0..context.genotypes.len()).filter(|&i| context.affection(i) == Affection::Unaffected);
    if unaffected().any(|i| Predicate::ANY.of(context.genotypes[i]) == Verdict::Yes) {
        flags.push(FamilyRemark::UnaffectedCarrier);
    }
    if unaffected().any(|i| Predicate::ALL.of(context.genotypes[i]) == Verdict::Yes) {
        flags.push(FamilyRemark::UnaffectedHomozygote);
    }
    flags
}
