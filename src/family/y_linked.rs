//! Y-linked (Y outside the pseudoautosomal regions).
//!
//! Affected: carries the allele on Y; an affected member without a Y contradicts the mode. Unaffected with
//! a Y: does not carry it. Unaffected without a Y: no constraint, and a call there is flagged
//! `y_call_in_xx`. Where the sex is not known both are evaluated.
//!
//! Source: Mendelian inheritance from father to son; neither PanelApp nor Genomics England's guide (release Mira, April
//! 2024) has a mode for Y. `docs/inheritance.md` states the rule.

use super::clause::{Context, Rule};
use super::copies;
use super::modes::{Answer, Mode};
use super::predicates::Predicate;
use crate::model::guideline::Guideline;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode};

/// The row.
pub(super) const MODE: Mode = Mode {
    mode: SegregationMode::YLinked,
    regions: &[CopyRegion::Y],
    source: Guideline::own("docs/inheritance.md"),
    answer: Answer::Clauses(|_| &RULE),
    flags,
};

pub(super) const RULE: Rule = Rule {
    affected: Predicate::ANY,
    affected_words: "have a Y that carries the allele",
    unaffected: Some(Predicate::NONE),
    unaffected_words: "not carry it",
};

pub(super) fn flags(context: &Context) -> Vec<FamilyRemark> {
    let called_without_y = (0..context.genotypes.len().min(context.calls.len())).any(|i| {
        context.calls[i].missing.is_none()
            && context.calls[i].carries()
            && copies::sex_chromosomes(context.family, i).is_some_and(|k| k.y == 0)
    });
    if called_without_y { vec![FamilyRemark::YCallInXx] } else { Vec::new() }
}
