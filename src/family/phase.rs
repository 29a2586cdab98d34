//! Which of a member's two chromosomes may carry which of two alleles.
//!
//! A pair of alleles `a` and `b` makes four haplotypes (neither, `a`, `b`, both). What is known of a member
//! is the set of haplotype pairs that the calls allow. Recombination between the two places is neglected.

use smallvec::SmallVec;

use super::copies::{karyotypes, says_something, with_copies};
use super::policy::FamilyPolicy;
use super::segregate::Site;
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy};
use crate::model::pair::PairRelation;
use crate::model::segregation::CopyRegion;

/// One chromosome: bit 0, carries `a`; bit 1, carries `b`; or not there at all.
pub(super) type Haplotype = u8;

pub(super) const NEITHER: Haplotype = 0;
pub(super) const BOTH: Haplotype = 3;
pub(super) const ABSENT: Haplotype = 4;

/// A set of unordered haplotype pairs, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HaplotypePairs(u32);

impl HaplotypePairs {
    const NOTHING: Self = Self(0);

    fn insert(&mut self, one: Haplotype, other: Haplotype) {
        self.0 |= 1 << (one.min(other) * 5 + one.max(other));
    }

    fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The pairs, smaller haplotype first.
    pub fn iter(self) -> impl Iterator<Item = (Haplotype, Haplotype)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let index = (rest != 0).then(|| rest.trailing_zeros() as u8)?;
            rest &= rest - 1;
            Some((index / 5, index % 5))
        })
    }
}

/// True when one chromosome carries `a` and the other carries `b`.
pub(super) fn is_trans(one: Haplotype, other: Haplotype) -> bool {
    one != ABSENT && other != ABSENT && ((one & 1 != 0 && other & 2 != 0) || (one & 2 != 0 && other & 1 != 0))
}

/// The kind of physical phase two calls of a member share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PhysicalPhase {
    None,
    PhaseSet,
    Contig,
}

/// Two calls are phased together when both are written with `|` and carry the same phase set, or both carry
/// none (VCF 4.4, section 1.6.2: without PS the phase runs along the contig).
pub(super) fn physical_phase(a: Option<&Call>, b: Option<&Call>) -> PhysicalPhase {
    match (a, b) {
        (Some(a), Some(b)) if a.phased && b.phased && a.copies.len() == 2 && b.copies.len() == 2 => {
            match (a.phase_set, b.phase_set) {
                (Some(x), Some(y)) if x == y => PhysicalPhase::PhaseSet,
                (None, None) => PhysicalPhase::Contig,
                _ => PhysicalPhase::None,
            }
        }
        _ => PhysicalPhase::None,
    }
}

/// What a member's two chromosomes may carry, over every karyotype the member may have.
pub(super) fn haplotype_pairs(
    family: &Family,
    member: usize,
    a: &Site,
    b: &Site,
    relation: PairRelation,
    use_phase: bool,
    policy: &FamilyPolicy,
) -> HaplotypePairs {
    let (call_a, call_b) = (a.calls.get(member), b.calls.get(member));
    let for_copies = |copies: u8| match copies {
        0 => {
            let mut set = HaplotypePairs::NOTHING;
            set.insert(ABSENT, ABSENT);
            set
        }
        1 => one_chromosome(call_a, call_b, relation, policy),
        _ => two_chromosomes(call_a, call_b, relation, use_phase),
    };
    match a.region {
        CopyRegion::X => karyotypes(family, member)
            .iter()
            .map(|k| for_copies(k.x))
            .fold(HaplotypePairs::NOTHING, HaplotypePairs::union),
        _ => for_copies(2),
    }
}

/// True when one chromosome can carry both alleles.
fn can_share(relation: PairRelation) -> bool {
    relation == PairRelation::Independent
}

fn one_chromosome(
    a: Option<&Call>,
    b: Option<&Call>,
    relation: PairRelation,
    policy: &FamilyPolicy,
) -> HaplotypePairs {
    let carrying = |call| -> SmallVec<[u8; 2]> {
        let set: SmallVec<[u8; 2]> = with_copies(call, 1, policy).iter().map(|g| g.carrying).collect();
        set
    };
    let mut set = HaplotypePairs::NOTHING;
    for x in carrying(a) {
        for y in carrying(b) {
            let haplotype = x | y << 1;
            if haplotype != BOTH || can_share(relation) {
                set.insert(haplotype, ABSENT);
            }
        }
    }
    set
}

/// Whether the first and the second chromosome of the genotype field carry the allele.
type Placement = (u8, u8);

fn two_chromosomes(
    a: Option<&Call>,
    b: Option<&Call>,
    relation: PairRelation,
    use_phase: bool,
) -> HaplotypePairs {
    match relation {
        PairRelation::SecondDeletesFirst => opposite_deletion(a, b, |small, deletion| small | deletion << 1),
        PairRelation::FirstDeletesSecond => opposite_deletion(b, a, |small, deletion| deletion | small << 1),
        _ => {
            let in_phase = use_phase && physical_phase(a, b) != PhysicalPhase::None;
            let mut set = HaplotypePairs::NOTHING;
            for (a1, a2) in placements(a) {
                for (b1, b2) in placements(b) {
                    let mut add = |b1: u8, b2: u8| {
                        let (one, other) = (a1 | b1 << 1, a2 | b2 << 1);
                        if can_share(relation) || (one != BOTH && other != BOTH) {
                            set.insert(one, other);
                        }
                    };
                    add(b1, b2);
                    if !in_phase {
                        add(b2, b1);
                    }
                }
            }
            set
        }
    }
}

/// Each way the allele may lie on the two chromosomes, in the order of the genotype field. A copy that is
/// deleted or carries another allele does not carry this one; a haploid call leaves the other chromosome
/// deleted.
fn placements(call: Option<&Call>) -> SmallVec<[Placement; 4]> {
    let everything = || SmallVec::from_slice(&[(0, 0), (0, 1), (1, 0), (1, 1)]);
    let Some(call) = call.filter(|c| says_something(c)) else { return everything() };
    let options = |copy: Copy| match copy {
        Copy::Alternate => &[1u8][..],
        Copy::Other | Copy::Deleted => &[0],
        Copy::Unknown => &[0, 1],
    };
    match call.copies[..] {
        [Copy::Alternate] => SmallVec::from_slice(&[(0, 1), (1, 0)]),
        [_] => SmallVec::from_slice(&[(0, 0)]),
        [first, second] => {
            options(first).iter().flat_map(|&x| options(second).iter().map(move |&y| (x, y))).collect()
        }
        _ => match (call.alternate_copies(), call.copies.contains(&Copy::Unknown)) {
            (_, true) => everything(),
            (0, false) => SmallVec::from_slice(&[(0, 0)]),
            (n, false) if n == call.copies.len() => SmallVec::from_slice(&[(1, 1)]),
            _ => SmallVec::from_slice(&[(0, 1), (1, 0)]),
        },
    }
}

/// What a call of the small allele says of the one chromosome that is not deleted. Reads that show the allele
/// come from there, whether the caller wrote `1/1`, `1/*`, `1` or, expecting two copies, `0/1`.
fn on_the_other_copy(small: Option<&Call>) -> &'static [u8] {
    match small.filter(|c| says_something(c)) {
        None => &[0, 1],
        Some(call) if call.carries() => &[1],
        Some(call) if call.copies.contains(&Copy::Unknown) => &[0, 1],
        Some(_) => &[0],
    }
}

/// Small allele and deletion: a chromosome with the deletion has no place for the small allele, so with one
/// deleted chromosome the call of the small allele speaks of the other alone.
fn opposite_deletion(
    small: Option<&Call>,
    deletion: Option<&Call>,
    haplotype: fn(u8, u8) -> Haplotype,
) -> HaplotypePairs {
    let mut set = HaplotypePairs::NOTHING;
    for (d1, d2) in placements(deletion) {
        match d1 + d2 {
            0 => {
                for (s1, s2) in placements(small) {
                    set.insert(haplotype(s1, 0), haplotype(s2, 0));
                }
            }
            1 => {
                for &carrying in on_the_other_copy(small) {
                    set.insert(haplotype(carrying, 0), haplotype(0, 1));
                }
            }
            _ => set.insert(haplotype(0, 1), haplotype(0, 1)),
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::genotype::Copy::{self, Alternate as A, Deleted as D, Other as O, Unknown as U};

    fn pairs(a: Call, b: Call, relation: PairRelation) -> Vec<(u8, u8)> {
        two_chromosomes(Some(&a), Some(&b), relation, true).iter().collect()
    }

    fn phased(copies: &[Copy], set: Option<u32>) -> Call {
        Call { phased: true, phase_set: set, ..Call::of(copies) }
    }

    #[test]
    fn unphased_heterozygotes_are_cis_or_trans() {
        let set = pairs(Call::of(&[O, A]), Call::of(&[O, A]), PairRelation::Independent);
        assert_eq!(set, [(NEITHER, BOTH), (1, 2)]);
    }

    #[test]
    fn phase_sets_decide_only_when_they_are_the_same() {
        let trans = pairs(phased(&[O, A], Some(7)), phased(&[A, O], Some(7)), PairRelation::Independent);
        assert_eq!(trans, [(1, 2)]);
        let cis = pairs(phased(&[O, A], None), phased(&[O, A], None), PairRelation::Independent);
        assert_eq!(cis, [(NEITHER, BOTH)]);
        let open = pairs(phased(&[O, A], Some(7)), phased(&[O, A], Some(8)), PairRelation::Independent);
        assert_eq!(open.len(), 2);
        let mixed = pairs(phased(&[O, A], Some(7)), phased(&[O, A], None), PairRelation::Independent);
        assert_eq!(mixed.len(), 2);
    }

    #[test]
    fn two_alts_of_one_record_are_never_on_one_copy() {
        assert_eq!(pairs(Call::of(&[A, O]), Call::of(&[O, A]), PairRelation::SameRecord), [(1, 2)]);
        assert_eq!(
            pairs(Call::of(&[A, U]), Call::of(&[O, U]), PairRelation::SameRecord),
            [(0, 1), (1, 1), (1, 2)]
        );
    }

    #[test]
    fn any_call_of_the_allele_opposite_a_deletion_is_one_copy() {
        let set = pairs(Call::of(&[A, A]), Call::of(&[O, A]), PairRelation::SecondDeletesFirst);
        assert_eq!(set, [(1, 2)]);
        let star = pairs(Call::of(&[A, D]), Call::of(&[O, A]), PairRelation::SecondDeletesFirst);
        assert_eq!(star, [(1, 2)]);
        let heterozygous = pairs(Call::of(&[O, A]), Call::of(&[O, A]), PairRelation::SecondDeletesFirst);
        assert_eq!(heterozygous, [(1, 2)]);
    }

    #[test]
    fn trans_needs_different_chromosomes() {
        assert!(is_trans(1, 2) && is_trans(BOTH, BOTH) && is_trans(BOTH, 1));
        assert!(!is_trans(BOTH, NEITHER) && !is_trans(BOTH, ABSENT) && !is_trans(1, 1));
    }
}
