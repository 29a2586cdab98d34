//! What a genotype says by itself, before its figures and reads are heard.

use crate::model::carriage::CopyCounts;
use crate::model::genotype::{Call, Copy, MissingReason};
use crate::model::participant::Participant;
use crate::model::segregation::{CopyRegion, Verdict};

/// Whether the genotype alone carries the allele. The cheap question of the gates that nearly every allele of a genome
/// meets; [`super::carriage`] gives the same answer as `called`.
pub fn called(call: &Call) -> Verdict {
    if call.missing.is_some() {
        Verdict::Possible
    } else if call.carries() {
        Verdict::Yes
    } else if call.copies.is_empty() || call.copies.contains(&Copy::Unknown) {
        Verdict::Possible
    } else {
        Verdict::No
    }
}

/// Why a call says nothing at all, where it does not.
pub fn says_nothing(call: &Call) -> Option<MissingReason> {
    let is_blank = || call.copies.iter().all(|&copy| copy == Copy::Unknown);
    call.missing.or_else(|| is_blank().then_some(MissingReason::NoCall))
}

/// Copies of the region that the person has, as far as known. The mitochondrial genome counts as one.
pub(super) fn expected_copies(person: &Participant, region: CopyRegion) -> Option<u8> {
    match region {
        CopyRegion::Mitochondrial => Some(1),
        _ => person.expected_copies(region),
    }
}

/// What a person may carry of whom nothing is known. Never "none" alone: where no copy is expected the karyotype may
/// be another than the one given.
pub(super) fn unknown_copies(expected: Option<u8>) -> CopyCounts {
    CopyCounts::between(0, expected.unwrap_or(2).max(1))
}

/// The copies that carry the allele by the genotype, where `expected` copies are expected.
pub(super) fn called_copies(call: &Call, expected: Option<u8>) -> CopyCounts {
    if says_nothing(call).is_some() {
        return unknown_copies(expected);
    }
    let count = |kind| call.copies.iter().filter(|&&copy| copy == kind).count() as u8;
    let (carrying, other, unknown) = (count(Copy::Alternate), count(Copy::Other), count(Copy::Unknown));
    match expected {
        // Callers write one copy as two: `1/1` is one. `0/1` contradicts the number of copies, not the allele.
        Some(1) if carrying > 0 => CopyCounts::exactly(1),
        Some(1) => CopyCounts::between(0, unknown.min(1)),
        // Three copies called as two: `0/1` is one or two of the three.
        Some(3) if carrying + other + unknown == 2 => match (carrying, unknown) {
            (0, 0) => CopyCounts::exactly(0),
            (0, _) => CopyCounts::between(0, 2),
            (1, 0) => CopyCounts::between(1, 2),
            (1, _) => CopyCounts::between(1, 3),
            _ => CopyCounts::exactly(3),
        },
        _ => CopyCounts::between(carrying, carrying + unknown),
    }
}
