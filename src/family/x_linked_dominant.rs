//! X-linked dominant (X outside the pseudoautosomal regions).
//!
//! Affected: at least one X copy carries the allele. Unaffected with one X copy: it does not.
//! Unaffected with two or more: no constraint by default, because PanelApp's mode reads "hemizygous mutation
//! in males, monoallelic mutations in females may cause disease (may be less severe, later onset than
//! males)": an unaffected carrier mother is expected. She is flagged `unaffected_carrier_female`. The strict
//! rule (no unaffected carrier of either sex) is a policy switch.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `XLinkedMonoallelic`.
//! The wording of the mode: Genomics England PanelApp, modes of inheritance.

use super::clause::{Context, Rule};
use super::modes::{Answer, Mode, genomics_england};
use super::policy::{FamilyPolicy, XLinkedDominantRule};
use super::predicates::Predicate;
use crate::model::participant::Affection;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// The row.
pub(super) const MODE: Mode = Mode {
    mode: SegregationMode::XLinkedDominant,
    regions: &[CopyRegion::X],
    source: genomics_england("XLinkedMonoallelic"),
    answer: Answer::Clauses(rule),
    flags,
};

const FEMALES_MAY_BE_UNAFFECTED: Rule = Rule {
    affected: Predicate::ANY,
    affected_words: "carry the allele",
    unaffected: Some(Predicate::NONE.or(Predicate::TWO_OR_MORE_COPIES)),
    unaffected_words: "not carry it on a single X copy",
};

const STRICT: Rule = Rule {
    affected: Predicate::ANY,
    affected_words: "carry the allele",
    unaffected: Some(Predicate::NONE),
    unaffected_words: "not carry it",
};

pub(super) fn rule(policy: &FamilyPolicy) -> &'static Rule {
    match policy.x_linked_dominant {
        XLinkedDominantRule::FemalesMayBeUnaffected => &FEMALES_MAY_BE_UNAFFECTED,
        XLinkedDominantRule::Strict => &STRICT,
    }
}

pub(super) fn flags(context: &Context) -> Vec<FamilyRemark> {
    let carrier = (0..context.genotypes.len()).any(|i| {
        context.affection(i) == Affection::Unaffected
            && Predicate::ANY.of(context.genotypes[i]) == Verdict::Yes
            && Predicate::TWO_OR_MORE_COPIES.of(context.genotypes[i]) == Verdict::Yes
    });
    if carrier { vec![FamilyRemark::UnaffectedCarrierFemale] } else { Vec::new() }
}
