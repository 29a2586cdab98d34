//! Regions of the genome that are looked at.

use super::contig::ContigId;
use super::position::Interval;

/// Bases of a bin, as a power of two: fine enough that few regions share one.
const BIN: u32 = 14;

/// Where records are wanted: intervals per contig, merged and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    by_contig: Vec<OnContig>,
}

/// The intervals of one contig, with an index so that a look-up need not search them all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OnContig {
    intervals: Vec<Interval>,
    /// For each bin of the contig up to the last interval: the first interval that ends behind the bin's start.
    first: Vec<u32>,
}

impl OnContig {
    /// Sorts and merges the intervals, and makes their index.
    fn settle(&mut self) {
        self.intervals.sort_unstable();
        self.intervals.dedup_by(|next, kept| {
            let touches = next.start <= kept.end;
            if touches {
                kept.end = kept.end.max(next.end);
            }
            touches
        });
        let bins = self.intervals.last().map_or(0, |last| (last.end >> BIN) + 1);
        let mut at = 0;
        for bin in 0..bins {
            while self.intervals.get(at).is_some_and(|i| i.end <= bin << BIN) {
                at += 1;
            }
            self.first.push(at as u32);
        }
    }

    fn overlap(&self, start: u32, end: u32) -> bool {
        let Some(&first) = self.first.get((start >> BIN) as usize) else { return false };
        let ends_behind = self.intervals[first as usize..].iter().find(|i| i.end > start);
        ends_behind.is_some_and(|i| i.start < end)
    }
}

impl Regions {
    /// Regions from intervals in any order; overlapping and touching ones are merged, empty ones dropped.
    pub fn new(intervals: impl IntoIterator<Item = (ContigId, Interval)>) -> Self {
        let mut by_contig: Vec<OnContig> = Vec::new();
        for (contig, interval) in intervals {
            if interval.start < interval.end {
                if by_contig.len() <= contig.index() {
                    by_contig.resize_with(contig.index() + 1, OnContig::default);
                }
                by_contig[contig.index()].intervals.push(interval);
            }
        }
        by_contig.iter_mut().for_each(OnContig::settle);
        Self { by_contig }
    }

    /// True when no base is wanted.
    pub fn is_empty(&self) -> bool {
        self.by_contig.is_empty()
    }

    /// The intervals of a contig, sorted, not touching each other.
    pub fn on(&self, contig: ContigId) -> &[Interval] {
        self.by_contig.get(contig.index()).map_or(&[], |on| &on.intervals)
    }

    /// The contigs with at least one interval.
    pub fn contigs(&self) -> impl Iterator<Item = ContigId> + '_ {
        self.all().map(|(contig, _)| contig)
    }

    /// True when `[start, end)` shares a base with a region. An empty interval (an insertion) counts as the
    /// two bases beside it.
    pub fn overlap(&self, contig: ContigId, start: u32, end: u32) -> bool {
        let (start, end) = if start < end { (start, end) } else { (start.saturating_sub(1), start + 1) };
        self.by_contig.get(contig.index()).is_some_and(|on| on.overlap(start, end))
    }

    /// The contigs with their intervals, those without left out.
    fn all(&self) -> impl Iterator<Item = (ContigId, &[Interval])> + '_ {
        let numbered = self.by_contig.iter().enumerate().filter(|(_, on)| !on.intervals.is_empty());
        numbered.map(|(index, on)| (ContigId(index as _), &on.intervals[..]))
    }

    /// The regions of both.
    pub fn joined(&self, other: &Self) -> Self {
        let all = [self, other].into_iter().flat_map(Self::all);
        Self::new(all.flat_map(|(contig, intervals)| intervals.iter().map(move |&i| (contig, i))))
    }

    /// The same regions, each widened by `bases` on both sides.
    pub fn widened(&self, bases: u32) -> Self {
        Self::new(self.all().flat_map(|(contig, intervals)| {
            intervals.iter().map(move |i| {
                (contig, Interval::new(i.start.saturating_sub(bases), i.end.saturating_add(bases)))
            })
        }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn touching_intervals_merge_and_look_up_is_exact() {
        let c = ContigId(2);
        let regions =
            Regions::new([(20, 30), (5, 10), (10, 12), (40, 40)].map(|(s, e)| (c, Interval::new(s, e))));
        assert_eq!(regions.on(c), [Interval::new(5, 12), Interval::new(20, 30)]);
        for offset in 0..40 {
            let inside = (5..12).contains(&offset) || (20..30).contains(&offset);
            assert_eq!(regions.overlap(c, offset, offset + 1), inside, "{offset}");
        }
        assert!(
            regions.overlap(c, 0, 100) && !regions.overlap(c, 12, 20) && !regions.overlap(ContigId(0), 5, 6)
        );
        assert!(regions.overlap(c, 12, 12), "an insertion after the last base touches it");
        assert_eq!(regions.widened(4).on(c), [Interval::new(1, 34)]);
        assert_eq!(regions.contigs().collect::<Vec<_>>(), [c]);
    }

    proptest! {
        #[test]
        fn look_up_agrees_with_a_search_through_all(
            given in prop::collection::vec((0_u16..3, 0_u32..200_000, 0_u32..40_000), 0..40),
            asked in prop::collection::vec((0_u16..4, 0_u32..250_000, 1_u32..50_000), 50),
        ) {
            let given = given.iter().map(|&(c, s, l)| (ContigId(c), Interval::new(s, s + l)));
            let regions = Regions::new(given.clone());
            for (contig, start, length) in asked {
                let end = start + length;
                let touches = |(c, i): (ContigId, Interval)| {
                    c == ContigId(contig) && i.start < i.end && i.start < end && start < i.end
                };
                let there = given.clone().any(touches);
                prop_assert_eq!(regions.overlap(ContigId(contig), start, end), there);
            }
        }
    }
}
