//! Binning indices of block-compressed files: BAI (SAM specification, section 5), TBI (tabix specification) and
//! CSI (CSI specification 1).
//!
//! A contig is cut into bins, each of a level covering eight of the next. A bin lists the chunks of the file
//! that hold its records; a chunk is a pair of virtual offsets. Counts in the file are never trusted for an
//! allocation: every entry must be there in bytes.

use std::ops::Range;

use crate::model::position::Interval;

/// A chunk `[start, end)` of virtual offsets: the offset of a block in the file, and in the lowest 16 bits the
/// offset within the block's data.
pub type Chunk = (u64, u64);

/// A BAI, TBI or CSI index, inflated.
#[derive(Debug, PartialEq, Eq)]
pub struct BinningIndex {
    /// Bits of a position within a smallest bin.
    min_shift: u32,
    /// Levels below the whole contig.
    depth: u32,
    /// Names of the contigs, where the index has its own.
    names: Vec<String>,
    contigs: Vec<ContigBins>,
    /// The chunks of all bins, those of a bin together.
    chunks: Vec<Chunk>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct ContigBins {
    /// By bin number.
    bins: Vec<Bin>,
    /// Least offset of a record overlapping each 16 kb window (BAI and TBI only).
    windows: Vec<u64>,
}

#[derive(Debug, PartialEq, Eq)]
struct Bin {
    number: u32,
    /// Least offset of a record overlapping the bin (CSI; 0 in the others).
    least: u64,
    /// Places in the list of chunks.
    chunks: Range<usize>,
}

/// Takes numbers off the front of a byte slice.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn u32(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*first))
    }

    fn u64(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*first))
    }

    fn take(&mut self, bytes: u32) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes as usize)?;
        self.0 = rest;
        Some(taken)
    }

    /// The heading that tabix writes: six numbers about columns, and the names.
    fn tabix_names(&mut self) -> Option<Vec<String>> {
        self.take(6 * 4)?;
        let length = self.u32()?;
        let names = std::str::from_utf8(self.take(length)?).ok()?;
        Some(names.split_terminator('\0').map(str::to_owned).collect())
    }

    /// The bins of one contig.
    fn bins(&mut self, has_least: bool, chunks: &mut Vec<Chunk>) -> Option<Vec<Bin>> {
        let mut bins = Vec::new();
        for _ in 0..self.u32()? {
            let number = self.u32()?;
            let least = if has_least { self.u64()? } else { 0 };
            let first = chunks.len();
            for _ in 0..self.u32()? {
                chunks.push((self.u64()?, self.u64()?));
            }
            bins.push(Bin { number, least, chunks: first..chunks.len() });
        }
        bins.sort_by_key(|bin| bin.number);
        Some(bins)
    }

    fn windows(&mut self) -> Option<Vec<u64>> {
        let mut windows = Vec::new();
        for _ in 0..self.u32()? {
            windows.push(self.u64()?);
        }
        Some(windows)
    }
}

impl BinningIndex {
    /// Reads a BAI file; none when it is damaged.
    pub fn from_bai(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes.strip_prefix(b"BAI\x01")?);
        let count = bytes.u32()?;
        Self::with_windows(bytes, count, Vec::new())
    }

    /// Reads an inflated TBI file; none when it is damaged.
    pub fn from_tbi(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes.strip_prefix(b"TBI\x01")?);
        let count = bytes.u32()?;
        let names = bytes.tabix_names()?;
        Self::with_windows(bytes, count, names)
    }

    fn with_windows(mut bytes: Bytes<'_>, count: u32, names: Vec<String>) -> Option<Self> {
        let (mut contigs, mut chunks) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let bins = bytes.bins(false, &mut chunks)?;
            contigs.push(ContigBins { bins, windows: bytes.windows()? });
        }
        Some(Self { min_shift: 14, depth: 5, names, contigs, chunks })
    }

    /// Reads an inflated CSI file; none when it is damaged.
    pub fn from_csi(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes.strip_prefix(b"CSI\x01")?);
        let (min_shift, depth) = (bytes.u32()?, bytes.u32()?);
        // Bin numbers are 32-bit: ten levels are all there can be.
        if depth > 10 || min_shift > 31 {
            return None;
        }
        let length = bytes.u32()?;
        let auxiliary = bytes.take(length)?;
        // Of a text file it is what tabix writes; of a BCF there is none.
        let names = if auxiliary.is_empty() { Some(Vec::new()) } else { Bytes(auxiliary).tabix_names() };
        let (mut contigs, mut chunks) = (Vec::new(), Vec::new());
        for _ in 0..bytes.u32()? {
            contigs.push(ContigBins { bins: bytes.bins(true, &mut chunks)?, windows: Vec::new() });
        }
        Some(Self { min_shift, depth, names: names.unwrap_or_default(), contigs, chunks })
    }

    /// Number of contigs the index knows.
    pub fn contigs(&self) -> usize {
        self.contigs.len()
    }

    /// Names of the contigs by number; empty where the index has none of its own (BAI, and CSI of BAM or BCF).
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The furthest offset that any bin leads to; 0 where there is no record.
    pub fn end(&self) -> u64 {
        // Behind the last bin, a bin of its own holds counts in the place of offsets.
        let bins = first_bin(self.depth + 1);
        let bins = self.contigs.iter().flat_map(|c| &c.bins).filter(|bin| u64::from(bin.number) < bins);
        bins.flat_map(|bin| &self.chunks[bin.chunks.clone()]).map(|(_, end)| *end).max().unwrap_or(0)
    }

    /// Chunks that hold every record overlapping `interval`, in file order and apart.
    pub fn chunks(&self, contig: usize, interval: Interval) -> Vec<Chunk> {
        let Some(contig) = self.contigs.get(contig).filter(|_| !interval.is_empty()) else {
            return Vec::new();
        };
        let least = self.least_offset(contig, interval.start);
        let (start, end) = (u64::from(interval.start), u64::from(interval.end - 1));
        let mut found: Vec<Chunk> = Vec::new();
        for level in 0..=self.depth {
            let shift = self.min_shift + 3 * (self.depth - level);
            let first = first_bin(level);
            let bin = |position: u64| u32::try_from(first + (position >> shift)).unwrap_or(u32::MAX);
            let from = contig.bins.partition_point(|b| b.number < bin(start));
            for bin in contig.bins[from..].iter().take_while(|b| b.number <= bin(end)) {
                found.extend(self.chunks[bin.chunks.clone()].iter().filter(|(_, end)| *end > least));
            }
        }
        found.sort_unstable();
        let mut merged: Vec<Chunk> = Vec::new();
        for (start, end) in found {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }

    /// No record that overlaps `start` or anything after it lies before this offset.
    fn least_offset(&self, contig: &ContigBins, start: u32) -> u64 {
        if let Some(last) = contig.windows.len().checked_sub(1) {
            return contig.windows[((start >> 14) as usize).min(last)];
        }
        // CSI: the smallest bin around `start` that exists knows it.
        (0..=self.depth)
            .rev()
            .find_map(|level| {
                let shift = self.min_shift + 3 * (self.depth - level);
                let bin = u32::try_from(first_bin(level) + (u64::from(start) >> shift)).ok()?;
                let at = contig.bins.binary_search_by_key(&bin, |b| b.number).ok()?;
                Some(contig.bins[at].least)
            })
            .unwrap_or(0)
    }
}

/// Number of the first bin of a level: (8^level − 1) / 7.
fn first_bin(level: u32) -> u64 {
    ((1_u64 << (3 * level)) - 1) / 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bai(bins: &[(u32, &[Chunk])], windows: &[u64]) -> Vec<u8> {
        let mut bytes = b"BAI\x01\x01\0\0\0".to_vec();
        bytes.extend((bins.len() as u32).to_le_bytes());
        for (bin, chunks) in bins {
            bytes.extend(bin.to_le_bytes());
            bytes.extend((chunks.len() as u32).to_le_bytes());
            for (start, end) in *chunks {
                bytes.extend(start.to_le_bytes());
                bytes.extend(end.to_le_bytes());
            }
        }
        bytes.extend((windows.len() as u32).to_le_bytes());
        windows.iter().for_each(|offset| bytes.extend(offset.to_le_bytes()));
        bytes
    }

    #[test]
    fn bins_of_all_levels_around_the_interval() {
        let bytes = bai(
            &[
                (0, &[(5, 6)]),
                (585, &[(10, 20)]),
                (4681, &[(30, 40)]),
                (4682, &[(40, 50)]),
                (4690, &[(90, 99)]),
            ],
            &[5, 30, 40],
        );
        let index = BinningIndex::from_bai(&bytes).unwrap();
        assert_eq!(index.chunks(0, Interval::new(0, 100)), [(5, 6), (10, 20), (30, 40)]);
        // From the second window on, nothing before offset 30 can reach.
        assert_eq!(index.chunks(0, Interval::new(16_384, 16_385)), [(40, 50)]);
        assert_eq!(index.chunks(0, Interval::new(16_000, 17_000)), [(5, 6), (10, 20), (30, 50)]);
        assert!(index.chunks(1, Interval::new(0, 100)).is_empty());
        assert!(index.chunks(0, Interval::new(7, 7)).is_empty());
    }

    #[test]
    fn any_cut_and_any_count_is_survived() {
        let bytes = bai(&[(4681, &[(1, 2), (3, 4)])], &[1]);
        for length in 0..bytes.len() {
            assert_eq!(BinningIndex::from_bai(&bytes[..length]), None, "{length}");
        }
        let mut huge = bytes.clone();
        huge[4..8].fill(0xff);
        assert_eq!(BinningIndex::from_bai(&huge), None);
        assert_eq!(BinningIndex::from_csi(b"CSI\x01\x0e\0\0\0\xff\0\0\0\0\0\0\0\0\0\0\0"), None);
    }
}
