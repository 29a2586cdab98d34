//! The bytes of a source in pieces of whole records, inflated in parallel where the file allows it.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use rayon::prelude::*;

use crate::reference::build::text;
use crate::reference::error::ReferenceError;

// In tests the sizes are small, so that short files meet every edge.

/// Bytes of a file that are inflated at a time, a worker.
const COMPRESSED: usize = if cfg!(test) { 2 << 10 } else { 256 << 10 };
/// Bytes of text that are parsed at a time, a worker.
const PLAIN: usize = if cfg!(test) { 2 << 10 } else { 1 << 20 };
/// Pieces that are worked on together.
const PIECES: usize = 8;
/// Bytes of the longest record.
const LONGEST: usize = 256 << 20;
/// Bytes of a BGZF block up to and including its size (SAM specification, section 4.1).
const BLOCK_HEAD: usize = 18;

/// Where one record ends and the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// Each line is a record.
    Lines,
    /// BCF records, each with its two lengths before it.
    Bcf,
}

/// A source, piece by piece.
pub(super) struct Input {
    path: PathBuf,
    reader: Reader,
    framing: Framing,
    /// The beginning of a record whose end is not read yet.
    carried: Vec<u8>,
    ended: bool,
}

enum Reader {
    Bgzf(BufReader<File>),
    Stream(Box<dyn Read + Send>),
}

impl Input {
    /// Opens a plain, gzipped or bgzipped file.
    ///
    /// # Errors
    /// When it cannot be read, is BGZF without its end marker, or plain text whose last line has no ending.
    pub(super) fn open(path: &Path) -> Result<Self, ReferenceError> {
        let failed = |e| ReferenceError::read(path, e);
        // Checks the end of a BGZF file.
        drop(text::open(path)?);
        text::check_last_line(path)?;
        let mut reader = BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?);
        let head = std::io::BufRead::fill_buf(&mut reader).map_err(failed)?;
        let reader = if block_size(head).is_some() {
            Reader::Bgzf(reader)
        } else if head.starts_with(&[0x1f, 0x8b]) {
            Reader::Stream(Box::new(MultiGzDecoder::new(reader)))
        } else {
            Reader::Stream(Box::new(reader))
        };
        let (framing, carried, ended) = (Framing::Lines, Vec::new(), false);
        Ok(Self { path: path.to_owned(), reader, framing, carried, ended })
    }

    /// Reads on until `take` finds the end of the header in the bytes so far, and gives what it makes of them
    /// and their number; what follows is records, framed as said.
    pub(super) fn header<T>(
        &mut self,
        mut take: impl FnMut(&[u8], bool) -> Result<Option<(T, usize, Framing)>, ReferenceError>,
    ) -> Result<T, ReferenceError> {
        let mut bytes = Vec::new();
        loop {
            if let Some((header, length, framing)) = take(&bytes, self.ended)? {
                self.framing = framing;
                self.carried = bytes.split_off(length.min(bytes.len()));
                return Ok(header);
            }
            if self.ended {
                return Err(ReferenceError::source_file(&self.path, "ends within its header"));
            }
            self.read_pieces()?.iter().for_each(|piece| bytes.extend(piece));
        }
    }

    /// The next pieces of the source, each of whole records; none at its end.
    ///
    /// # Errors
    /// When the file cannot be read on, or ends within a record.
    pub(super) fn next(&mut self) -> Result<Vec<Vec<u8>>, ReferenceError> {
        loop {
            let mut pieces = match self.ended {
                true => vec![Vec::new()],
                false => self.read_pieces()?,
            };
            let last = self.ended;
            for piece in &mut pieces {
                if !self.carried.is_empty() {
                    let mut whole = std::mem::take(&mut self.carried);
                    whole.append(piece);
                    *piece = whole;
                }
                let end = self.framing.whole(piece);
                self.carried = piece.split_off(end);
            }
            if self.carried.len() > LONGEST {
                let message = format!("a record is longer than {LONGEST} bytes: not a sites file");
                return Err(ReferenceError::source_file(&self.path, message));
            }
            if last && !self.carried.is_empty() {
                // The last line of compressed text may lack its line ending: compression has an end of its own.
                // The last record of BCF may not lack its end.
                if self.framing == Framing::Bcf {
                    return Err(ReferenceError::source_file(
                        &self.path,
                        "ends within a record: download it again",
                    ));
                }
                pieces.push(std::mem::take(&mut self.carried));
            }
            pieces.retain(|piece| !piece.is_empty());
            if !pieces.is_empty() || last {
                return Ok(pieces);
            }
        }
    }

    fn read_pieces(&mut self) -> Result<Vec<Vec<u8>>, ReferenceError> {
        let failed = |e| ReferenceError::read(&self.path, e);
        match &mut self.reader {
            Reader::Stream(reader) => {
                let mut pieces = Vec::new();
                while pieces.len() < PIECES && !self.ended {
                    let mut piece = Vec::with_capacity(PLAIN);
                    reader.take(PLAIN as u64).read_to_end(&mut piece).map_err(failed)?;
                    self.ended = piece.is_empty();
                    pieces.push(piece);
                }
                Ok(pieces)
            }
            Reader::Bgzf(reader) => {
                let mut groups = Vec::new();
                while groups.len() < PIECES && !self.ended {
                    let group = blocks(reader).map_err(failed)?;
                    self.ended = group.is_empty();
                    groups.push(group);
                }
                let inflated: Vec<_> = groups.par_iter().map(|group| inflate(group)).collect();
                inflated.into_iter().collect::<Result<_, _>>().map_err(failed)
            }
        }
    }
}

/// Reads whole blocks.
fn blocks(reader: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut group = Vec::with_capacity(COMPRESSED + (1 << 16));
    while group.len() < COMPRESSED {
        let at = group.len();
        if reader.take(BLOCK_HEAD as u64).read_to_end(&mut group)? == 0 {
            break;
        }
        let size = block_size(&group[at..])
            .ok_or_else(|| std::io::Error::new(std::io::ErrorKind::InvalidData, "a BGZF block is damaged"))?;
        let rest = size.saturating_sub(BLOCK_HEAD);
        if reader.take(rest as u64).read_to_end(&mut group)? != rest {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(group)
}

fn inflate(blocks: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut data = Vec::with_capacity(blocks.len() * 5);
    noodles_bgzf::io::Reader::new(blocks).read_to_end(&mut data)?;
    Ok(data)
}

/// The size of the block that begins here; `None` where none does.
fn block_size(head: &[u8]) -> Option<usize> {
    let head = head.get(..BLOCK_HEAD)?;
    let is = head.starts_with(&[0x1f, 0x8b, 0x08, 0x04]) && head[12..14] == *b"BC";
    is.then(|| usize::from(u16::from_le_bytes([head[16], head[17]])) + 1)
}

impl Framing {
    /// The bytes that are whole records.
    fn whole(self, bytes: &[u8]) -> usize {
        match self {
            Self::Lines => memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1),
            Self::Bcf => {
                let mut at = 0;
                while let Some(size) = bcf_size(&bytes[at..]) {
                    match at.checked_add(size) {
                        Some(end) if end <= bytes.len() => at = end,
                        _ => break,
                    }
                }
                at
            }
        }
    }
}

/// The size of a BCF record with its two lengths.
pub(super) fn bcf_size(bytes: &[u8]) -> Option<usize> {
    let length = |at: usize| {
        let bytes = bytes.get(at..at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    };
    length(0)?.checked_add(length(4)?)?.checked_add(8)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn pieces(bytes: &[u8]) -> Result<Vec<u8>, ReferenceError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let mut input = Input::open(file.path())?;
        input.header(|_, _| Ok(Some(((), 0, Framing::Lines))))?;
        let mut all = Vec::new();
        loop {
            let pieces = input.next()?;
            if pieces.is_empty() {
                return Ok(all);
            }
            for piece in pieces {
                assert!(piece.ends_with(b"\n") || piece.ends_with(b"end"));
                all.extend(piece);
            }
        }
    }

    #[test]
    fn whole_lines_come_whatever_the_file() {
        let mut text: Vec<u8> = (0..400_000u32).flat_map(|n| format!("line {n}\n").into_bytes()).collect();
        text.extend(b"the end");
        let error = pieces(&text).unwrap_err().to_string();
        assert!(error.contains("ends without a line ending"), "{error}");
        assert!(pieces(&text[..text.len() - 7]).unwrap() == text[..text.len() - 7]);
        let mut bgzf = noodles_bgzf::io::Writer::new(Vec::new());
        bgzf.write_all(&text).unwrap();
        let bgzf = bgzf.finish().unwrap();
        assert!(pieces(&bgzf).unwrap() == text);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&text).unwrap();
        let gzip = gzip.finish().unwrap();
        assert!(pieces(&gzip).unwrap() == text);
        assert!(pieces(b"").unwrap().is_empty());
        let mut damaged = bgzf.clone();
        damaged[40] ^= 1;
        assert!(pieces(&damaged).is_err());
        assert!(pieces(&bgzf[..bgzf.len() - 28]).is_err() && pieces(&gzip[..gzip.len() - 9]).is_err());
    }
}
