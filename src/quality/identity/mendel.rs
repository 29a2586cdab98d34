//! How often a child's genotype cannot have come from its two parents.
//!
//! At a site of two copies each, a child has one copy from either parent. Errors and new mutations break that at a
//! few sites in a thousand of good quality; a wrong parent breaks it at many. The rate over both parents sees what
//! no single parent shows: a heterozygous child of two homozygous parents.

use crate::model::pipeline::IdentityPolicy;
use crate::quality::percent::Percent;

/// Autosomal sites at which child, mother and father are confidently called and at least one carries the allele.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MendelCounts {
    /// All of them.
    pub sites: u64,
    /// Those at which the child's genotype needs an allele that a parent does not have.
    pub errors: u64,
}

impl MendelCounts {
    /// Counts a site by the copies of the allele that each carries, of two.
    pub fn count(&mut self, child: usize, mother: usize, father: usize) {
        if child + mother + father == 0 {
            return;
        }
        self.sites += 1;
        self.errors += u64::from(!is_possible(child, mother, father));
    }

    /// Adds the counts of another part of the same input.
    pub fn add(&mut self, other: Self) {
        self.sites += other.sites;
        self.errors += other.errors;
    }

    /// True when there are too many errors for a child and its parents; `None` when too few sites were seen.
    pub fn conflict(self, policy: &IdentityPolicy) -> Option<bool> {
        if self.sites < policy.sites {
            return None;
        }
        let percent = Percent::of(self.errors, self.sites)?;
        Some(!percent.is_below(policy.mendelian_percent))
    }
}

/// True when one copy from each parent can give the child's genotype.
fn is_possible(child: usize, mother: usize, father: usize) -> bool {
    let gives = |parent: usize| [parent < 2, parent > 0];
    let (maternal, paternal) = (gives(mother), gives(father));
    (0..=1).any(|m| (0..=1).any(|p| maternal[m] && paternal[p] && m + p == child))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifteen_possible_trios_are_no_errors() {
        // (mother, father) to the children they can have.
        for (mother, father, children) in [
            (0, 0, &[0][..]),
            (0, 1, &[0, 1]),
            (0, 2, &[1]),
            (1, 1, &[0, 1, 2]),
            (1, 2, &[1, 2]),
            (2, 2, &[2]),
        ] {
            for child in 0..=2 {
                assert_eq!(is_possible(child, mother, father), children.contains(&child));
                assert_eq!(is_possible(child, father, mother), children.contains(&child));
            }
        }
    }

    #[test]
    fn a_site_without_the_allele_is_not_counted() {
        let mut counts = MendelCounts::default();
        counts.count(0, 0, 0);
        counts.count(1, 0, 0);
        counts.count(1, 1, 0);
        assert_eq!(counts, MendelCounts { sites: 2, errors: 1 });
        let policy = IdentityPolicy { sites: 3, ..IdentityPolicy::default() };
        assert_eq!(counts.conflict(&policy), None);
        assert_eq!(MendelCounts { sites: 100, errors: 5 }.conflict(&policy), Some(true));
        assert_eq!(MendelCounts { sites: 100, errors: 4 }.conflict(&policy), Some(false));
    }
}
