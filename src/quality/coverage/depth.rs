//! The figures of a set of bases: lowest, mean and highest depth, and how many bases reach each limit.

use crate::quality::percent::Percent;

/// Depths whose base counts every summary holds, in the order of [`DepthSummary::at_least`].
pub const THRESHOLDS: [u32; 5] = [10, 20, 30, 50, 100];

/// Depth over a set of bases, as exact counts; percentages are floored only when printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DepthSummary {
    /// Bases measured.
    pub bases: u64,
    /// Lowest depth; 0 when no base was measured.
    pub min: u32,
    /// Highest depth.
    pub max: u32,
    /// Sum of the depths; divided by `bases` it is the mean.
    pub sum: u64,
    /// Bases at or above each of [`THRESHOLDS`].
    pub at_least: [u64; 5],
    /// Bases at or above the depth that the policy counts as covered.
    pub covered: u64,
}

impl DepthSummary {
    /// Adds `bases` bases of one `depth`; `limit` is the policy's depth.
    pub(super) fn add(&mut self, bases: u32, depth: u32, limit: u32) {
        if bases == 0 {
            return;
        }
        self.min = if self.bases == 0 { depth } else { self.min.min(depth) };
        self.max = self.max.max(depth);
        let bases = u64::from(bases);
        self.bases += bases;
        self.sum = self.sum.saturating_add(bases * u64::from(depth));
        for (count, threshold) in self.at_least.iter_mut().zip(THRESHOLDS) {
            if depth >= threshold {
                *count += bases;
            }
        }
        if depth >= limit {
            self.covered += bases;
        }
    }

    /// Joins the figures of another, disjoint set of bases.
    pub fn merge(&mut self, other: &Self) {
        if other.bases == 0 {
            return;
        }
        self.min = if self.bases == 0 { other.min } else { self.min.min(other.min) };
        self.max = self.max.max(other.max);
        self.bases += other.bases;
        self.sum = self.sum.saturating_add(other.sum);
        for (count, more) in self.at_least.iter_mut().zip(other.at_least) {
            *count += more;
        }
        self.covered += other.covered;
    }

    /// Share of bases at or above the policy's depth; absent when no base was measured.
    pub fn percent_covered(&self) -> Option<Percent> {
        Percent::of(self.covered, self.bases)
    }

    /// Share of bases at or above the `index`-th of [`THRESHOLDS`]; absent when no base was measured.
    pub fn percent_at_least(&self, index: usize) -> Option<Percent> {
        Percent::of(*self.at_least.get(index)?, self.bases)
    }

    /// Mean depth, for display; absent when no base was measured.
    pub fn mean(&self) -> Option<f64> {
        (self.bases > 0).then(|| self.sum as f64 / self.bases as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_the_bases() {
        let mut summary = DepthSummary::default();
        summary.add(3, 25, 20);
        summary.add(0, 0, 20);
        summary.add(1, 9, 20);
        assert_eq!((summary.bases, summary.min, summary.max, summary.sum), (4, 9, 25, 84));
        assert_eq!(summary.at_least, [3, 3, 0, 0, 0]);
        assert_eq!(summary.covered, 3);
        assert_eq!(summary.mean(), Some(21.0));
        assert_eq!(summary.percent_covered().unwrap().to_string(), "75.00");
    }

    #[test]
    fn joining_parts_gives_the_whole() {
        let parts = [(5, 0), (2, 100), (7, 30)];
        let mut whole = DepthSummary::default();
        let mut joined = DepthSummary::default();
        joined.merge(&DepthSummary::default());
        for (bases, depth) in parts {
            whole.add(bases, depth, 30);
            let mut part = DepthSummary::default();
            part.add(bases, depth, 30);
            joined.merge(&part);
        }
        assert_eq!(whole, joined);
        assert_eq!(whole.min, 0);
    }

    #[test]
    fn sums_do_not_wrap() {
        let mut summary = DepthSummary::default();
        summary.add(u32::MAX, u32::MAX, 20);
        assert_eq!(summary.sum, u64::from(u32::MAX) * u64::from(u32::MAX));
    }
}
