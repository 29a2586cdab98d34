//! Whether an affected member carries the allele, and who may.
//!
//! The first two questions are asked of nearly every allele of a genome, so they ask the genotype alone ([`called`]).

use super::copies::called;
use super::judge::carriage;
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy};
use crate::model::pipeline::QualityPolicy;
use crate::model::segregation::{CopyRegion, Verdict};

/// Whether a member of the family carries the allele by the genotype. A member without a call may.
pub fn carries_in_family(calls: &[Call], member: usize) -> Verdict {
    calls.get(member).map_or(Verdict::Possible, called)
}

/// True when the genotype of an affected member carries the allele.
pub fn is_carried(family: &Family, calls: &[Call]) -> bool {
    family.affected().any(|member| carries_in_family(calls, member) == Verdict::Yes)
}

/// True when an affected member's genotype is missing, in whole or in part.
pub fn may_be_carried(family: &Family, calls: &[Call]) -> bool {
    let is_open = |call: &Call| call.missing.is_some() || call.copies.contains(&Copy::Unknown);
    family.affected().any(|member| calls.get(member).is_none_or(is_open))
}

/// True when an affected member carries the allele in a call that stands: above the floors of quality. On the
/// mitochondrial genome, where the analysis of genes holds the fraction against its limit, the genotype is enough.
pub fn is_carried_above_floors(
    family: &Family,
    calls: &[Call],
    region: CopyRegion,
    policy: &QualityPolicy,
) -> bool {
    if region == CopyRegion::Mitochondrial {
        return is_carried(family, calls);
    }
    family.affected().any(|member| {
        let person = &family.members[member];
        let call = calls.get(member);
        call.is_some_and(|call| carriage(call, person, region, policy).carries() == Verdict::Yes)
    })
}
