//! Where each contig's records stand in a BGZF file, found by a reading of its own.
//!
//! Needed only for a file whose contigs come in another order than the reference's, and which has no index.

use std::path::Path;

use super::bgzf;
use super::error::ReadError;
use super::source::{Source, Stretch, VirtualOffset};

/// Bytes of inflated data that are looked at together.
const TOGETHER: usize = 1 << 20;

/// The stretch of each run of records on one contig, in file order. The key is CHROM as written, or for BCF
/// the contig's number as four bytes.
///
/// # Errors
/// [`ReadError`] for a damaged file.
pub fn of_contigs(path: &Path, is_bcf: bool) -> Result<Vec<(Vec<u8>, Stretch)>, ReadError> {
    let mut source = Source::open(path)?;
    let mut scan = Scan { is_bcf, in_header: true, ..Scan::default() };
    let mut offset = 0;
    while let Some(batch) = source.next_batch()? {
        let blocks = batch.bytes();
        let mut at = 0;
        while let Some(size) = size_at(blocks, at) {
            let file_offset = offset + at as u64;
            let inflated = bgzf::inflate(&blocks[at..at + size], Vec::new());
            let (data, _) = inflated.map_err(|(_, reason)| ReadError::Compression {
                file: path.to_path_buf(),
                offset: file_offset,
                reason,
            })?;
            scan.add(file_offset, &data);
            at += size;
        }
        offset += blocks.len() as u64;
    }
    scan.consume();
    let starts = scan.runs.iter().skip(1).map(|(_, start)| *start);
    let ends: Vec<VirtualOffset> = starts.chain([VirtualOffset { block: offset, within: 0 }]).collect();
    Ok(scan.runs.into_iter().zip(ends).map(|((name, start), end)| (name, (start, end))).collect())
}

fn size_at(blocks: &[u8], at: usize) -> Option<usize> {
    let header = <&[u8; bgzf::HEADER]>::try_from(blocks.get(at..at + bgzf::HEADER)?).ok()?;
    bgzf::block_size(header).filter(|size| at + size <= blocks.len())
}

#[derive(Default)]
struct Scan {
    is_bcf: bool,
    in_header: bool,
    /// Inflated bytes not yet gone through, and how many went before them.
    buffer: Vec<u8>,
    before: u64,
    /// Offset of each block's first byte in the inflated data, and of the block in the file.
    origins: Vec<(u64, u64)>,
    runs: Vec<(Vec<u8>, VirtualOffset)>,
}

impl Scan {
    fn add(&mut self, file_offset: u64, data: &[u8]) {
        self.origins.push((self.before + self.buffer.len() as u64, file_offset));
        self.buffer.extend_from_slice(data);
        if self.buffer.len() > TOGETHER {
            self.consume();
        }
    }

    /// Goes through the whole records of the buffer and drops them.
    fn consume(&mut self) {
        let buffer = std::mem::take(&mut self.buffer);
        let mut at = 0;
        while let Some((length, name)) = self.record(&buffer[at..]) {
            if let Some(name) = name
                && self.runs.last().is_none_or(|(last, _)| last != name)
            {
                self.runs.push((name.to_vec(), self.virtual_offset(self.before + at as u64)));
            }
            at += length;
        }
        self.buffer = buffer[at..].to_vec();
        self.before += at as u64;
        let kept = self.origins.partition_point(|(start, _)| *start <= self.before).saturating_sub(1);
        self.origins.drain(..kept);
    }

    /// Length of the record at the start of `data` and its contig; no contig for header lines.
    fn record<'a>(&mut self, data: &'a [u8]) -> Option<(usize, Option<&'a [u8]>)> {
        if !self.is_bcf {
            let length = memchr::memchr(b'\n', data)? + 1;
            let name = data[..length].split(|b| matches!(b, b'\t' | b'\n' | b'\r')).next();
            return Some((length, name.filter(|name| !name.is_empty() && !name.starts_with(b"#"))));
        }
        let word = |at: usize| Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?) as usize);
        if self.in_header {
            // Magic and minor version, then the length of the header text.
            let length = 9 + word(5)?;
            self.in_header = data.len() < length;
            return (!self.in_header).then_some((length, None));
        }
        let length = 8 + word(0)? + word(4)?;
        (data.len() >= length).then_some((length, data.get(8..12)))
    }

    fn virtual_offset(&self, inflated: u64) -> VirtualOffset {
        let place = self.origins.partition_point(|(start, _)| *start <= inflated).saturating_sub(1);
        let (start, block) = self.origins.get(place).copied().unwrap_or_default();
        VirtualOffset { block, within: u16::try_from(inflated - start).unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn each_contig_is_found_wherever_blocks_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.vcf.gz");
        let names = ["chrM", "chr1", "chr10", "chr2"];
        let body: String =
            names.iter().flat_map(|name| (0..50).map(move |n| format!("{name}\t{n}\tx\n"))).collect();
        let text = format!("##meta\n#CHROM\n{body}");
        for block in [1, 7, 100, 5_000] {
            let mut writer = noodles_bgzf::io::Writer::new(Vec::new());
            for part in text.as_bytes().chunks(block) {
                writer.write_all(part).unwrap();
                writer.flush().unwrap();
            }
            std::fs::write(&path, writer.finish().unwrap()).unwrap();
            let found = of_contigs(&path, false).unwrap();
            assert_eq!(found.iter().map(|(n, _)| n.as_slice()).collect::<Vec<_>>(), names.map(str::as_bytes));
            let mut source = Source::open(&path).unwrap();
            source.restrict_to(vec![found[3].1, found[1].1]);
            let mut read = Vec::new();
            while let Some(batch) = source.next_batch().unwrap() {
                read.extend(batch.inflate(&path, source.buffers()).unwrap());
            }
            let lines = |name: &str| (0..50).map(|n| format!("{name}\t{n}\tx\n")).collect::<String>();
            assert_eq!(String::from_utf8(read).unwrap(), lines("chr2") + &lines("chr1"), "blocks of {block}");
        }
    }
}
