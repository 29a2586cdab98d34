//! Whether each child's genotype could have come from its parents, whatever anyone's affection.
//!
//! | child (two copies) | consistent if |
//! |---|---|
//! | neither copy | neither parent is homozygous |
//! | one copy | one parent can give the allele and the other can give another |
//! | both copies | both parents carry it |
//!
//! A man's X copy is one of his mother's; a woman has one X from each parent, and her father's single X is
//! obligate. Y comes from the father, the mitochondrial genome from the mother. This is separate from the
//! modes: a conflict here is a fact about samples, deletions or disomy, and a high *rate* of conflicts is a
//! finding about identity.

use super::clause::Context;
use super::copies::{self, Genotype, Genotypes};
use super::de_novo::required_parents;
use super::policy::FamilyPolicy;
use super::predicates::Predicate;
use super::segregate::Site;
use crate::model::family::Family;
use crate::model::participant::SexChromosomes;
use crate::model::segregation::{CopyRegion, Verdict};

/// How an allele came to a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transmission {
    /// The child does not carry the allele, and need not.
    NotInherited,
    /// From the mother.
    InheritedMaternal,
    /// From the father.
    InheritedPaternal,
    /// One copy from each.
    InheritedBiparental,
    /// From either parent: both carry it and the child has one copy.
    InheritedFromEither,
    /// Neither parent who could have given it carries it.
    DeNovo,
    /// Both copies in the child and one parent a certain non-carrier.
    UpdOrDeletionCandidate,
    /// Any other genotype that the parents cannot have given.
    Conflict,
    /// Not enough is known.
    Undetermined,
}

impl Transmission {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotInherited => "not_inherited",
            Self::InheritedMaternal => "inherited_maternal",
            Self::InheritedPaternal => "inherited_paternal",
            Self::InheritedBiparental => "inherited_biparental",
            Self::InheritedFromEither => "inherited_from_either",
            Self::DeNovo => "de_novo",
            Self::UpdOrDeletionCandidate => "upd_or_deletion_candidate",
            Self::Conflict => "conflict",
            Self::Undetermined => "undetermined",
        }
    }
}

/// The answer for one child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChildTransmission {
    /// Index of the child among the members.
    pub child: usize,
    /// Whether the genotypes obey Mendel's rules, over everything that is not known.
    pub consistent: Verdict,
    /// How the allele came to the child.
    pub label: Transmission,
}

/// The answer for every member with at least one parent in the family.
pub fn transmission(family: &Family, site: &Site, policy: &FamilyPolicy) -> Vec<ChildTransmission> {
    let context = Context::new(family, site, policy);
    (0..family.members.len())
        .filter(|&i| family.members[i].mother.or(family.members[i].father).is_some())
        .map(|child| {
            let consistent = consistency(&context, child);
            ChildTransmission { child, consistent, label: label(&context, child, consistent) }
        })
        .collect()
}

/// Folds [`is_consistent`] over every genotype the three may have.
fn consistency(context: &Context, child: usize) -> Verdict {
    let person = &context.family.members[child];
    let parent = |index: Option<usize>| index.map(|i| context.genotypes[i]);
    let (mother, father) = (parent(person.mother), parent(person.father));
    let (mut some_fit, mut some_fail) = (false, false);
    for karyotype in copies::karyotypes(context.family, child) {
        let set = match context.region {
            CopyRegion::X | CopyRegion::Y => copies::with_copies(
                context.calls.get(child),
                copies::copies_of(context.region, karyotype),
                context.policy,
            ),
            _ => context.genotypes[child],
        };
        for genotype in set.iter() {
            for_each(mother, |m| {
                for_each(father, |f| match is_consistent(context.region, karyotype, genotype, m, f) {
                    true => some_fit = true,
                    false => some_fail = true,
                });
            });
        }
    }
    match (some_fit, some_fail) {
        (true, false) => Verdict::Yes,
        (false, true) => Verdict::No,
        _ => Verdict::Possible,
    }
}

fn for_each(parent: Option<Genotypes>, mut visit: impl FnMut(Option<Genotype>)) {
    match parent {
        Some(set) => set.iter().for_each(|g| visit(Some(g))),
        None => visit(None),
    }
}

/// What a parent can pass on: the allele, and a copy without it. A parent outside the pedigree can give both.
fn gives(parent: Option<Genotype>) -> (bool, bool) {
    parent.map_or((true, true), |g| (g.carrying > 0, g.carrying < g.copies))
}

/// True when the child's genotype can have come from these parents.
fn is_consistent(
    region: CopyRegion,
    karyotype: SexChromosomes,
    child: Genotype,
    mother: Option<Genotype>,
    father: Option<Genotype>,
) -> bool {
    let (maternal, paternal) = (gives(mother), gives(father));
    let one_from = |(allele, other): (bool, bool)| if child.carrying > 0 { allele } else { other };
    match (region, child.copies) {
        (_, 0) | (_, 3..) => true,
        (CopyRegion::Mitochondrial, _) => child.carrying == 0 || maternal.0,
        (CopyRegion::Y, _) => one_from(paternal),
        (CopyRegion::X, 1) if karyotype.x == 1 && karyotype.y >= 1 => one_from(maternal),
        // One copy where two are expected: the other parent's is deleted or lost.
        (_, 1) => one_from(maternal) || one_from(paternal),
        (_, _) => match child.carrying {
            0 => maternal.1 && paternal.1,
            1 => (maternal.0 && paternal.1) || (maternal.1 && paternal.0),
            _ => maternal.0 && paternal.0,
        },
    }
}

fn label(context: &Context, child: usize, consistent: Verdict) -> Transmission {
    let person = &context.family.members[child];
    let genotypes = context.genotypes[child];
    let carries =
        |parent: Option<usize>| parent.map_or(Verdict::Possible, |i| Predicate::ANY.of(context.genotypes[i]));
    let (maternal, paternal) = (carries(person.mother), carries(person.father));
    let homozygous = Predicate::ALL_OF_TWO_OR_MORE.of(genotypes) == Verdict::Yes;
    let required: Vec<_> = copies::karyotypes(context.family, child)
        .into_iter()
        .map(|k| required_parents(context.region, k))
        .collect();
    let needs_mother = required.iter().any(|r| r.mother);
    let needs_father = required.iter().any(|r| r.father);
    match Predicate::ANY.of(genotypes) {
        Verdict::Possible => return Transmission::Undetermined,
        Verdict::No if consistent == Verdict::No => return Transmission::Conflict,
        Verdict::No => return Transmission::NotInherited,
        Verdict::Yes => {}
    }
    let lacks_all = (!needs_mother || maternal == Verdict::No) && (!needs_father || paternal == Verdict::No);
    match (consistent, maternal, paternal) {
        _ if lacks_all => Transmission::DeNovo,
        (Verdict::No, ..) if homozygous => Transmission::UpdOrDeletionCandidate,
        (Verdict::No, ..) => Transmission::Conflict,
        (_, Verdict::Yes, _) if !needs_father => Transmission::InheritedMaternal,
        (_, _, Verdict::Yes) if !needs_mother => Transmission::InheritedPaternal,
        (_, Verdict::Yes, Verdict::Yes) if homozygous => Transmission::InheritedBiparental,
        (_, Verdict::Yes, Verdict::Yes) => Transmission::InheritedFromEither,
        (_, Verdict::Yes, Verdict::No) => Transmission::InheritedMaternal,
        (_, Verdict::No, Verdict::Yes) => Transmission::InheritedPaternal,
        _ => Transmission::Undetermined,
    }
}
