//! From aligned blocks to depth: a difference array over one 64 kb tile at a time.
//!
//! A block adds one where it starts and takes one away where it ends; the running sum is the depth.
//! Blocks arrive in any order as long as none starts before the tile, so a tile is final once reads start
//! behind it. What lies beyond the tile waits in a sorted map, which holds few entries: the ends of reads
//! that cross the tile's edge.

use std::collections::BTreeMap;

use crate::model::position::Interval;

const TILE: u32 = 65_536;

/// Takes the finished runs of equal depth, left to right.
pub(super) trait RunSink {
    /// Every base of `run` has this `depth`.
    fn run(&mut self, run: Interval, depth: u32);
}

/// The sweep over one window.
pub(super) struct Sweep {
    window: Interval,
    tile: Interval,
    deltas: Vec<i32>,
    later: BTreeMap<u32, i32>,
    depth: i64,
}

impl Sweep {
    /// A sweep over `window`, before any block.
    pub(super) fn new(window: Interval) -> Self {
        let tile = Interval::new(window.start, window.start.saturating_add(TILE).min(window.end));
        Self { window, tile, deltas: vec![0; tile.len() as usize], later: BTreeMap::new(), depth: 0 }
    }

    /// Adds a block; the part before the present tile or outside the window is ignored.
    pub(super) fn add(&mut self, block: Interval) {
        let start = block.start.max(self.tile.start);
        let end = block.end.min(self.window.end);
        if start < end {
            self.step(start, 1);
            self.step(end, -1);
        }
    }

    fn step(&mut self, at: u32, by: i32) {
        if at < self.tile.end {
            self.deltas[(at - self.tile.start) as usize] += by;
        } else if at < self.window.end {
            *self.later.entry(at).or_insert(0) += by;
        }
    }

    /// Says that no later block starts before `position`; finished tiles go to `sink`.
    pub(super) fn advance(&mut self, position: u32, sink: &mut impl RunSink) {
        while position >= self.tile.end && self.tile.end < self.window.end {
            self.flush(sink);
            self.next_tile();
        }
    }

    /// Says that no block follows; the rest of the window goes to `sink`.
    pub(super) fn finish(mut self, sink: &mut impl RunSink) {
        self.advance(self.window.end, sink);
        self.flush(sink);
    }

    fn flush(&mut self, sink: &mut impl RunSink) {
        let mut run_start = self.tile.start;
        for (offset, delta) in self.deltas.iter().enumerate() {
            if *delta != 0 {
                let at = self.tile.start + offset as u32;
                emit(sink, run_start, at, self.depth);
                run_start = at;
                self.depth += i64::from(*delta);
            }
        }
        emit(sink, run_start, self.tile.end, self.depth);
    }

    fn next_tile(&mut self) {
        let start = self.tile.end;
        self.tile = Interval::new(start, start.saturating_add(TILE).min(self.window.end));
        self.deltas.clear();
        self.deltas.resize(self.tile.len() as usize, 0);
        let beyond = self.later.split_off(&self.tile.end);
        for (at, by) in std::mem::replace(&mut self.later, beyond) {
            self.deltas[(at - start) as usize] += by;
        }
    }
}

fn emit(sink: &mut impl RunSink, start: u32, end: u32, depth: i64) {
    if start < end {
        sink.run(Interval::new(start, end), u32::try_from(depth.max(0)).unwrap_or(u32::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct PerBase(Interval, Vec<u32>);

    impl RunSink for PerBase {
        fn run(&mut self, run: Interval, depth: u32) {
            assert_eq!(run.start, self.0.start + self.1.len() as u32, "runs must follow each other");
            self.1.extend(std::iter::repeat_n(depth, run.len() as usize));
        }
    }

    fn swept(window: Interval, mut blocks: Vec<Interval>) -> Vec<u32> {
        blocks.sort();
        let mut out = PerBase(window, Vec::new());
        let mut sweep = Sweep::new(window);
        for block in blocks {
            sweep.advance(block.start, &mut out);
            sweep.add(block);
        }
        sweep.finish(&mut out);
        out.1
    }

    proptest! {
        #[test]
        fn equals_counting_base_by_base(
            start in 0_u32..100_000,
            length in 1_u32..200_000,
            blocks in proptest::collection::vec((0_u32..300_000, 1_u32..90_000), 0..12),
        ) {
            let window = Interval::new(start, start + length);
            let blocks: Vec<_> = blocks.into_iter().map(|(s, l)| Interval::new(s, s + l)).collect();
            let depths = swept(window, blocks.clone());
            prop_assert_eq!(depths.len(), length as usize);
            for (base, depth) in (window.start..window.end).zip(depths).step_by(97) {
                let expected = blocks.iter().filter(|b| b.contains(base)).count();
                prop_assert_eq!(depth as usize, expected, "base {}", base);
            }
        }
    }

    #[test]
    fn a_window_without_reads_has_depth_zero_throughout() {
        assert_eq!(swept(Interval::new(5, 9), Vec::new()), [0; 4]);
    }

    #[test]
    fn the_last_base_a_contig_can_have() {
        let window = Interval::new(u32::MAX - 3, u32::MAX);
        assert_eq!(swept(window, vec![Interval::new(u32::MAX - 2, u32::MAX)]), [0, 1, 1]);
    }
}
