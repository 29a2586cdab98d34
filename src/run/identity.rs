//! Whether the genotypes fit the people they are given as, counted while the variants stream past.

use crate::model::family::Family;
use crate::model::genotype::Call;
use crate::model::pipeline::IdentityPolicy;
use crate::model::record::NormalisedAllele;
use crate::model::segregation::CopyRegion;
use crate::quality::parentage::ParentageCounts;
use crate::quality::sex::{XCopies, XCounts};
use crate::report::model::{InputCheck, Severity};

/// Counts for every child with a parent in the family, and for every member's X.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Child, parent, counts; in order of the members, mother first.
    pairs: Vec<(usize, usize, ParentageCounts)>,
    x: Vec<XCounts>,
}

impl Identity {
    /// Nothing counted yet.
    pub fn new(family: &Family) -> Self {
        let members = family.members.iter().enumerate();
        let pairs = members
            .flat_map(|(child, member)| {
                [member.mother, member.father].into_iter().flatten().map(move |parent| (child, parent))
            })
            .map(|(child, parent)| (child, parent, ParentageCounts::default()))
            .collect();
        Self { pairs, x: vec![XCounts::default(); family.members.len()] }
    }

    /// Counts an allele as called, before any floor of the pipeline: single-base changes of records that were not
    /// filtered, at genotypes of good quality.
    pub fn count(&mut self, entry: &NormalisedAllele, region: CopyRegion, policy: &IdentityPolicy) {
        if !entry.allele.is_snv() || entry.filters.as_ref().is_some_and(|names| !names.is_empty()) {
            return;
        }
        let good = |member: usize| {
            let call: Option<&Call> = entry.calls.get(member);
            call.filter(|c| c.missing.is_none() && c.quality.is_some_and(|q| q >= policy.genotype_quality))
        };
        match region {
            CopyRegion::Autosomal => {
                let copies =
                    |member| good(member).filter(|c| c.copies.len() == 2).map(Call::alternate_copies);
                for (child, parent, counts) in &mut self.pairs {
                    if let (Some(one), Some(other)) = (copies(*child), copies(*parent)) {
                        counts.count(one, other);
                    }
                }
            }
            CopyRegion::X => {
                for (member, counts) in self.x.iter_mut().enumerate() {
                    match good(member).map(|call| (call.alternate_copies(), call.copies.len())) {
                        Some((1, 2)) => counts.heterozygous += 1,
                        Some((1.., _)) => counts.others += 1,
                        _ => {}
                    }
                }
            }
            CopyRegion::Y | CopyRegion::Mitochondrial => {}
        }
    }

    /// Adds the counts of another part of the same family's input.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.pairs.iter_mut().zip(&other.pairs) {
            mine.2.add(theirs.2);
        }
        for (mine, theirs) in self.x.iter_mut().zip(&other.x) {
            mine.add(*theirs);
        }
    }

    /// What does not fit, for the report.
    pub fn checks(&self, family: &Family, policy: &IdentityPolicy) -> Vec<InputCheck> {
        let id = |member: usize| family.members[member].id.clone();
        let warning = |subject: String, message: String, remedy: &str| InputCheck {
            severity: Severity::Warning,
            subject,
            message,
            remedy: Some(remedy.to_owned()),
        };
        let mut checks = Vec::new();
        for &(child, parent, counts) in &self.pairs {
            if counts.conflict(policy) == Some(true) {
                checks.push(warning(
                    id(child),
                    format!(
                        "genotypes of {} and {} do not fit parent and child: no shared allele at {} of {} \
                         autosomal sites where neither is heterozygous (limit {} %)",
                        id(child),
                        id(parent),
                        counts.opposite,
                        counts.sites,
                        policy.opposite_percent
                    ),
                    "check for swapped samples, the family's relationships, and uniparental disomy of a whole chromosome, before relying on inheritance",
                ));
            }
        }
        for (member, counts) in self.x.iter().enumerate() {
            let registered = family.members[member].expected_sex_chromosomes().map(|c| c.x);
            let seen = counts.copies(policy);
            let words = match (registered, seen) {
                (Some(1), Some(XCopies::TwoOrMore)) => "two copies of X, and one is registered",
                (Some(2..), Some(XCopies::One)) => "one copy of X, and two are registered",
                _ => continue,
            };
            checks.push(warning(
                id(member),
                format!(
                    "genotypes of {} look like {words}: {} of {} alleles on X outside the pseudoautosomal regions \
                     are heterozygous",
                    id(member),
                    counts.heterozygous,
                    counts.sites()
                ),
                "check for swapped samples, the registered sex and the karyotype",
            ));
        }
        checks
    }
}
