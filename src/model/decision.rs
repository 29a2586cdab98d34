//! What a rule set made of an allele in one gene.

use std::sync::Arc;

use super::pair::PairVerdict;
use super::segregation::{SegregationMode, SegregationVerdict, Verdict};
use super::tier::TierDecision;

use super::funnel::FunnelStep;

/// The outcome for one candidate in one of its genes.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Index of the candidate.
    pub candidate: usize,
    /// Index of the gene among the candidate's.
    pub effect: usize,
    /// Where it ended.
    pub step: FunnelStep,
    /// The rule set's decision.
    pub decision: TierDecision,
    /// The modes that fit, with the partners of a compound heterozygous one.
    pub modes: Vec<ModeFit>,
}

/// A mode of inheritance that fits.
#[derive(Clone, Debug)]
pub struct ModeFit {
    /// The verdict, with its reason.
    pub verdict: SegregationVerdict,
    /// Partners, by index of the candidate, best first.
    pub partners: Vec<(usize, Arc<PairVerdict>)>,
}

impl ModeFit {
    /// A mode that needs no partner.
    pub fn alone(verdict: SegregationVerdict) -> Self {
        Self { verdict, partners: Vec::new() }
    }

    /// A compound heterozygous mode; absent when there is no partner.
    pub fn compound(partners: &[(usize, Arc<PairVerdict>)]) -> Option<Self> {
        let mut partners = partners.to_vec();
        partners.sort_by_key(|(index, pair)| (std::cmp::Reverse(pair.verdict), *index));
        let best = &partners.first()?.1;
        let verdict = SegregationVerdict {
            mode: SegregationMode::CompoundHeterozygous,
            verdict: best.verdict,
            reason: best.reason.clone(),
            flags: best.flags.clone(),
        };
        Some(Self { verdict, partners })
    }

    /// True when the mode is shown, not merely possible.
    pub fn is_shown(&self) -> bool {
        self.verdict.verdict == Verdict::Yes
    }
}
