//! The pairs of a gene's alleles, each kind of pair tested once.

use std::collections::BTreeMap;
use std::sync::Arc;

use smallvec::SmallVec;

use super::compound_heterozygous::compound_heterozygous;
use super::policy::FamilyPolicy;
use super::segregate::Site;
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy};
use crate::model::pair::{PairRelation, PairVerdict};
use crate::model::segregation::{CopyRegion, Verdict};

/// The partners of each allele of a gene, pairs with the verdict `no` left out: one list per allele, by
/// index, so that what is written grows with the alleles and not with the pairs.
pub fn compound_partners(
    family: &Family,
    sites: &[Site],
    relation: impl Fn(usize, usize) -> PairRelation,
    policy: &FamilyPolicy,
) -> Vec<Vec<(usize, Arc<PairVerdict>)>> {
    let mut pairs = CompoundPairs::new(family, sites, policy);
    let mut partners = vec![Vec::new(); sites.len()];
    for second in 1..sites.len() {
        for first in 0..second {
            let pair = pairs.verdict(first, second, relation(first, second));
            if pair.verdict != Verdict::No {
                partners[first].push((second, pair.clone()));
                partners[second].push((first, pair));
            }
        }
    }
    partners.iter_mut().for_each(|list| list.sort_by_key(|(index, _)| *index));
    partners
}

/// The pairs of a gene's alleles. Alleles with the same calls in every member share their verdicts, so a
/// gene with thousands of alleles costs a few dozen tests.
pub struct CompoundPairs<'a> {
    family: &'a Family,
    sites: &'a [Site<'a>],
    policy: &'a FamilyPolicy,
    kind: Vec<usize>,
    known: BTreeMap<(usize, usize, PairRelation), Arc<PairVerdict>>,
}

impl<'a> CompoundPairs<'a> {
    /// The alleles of one gene, in the order of their places.
    pub fn new(family: &'a Family, sites: &'a [Site<'a>], policy: &'a FamilyPolicy) -> Self {
        let mut kinds: BTreeMap<Signature, usize> = BTreeMap::new();
        let kind = sites
            .iter()
            .map(|site| {
                let next = kinds.len();
                *kinds.entry(signature(site)).or_insert(next)
            })
            .collect();
        Self { family, sites, policy, kind, known: BTreeMap::new() }
    }

    /// The verdict on the alleles of two indices; `relation` is as seen from `first` to `second`.
    pub fn verdict(&mut self, first: usize, second: usize, relation: PairRelation) -> Arc<PairVerdict> {
        let key = (self.kind[first], self.kind[second], relation);
        let test = || {
            let (a, b) = (&self.sites[first], &self.sites[second]);
            Arc::new(compound_heterozygous(self.family, a, b, relation, self.policy))
        };
        self.known.entry(key).or_insert_with(test).clone()
    }
}

/// Everything about a site's calls that a verdict depends on.
type Signature = (CopyRegion, Vec<(SmallVec<[Copy; 2]>, bool, bool, Option<u32>)>);

fn signature(site: &Site) -> Signature {
    let call = |c: &Call| (c.copies.clone(), c.missing.is_some(), c.phased, c.phase_set);
    (site.region, site.calls.iter().map(call).collect())
}
