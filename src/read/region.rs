//! Regions of the genome that are looked at.

use std::collections::BTreeMap;

use crate::model::contig::ContigId;
use crate::model::position::Interval;

/// Where records are wanted: intervals per contig, merged and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    by_contig: BTreeMap<ContigId, Vec<Interval>>,
}

impl Regions {
    /// Regions from intervals in any order; overlapping and touching ones are merged, empty ones dropped.
    pub fn new(intervals: impl IntoIterator<Item = (ContigId, Interval)>) -> Self {
        let mut by_contig: BTreeMap<ContigId, Vec<Interval>> = BTreeMap::new();
        for (contig, interval) in intervals {
            if interval.start < interval.end {
                by_contig.entry(contig).or_default().push(interval);
            }
        }
        for intervals in by_contig.values_mut() {
            intervals.sort_unstable();
            intervals.dedup_by(|next, kept| {
                let touches = next.start <= kept.end;
                if touches {
                    kept.end = kept.end.max(next.end);
                }
                touches
            });
        }
        Self { by_contig }
    }

    /// True when no base is wanted.
    pub fn is_empty(&self) -> bool {
        self.by_contig.is_empty()
    }

    /// The intervals of a contig, sorted, not touching each other.
    pub fn on(&self, contig: ContigId) -> &[Interval] {
        self.by_contig.get(&contig).map_or(&[], Vec::as_slice)
    }

    /// The contigs with at least one interval.
    pub fn contigs(&self) -> impl Iterator<Item = ContigId> + '_ {
        self.by_contig.keys().copied()
    }

    /// True when `[start, end)` shares a base with a region. An empty interval (an insertion) counts as the
    /// two bases beside it.
    pub fn overlap(&self, contig: ContigId, start: u32, end: u32) -> bool {
        let (start, end) = if start < end { (start, end) } else { (start.saturating_sub(1), start + 1) };
        let intervals = self.on(contig);
        let first = intervals.partition_point(|i| i.end <= start);
        intervals.get(first).is_some_and(|i| i.start < end)
    }

    /// The regions of both.
    pub fn joined(&self, other: &Self) -> Self {
        let all = [self, other].into_iter().flat_map(|regions| &regions.by_contig);
        Self::new(all.flat_map(|(&contig, intervals)| intervals.iter().map(move |&i| (contig, i))))
    }

    /// The same regions, each widened by `bases` on both sides.
    pub fn widened(&self, bases: u32) -> Self {
        Self::new(self.by_contig.iter().flat_map(|(&contig, intervals)| {
            intervals.iter().map(move |i| {
                (contig, Interval::new(i.start.saturating_sub(bases), i.end.saturating_add(bases)))
            })
        }))
    }
}

#[cfg(test)]
mod tests {
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
    }
}
