//! Reads as they pass from the reader of alignments to whatever counts them.

use smallvec::SmallVec;

use super::contig::ContigId;
use super::position::Interval;

/// Aligned blocks of a read or a fragment, sorted and apart.
pub type Blocks = SmallVec<[Interval; 2]>;

/// A placed read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlignedRead<'a> {
    /// First aligned base, 0-based.
    pub start: u32,
    /// Its name, which its mate bears too; `*` or empty where it has none.
    pub name: &'a [u8],
    /// Aligned blocks (CIGAR `M`, `=` or `X`), sorted and apart, cut at the contig's end; none where the filter
    /// leaves the read out.
    pub blocks: &'a [Interval],
}

/// A stretch of a contig whose reads are wanted in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadWindow {
    /// Contig, by the reference's list.
    pub contig: ContigId,
    /// The stretch, 0-based half-open.
    pub interval: Interval,
}

/// The same bases cut in two ways: how a file is read decides which is used.
///
/// `W` holds a [`ReadWindow`] and whatever its taker needs besides.
#[derive(Clone, Debug)]
pub struct ReadWindows<W> {
    /// One for each contig, over everything wanted on it, for a file read from end to end.
    pub contigs: Vec<W>,
    /// Around neighbouring regions, in the same order, for a file read through its index.
    pub regions: Vec<W>,
}

/// Takes the reads of one window.
pub trait TakesReads {
    /// What it makes of them.
    type Count: Send;

    /// Takes the next read. Reads come ordered by start; some may overlap no base of the window.
    fn take(&mut self, read: &AlignedRead<'_>);

    /// Ends the window.
    fn finish(self) -> Self::Count;

    /// True where at least one read was counted.
    fn has_reads(count: &Self::Count) -> bool;
}
