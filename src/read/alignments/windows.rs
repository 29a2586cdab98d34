//! Handing the reads of each window to its taker: through an index, or from the file read from end to end.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::open::{AnyIndex, Source};
use super::order::Order;
use super::source::{PlacedRead, ReadFilter};
use super::{AlignmentError, Alignments};
use crate::model::alignment::{ReadWindow, ReadWindows, TakesReads};
use crate::model::contig::ContigId;

/// Windows read by one task with one open file.
const WINDOWS_PER_TASK: usize = 64;

/// What is to be read, and who takes it.
pub(super) struct Reading<'a, W, S> {
    pub(super) alignments: &'a Alignments<'a>,
    pub(super) filter: ReadFilter,
    pub(super) windows: &'a ReadWindows<W>,
    /// Makes the taker of a window.
    pub(super) taker: S,
    /// Places of the reference's contigs in the file.
    pub(super) places: BTreeMap<ContigId, usize>,
}

/// What came of reading the file in one way.
pub(super) struct Pass<C> {
    /// A count for each window, in order.
    pub(super) counts: Vec<C>,
    /// What was seen on the way.
    pub(super) seen: Seen,
}

/// Placed records seen, and those of them that run past the end of their contig.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) records: u64,
    pub(super) past_end: u64,
}

impl Seen {
    fn count(&mut self, read: &PlacedRead<'_>) {
        self.records += 1;
        self.past_end += u64::from(read.past_end);
    }
}

impl<C> Pass<C> {
    fn joined(parts: Vec<Self>) -> Self {
        let mut whole = Self { counts: Vec::new(), seen: Seen::default() };
        for part in parts {
            whole.counts.extend(part.counts);
            whole.seen.records += part.seen.records;
            whole.seen.past_end += part.seen.past_end;
        }
        whole
    }
}

impl<'a, W, S, T> Reading<'a, W, S>
where
    W: AsRef<ReadWindow> + Sync,
    S: Fn(&'a W) -> T + Sync,
    T: TakesReads,
{
    /// Reads the neighbourhood of the windows.
    pub(super) fn indexed(&self, index: &AnyIndex) -> Result<Pass<T::Count>, AlignmentError> {
        let windows = &self.windows.regions;
        let parts: Vec<Pass<T::Count>> = match index {
            AnyIndex::Bam(_) => windows
                .par_chunks(WINDOWS_PER_TASK)
                .map(|windows| self.some_indexed(index, windows))
                .collect::<Result<_, AlignmentError>>()?,
            // One task: each would hold a contig of the reference.
            AnyIndex::Cram(_) => vec![self.some_indexed(index, windows)?],
        };
        Ok(Pass::joined(parts))
    }

    fn some_indexed(&self, index: &AnyIndex, windows: &'a [W]) -> Result<Pass<T::Count>, AlignmentError> {
        let mut source = Source::open(self.alignments)?;
        let header = source.header().clone();
        let mut counts = Vec::with_capacity(windows.len());
        let mut seen = Seen::default();
        for window in windows {
            let mut taker = (self.taker)(window);
            let ReadWindow { contig, interval } = *window.as_ref();
            if let Some(&place) = self.places.get(&contig) {
                let mut order = Order::new(self.alignments.path, &header);
                source.read_window(index, place, interval, self.filter, |read| {
                    order.check(&read)?;
                    if read.contig != place {
                        return Err(order.elsewhere(place));
                    }
                    seen.count(&read);
                    taker.take(&read.read);
                    Ok(())
                })?;
            }
            counts.push(taker.finish());
        }
        Ok(Pass { counts, seen })
    }

    /// Reads the file from end to end.
    pub(super) fn whole(&self, mut source: Source<'_>) -> Result<Pass<T::Count>, AlignmentError> {
        let windows = &self.windows.contigs;
        let by_place: BTreeMap<usize, &'a W> = windows
            .iter()
            .filter_map(|window| Some((*self.places.get(&window.as_ref().contig)?, window)))
            .collect();
        let mut done: BTreeMap<ContigId, T::Count> = BTreeMap::new();
        let mut current: Option<(usize, ContigId, T)> = None;
        let header = source.header().clone();
        let mut order = Order::new(self.alignments.path, &header);
        let mut seen = Seen::default();
        source.read_all(self.filter, |read| {
            order.check(&read)?;
            seen.count(&read);
            if current.as_ref().is_none_or(|(place, ..)| *place != read.contig) {
                if let Some((_, contig, taker)) = current.take() {
                    done.insert(contig, taker.finish());
                }
                current = by_place
                    .get(&read.contig)
                    .map(|window| (read.contig, window.as_ref().contig, (self.taker)(window)));
            }
            if let Some((_, _, taker)) = &mut current {
                taker.take(&read.read);
            }
            Ok(())
        })?;
        if let Some((_, contig, taker)) = current {
            done.insert(contig, taker.finish());
        }
        let counts = windows
            .iter()
            .map(|window| match done.remove(&window.as_ref().contig) {
                Some(count) => count,
                None => (self.taker)(window).finish(),
            })
            .collect();
        Ok(Pass { counts, seen })
    }
}
