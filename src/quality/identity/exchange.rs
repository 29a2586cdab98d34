//! Whose sample it is: the one exchange, or the one person, that explains what does not fit.

use super::disomy::{Fit, fit};
use super::sex::XCopies;
use super::{Identity, Pair};
use crate::model::contig::Contig;
use crate::model::family::Family;
use crate::model::pipeline::IdentityPolicy;

/// What explains every misfit at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Exchanging the samples of these two makes everybody fit.
    pub exchanges: Vec<(usize, usize)>,
    /// The sample of this member alone is somebody else's: without it everybody fits, and it fits nobody.
    pub strangers: Vec<usize>,
}

/// Explains the misfits of a family; nothing when there are none.
pub fn explain(
    identity: &Identity,
    family: &Family,
    contigs: &[Contig],
    policy: &IdentityPolicy,
) -> Explanation {
    let table = Table::new(identity, family, contigs, policy);
    let as_given: Vec<usize> = (0..family.members.len()).collect();
    if table.misfits(&as_given, None) == 0 {
        return Explanation::default();
    }
    let sequenced: Vec<usize> =
        as_given.iter().copied().filter(|&i| family.members[i].vcf.is_some()).collect();
    let mut explanation = Explanation::default();
    for (at, &one) in sequenced.iter().enumerate() {
        for &other in &sequenced[at + 1..] {
            let mut exchanged = as_given.clone();
            exchanged.swap(one, other);
            if table.misfits(&exchanged, None) == 0 && table.fits(&exchanged, one, other) {
                explanation.exchanges.push((one, other));
            }
        }
    }
    if explanation.exchanges.is_empty() {
        explanation.strangers = sequenced
            .into_iter()
            .filter(|&m| table.has_relative(m))
            .filter(|&m| table.misfits(&as_given, Some(m)) == 0 && !table.fits_anyone(m))
            .collect();
    }
    explanation
}

struct Table<'a> {
    family: &'a Family,
    /// How any two samples fit as parent and child, row by row.
    fit: Vec<Vec<Option<Fit>>>,
    x: Vec<Option<XCopies>>,
}

impl<'a> Table<'a> {
    fn new(identity: &Identity, family: &'a Family, contigs: &[Contig], policy: &IdentityPolicy) -> Self {
        let members = family.members.len();
        let of = |a: usize, b: usize| identity.pair(a, b).map(|pair: &Pair| fit(pair, contigs, policy));
        Self {
            family,
            fit: (0..members).map(|a| (0..members).map(|b| of(a, b)).collect()).collect(),
            x: identity.members.iter().map(|member| member.x.copies(policy)).collect(),
        }
    }

    /// Child and parent, as the pedigree has them.
    fn relations(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.family
            .members
            .iter()
            .enumerate()
            .flat_map(|(child, m)| [m.mother, m.father].into_iter().flatten().map(move |p| (child, p)))
    }

    /// Parents and sexes that do not fit when member `i` has the sample of member `samples[i]`.
    fn misfits(&self, samples: &[usize], without: Option<usize>) -> usize {
        let counts = |member: usize| Some(member) != without;
        let parents = self
            .relations()
            .filter(|&(child, parent)| counts(child) && counts(parent))
            .filter(|&(child, parent)| self.fit[samples[child]][samples[parent]] == Some(Fit::Conflict))
            .count();
        let sexes = (0..self.family.members.len())
            .filter(|&i| counts(i) && sex_conflicts(self.family, i, self.x[samples[i]]))
            .count();
        parents + sexes
    }

    /// True when an exchange is borne out by a parent or a sex that fits afterwards, of one of the two.
    fn fits(&self, samples: &[usize], one: usize, other: usize) -> bool {
        let concerns = |member: usize| member == one || member == other;
        let parent = self.relations().any(|(child, parent)| {
            (concerns(child) || concerns(parent)) && is_fit(&self.fit[samples[child]][samples[parent]])
        });
        parent || [one, other].iter().any(|&i| self.x[samples[i]].is_some())
    }

    /// True where a parent or a child of the member was sequenced too.
    fn has_relative(&self, member: usize) -> bool {
        let concerns = |&(child, parent): &(usize, usize)| child == member || parent == member;
        self.relations().filter(concerns).any(|(child, parent)| self.fit[child][parent].is_some())
    }

    fn fits_anyone(&self, member: usize) -> bool {
        self.relations()
            .any(|(child, parent)| (child == member || parent == member) && is_fit(&self.fit[child][parent]))
    }
}

fn is_fit(fit: &Option<Fit>) -> bool {
    matches!(fit, Some(Fit::Fits | Fit::ButOn(_)))
}

/// True when the copies of X that are seen are not those registered.
pub fn sex_conflicts(family: &Family, member: usize, seen: Option<XCopies>) -> bool {
    let registered = family.members[member].expected_sex_chromosomes().map(|c| c.x);
    matches!((registered, seen), (Some(1), Some(XCopies::TwoOrMore)) | (Some(2..), Some(XCopies::One)))
}
