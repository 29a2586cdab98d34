//! Positions and intervals on a contig.

use serde::{Deserialize, Serialize};

/// A 1-based position, as printed in VCF, HGVS and reports.
///
/// ```
/// use ithaca::model::position::Position1;
///
/// assert_eq!(Position1::from_offset(99), Position1(100));
/// assert_eq!(Position1(100).offset(), Some(99));
/// assert_eq!(Position1(0).offset(), None, "VCF's place before the first base has no offset");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position1(pub u32);

impl Position1 {
    /// The 1-based form of a 0-based offset.
    pub fn from_offset(offset: u32) -> Self {
        Self(offset + 1)
    }

    /// The 0-based offset; position 0 (VCF's "before the first base") has none.
    pub fn offset(self) -> Option<u32> {
        self.0.checked_sub(1)
    }
}

impl std::fmt::Display for Position1 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A 0-based half-open interval `[start, end)` on a contig or a transcript.
///
/// ```
/// use ithaca::model::position::Interval;
///
/// let exon = Interval::new(10, 20);
/// assert_eq!(exon.len(), 10);
/// assert!(exon.contains(19) && !exon.contains(20));
/// assert!(!exon.overlaps(Interval::new(20, 30)), "intervals that touch share no base");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First base, 0-based.
    pub start: u32,
    /// One past the last base.
    pub end: u32,
}

impl Interval {
    /// The interval `[start, end)`; `start` must not exceed `end`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end, "interval {start}..{end} runs backwards");
        Self { start, end }
    }

    /// Number of bases.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// True when it holds no base.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// True when the 0-based base `offset` lies inside.
    pub fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// True when the two share at least one base.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_based_and_offset_are_inverse() {
        assert_eq!(Position1::from_offset(0), Position1(1));
        assert_eq!(Position1(1).offset(), Some(0));
        assert_eq!(Position1(0).offset(), None);
    }

    #[test]
    fn touching_intervals_do_not_overlap() {
        assert!(!Interval::new(0, 5).overlaps(Interval::new(5, 6)));
        assert!(Interval::new(0, 6).overlaps(Interval::new(5, 6)));
        assert!(!Interval::new(3, 3).contains(3));
    }
}
