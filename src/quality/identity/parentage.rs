//! Whether the genotypes of two people fit parent and child.
//!
//! A parent and a child share an allele at every autosomal site, so where neither is heterozygous both must be
//! homozygous for the same allele. Errors and new mutations break that at a few sites in a thousand; two
//! unrelated people break it at a large part of such sites, and siblings at some. The rule does not tell which of
//! the two is the parent.
//!
//! Source: Manichaikul et al. 2010, "Robust relationship inference in genome-wide association studies",
//! Bioinformatics 26:2867 (parent and offspring have no sites of identity by state 0).

use crate::model::pipeline::IdentityPolicy;
use crate::quality::percent::Percent;

/// Sites without a shared allele that may be genotype errors, however few sites there are.
const STRAY_ERRORS: u64 = 2;

/// Autosomal sites at which parent and child are both confidently called and neither is heterozygous for the
/// allele, and at least one carries it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParentageCounts {
    /// All of them.
    pub sites: u64,
    /// Those at which one carries it twice and the other not at all.
    pub opposite: u64,
}

impl ParentageCounts {
    /// Counts a site by the copies of the allele that the two carry, of two each.
    pub fn count(&mut self, one: usize, other: usize) {
        if let (0 | 2, 0 | 2) = (one, other)
            && one + other > 0
        {
            self.sites += 1;
            self.opposite += u64::from(one != other);
        }
    }

    /// Adds the counts of another part of the same input.
    pub fn add(&mut self, other: Self) {
        self.sites += other.sites;
        self.opposite += other.opposite;
    }

    /// True when they do not fit parent and child; `None` when too few sites were seen to tell, or when what speaks
    /// against them may be an error or two.
    pub fn conflict(self, policy: &IdentityPolicy) -> Option<bool> {
        if self.sites < policy.parent_sites {
            return None;
        }
        let percent = Percent::of(self.opposite, self.sites)?;
        if percent.is_below(policy.opposite_percent) {
            return Some(false);
        }
        (self.opposite > STRAY_ERRORS).then_some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sites_that_can_tell_are_counted() {
        let mut counts = ParentageCounts::default();
        for (one, other) in [(0, 0), (0, 1), (1, 1), (1, 2), (2, 1)] {
            counts.count(one, other);
        }
        assert_eq!(counts, ParentageCounts::default());
        counts.count(2, 2);
        counts.count(0, 2);
        counts.count(2, 0);
        assert_eq!(counts, ParentageCounts { sites: 3, opposite: 2 });
    }

    #[test]
    fn few_sites_say_nothing_and_the_limit_itself_is_a_conflict() {
        let policy = IdentityPolicy { parent_sites: 100, opposite_percent: 5.0, ..IdentityPolicy::default() };
        let conflict = |sites, opposite| ParentageCounts { sites, opposite }.conflict(&policy);
        assert_eq!(conflict(99, 99), None);
        assert_eq!(conflict(100, 4), Some(false));
        assert_eq!(conflict(100, 5), Some(true));
        assert_eq!(conflict(1_000, 49), Some(false));
        let few = ParentageCounts { sites: 20, opposite: 2 };
        assert_eq!(few.conflict(&IdentityPolicy::default()), None, "two errors decide nothing");
    }
}
