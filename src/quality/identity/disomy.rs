//! A parent who fits the child on every chromosome but one or two.
//!
//! Two copies of one parent's chromosome share nothing with the other parent there, at the rate of two unrelated
//! people, and everything elsewhere; somebody else's sample fits nowhere. So the chromosomes are looked at one by one
//! before a sample is called swapped, and a single small chromosome is not lost in the sum over the genome.

use super::sex::XCounts;
use super::{Identity, Pair};
use crate::model::contig::{Contig, ContigId, canonical_name};
use crate::model::pipeline::IdentityPolicy;

/// Most chromosomes that may come from one parent alone before it is taken as another explanation.
const MOST_CHROMOSOMES: usize = 2;

/// What a parent's and a child's genotypes say of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Too few sites.
    NotEvaluable,
    /// They fit everywhere.
    Fits,
    /// They fit but on these chromosomes.
    ButOn(Vec<ContigId>),
    /// They do not fit.
    Conflict,
}

/// Whether the child's copies of a chromosome are one copy twice or both of a parent's.
pub enum Disomy {
    /// Hardly any heterozygous allele: one copy twice, or a lone copy.
    Isodisomy,
    /// As many heterozygous alleles as anywhere.
    Heterodisomy,
    /// Between the two, or too few alleles.
    Undetermined,
}

/// How two members fit as parent and child.
pub fn fit(pair: &Pair, contigs: &[Contig], policy: &IdentityPolicy) -> Fit {
    // Mapping errors rule on unplaced and alternate contigs: chromosomes with a number alone count.
    let is_autosome =
        |index: usize| contigs.get(index).is_none_or(|c| canonical_name(&c.name).parse::<u8>().is_ok());
    let off: Vec<ContigId> = pair
        .parentage
        .0
        .iter()
        .enumerate()
        .filter(|(index, counts)| is_autosome(*index) && counts.conflict(policy) == Some(true))
        .map(|(index, _)| ContigId(index as u16))
        .collect();
    if (1..=MOST_CHROMOSOMES).contains(&off.len())
        && pair.parentage_without(&off).conflict(policy) == Some(false)
    {
        return Fit::ButOn(off);
    }
    match pair.parentage_without(&[]).conflict(policy) {
        None => Fit::NotEvaluable,
        Some(true) => Fit::Conflict,
        Some(false) if off.is_empty() => Fit::Fits,
        Some(false) => Fit::Conflict,
    }
}

impl Identity {
    /// What the child's heterozygous alleles on a chromosome say.
    pub fn disomy(&self, child: usize, contig: ContigId, policy: &IdentityPolicy) -> Disomy {
        let counts: XCounts =
            self.members[child].autosomes.0.get(contig.index()).copied().unwrap_or_default();
        let fraction = counts.heterozygous as f64 / counts.sites().max(1) as f64;
        match counts.sites() >= policy.sites {
            true if fraction <= policy.one_x_heterozygous => Disomy::Isodisomy,
            true if fraction >= policy.two_x_heterozygous => Disomy::Heterodisomy,
            _ => Disomy::Undetermined,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::identity::ByContig;
    use crate::quality::identity::likeness::LikenessCounts;
    use crate::quality::identity::parentage::ParentageCounts;

    fn of(counts: &[(u64, u64)]) -> Fit {
        let counts = counts.iter().map(|&(opposite, sites)| ParentageCounts { sites, opposite }).collect();
        let pair =
            Pair { one: 0, other: 1, parentage: ByContig(counts), likeness: LikenessCounts::default() };
        fit(&pair, &[], &IdentityPolicy::default())
    }

    #[test]
    fn one_chromosome_is_disomy_and_all_of_them_are_somebody_else() {
        assert_eq!(of(&[(0, 1_000), (1, 900), (2, 800)]), Fit::Fits);
        assert_eq!(of(&[(0, 1_000), (200, 900), (2, 800)]), Fit::ButOn(vec![ContigId(1)]));
        assert_eq!(of(&[(250, 1_000), (200, 900), (180, 800)]), Fit::Conflict);
        assert_eq!(of(&[(250, 1_000), (200, 900), (180, 800), (1, 200)]), Fit::Conflict);
        // One chromosome of many is far below the limit over the genome and is seen all the same.
        let mut genome = vec![(5, 10_000); 22];
        genome[20] = (60, 300);
        assert_eq!(of(&genome), Fit::ButOn(vec![ContigId(20)]));
    }

    #[test]
    fn few_sites_say_nothing() {
        assert_eq!(of(&[(10, 19)]), Fit::NotEvaluable);
        assert_eq!(of(&[(2, 30)]), Fit::NotEvaluable, "two errors decide nothing");
        assert_eq!(of(&[]), Fit::NotEvaluable);
        assert_eq!(of(&[(20, 100)]), Fit::Conflict, "a single chromosome cannot tell disomy from a swap");
    }
}
