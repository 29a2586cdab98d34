//! A call judged: the copies it may mean, once its figures and reads have been heard.

use super::copies::{called_copies, expected_copies, says_nothing, unknown_copies};
use super::floors::{missed_figure, missed_floor};
use super::mitochondrial;
use crate::model::carriage::{Basis, Carriage, Contradiction};
use crate::model::genotype::{Call, Copy, MissingReason};
use crate::model::participant::Participant;
use crate::model::pipeline::QualityPolicy;
use crate::model::record::RecordCall;
use crate::model::segregation::CopyRegion;

/// What a call lets one say of the person: the copies that carry the allele, what that rests on and what speaks
/// against it. Allocates nothing.
pub fn carriage(call: &Call, person: &Participant, region: CopyRegion, policy: &QualityPolicy) -> Carriage {
    let expected = expected_copies(person, region);
    if let Some(reason) = says_nothing(call) {
        return Carriage::unknown(unknown_copies(expected), reason);
    }
    let called = called_copies(call, expected);
    let contradiction = contradiction(call, person, region, policy);
    let possible = match contradiction {
        None | Some(Contradiction::InPart) => called,
        Some(_) => called.union(unknown_copies(expected)),
    };
    Carriage {
        called,
        possible,
        fraction: match region {
            CopyRegion::Mitochondrial => mitochondrial::share(call),
            _ => call.fraction,
        },
        phased: call.phased,
        phase_set: call.phase_set,
        basis: if call.from_reference_block { Basis::ReferenceBlock } else { Basis::Call },
        contradiction,
    }
}

/// What the records that cover a place say of a person where none lists the allele. `call` is all of them taken
/// together, `written` the person's call in each, and `basis` what they are.
pub fn covered<'r>(
    call: &Call,
    written: impl Iterator<Item = &'r RecordCall> + Clone,
    basis: Basis,
    person: &Participant,
    region: CopyRegion,
    policy: &QualityPolicy,
) -> Carriage {
    let unknown = unknown_copies(expected_copies(person, region));
    if written.clone().any(|call| call.filtered) {
        return Carriage::unknown(unknown, MissingReason::Filtered);
    }
    let judged = carriage(call, person, region, policy);
    if matches!(judged.basis, Basis::Nothing(_)) {
        return judged;
    }
    let judged = Carriage { basis, ..judged };
    if judged.contradiction.is_some() {
        return judged;
    }
    match written.into_iter().find_map(|call| reads_of_others(call, region, policy)) {
        Some((others, all)) => Carriage {
            possible: judged.called.union(unknown),
            contradiction: Some(Contradiction::ReadsShowAnother { others, all }),
            ..judged
        },
        None => judged,
    }
}

/// The first that speaks against a genotype: called in part, then its figures, then its reads.
fn contradiction(
    call: &Call,
    person: &Participant,
    region: CopyRegion,
    policy: &QualityPolicy,
) -> Option<Contradiction> {
    let carries = call.carries();
    if !carries && call.copies.contains(&Copy::Unknown) {
        return Some(Contradiction::InPart);
    }
    if region == CopyRegion::Mitochondrial {
        let missed = missed_figure(call, true, policy).map(Contradiction::BelowFloor);
        return missed.or_else(|| mitochondrial::contradiction(call, policy));
    }
    if let Some(missed) = missed_floor(call, person.is_hemizygous(region), policy) {
        return Some(Contradiction::BelowFloor(missed));
    }
    if carries || call.from_reference_block {
        return None;
    }
    // As many reads as a heterozygous call would need contradict a genotype without the allele.
    let shown = call.allele_balance().is_some_and(|share| share >= policy.heterozygous_balance);
    let (reference, alternate) = call.allele_depths.filter(|_| shown)?;
    Some(Contradiction::ReadsShowIt { reference, alternate })
}

/// The reads of a genotype without an ALT that show one, and all its reads, where they are as many as a call of it
/// would need.
fn reads_of_others(written: &RecordCall, region: CopyRegion, policy: &QualityPolicy) -> Option<(u32, u32)> {
    let (reference, others) = written.allele_depths.split_first()?;
    let others = others.iter().copied().fold(0, u32::saturating_add);
    let all = reference.saturating_add(others);
    let least = match region {
        CopyRegion::Mitochondrial => policy.mitochondrial_fraction,
        _ => policy.heterozygous_balance,
    };
    (others > 0 && f64::from(others) >= least * f64::from(all)).then_some((others, all))
}
