//! A named variant of the mitochondrial genome: the share of the reads decides, not the genotype.
//!
//! The limits are those of the analysis of genes (see [`crate::family`]): present from the pipeline's least fraction
//! on, absent where the depth would have shown it.

use crate::family::FamilyPolicy;
use crate::filter::quality::missed_floor;
use crate::model::genotype::{Call, Copy};
use crate::model::pipeline::QualityPolicy;
use crate::report::model::LookUpState;

/// What a call says of the variant; `gt` is the genotype as written, `carried` the words for a carrier.
pub(super) fn judge(call: &Call, gt: &str, carried: &str, policy: &QualityPolicy) -> (LookUpState, String) {
    let unknown = |why: String| (LookUpState::NotEvaluable, why);
    let limit = policy.mitochondrial_fraction as f32;
    let share = share(call);
    match (call.carries(), share) {
        (true, Some(share)) if share < limit => unknown(format!(
            "called with the variant ({gt}) at a fraction of {share:.3}, below the limit of {limit}"
        )),
        (true, _) => (LookUpState::Carried, carried.to_owned()),
        (false, Some(share)) if share >= limit => unknown(format!(
            "called without the variant ({gt}), but a fraction of {share:.3} of the reads supports it"
        )),
        (false, _) => match too_shallow(call, policy) {
            Some(why) => unknown(format!("{why}; the genotype is {gt}")),
            None => (LookUpState::NotCarried, format!("the genotype is called without the variant ({gt})")),
        },
    }
}

/// The share of the variant: as the caller gives it, else by the reads it counts.
fn share(call: &Call) -> Option<f32> {
    call.fraction.or_else(|| call.allele_balance().map(|balance| balance as f32))
}

/// The floor of depth or quality that a call misses; balance is none here.
pub(super) fn missed(call: &Call, policy: &QualityPolicy) -> Option<String> {
    let without_balance = Call { copies: [Copy::Other].into_iter().collect(), ..call.clone() };
    missed_floor(&without_balance, true, policy).map(|outcome| outcome.reason)
}

/// Why the depth of a call would not have shown the variant.
pub(super) fn too_shallow(call: &Call, policy: &QualityPolicy) -> Option<String> {
    let family = FamilyPolicy::with_mitochondrial_fraction(policy.mitochondrial_fraction);
    let least = family.mitochondrial_absence_depth;
    let depth = call.depth.filter(|&depth| depth < least)?;
    Some(format!("depth {depth} is below {least}, the depth needed to detect a heteroplasmic variant"))
}
