//! Whether the genotypes fit the people they are given as, counted while the variants stream past.
//!
//! Every two members are compared, not parent and child alone: where two samples were exchanged, the true parent
//! and child stand under other names, and only the whole table shows it.

pub mod disomy;
pub mod exchange;
pub mod likeness;
pub mod member;
pub mod mendel;
pub mod parentage;
pub mod sex;

use crate::model::contig::ContigId;
use crate::model::family::Family;
use crate::model::genotype::Call;
use crate::model::pipeline::IdentityPolicy;
use crate::model::record::NormalisedAllele;
use crate::model::segregation::CopyRegion;
use likeness::LikenessCounts;
use member::MemberCounts;
use mendel::MendelCounts;
use parentage::ParentageCounts;

/// Counts by contig, grown as contigs are met.
#[derive(Clone, Debug, Default)]
pub struct ByContig<T>(pub Vec<T>);

impl<T: Copy + Default> ByContig<T> {
    fn of(&mut self, contig: ContigId) -> &mut T {
        if self.0.len() <= contig.index() {
            self.0.resize(contig.index() + 1, T::default());
        }
        &mut self.0[contig.index()]
    }

    fn add(&mut self, other: &Self, add: impl Fn(&mut T, T)) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), T::default());
        }
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| add(mine, *theirs));
    }
}

/// Two members, the one with the smaller index first.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Index of the one.
    pub one: usize,
    /// Index of the other.
    pub other: usize,
    /// Sites at which parent and child must share an allele.
    pub parentage: ByContig<ParentageCounts>,
    /// Sites at which one person's samples would be the same.
    pub likeness: LikenessCounts,
}

/// A child with both parents.
#[derive(Clone, Debug)]
pub struct Trio {
    /// Index of the child.
    pub child: usize,
    /// Index of the mother.
    pub mother: usize,
    /// Index of the father.
    pub father: usize,
    /// Sites and Mendelian errors.
    pub counts: ByContig<MendelCounts>,
}

/// Counts over the members of one family.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Every two members compared.
    pub pairs: Vec<Pair>,
    /// Every child with both parents.
    pub trios: Vec<Trio>,
    /// Each member alone, in the order of the family.
    pub members: Vec<MemberCounts>,
}

/// Members up to which every two are compared; beyond it, parents and children alone.
const MOST_COMPARED: usize = 16;

impl Identity {
    /// Nothing counted yet.
    pub fn new(family: &Family) -> Self {
        let members = &family.members;
        let parents_of = |child: usize| [members[child].mother, members[child].father];
        let is_declared =
            |a: usize, b: usize| parents_of(a).contains(&Some(b)) || parents_of(b).contains(&Some(a));
        let pairs = (0..members.len())
            .flat_map(|one| (one + 1..members.len()).map(move |other| (one, other)))
            .filter(|&(one, other)| members.len() <= MOST_COMPARED || is_declared(one, other))
            .map(|(one, other)| Pair {
                one,
                other,
                parentage: ByContig::default(),
                likeness: LikenessCounts::default(),
            })
            .collect();
        let trios = members
            .iter()
            .enumerate()
            .filter_map(|(child, m)| {
                Some(Trio { child, mother: m.mother?, father: m.father?, counts: ByContig::default() })
            })
            .collect();
        Self { pairs, trios, members: vec![MemberCounts::default(); members.len()] }
    }

    /// Counts an allele as called, before any floor of the pipeline. Members are compared at single-base changes of
    /// records that were not filtered, at genotypes of good quality.
    pub fn count(&mut self, entry: &NormalisedAllele, region: CopyRegion, policy: &IdentityPolicy) {
        let filtered = entry.filters.as_ref().is_some_and(|names| !names.is_empty());
        let confident = entry.allele.is_snv() && !filtered;
        let is_good = |call: &Call| {
            call.missing.is_none() && call.quality.is_some_and(|q| q >= policy.genotype_quality)
        };
        let contig = entry.allele.contig;
        for (counts, call) in self.members.iter_mut().zip(&entry.calls) {
            counts.count(call, contig, region, confident && is_good(call));
        }
        if !confident || region != CopyRegion::Autosomal {
            return;
        }
        let copies = |member: usize| {
            let call = entry.calls.get(member).filter(|call| is_good(call) && call.copies.len() == 2);
            call.map(Call::alternate_copies)
        };
        for pair in &mut self.pairs {
            if let (Some(one), Some(other)) = (copies(pair.one), copies(pair.other)) {
                pair.parentage.of(contig).count(one, other);
                pair.likeness.count(one, other);
            }
        }
        for trio in &mut self.trios {
            if let (Some(child), Some(mother), Some(father)) =
                (copies(trio.child), copies(trio.mother), copies(trio.father))
            {
                trio.counts.of(contig).count(child, mother, father);
            }
        }
    }

    /// Adds the counts of another part of the same family's input.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.pairs.iter_mut().zip(&other.pairs) {
            mine.parentage.add(&theirs.parentage, ParentageCounts::add);
            mine.likeness.add(theirs.likeness);
        }
        for (mine, theirs) in self.trios.iter_mut().zip(&other.trios) {
            mine.counts.add(&theirs.counts, MendelCounts::add);
        }
        for (mine, theirs) in self.members.iter_mut().zip(&other.members) {
            mine.add(theirs);
        }
    }

    /// The counts of two members, in whichever order.
    pub fn pair(&self, a: usize, b: usize) -> Option<&Pair> {
        self.pairs.iter().find(|p| (p.one, p.other) == (a.min(b), a.max(b)))
    }
}

impl Pair {
    /// Over all contigs but some.
    pub fn parentage_without(&self, left_out: &[ContigId]) -> ParentageCounts {
        let mut whole = ParentageCounts::default();
        for (index, counts) in self.parentage.0.iter().enumerate() {
            if !left_out.iter().any(|contig| contig.index() == index) {
                whole.add(*counts);
            }
        }
        whole
    }
}
