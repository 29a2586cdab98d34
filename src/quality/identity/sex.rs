//! How many copies of X the genotypes show.
//!
//! One copy of X cannot be heterozygous: among the alleles that a person carries on X outside the
//! pseudoautosomal regions, heterozygous ones are errors in someone with one copy and about half or more in someone
//! with two. Between the two limits nothing is said: mosaicism, contamination, runs of homozygosity.

use crate::model::pipeline::IdentityPolicy;

/// Alleles that a person carries on X outside the pseudoautosomal regions, confidently called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct XCounts {
    /// On one of two copies.
    pub heterozygous: u64,
    /// On every copy, or in a call of one copy.
    pub others: u64,
}

/// What X looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XCopies {
    /// One copy.
    One,
    /// Two or more.
    TwoOrMore,
}

impl XCounts {
    /// All sites.
    pub fn sites(self) -> u64 {
        self.heterozygous + self.others
    }

    /// Adds the counts of another part of the same input.
    pub fn add(&mut self, other: Self) {
        self.heterozygous += other.heterozygous;
        self.others += other.others;
    }

    /// The copies that are seen; `None` when there are too few sites, or the fraction lies between the limits.
    pub fn copies(self, policy: &IdentityPolicy) -> Option<XCopies> {
        if self.sites() < policy.sites.max(1) {
            return None;
        }
        let fraction = self.heterozygous as f64 / self.sites() as f64;
        if fraction >= policy.two_x_heterozygous {
            Some(XCopies::TwoOrMore)
        } else if fraction <= policy.one_x_heterozygous {
            Some(XCopies::One)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_belong_to_their_side_and_between_them_nothing_is_said() {
        let policy = IdentityPolicy { sites: 20, ..IdentityPolicy::default() };
        let copies = |heterozygous, others| XCounts { heterozygous, others }.copies(&policy);
        assert_eq!(copies(25, 75), Some(XCopies::TwoOrMore));
        assert_eq!(copies(24, 76), None);
        assert_eq!(copies(6, 94), None);
        assert_eq!(copies(5, 95), Some(XCopies::One));
        assert_eq!(copies(0, 19), None);
        assert_eq!(copies(0, 20), Some(XCopies::One));
    }
}
