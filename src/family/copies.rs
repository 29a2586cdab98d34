//! How many copies a member has at a place, and what they may carry.

use smallvec::SmallVec;

use super::mitochondrial::fraction;
use super::policy::{FamilyPolicy, HetInHaploid};
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy};
use crate::model::participant::SexChromosomes;
use crate::model::segregation::CopyRegion;

/// The set of genotypes a member may have: pairs of (number of copies, number that carry the allele), one
/// bit each. A certain genotype is a set of one; a missing one is the set of all it could be.
///
/// Copies above three are folded to three: no rule tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Genotypes(u16);

/// One genotype: the number of copies, and how many of them carry the allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Genotype {
    pub copies: u8,
    pub carrying: u8,
}

const fn bit(copies: u8, carrying: u8) -> u16 {
    1 << (copies * (copies + 1) / 2 + carrying)
}

impl Genotypes {
    const NOTHING: Self = Self(0);

    /// The set of one genotype.
    pub const fn of(copies: u8, carrying: u8) -> Self {
        Self(bit(copies, carrying))
    }

    /// The bits, for building predicates.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// All genotypes of a number of copies.
    fn any_of(copies: u8) -> Self {
        Self::between(copies, 0, copies)
    }

    /// Genotypes with between `least` and `most` of `copies` copies carrying the allele.
    fn between(copies: u8, least: u8, most: u8) -> Self {
        let mut set = Self::NOTHING;
        for carrying in least..=most {
            set.0 |= fold(copies, carrying).0;
        }
        set
    }

    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when the genotype is certain.
    pub fn is_certain(self) -> bool {
        self.0.count_ones() == 1
    }

    /// The genotypes of the set, fewest copies first.
    pub fn iter(self) -> impl Iterator<Item = Genotype> {
        (0..=3u8)
            .flat_map(|copies| (0..=copies).map(move |carrying| Genotype { copies, carrying }))
            .filter(move |g| self.0 & bit(g.copies, g.carrying) != 0)
    }
}

/// A genotype of any number of copies as one of at most three.
fn fold(copies: u8, carrying: u8) -> Genotypes {
    match copies {
        0..=3 => Genotypes::of(copies, carrying),
        _ if carrying == 0 => Genotypes::of(3, 0),
        _ if carrying == copies => Genotypes::of(3, 3),
        _ if carrying == 1 => Genotypes::of(3, 1),
        _ => Genotypes::of(3, 2),
    }
}

/// Sex chromosomes of a member: as inferred or registered, else by being somebody's mother or father, else
/// not known.
pub(super) fn sex_chromosomes(family: &Family, member: usize) -> Option<SexChromosomes> {
    family.members[member].expected_sex_chromosomes().or_else(|| {
        if family.members.iter().any(|m| m.mother == Some(member)) {
            Some(SexChromosomes { x: 2, y: 0 })
        } else if family.members.iter().any(|m| m.father == Some(member)) {
            Some(SexChromosomes { x: 1, y: 1 })
        } else {
            None
        }
    })
}

/// The karyotypes to evaluate: the known one, or both usual ones.
pub(super) fn karyotypes(family: &Family, member: usize) -> SmallVec<[SexChromosomes; 2]> {
    match sex_chromosomes(family, member) {
        Some(known) => SmallVec::from_slice(&[known]),
        None => SmallVec::from_slice(&[SexChromosomes { x: 1, y: 1 }, SexChromosomes { x: 2, y: 0 }]),
    }
}

/// Copies a karyotype has in a region. The mitochondrial genome counts as one: present or absent.
pub(super) fn copies_of(region: CopyRegion, karyotype: SexChromosomes) -> u8 {
    match region {
        CopyRegion::Autosomal => 2,
        CopyRegion::X => karyotype.x,
        CopyRegion::Y => karyotype.y,
        CopyRegion::Mitochondrial => 1,
    }
}

/// What a member may carry, over every copy number the member may have.
pub(super) fn genotypes(
    family: &Family,
    member: usize,
    region: CopyRegion,
    call: Option<&Call>,
    policy: &FamilyPolicy,
) -> Genotypes {
    match region {
        CopyRegion::Autosomal => with_copies(call, 2, policy),
        CopyRegion::Mitochondrial => mitochondrial(call, policy),
        CopyRegion::X | CopyRegion::Y => karyotypes(family, member)
            .iter()
            .map(|&k| with_copies(call, copies_of(region, k), policy))
            .fold(Genotypes::NOTHING, Genotypes::union),
    }
}

/// What a call says where `expected` copies are expected.
pub(super) fn with_copies(call: Option<&Call>, expected: u8, policy: &FamilyPolicy) -> Genotypes {
    let Some(call) = call.filter(|c| says_something(c)) else { return Genotypes::any_of(expected) };
    if expected == 0 {
        return Genotypes::of(0, 0);
    }
    let count = |kind| call.copies.iter().filter(|&&c| c == kind).count() as u8;
    let (carrying, other, unknown) = (count(Copy::Alternate), count(Copy::Other), count(Copy::Unknown));
    let present = carrying + other + unknown;
    match (expected, present) {
        (_, 0) => Genotypes::of(0, 0),
        (1, _) => single_copy(carrying, other, unknown, policy),
        (3, 2) => match (carrying, unknown) {
            // Three copies called as two: 0/1 is one or two of three.
            (0, 0) => Genotypes::of(3, 0),
            (2, 0) => Genotypes::of(3, 3),
            (1, 0) => Genotypes::between(3, 1, 2),
            (1, _) => Genotypes::between(3, 1, 3),
            (0, 1) => Genotypes::between(3, 0, 2),
            _ => Genotypes::any_of(3),
        },
        _ => Genotypes::between(present, carrying, carrying + unknown),
    }
}

/// `1` and `1/1` are one copy with the allele, `0` and `0/0` one without; `0/1` contradicts the ploidy.
fn single_copy(carrying: u8, other: u8, unknown: u8, policy: &FamilyPolicy) -> Genotypes {
    match (carrying, other, unknown) {
        (0, _, 0) => Genotypes::of(1, 0),
        (_, 0, 0) => Genotypes::of(1, 1),
        (1.., _, _) if policy.het_in_haploid == HetInHaploid::Carrier => Genotypes::of(1, 1),
        _ => Genotypes::any_of(1),
    }
}

/// Present or absent on the mitochondrial genome, as far as the fraction is known.
fn mitochondrial(call: Option<&Call>, policy: &FamilyPolicy) -> Genotypes {
    let (least, most) = fraction(call, policy);
    let (absent, present) = (Genotypes::of(1, 0), Genotypes::of(1, 1));
    match (least >= policy.mitochondrial_fraction, most >= policy.mitochondrial_fraction) {
        (true, _) => present,
        (false, true) => absent.union(present),
        (false, false) => absent,
    }
}

/// False for a missing call and for a lone `.`, which says nothing about the number of copies either.
pub(super) fn says_something(call: &Call) -> bool {
    call.missing.is_none() && call.copies.iter().any(|&c| c != Copy::Unknown)
}

/// True for a call with and without the allele where one copy is expected.
pub(super) fn is_het_in_haploid(call: &Call, expected: u8) -> bool {
    expected == 1 && call.carries() && call.copies.contains(&Copy::Other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::genotype::Copy::{self, Alternate as A, Deleted as D, Other as O, Unknown as U};

    fn set(copies: &[Copy], expected: u8) -> Vec<(u8, u8)> {
        with_copies(Some(&Call::of(copies)), expected, &FamilyPolicy::default())
            .iter()
            .map(|g| (g.copies, g.carrying))
            .collect()
    }

    #[test]
    fn two_copies() {
        assert_eq!(set(&[O, A], 2), [(2, 1)]);
        assert_eq!(set(&[U, A], 2), [(2, 1), (2, 2)]);
        assert_eq!(set(&[U, O], 2), [(2, 0), (2, 1)]);
        assert_eq!(set(&[U, U], 2), [(2, 0), (2, 1), (2, 2)]);
        assert_eq!(set(&[U], 2), [(2, 0), (2, 1), (2, 2)]);
        assert_eq!(set(&[A], 2), [(1, 1)], "haploid inside a deletion");
        assert_eq!(set(&[A, D], 2), [(1, 1)], "opposite a spanning deletion");
        assert_eq!(set(&[D, D], 2), [(0, 0)]);
    }

    #[test]
    fn one_copy_reads_diploid_style_genotypes() {
        assert_eq!(set(&[A, A], 1), [(1, 1)]);
        assert_eq!(set(&[O, O], 1), [(1, 0)]);
        assert_eq!(set(&[O, A], 1), [(1, 0), (1, 1)]);
        assert_eq!(set(&[A], 1), [(1, 1)]);
        assert_eq!(set(&[U, A], 1), [(1, 0), (1, 1)]);
        let carrier = FamilyPolicy { het_in_haploid: HetInHaploid::Carrier, ..FamilyPolicy::default() };
        assert_eq!(with_copies(Some(&Call::of(&[O, A])), 1, &carrier), Genotypes::of(1, 1));
    }

    #[test]
    fn three_copies_called_as_two_or_as_three() {
        assert_eq!(set(&[O, A], 3), [(3, 1), (3, 2)]);
        assert_eq!(set(&[A, A], 3), [(3, 3)]);
        assert_eq!(set(&[O, A, A], 3), [(3, 2)]);
        assert_eq!(set(&[A, A, A, O], 2), [(3, 2)], "four copies fold to three");
    }

    #[test]
    fn no_copies_say_nothing_of_the_allele() {
        assert_eq!(set(&[A], 0), [(0, 0)]);
    }
}
