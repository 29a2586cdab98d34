//! Mitochondrial: fractions, not genotypes.
//!
//! Affected: the allele is present (its fraction reaches the detection limit). Unaffected maternal
//! relative: absent, or, under the threshold rule (the default), at a lower fraction than the lowest
//! affected one, flagged `carrier_below_threshold`; an equal or higher fraction is a contradiction. Fathers
//! do not transmit: members of a father's maternal line never contradict.
//!
//! Without a fraction from the caller, read depths give one for a mixed call; a call of the allele alone is
//! homoplasmic, and a mixed call without depths is anything above the limit and below 1.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `MitochondrialGenome`.
//! Lower fractions in unaffected maternal relatives: `docs/inheritance.md`.

use super::clause::Context;
use super::copies::{Genotypes, says_something};
use super::modes::{Answer, Mode, genomics_england};
use super::policy::{FamilyPolicy, MitochondrialRule};
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy};
use crate::model::participant::Affection;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// The row.
pub(super) const MODE: Mode = Mode {
    mode: SegregationMode::Mitochondrial,
    regions: &[CopyRegion::Mitochondrial],
    source: genomics_england("MitochondrialGenome"),
    answer: Answer::Own { verdict, reason },
    flags,
};

/// Highest fraction of a call that still shows another allele.
const BELOW_HOMOPLASMY: f64 = 1.0 - 1e-6;

/// Least and greatest fraction a call allows.
pub(super) fn fraction(call: Option<&Call>, policy: &FamilyPolicy) -> (f64, f64) {
    let Some(call) = call.filter(|c| says_something(c)) else { return (0.0, 1.0) };
    let exact = |value: f64| (value, value);
    if let Some(given) = call.fraction.map(|given| in_full(given, policy))
        && (given > 0.0 || !call.carries())
    {
        return if given < policy.mitochondrial_fraction { absence(call, policy) } else { exact(given) };
    }
    let unknown = call.copies.contains(&Copy::Unknown);
    let other = call.copies.contains(&Copy::Other);
    match (call.carries(), other, unknown) {
        (true, true, false) => match call.allele_balance().filter(|_| !call.from_reference_block) {
            Some(balance) => exact(in_full(balance as f32, policy)),
            None => (policy.mitochondrial_fraction, BELOW_HOMOPLASMY),
        },
        (true, false, false) => exact(1.0),
        (true, _, true) => (policy.mitochondrial_fraction, 1.0),
        (false, _, true) => (0.0, 1.0),
        (false, _, false) => absence(call, policy),
    }
}

/// A fraction as read, which is kept short: one that is the limit as written is the limit, not a rounding below it.
fn in_full(given: f32, policy: &FamilyPolicy) -> f64 {
    if given == policy.mitochondrial_fraction as f32 {
        policy.mitochondrial_fraction
    } else {
        f64::from(given)
    }
}

/// A call without the allele: absent, if the depth would have shown it. Where the file gives no depth, the reads it
/// counts for the alleles are one.
fn absence(call: &Call, policy: &FamilyPolicy) -> (f64, f64) {
    let counted = || call.allele_depths.map(|(reference, alternate)| reference.saturating_add(alternate));
    let depth = call.depth.or_else(counted);
    if depth.is_some_and(|d| d < policy.mitochondrial_absence_depth) { (0.0, 1.0) } else { (0.0, 0.0) }
}

/// Top of a member's maternal line, as far as the pedigree shows it. Stops in a cyclic pedigree.
fn maternal_ancestor(family: &Family, member: usize) -> usize {
    let mut at = member;
    for _ in 0..family.members.len() {
        match family.members[at].mother {
            Some(mother) if mother < family.members.len() => at = mother,
            _ => break,
        }
    }
    at
}

/// True for members of a father's maternal line that is not also the line of an affected member.
fn is_paternal(family: &Family, member: usize) -> bool {
    let line = maternal_ancestor(family, member);
    family
        .members
        .iter()
        .filter_map(|m| m.father)
        .any(|father| father < family.members.len() && maternal_ancestor(family, father) == line)
        && family.affected().all(|i| maternal_ancestor(family, i) != line)
}

/// What the rule rests on: each affected member's fraction, and the bar no unaffected one may reach.
struct Bar {
    /// Lowest affected fraction, at the least and at the most.
    lowest: (f64, f64),
    present: Verdict,
}

fn bar(context: &Context) -> Bar {
    let mut bar = Bar { lowest: (1.0, 1.0), present: Verdict::Yes };
    for i in context.affected() {
        let (least, most) = fraction(context.calls.get(i), context.policy);
        bar.lowest = (bar.lowest.0.min(least), bar.lowest.1.min(most));
        bar.present = bar.present.min(presence(context.genotypes[i]));
    }
    bar
}

fn presence(genotypes: Genotypes) -> Verdict {
    super::predicates::Predicate::ANY.of(genotypes)
}

/// The clause of an unaffected member.
fn unaffected_clause(context: &Context, member: usize, bar: &Bar) -> Verdict {
    let absent = !presence(context.genotypes[member]);
    if absent == Verdict::Yes || is_paternal(context.family, member) {
        return Verdict::Yes;
    }
    if context.policy.mitochondrial == MitochondrialRule::Presence {
        return absent;
    }
    let (least, most) = fraction(context.calls.get(member), context.policy);
    if most < bar.lowest.0 {
        Verdict::Yes
    } else if least >= bar.lowest.1 && absent == Verdict::No {
        Verdict::No
    } else {
        Verdict::Possible
    }
}

fn clause(context: &Context, member: usize, bar: &Bar) -> Verdict {
    match context.affection(member) {
        Affection::Affected => presence(context.genotypes[member]),
        Affection::Unaffected => unaffected_clause(context, member, bar),
        Affection::Unknown => Verdict::Yes,
    }
}

pub(super) fn verdict(context: &Context) -> Verdict {
    if context.affected().next().is_none() {
        return Verdict::Possible;
    }
    let bar = bar(context);
    (0..context.genotypes.len()).map(|i| clause(context, i, &bar)).fold(bar.present, Verdict::min)
}

pub(super) fn reason(context: &Context) -> String {
    let bar = bar(context);
    let verdict = verdict(context);
    let deciding: Vec<String> = (0..context.genotypes.len())
        .filter(|&i| context.affection(i) != Affection::Unknown)
        .filter(|&i| verdict == Verdict::Yes || clause(context, i, &bar) == verdict)
        .map(|i| describe(context, i))
        .collect();
    let head = match verdict {
        _ if context.affected().next().is_none() => {
            return "Not evaluable: no member of the family is affected".to_owned();
        }
        Verdict::Yes => "Consistent",
        Verdict::Possible => "Undetermined",
        Verdict::No => "Inconsistent",
    };
    let rule = match (verdict, context.policy.mitochondrial) {
        (Verdict::Yes, _) => "",
        (_, MitochondrialRule::Threshold) => {
            " (affected members must carry the allele; unaffected maternal relatives must carry less of it than \
             any affected member)"
        }
        (_, MitochondrialRule::Presence) => {
            " (affected members must carry the allele; unaffected maternal relatives must not)"
        }
    };
    format!("{head}: {}{rule}", deciding.join("; "))
}

fn describe(context: &Context, member: usize) -> String {
    let is_affected = context.affection(member) == Affection::Affected;
    let affection = if is_affected { "affected" } else { "unaffected" };
    let call = context.calls.get(member);
    let (least, most) = fraction(call, context.policy);
    let finding = if call.is_none_or(|c| !says_something(c)) {
        context.finding(member)
    } else if most < context.policy.mitochondrial_fraction {
        "does not carry it".to_owned()
    } else if least == 1.0 {
        "carries it in every copy".to_owned()
    } else if least == most {
        format!("carries it at a fraction of {least:.3}")
    } else if least >= context.policy.mitochondrial_fraction {
        "carries it at an unknown fraction".to_owned()
    } else {
        "has too little depth to tell".to_owned()
    };
    let line = if !is_affected && is_paternal(context.family, member) { ", paternal line" } else { "" };
    format!("{} ({affection}{line}) {finding}", context.id(member))
}

pub(super) fn flags(context: &Context) -> Vec<FamilyRemark> {
    let bar = bar(context);
    let below = (0..context.genotypes.len()).any(|i| {
        context.affection(i) == Affection::Unaffected
            && !is_paternal(context.family, i)
            && presence(context.genotypes[i]) == Verdict::Yes
            && unaffected_clause(context, i, &bar) == Verdict::Yes
    });
    if below { vec![FamilyRemark::CarrierBelowThreshold] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allele_that_was_not_seen_is_absent_only_where_the_depth_would_have_shown_it() {
        let policy = FamilyPolicy::default();
        let reference =
            |depth, allele_depths| Call { depth, allele_depths, ..Call::of(&[Copy::Other, Copy::Other]) };
        let unknown = (0.0, 1.0);
        for (depth, allele_depths, expected) in [
            (Some(3), Some((3, 0)), unknown),
            (None, Some((1, 0)), unknown),
            (Some(28), None, unknown),
            (Some(29), None, (0.0, 0.0)),
            (None, Some((50, 0)), (0.0, 0.0)),
            (None, None, (0.0, 0.0)),
        ] {
            let call = reference(depth, allele_depths);
            assert_eq!(fraction(Some(&call), &policy), expected, "{depth:?} {allele_depths:?}");
        }
    }
}
