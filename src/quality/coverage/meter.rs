//! Measures one window: reads in, in order; summaries and gaps out.

use crate::model::alignment::{AlignedRead, Blocks, TakesReads};
use crate::model::position::Interval;

use super::depth::DepthSummary;
use super::fragment::Fragments;
use super::layout::{Span, Window};
use super::sweep::{RunSink, Sweep};

/// A gap in a target: the target's slot, the run of bases, its lowest depth.
pub(super) type TargetGap = (usize, Interval, u32);

/// What a window contributes.
#[derive(Debug, Default)]
pub struct WindowDepth {
    /// Summaries by slot; a slot may occur more than once.
    pub(super) summaries: Vec<(usize, DepthSummary)>,
    /// Gaps in the order they end.
    pub(super) gaps: Vec<TargetGap>,
}

/// The measurement of one window under way.
pub struct Meter<'a> {
    window: &'a Window,
    sweep: Sweep,
    fragments: Fragments,
    tally: Tally<'a>,
}

impl<'a> Meter<'a> {
    /// `limit` is the policy's depth; slots below `targets` are targets, whose gaps are wanted.
    pub(super) fn new(window: &'a Window, limit: u32, targets: usize) -> Self {
        Self {
            window,
            sweep: Sweep::new(window.place.interval),
            fragments: Fragments::default(),
            tally: Tally {
                spans: &window.spans,
                next: 0,
                active: Vec::new(),
                limit,
                targets,
                out: WindowDepth::default(),
            },
        }
    }

    /// Adds a read by its name and aligned blocks; reads must come ordered by start.
    pub(super) fn add(&mut self, name: &[u8], start: u32, blocks: &[Interval]) {
        self.sweep.advance(start, &mut self.tally);
        let inside: Blocks =
            blocks.iter().copied().filter(|block| block.overlaps(self.window.place.interval)).collect();
        if inside.is_empty() {
            return;
        }
        for block in self.fragments.new_bases(name, start, &inside) {
            self.sweep.add(block);
        }
    }
}

impl TakesReads for Meter<'_> {
    type Count = WindowDepth;

    fn take(&mut self, read: &AlignedRead<'_>) {
        self.add(read.name, read.start, read.blocks);
    }

    fn finish(self) -> WindowDepth {
        let Self { sweep, mut tally, .. } = self;
        sweep.finish(&mut tally);
        tally.out
    }

    fn has_reads(count: &WindowDepth) -> bool {
        count.summaries.iter().any(|(_, summary)| summary.sum > 0)
    }
}

/// Hands runs of equal depth to the spans they cross.
struct Tally<'a> {
    spans: &'a [Span],
    next: usize,
    active: Vec<Active>,
    limit: u32,
    targets: usize,
    out: WindowDepth,
}

struct Active {
    span: Span,
    summary: DepthSummary,
    /// Start and lowest depth of the gap that the last run left open.
    gap: Option<(u32, u32)>,
}

impl RunSink for Tally<'_> {
    fn run(&mut self, run: Interval, depth: u32) {
        while let Some(span) = self.spans.get(self.next).filter(|span| span.interval.start < run.end) {
            self.active.push(Active { span: *span, summary: DepthSummary::default(), gap: None });
            self.next += 1;
        }
        let (limit, targets, out) = (self.limit, self.targets, &mut self.out);
        self.active.retain_mut(|active| {
            let Span { interval, slot } = active.span;
            let start = run.start.max(interval.start);
            let end = run.end.min(interval.end);
            active.summary.add(end - start, depth, limit);
            if depth < limit {
                let (from, min) = active.gap.unwrap_or((start, depth));
                active.gap = Some((from, min.min(depth)));
            } else if let Some((from, min)) = active.gap.take()
                && slot < targets
            {
                out.gaps.push((slot, Interval::new(from, start), min));
            }
            if interval.end > run.end {
                return true;
            }
            if let Some((from, min)) = active.gap
                && slot < targets
            {
                out.gaps.push((slot, Interval::new(from, interval.end), min));
            }
            out.summaries.push((slot, active.summary));
            false
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::alignment::ReadWindow;
    use crate::model::contig::ContigId;

    fn place(start: u32, end: u32) -> ReadWindow {
        ReadWindow { contig: ContigId(0), interval: Interval::new(start, end) }
    }

    #[test]
    fn gaps_are_maximal_runs_inside_each_target() {
        let spans = vec![
            Span { interval: Interval::new(100, 120), slot: 0 },
            Span { interval: Interval::new(100, 140), slot: 2 },
            Span { interval: Interval::new(110, 140), slot: 1 },
        ];
        let window = Window { place: place(100, 140), spans };
        let mut meter = Meter::new(&window, 2, 2);
        meter.add(b"a", 90, &[Interval::new(90, 130)]);
        meter.add(b"b", 105, &[Interval::new(105, 125)]);
        let depth = meter.finish();
        assert_eq!(
            depth.gaps,
            [(0, Interval::new(100, 105), 1), (1, Interval::new(125, 140), 0)],
            "the union's own gaps are not listed"
        );
        let of = |slot| depth.summaries.iter().find(|(s, _)| *s == slot).unwrap().1;
        assert_eq!((of(0).bases, of(0).sum, of(0).covered), (20, 35, 15));
        assert_eq!((of(1).bases, of(1).sum, of(1).min), (30, 35, 0));
        assert_eq!((of(2).bases, of(2).sum), (40, 50));
    }

    #[test]
    fn without_reads_the_whole_target_is_one_gap() {
        let spans = vec![Span { interval: Interval::new(0, 200_000), slot: 0 }];
        let window = Window { place: place(0, 200_000), spans };
        let depth = Meter::new(&window, 20, 1).finish();
        assert_eq!(depth.gaps, [(0, Interval::new(0, 200_000), 0)]);
        assert_eq!(depth.summaries[0].1.bases, 200_000);
    }
}
