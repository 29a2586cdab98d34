//! Whether two samples have the same genotypes: one person's sample twice, or monozygotic twins.
//!
//! Two samples of one person differ by errors only. Parent and child, and full siblings, differ at a large part of
//! the sites that either carries, since each has a copy that the other has not.

use crate::model::pipeline::IdentityPolicy;
use crate::quality::percent::Percent;

/// Autosomal sites at which both are confidently called and at least one carries the allele.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LikenessCounts {
    /// All of them.
    pub sites: u64,
    /// Those at which both carry it on as many copies.
    pub same: u64,
}

impl LikenessCounts {
    /// Counts a site by the copies of the allele that each carries, of two.
    pub fn count(&mut self, one: usize, other: usize) {
        if one + other > 0 {
            self.sites += 1;
            self.same += u64::from(one == other);
        }
    }

    /// Adds the counts of another part of the same input.
    pub fn add(&mut self, other: Self) {
        self.sites += other.sites;
        self.same += other.same;
    }

    /// True when they look like one person; `None` when too few sites were seen.
    pub fn identical(self, policy: &IdentityPolicy) -> Option<bool> {
        if self.sites < policy.sites {
            return None;
        }
        let percent = Percent::of(self.same, self.sites)?;
        Some(!percent.is_below(policy.identical_percent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person_twice() {
        let policy = IdentityPolicy { sites: 10, ..IdentityPolicy::default() };
        let mut counts = LikenessCounts::default();
        counts.count(0, 0);
        assert_eq!(counts.identical(&policy), None);
        (0..100).for_each(|_| counts.count(1, 1));
        counts.count(2, 1);
        assert_eq!((counts.sites, counts.identical(&policy)), (101, Some(true)));
        (0..20).for_each(|_| counts.count(0, 1));
        assert_eq!(counts.identical(&policy), Some(false));
    }
}
