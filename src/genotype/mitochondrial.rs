//! The mitochondrial genome: the share of the reads decides, not the genotype.
//!
//! The limits are those of the analysis of genes: present from the pipeline's least fraction on, absent where the
//! depth would have shown it ([`QualityPolicy::mitochondrial_absence_depth`]).

use crate::model::carriage::Contradiction;
use crate::model::genotype::Call;
use crate::model::pipeline::QualityPolicy;

/// What the share of the reads says against the genotype.
pub(super) fn contradiction(call: &Call, policy: &QualityPolicy) -> Option<Contradiction> {
    let limit = policy.mitochondrial_fraction as f32;
    match (call.carries(), share(call)) {
        (true, Some(fraction)) if fraction < limit => {
            Some(Contradiction::FractionBelowLimit { fraction, limit })
        }
        (true, _) => None,
        (false, Some(fraction)) if fraction >= limit => Some(Contradiction::FractionShowsIt { fraction }),
        (false, _) => {
            let least = policy.mitochondrial_absence_depth();
            let depth = call.depth.filter(|&depth| depth < least)?;
            Some(Contradiction::TooShallow { depth, least })
        }
    }
}

/// The share of the allele: as the caller gives it, else by the reads it counts. Reads of a reference block are none.
pub(super) fn share(call: &Call) -> Option<f32> {
    let counted = || call.allele_balance().filter(|_| !call.from_reference_block);
    call.fraction.or_else(|| counted().map(|balance| balance as f32))
}
