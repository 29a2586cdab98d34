//! Compound heterozygous: two alleles of one gene on different copies (autosomes, and X with two copies).
//!
//! Affected members carry the two on different copies ("in trans"); unaffected members do not. A member with
//! one X copy cannot be in trans: affected men carry either allele, unaffected men neither. Affected parents
//! do not forbid a pair. What settles the phase is graded ([`PhaseGrade`]): two ALTs of one place, a phase
//! set, the parents, another relative; in a singleton nothing does and the verdict is `possible`.
//!
//! The verdict goes over every way the haplotypes may run through the pedigree (`super::haplotypes`). No
//! new mutation is assumed while an inherited explanation exists; where there is none, the child's link to
//! the parents says nothing about phase and the pair is flagged `transmission_conflict`. Where physical
//! phase contradicts transmission the pair is flagged `phase_conflict` and is possible at most.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `CompoundHeterozygous`, `XLinkedCompoundHeterozygous`.

use super::copies::says_something;
use super::haplotypes::{Haplotypes, Outcome};
use super::phase::{self, PhysicalPhase, haplotype_pairs, is_trans, physical_phase};
use super::policy::FamilyPolicy;
use super::segregate::Site;
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy};
use crate::model::pair::{PairRelation, PairVerdict};
use crate::model::participant::Affection;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, PhaseGrade, Verdict};

/// Tests two alleles of one gene. Both sites must lie in the same kind of region.
///
/// ```
/// use ithaca::family::{FamilyPolicy, Site, compound_heterozygous};
/// use ithaca::model::pair::PairRelation;
/// use ithaca::model::genotype::{Call, Copy};
/// use ithaca::model::segregation::{CopyRegion, PhaseGrade, Verdict};
/// # use ithaca::model::family::Family;
/// # use ithaca::model::participant::{Affection, Participant, Role, Sex};
/// # let person = |id: &str, role, sex, affection, parents: Option<(usize, usize)>| Participant {
/// #     id: id.to_owned(), role, sex, sex_chromosomes: None, affection,
/// #     mother: parents.map(|(mother, _)| mother),
/// #     father: parents.map(|(_, father)| father),
/// #     vcf: None, vcf_sample: None, alignments: None,
/// # };
/// // An affected child, first in the list, and two unaffected parents.
/// let family = Family {
///     id: "F1".to_owned(),
///     members: vec![
///         person("child", Role::Proband, Sex::Female, Affection::Affected, Some((1, 2))),
///         person("mother", Role::Mother, Sex::Female, Affection::Unaffected, None),
///         person("father", Role::Father, Sex::Male, Affection::Unaffected, None),
///     ],
///     proband: 0,
///     consanguineous: false,
/// };
///
/// let (none, one) = (Call::of(&[Copy::Other; 2]), Call::of(&[Copy::Other, Copy::Alternate]));
/// let from_mother = [one.clone(), one.clone(), none.clone()];
/// let from_father = [one.clone(), none.clone(), one];
/// let site = |calls| Site { region: CopyRegion::Autosomal, calls };
/// let pair = |a, b| {
///     let policy = FamilyPolicy::default();
///     compound_heterozygous(&family, &site(a), &site(b), PairRelation::Independent, &policy)
/// };
/// let in_trans = pair(&from_mother, &from_father);
/// assert_eq!((in_trans.verdict, in_trans.grade), (Verdict::Yes, PhaseGrade::Trio));
/// assert_eq!(pair(&from_mother, &from_mother).verdict, Verdict::No, "both from one parent: in cis");
/// ```
pub fn compound_heterozygous(
    family: &Family,
    a: &Site,
    b: &Site,
    relation: PairRelation,
    policy: &FamilyPolicy,
) -> PairVerdict {
    let pair = Pair { family, a, b, relation, policy };
    if !matches!(
        (a.region, b.region),
        (CopyRegion::Autosomal, CopyRegion::Autosomal) | (CopyRegion::X, CopyRegion::X)
    ) {
        return PairVerdict {
            verdict: Verdict::No,
            grade: PhaseGrade::NotBothCarried,
            reason: "compound heterozygosity needs two sites on the same autosome, or both on X".to_owned(),
            flags: Vec::new(),
        };
    }
    pair.verdict()
}

struct Pair<'a> {
    family: &'a Family,
    a: &'a Site<'a>,
    b: &'a Site<'a>,
    relation: PairRelation,
    policy: &'a FamilyPolicy,
}

impl Pair<'_> {
    fn haplotypes(&self, use_phase: bool, linked: Vec<bool>) -> Haplotypes<'_> {
        let sets = (0..self.family.members.len())
            .map(|i| haplotype_pairs(self.family, i, self.a, self.b, self.relation, use_phase, self.policy))
            .collect();
        Haplotypes { family: self.family, region: self.a.region, sets, linked }
    }

    fn children(&self) -> Vec<bool> {
        self.family.members.iter().map(|m| m.mother.or(m.father).is_some()).collect()
    }

    fn verdict(&self) -> PairVerdict {
        let mut flags: Vec<FamilyRemark> = Vec::new();
        let haplotypes = self.haplotypes(true, self.children());
        let mut outcome = haplotypes.search();
        let mut verdict = outcome.verdict();
        if outcome.given_up {
            flags.push(FamilyRemark::PedigreeTooLarge);
            verdict = haplotypes.each_with_parents();
        } else if outcome.is_impossible() {
            (outcome, verdict) = self.resolve_conflict(&haplotypes, &mut flags);
        }
        if self.family.affected().next().is_none() {
            flags.push(FamilyRemark::NotEvaluable);
            verdict = verdict.min(Verdict::Possible);
        }
        let grade = self.grade(&outcome, &flags);
        match grade {
            PhaseGrade::HomozygousPlusHeterozygous => flags.push(FamilyRemark::HomPlusHet),
            PhaseGrade::OppositeDeletion => flags.push(FamilyRemark::HemizygousByDeletion),
            _ => {}
        }
        let reason = self.reason(verdict, grade, &outcome, &flags);
        PairVerdict { verdict, grade, reason, flags }
    }

    /// No assignment obeys everything: drop the physical phase if that is what disagrees, else the links of
    /// children whose genotypes their parents cannot have given, else every link.
    fn resolve_conflict(&self, strict: &Haplotypes, flags: &mut Vec<FamilyRemark>) -> (Outcome, Verdict) {
        let unphased = self.haplotypes(false, self.children()).search();
        if !unphased.is_impossible() {
            flags.push(FamilyRemark::PhaseConflict);
            let own = self.haplotypes(false, vec![false; self.family.members.len()]).search();
            let verdict = own.verdict().min(Verdict::Possible);
            return (own, verdict);
        }
        flags.push(FamilyRemark::TransmissionConflict);
        let mut linked = self.children();
        for (child, used) in linked.iter_mut().enumerate() {
            *used = *used && strict.link_is_possible(child);
        }
        let mut outcome = self.haplotypes(true, linked).search();
        if outcome.is_impossible() {
            outcome = self.haplotypes(true, vec![false; self.family.members.len()]).search();
        }
        (outcome, outcome.verdict())
    }

    fn grade(&self, outcome: &Outcome, flags: &[FamilyRemark]) -> PhaseGrade {
        let family = self.family;
        let own = |use_phase| {
            let set = haplotype_pairs(
                family,
                family.proband,
                self.a,
                self.b,
                self.relation,
                use_phase,
                self.policy,
            );
            let trans = set.iter().filter(|&(x, y)| is_trans(x, y)).count() as u32;
            (trans, set)
        };
        let (trans, set) = own(false);
        let decided = |trans: u32, set: &phase::HaplotypePairs| trans == 0 || trans == set.len();
        let carries_both = set.iter().any(|(x, y)| (x | y) & phase::BOTH == phase::BOTH);
        let one_copy = !set.is_empty() && set.iter().all(|(_, other)| other == phase::ABSENT);
        match self.relation {
            _ if flags.contains(&FamilyRemark::PhaseConflict) => return PhaseGrade::Conflict,
            _ if one_copy => return PhaseGrade::Hemizygous,
            _ if !carries_both => return PhaseGrade::NotBothCarried,
            PairRelation::SameRecord if trans > 0 => return PhaseGrade::SameSite,
            PairRelation::SecondDeletesFirst | PairRelation::FirstDeletesSecond if trans > 0 => {
                return PhaseGrade::OppositeDeletion;
            }
            _ if trans > 0 && decided(trans, &set) => return PhaseGrade::HomozygousPlusHeterozygous,
            _ => {}
        }
        let (phased_trans, phased_set) = own(true);
        if decided(phased_trans, &phased_set) {
            match physical_phase(self.call(self.a, family.proband), self.call(self.b, family.proband)) {
                PhysicalPhase::PhaseSet => return PhaseGrade::PhaseSet,
                PhysicalPhase::Contig => return PhaseGrade::Phased,
                PhysicalPhase::None => {}
            }
        }
        if flags.contains(&FamilyRemark::TransmissionConflict) {
            return PhaseGrade::Conflict;
        }
        let proband = family.proband();
        let called = |parent: Option<usize>| parent.is_some_and(|i| self.is_called(i));
        match outcome.proband() {
            Verdict::Yes | Verdict::No if called(proband.mother) && called(proband.father) => {
                PhaseGrade::Trio
            }
            Verdict::Yes | Verdict::No => PhaseGrade::Relative,
            Verdict::Possible if self.one_parent_carries_exactly_one() => PhaseGrade::ProbableTrans,
            Verdict::Possible => PhaseGrade::PhaseUnknown,
        }
    }

    fn call<'s>(&self, site: &Site<'s>, member: usize) -> Option<&'s Call> {
        site.calls.get(member)
    }

    fn is_called(&self, member: usize) -> bool {
        [self.a, self.b].iter().all(|site| site.calls.get(member).is_some_and(says_something))
    }

    /// One parent is called and carries exactly one of the two; the other parent is not known.
    fn one_parent_carries_exactly_one(&self) -> bool {
        let proband = self.family.proband();
        let known: Vec<usize> =
            [proband.mother, proband.father].into_iter().flatten().filter(|&i| self.is_called(i)).collect();
        let carries = |site: &Site, i: usize| site.calls[i].carries();
        let complete = |site: &Site, i: usize| !site.calls[i].copies.contains(&Copy::Unknown);
        matches!(known[..], [i] if carries(self.a, i) != carries(self.b, i)
            && complete(self.a, i) && complete(self.b, i))
    }

    fn reason(
        &self,
        verdict: Verdict,
        grade: PhaseGrade,
        outcome: &Outcome,
        flags: &[FamilyRemark],
    ) -> String {
        let proband = self.family.proband().id.as_str();
        let phase = match (grade, outcome.proband()) {
            (PhaseGrade::NotBothCarried, _) => format!("{proband} does not carry both alleles"),
            (PhaseGrade::SameSite, _) => {
                format!("{proband} carries two alleles at one site, which are on different copies")
            }
            (PhaseGrade::OppositeDeletion, _) => {
                format!("{proband} has one allele in trans with a deletion of its site")
            }
            (PhaseGrade::HomozygousPlusHeterozygous, _) => {
                format!(
                    "{proband} carries one of the alleles on every copy, so the other is in trans with it"
                )
            }
            (PhaseGrade::Hemizygous, _) => {
                format!("{proband} has a single X copy, so either allele acts alone")
            }
            (PhaseGrade::Conflict, _) if flags.contains(&FamilyRemark::PhaseConflict) => {
                "the phase in the file disagrees with the parents' genotypes".to_owned()
            }
            (PhaseGrade::Conflict, _) => {
                "the parents cannot have transmitted both alleles (one may be de novo), so their genotypes \
                 do not establish the phase"
                    .to_owned()
            }
            (PhaseGrade::PhaseUnknown, _) => format!("the phase in {proband} cannot be determined"),
            (PhaseGrade::ProbableTrans, _) => format!(
                "one parent of {proband} carries exactly one of the alleles and the other parent's genotype \
                 is unknown: probably in trans"
            ),
            (grade, trans) => {
                let by = match grade {
                    PhaseGrade::PhaseSet => "according to their phase set",
                    PhaseGrade::Phased => "according to the phase in the file",
                    PhaseGrade::Trio => "according to both parents' genotypes",
                    _ => "according to a relative's genotypes",
                };
                let copies = match trans {
                    Verdict::Yes => "in trans",
                    Verdict::No => "in cis, or not both present,",
                    Verdict::Possible => "not established to be in trans",
                };
                format!("the alleles of {proband} are {copies} {by}")
            }
        };
        let others = self.other_members(verdict);
        let head = match verdict {
            Verdict::Yes => "Consistent",
            Verdict::Possible => "Undetermined",
            Verdict::No => "Inconsistent",
        };
        if others.is_empty() {
            format!("{head}: {phase}")
        } else {
            format!("{head}: {phase}; {}", others.join("; "))
        }
    }

    /// Members besides the proband whose own calls decide, or leave open, their clause.
    fn other_members(&self, verdict: Verdict) -> Vec<String> {
        let mut texts = Vec::new();
        for (i, member) in self.family.members.iter().enumerate() {
            if i == self.family.proband || member.affection == Affection::Unknown {
                continue;
            }
            let affected = member.affection == Affection::Affected;
            let set = haplotype_pairs(self.family, i, self.a, self.b, self.relation, true, self.policy);
            let total = set.len() as usize;
            let shows = set
                .iter()
                .filter(
                    |&(x, y)| if y == phase::ABSENT { x == 1 || x == 2 || x == 3 } else { is_trans(x, y) },
                )
                .count();
            let word = if affected { "affected" } else { "unaffected" };
            let text = match (verdict, shows) {
                (_, _) if total == 0 => continue,
                (Verdict::No, 0) if affected => format!("{} ({word}) does not have the pair", member.id),
                (Verdict::No, n) if n == total && !affected => format!("{} ({word}) has the pair", member.id),
                (Verdict::Possible, n) if n > 0 && n < total && !self.is_called(i) => {
                    format!("{} ({word}) is not fully called", member.id)
                }
                (Verdict::Possible, n) if n > 0 && n < total => {
                    format!("{} ({word}) may carry the pair in cis or in trans", member.id)
                }
                (Verdict::Yes, n) if n == total && affected => {
                    format!("{} ({word}) also has the pair", member.id)
                }
                _ => continue,
            };
            texts.push(text);
        }
        texts
    }
}
