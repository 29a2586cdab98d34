//! Reading BAM: header, whole file, or the neighbourhood of a window through an index.

use std::fs::File;
use std::io::{self, Read as _, Seek, SeekFrom};
use std::path::Path;

use noodles::bgzf::{self, VirtualPosition};
use noodles::csi::binning_index::index::reference_sequence::bin::Chunk;

use super::AlignmentError;
use super::header::Header;
use super::record::BamRecord;
use super::source::{PlacedRead, ReadFilter, aligned_blocks, damaged, unreadable};
use crate::model::alignment::{AlignedRead, Blocks};
use crate::model::position::Interval;
use crate::read::binning_index::BinningIndex;

/// The empty block that ends a BGZF file (SAM specification, section 4.1.2).
const END_OF_FILE: [u8; 28] = [
    0x1f, 0x8b, 0x08, 0x04, 0, 0, 0, 0, 0, 0xff, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1b, 0, 0x03, 0, 0, 0, 0, 0,
    0, 0, 0, 0,
];

/// Largest record accepted, so that a damaged size cannot claim all memory; ultra-long reads with all
/// their tags stay below a tenth of it.
const LARGEST_RECORD: usize = 256 << 20;

/// An open BAM file, past its header.
pub(super) struct Bam<'a> {
    path: &'a Path,
    reader: bgzf::io::Reader<File>,
    /// What the header says.
    pub(super) header: Header,
    buffer: Vec<u8>,
    blocks: Blocks,
}

impl<'a> Bam<'a> {
    /// Opens the file, checks that it ends with its marker, and reads the header.
    pub(super) fn open(path: &'a Path) -> Result<Self, AlignmentError> {
        let mut file = File::open(path).map_err(unreadable(path))?;
        if !ends_with_marker(&mut file).map_err(unreadable(path))? {
            return Err(AlignmentError::Truncated { path: path.to_owned() });
        }
        let mut reader = bgzf::io::Reader::new(file);
        let header = read_header(&mut reader).map_err(damaged(path, "header"))?;
        Ok(Self { path, reader, header, buffer: Vec::new(), blocks: Blocks::new() })
    }

    /// Every placed record to the end of the file.
    pub(super) fn read_all(
        &mut self,
        filter: ReadFilter,
        mut sink: impl FnMut(PlacedRead<'_>) -> Result<(), AlignmentError>,
    ) -> Result<(), AlignmentError> {
        let mut last = None;
        loop {
            let record = match next_record(&mut self.reader, &mut self.buffer) {
                Ok(Some(record)) => record,
                Ok(None) => return Ok(()),
                Err(error) => return Err(damaged(self.path, after(&self.header, last))(error)),
            };
            match as_read(record, &self.header, filter, &mut self.blocks) {
                Ok(Some(read)) => {
                    last = Some((read.contig, read.read.start));
                    sink(read)?;
                }
                Ok(None) => {}
                Err(error) => return Err(damaged(self.path, after(&self.header, last))(error)),
            }
        }
    }

    /// True where no placed record comes after an offset, as where the file's own index ends. The reader is moved.
    pub(super) fn has_no_placed_read_from(&mut self, offset: u64) -> bool {
        let seek = self.reader.seek(VirtualPosition::from(offset));
        seek.is_ok()
            && next_record(&mut self.reader, &mut self.buffer)
                .is_ok_and(|record| record.is_none_or(|record| record.contig().is_none()))
    }

    /// The placed records that overlap `window` of the file's contig number `contig`, and perhaps some before.
    pub(super) fn read_window(
        &mut self,
        index: &BinningIndex,
        contig: usize,
        window: Interval,
        filter: ReadFilter,
        mut sink: impl FnMut(PlacedRead<'_>) -> Result<(), AlignmentError>,
    ) -> Result<(), AlignmentError> {
        let place = near(&self.header, contig, window.start);
        let chunk = |(start, end)| Chunk::new(VirtualPosition::from(start), VirtualPosition::from(end));
        let chunks = index.chunks(contig, window).into_iter().map(chunk).collect();
        let mut query = noodles::csi::io::Query::new(&mut self.reader, chunks);
        loop {
            let record =
                next_record(&mut query, &mut self.buffer).map_err(damaged(self.path, place.as_str()))?;
            let Some(record) = record else { return Ok(()) };
            if record.contig() == Some(contig) && record.start().is_some_and(|start| start >= window.end) {
                return Ok(());
            }
            let read = as_read(record, &self.header, filter, &mut self.blocks)
                .map_err(damaged(self.path, place.as_str()))?;
            if let Some(read) = read {
                sink(read)?;
            }
        }
    }
}

/// The next record, or none at the end of the stream.
fn next_record<'b>(reader: &mut impl io::Read, buffer: &'b mut Vec<u8>) -> io::Result<Option<BamRecord<'b>>> {
    let mut size = [0; 4];
    let mut filled = 0;
    while filled < size.len() {
        match reader.read(&mut size[filled..])? {
            0 if filled == 0 => return Ok(None),
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => filled += read,
        }
    }
    let size = u32::from_le_bytes(size) as usize;
    if size > LARGEST_RECORD {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a record claims {size} bytes")));
    }
    buffer.resize(size, 0);
    reader.read_exact(buffer)?;
    BamRecord::new(buffer).map(Some)
}

/// A placed record as a read; none for an unplaced one.
fn as_read<'r>(
    record: BamRecord<'r>,
    header: &Header,
    filter: ReadFilter,
    blocks: &'r mut Blocks,
) -> io::Result<Option<PlacedRead<'r>>> {
    let (Some(contig), Some(start)) = (record.contig(), record.start()) else { return Ok(None) };
    let Some((_, length)) = header.contigs.get(contig) else {
        let text = format!("a record names contig number {contig}; the header has {}", header.contigs.len());
        return Err(io::Error::new(io::ErrorKind::InvalidData, text));
    };
    blocks.clear();
    let mut past_end = false;
    if filter.counts(record.flags(), record.mapping_quality()) {
        past_end = aligned_blocks(start, *length, record.operations()?, blocks);
    }
    let read = AlignedRead { start, name: record.name(), blocks };
    Ok(Some(PlacedRead { contig, read, past_end }))
}

/// A place for an error, 1-based.
pub(super) fn near(header: &Header, contig: usize, start: u32) -> String {
    let name = header.contigs.get(contig).map_or("?", |(name, _)| name.as_str());
    format!("records near {name}:{}", u64::from(start) + 1)
}

/// A place for an error: after the last record that could be read.
pub(super) fn after(header: &Header, last: Option<(usize, u32)>) -> String {
    last.map_or_else(|| "first records".to_owned(), |(contig, start)| near(header, contig, start))
}

fn ends_with_marker(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut tail = [0; END_OF_FILE.len()];
    if length < tail.len() as u64 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-(tail.len() as i64)))?;
    file.read_exact(&mut tail)?;
    file.rewind()?;
    Ok(tail == END_OF_FILE)
}

fn read_u32(reader: &mut impl io::Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    reader.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

/// Reads exactly `length` bytes without trusting `length` for the allocation.
fn read_bytes(reader: &mut impl io::Read, length: u32) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(u64::from(length)).read_to_end(&mut bytes)?;
    if bytes.len() < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

fn read_header(reader: &mut impl io::Read) -> io::Result<Header> {
    let mut magic = [0; 4];
    reader.read_exact(&mut magic)?;
    if magic != *b"BAM\x01" {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not a BAM file"));
    }
    let length = read_u32(reader)?;
    let text = read_bytes(reader, length)?;
    let mut header = Header::from_text(&String::from_utf8_lossy(&text));
    // The binary list is what records refer to; the text's is only a copy of it.
    header.contigs.clear();
    for _ in 0..read_u32(reader)? {
        let length = read_u32(reader)?;
        let name = read_bytes(reader, length)?;
        let name = String::from_utf8_lossy(name.strip_suffix(&[0]).unwrap_or(&name)).into_owned();
        header.contigs.push((name, u64::from(read_u32(reader)?)));
    }
    Ok(header)
}
