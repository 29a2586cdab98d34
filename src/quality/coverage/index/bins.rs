//! Binning indices: BAI (SAM specification, section 5) and CSI (CSI specification 1).
//!
//! A contig is cut into bins, each of a level covering eight of the next. A bin lists the chunks of the file
//! that hold its records; a chunk is a pair of virtual offsets. Counts in the file are never trusted for an
//! allocation: every entry must be there in bytes.

use std::collections::BTreeMap;

use crate::model::position::Interval;

/// A chunk `[start, end)` of virtual offsets.
pub(in crate::quality::coverage) type Chunk = (u64, u64);

/// A BAI or CSI index.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::quality::coverage) struct BinIndex {
    /// Bits of a position within a smallest bin.
    min_shift: u32,
    /// Levels below the whole contig.
    depth: u32,
    contigs: Vec<ContigBins>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct ContigBins {
    /// By bin number: least offset of a record overlapping the bin (CSI; 0 in BAI), and its chunks.
    bins: BTreeMap<u32, (u64, Vec<Chunk>)>,
    /// Least offset of a record overlapping each 16 kb window (BAI only).
    windows: Vec<u64>,
}

/// Takes numbers off the front of a byte slice.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
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

    fn skip(&mut self, bytes: u32) -> Option<()> {
        self.0 = self.0.get(bytes as usize..)?;
        Some(())
    }

    fn chunks(&mut self) -> Option<Vec<Chunk>> {
        let mut chunks = Vec::new();
        for _ in 0..self.u32()? {
            chunks.push((self.u64()?, self.u64()?));
        }
        Some(chunks)
    }
}

impl BinIndex {
    /// Reads a BAI file; none when it is damaged.
    pub(in crate::quality::coverage) fn from_bai(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes.strip_prefix(b"BAI\x01")?);
        let mut index = Self { min_shift: 14, depth: 5, contigs: Vec::new() };
        for _ in 0..bytes.u32()? {
            let mut contig = ContigBins::default();
            for _ in 0..bytes.u32()? {
                contig.bins.insert(bytes.u32()?, (0, bytes.chunks()?));
            }
            for _ in 0..bytes.u32()? {
                contig.windows.push(bytes.u64()?);
            }
            index.contigs.push(contig);
        }
        Some(index)
    }

    /// Reads an uncompressed CSI file; none when it is damaged.
    pub(in crate::quality::coverage) fn from_csi(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes.strip_prefix(b"CSI\x01")?);
        let (min_shift, depth) = (bytes.u32()?, bytes.u32()?);
        // Bin numbers are 32-bit: ten levels are all there can be.
        if depth > 10 || min_shift > 31 {
            return None;
        }
        let auxiliary = bytes.u32()?;
        bytes.skip(auxiliary)?;
        let mut index = Self { min_shift, depth, contigs: Vec::new() };
        for _ in 0..bytes.u32()? {
            let mut contig = ContigBins::default();
            for _ in 0..bytes.u32()? {
                contig.bins.insert(bytes.u32()?, (bytes.u64()?, bytes.chunks()?));
            }
            index.contigs.push(contig);
        }
        Some(index)
    }

    /// Number of contigs the index knows.
    pub(in crate::quality::coverage) fn contigs(&self) -> usize {
        self.contigs.len()
    }

    /// Chunks that hold every record overlapping `interval`, in file order and apart.
    pub(in crate::quality::coverage) fn chunks(&self, contig: usize, interval: Interval) -> Vec<Chunk> {
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
            for (_, chunks) in contig.bins.range(bin(start)..=bin(end)).map(|(_, bin)| bin) {
                found.extend(chunks.iter().filter(|(_, end)| *end > least));
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
                contig.bins.get(&bin).map(|(offset, _)| *offset)
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
        let index = BinIndex::from_bai(&bytes).unwrap();
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
            assert_eq!(BinIndex::from_bai(&bytes[..length]), None, "{length}");
        }
        let mut huge = bytes.clone();
        huge[4..8].fill(0xff);
        assert_eq!(BinIndex::from_bai(&huge), None);
        assert_eq!(BinIndex::from_csi(b"CSI\x01\x0e\0\0\0\xff\0\0\0\0\0\0\0\0\0\0\0"), None);
    }
}
