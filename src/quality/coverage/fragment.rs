//! Counts a base once per fragment: the part of a read that its mate has not covered already.

use rustc_hash::FxHashMap;

use crate::model::alignment::Blocks;
use crate::model::position::Interval;

/// The fragments that a later read might still overlap.
///
/// Mates are known by name alone: mate positions and template lengths in a file can be wrong, and a
/// base counted twice would hide a gap.
#[derive(Default)]
pub(super) struct Fragments {
    active: FxHashMap<Box<[u8]>, Blocks>,
    /// Size at which the map is next rid of fragments left behind.
    limit: usize,
}

const SMALLEST_LIMIT: usize = 4096;

impl Fragments {
    /// The bases of `blocks` (sorted, apart) that no earlier read named `name` has covered. Reads must come
    /// ordered by start; `start` is this read's.
    pub(super) fn new_bases(&mut self, name: &[u8], start: u32, blocks: &[Interval]) -> Blocks {
        // The SAM specification writes `*` where there is no name: such reads have no known mate.
        if name.is_empty() || name == b"*" {
            return blocks.iter().copied().collect();
        }
        if let Some(seen) = self.active.get_mut(name) {
            let fresh = subtract(blocks, seen);
            seen.extend(fresh.iter().copied());
            seen.sort_unstable();
            return fresh;
        }
        if self.active.len() >= self.limit.max(SMALLEST_LIMIT) {
            // Visits in hash order, but each fragment is kept or dropped by itself: order has no effect.
            self.active.retain(|_, blocks| blocks.iter().any(|block| block.end > start));
            self.limit = self.active.len().saturating_mul(2);
        }
        let blocks: Blocks = blocks.iter().copied().collect();
        self.active.insert(name.into(), blocks.clone());
        blocks
    }
}

/// The parts of `blocks` outside `seen`; both are sorted and each is free of overlap.
fn subtract(blocks: &[Interval], seen: &[Interval]) -> Blocks {
    let mut out = Blocks::new();
    for block in blocks {
        let mut start = block.start;
        for other in seen.iter().filter(|other| other.overlaps(*block)) {
            if other.start > start {
                out.push(Interval::new(start, other.start));
            }
            start = start.max(other.end);
        }
        if start < block.end {
            out.push(Interval::new(start, block.end));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intervals(pairs: &[(u32, u32)]) -> Blocks {
        pairs.iter().map(|(start, end)| Interval::new(*start, *end)).collect()
    }

    #[test]
    fn overlap_of_mates_counts_once_and_a_deletion_is_filled_by_the_mate() {
        let mut fragments = Fragments::default();
        assert_eq!(fragments.new_bases(b"a", 0, &intervals(&[(0, 10), (15, 30)])).len(), 2);
        // The mate covers the deletion 10..15 of the first read, and goes on past it.
        assert_eq!(fragments.new_bases(b"a", 5, &intervals(&[(5, 40)])), intervals(&[(10, 15), (30, 40)]));
        // A third part of the same fragment adds nothing.
        assert!(fragments.new_bases(b"a", 6, &intervals(&[(6, 40)])).is_empty());
        assert_eq!(fragments.new_bases(b"b", 6, &intervals(&[(6, 40)])), intervals(&[(6, 40)]));
    }

    #[test]
    fn reads_without_a_name_are_fragments_of_their_own() {
        let mut fragments = Fragments::default();
        for _ in 0..2 {
            assert_eq!(fragments.new_bases(b"*", 0, &intervals(&[(0, 10)])).len(), 1);
        }
    }

    #[test]
    fn what_lies_behind_is_forgotten() {
        let mut fragments = Fragments::default();
        for i in 0..50_000_u32 {
            let name = i.to_string();
            fragments.new_bases(name.as_bytes(), i, &intervals(&[(i, i + 100)]));
        }
        assert!(fragments.active.len() <= SMALLEST_LIMIT, "{}", fragments.active.len());
        // The newest are still known.
        assert!(fragments.new_bases(b"49999", 49_999, &intervals(&[(49_999, 50_099)])).is_empty());
    }
}
