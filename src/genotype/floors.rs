//! The quality floors below which a genotype says nothing.

use crate::model::carriage::MissedFloor;
use crate::model::family::Family;
use crate::model::genotype::{Call, MissingReason};
use crate::model::pipeline::QualityPolicy;
use crate::model::segregation::CopyRegion;

/// Holds a call against the floors: `None` when it meets them, else the floor that it misses. A figure the
/// caller did not give is not held against the call. `hemizygous` is true where one copy of X or Y is
/// expected, which has its own quality floor.
pub fn missed_floor(call: &Call, hemizygous: bool, policy: &QualityPolicy) -> Option<MissedFloor> {
    if call.missing.is_some() {
        return None;
    }
    let missed = missed_figure(call, hemizygous, policy);
    if missed.is_some() || !call.carries() || call.from_reference_block {
        return missed;
    }
    let value = call.allele_balance()?;
    let heterozygous = call.alternate_copies() < call.copies.len();
    let (least, missed) = if heterozygous {
        let least = policy.heterozygous_balance;
        (least, MissedFloor::HeterozygousBalance { value, least })
    } else {
        let least = policy.homozygous_balance;
        (least, MissedFloor::HomozygousBalance { value, least })
    };
    (value < least).then_some(missed)
}

/// As [`missed_floor`], of quality and depth alone: on the mitochondrial genome the fraction decides and allele
/// balance is no fault.
pub(super) fn missed_figure(call: &Call, hemizygous: bool, policy: &QualityPolicy) -> Option<MissedFloor> {
    let least = if hemizygous { policy.genotype_quality_hemizygous } else { policy.genotype_quality };
    if let Some(value) = call.quality.filter(|&quality| quality < least) {
        return Some(MissedFloor::GenotypeQuality { value, least });
    }
    let value = call.depth.filter(|&depth| depth < policy.depth)?;
    Some(MissedFloor::Depth { value, least: policy.depth })
}

/// Turns a call below the floors into an unknown one, keeping its figures for the record. Returns the floor
/// it missed. On the mitochondrial genome the fraction decides and allele balance is no fault: do not call
/// this there.
pub fn apply_floors(call: &mut Call, hemizygous: bool, policy: &QualityPolicy) -> Option<MissedFloor> {
    let missed = missed_floor(call, hemizygous, policy)?;
    call.missing = Some(MissingReason::BelowQuality);
    Some(missed)
}

/// Turns a family's calls below the floors into unknown ones; says whose, by index, and which floor. On the
/// mitochondrial genome, where the fraction decides, no call is touched.
pub fn apply_floors_to_family(
    calls: &mut [Call],
    family: &Family,
    region: CopyRegion,
    policy: &QualityPolicy,
) -> Vec<(usize, MissedFloor)> {
    if region == CopyRegion::Mitochondrial {
        return Vec::new();
    }
    let members = calls.iter_mut().zip(&family.members).enumerate();
    members
        .filter_map(|(index, (call, member))| {
            Some((index, apply_floors(call, member.is_hemizygous(region), policy)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::policy;
    use super::*;
    use crate::model::genotype::Copy::{Alternate as A, Other as O};

    #[test]
    fn a_call_at_the_floor_stands_and_one_below_becomes_unknown() {
        let mut call =
            Call { quality: Some(20), depth: Some(8), allele_depths: Some((4, 1)), ..Call::of(&[O, A]) };
        assert_eq!(apply_floors(&mut call, false, &policy()), None);
        call.quality = Some(19);
        assert!(missed_floor(&call, true, &policy()).is_none(), "the hemizygous floor is lower");
        let missed = apply_floors(&mut call, false, &policy()).unwrap();
        assert_eq!(missed.words(), "genotype quality 19 is below 20");
        assert_eq!(call.missing, Some(MissingReason::BelowQuality));
    }

    #[test]
    fn balance_is_asked_of_carriers_only() {
        let reference = Call { allele_depths: Some((20, 1)), ..Call::of(&[O, O]) };
        assert!(missed_floor(&reference, false, &policy()).is_none());
        let thin = Call { allele_depths: Some((20, 1)), ..Call::of(&[O, A]) };
        assert!(missed_floor(&thin, false, &policy()).is_some());
        let mixed = Call { allele_depths: Some((7, 20)), ..Call::of(&[A, A]) };
        assert!(missed_floor(&mixed, false, &policy()).is_some());
        let block = Call { from_reference_block: true, ..thin };
        assert!(missed_floor(&block, false, &policy()).is_none());
    }
}
