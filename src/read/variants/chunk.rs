//! Inflated bytes cut at record edges.

use std::ops::Range;
use std::path::Path;

use crate::read::error::ReadError;

/// Longest record that is read: a line of a million samples fits.
const LONGEST_RECORD: usize = 1 << 28;

/// Whole records: one that began in an earlier batch, and those that lie wholly in this one.
#[derive(Debug)]
pub(super) struct Chunk {
    edge: Vec<u8>,
    body: Vec<u8>,
    range: Range<usize>,
    first_number: u64,
}

impl Chunk {
    /// The buffer it lay in, to be used again.
    pub(super) fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// Number of its first record.
    pub(super) fn first_number(&self) -> u64 {
        self.first_number
    }

    /// The records with their 1-based numbers; of VCF without the line feed.
    pub(super) fn records(&self, is_bcf: bool) -> impl Iterator<Item = (u64, &[u8])> {
        let edge = Some(self.edge.strip_suffix(b"\n").filter(|_| !is_bcf).unwrap_or(&self.edge));
        let edge = edge.filter(|_| !self.edge.is_empty());
        let mut rest = &self.body[self.range.clone()];
        let body = std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            if is_bcf {
                let (record, after) = rest.split_at_checked(bcf_length(rest)?)?;
                rest = after;
                return Some(record);
            }
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            Some(line)
        });
        (self.first_number..).zip(edge.into_iter().chain(body))
    }
}

/// Whole length of the BCF record at the start of `data`; absent when not even its lengths are there.
fn bcf_length(data: &[u8]) -> Option<usize> {
    let word = |at: usize| Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?) as usize);
    Some(8 + word(0)? + word(4)?)
}

/// Cuts batches in file order, keeping the unfinished record at the end of each for the next.
#[derive(Debug)]
pub(super) struct Cutter {
    is_bcf: bool,
    carry: Vec<u8>,
    next_number: u64,
}

impl Cutter {
    pub(super) fn new(is_bcf: bool) -> Self {
        Self { is_bcf, carry: Vec::new(), next_number: 1 }
    }

    /// The chunks that the next batch completes: at most one, or two where a new stretch begins.
    pub(super) fn cut(
        &mut self,
        data: Vec<u8>,
        starts_stretch: bool,
        file: &Path,
    ) -> Result<Vec<Chunk>, ReadError> {
        let mut chunks = Vec::new();
        if starts_stretch {
            chunks.extend(self.finish(file)?.map(|(chunk, _)| chunk));
        }
        let edge_length = match self.edge_length(&data) {
            Some(length) if length <= data.len() => length,
            _ => {
                self.carry.extend_from_slice(&data);
                self.check_length(self.carry.len(), file)?;
                return Ok(chunks);
            }
        };
        let mut edge = std::mem::take(&mut self.carry);
        edge.extend_from_slice(&data[..edge_length]);
        let (end, count) = self.whole_records(&data[edge_length..]);
        let range = edge_length..edge_length + end;
        self.carry = data[range.end..].to_vec();
        self.check_length(self.carry.len(), file)?;
        let first_number = self.next_number;
        self.next_number += count + u64::from(!edge.is_empty());
        if !edge.is_empty() || !range.is_empty() {
            chunks.push(Chunk { edge, body: data, range, first_number });
        }
        Ok(chunks)
    }

    /// What is left at the end, as a record of its own; true when it is a line without line feed.
    pub(super) fn finish(&mut self, file: &Path) -> Result<Option<(Chunk, bool)>, ReadError> {
        if self.carry.is_empty() {
            return Ok(None);
        }
        if self.is_bcf {
            return Err(ReadError::Record {
                file: file.to_path_buf(),
                record: self.next_number,
                place: "at the end".to_owned(),
                reason: "the record is cut off; copy the file again".to_owned(),
            });
        }
        let edge = std::mem::take(&mut self.carry);
        self.next_number += 1;
        Ok(Some((Chunk { edge, body: Vec::new(), range: 0..0, first_number: self.next_number - 1 }, true)))
    }

    /// How many bytes of `data` complete the record that is carried over; absent when they do not.
    fn edge_length(&self, data: &[u8]) -> Option<usize> {
        if self.carry.is_empty() {
            return Some(0);
        }
        if !self.is_bcf {
            return memchr::memchr(b'\n', data).map(|at| at + 1);
        }
        let mut start = self.carry[..self.carry.len().min(8)].to_vec();
        start.extend_from_slice(&data[..data.len().min(8 - start.len())]);
        bcf_length(&start).map(|length| length.saturating_sub(self.carry.len()))
    }

    /// Length and number of the whole records at the start of `data`.
    fn whole_records(&self, data: &[u8]) -> (usize, u64) {
        if !self.is_bcf {
            let end = memchr::memrchr(b'\n', data).map_or(0, |at| at + 1);
            return (end, memchr::memchr_iter(b'\n', &data[..end]).count() as u64);
        }
        let (mut at, mut count) = (0, 0);
        while let Some(length) = bcf_length(&data[at..]).filter(|l| *l <= data.len() - at) {
            at += length;
            count += 1;
        }
        (at, count)
    }

    fn check_length(&self, length: usize, file: &Path) -> Result<(), ReadError> {
        let declared = if self.is_bcf { bcf_length(&self.carry).unwrap_or(0) } else { 0 };
        if length.max(declared) <= LONGEST_RECORD {
            return Ok(());
        }
        Err(ReadError::Record {
            file: file.to_path_buf(),
            record: self.next_number,
            place: "position unknown".to_owned(),
            reason: "the record is longer than 256 MiB; the file is damaged or not a VCF".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut_up(data: &[u8], sizes: &[usize], is_bcf: bool) -> Vec<(u64, Vec<u8>)> {
        let mut cutter = Cutter::new(is_bcf);
        let mut found = Vec::new();
        let (mut rest, mut sizes) = (data, sizes.iter().cycle());
        let mut chunks = Vec::new();
        while !rest.is_empty() {
            let (part, after) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
            chunks.extend(cutter.cut(part.to_vec(), false, Path::new("x")).unwrap());
            rest = after;
        }
        chunks.extend(cutter.finish(Path::new("x")).unwrap().map(|(chunk, _)| chunk));
        for chunk in &chunks {
            found.extend(chunk.records(is_bcf).map(|(n, b)| (n, b.to_vec())));
        }
        found
    }

    proptest! {
        #[test]
        fn lines_come_out_whole_wherever_the_batches_are_cut(
            lines in proptest::collection::vec("[a-z\t]{0,12}", 1..40),
            sizes in proptest::collection::vec(1usize..30, 1..10),
            final_newline in any::<bool>(),
        ) {
            let mut text = lines.join("\n");
            if final_newline || lines.last().unwrap().is_empty() { text.push('\n'); }
            let expected: Vec<_> = (1..).zip(lines.iter().map(|l| l.as_bytes().to_vec())).collect();
            prop_assert_eq!(cut_up(text.as_bytes(), &sizes, false), expected);
        }

        #[test]
        fn bcf_records_come_out_whole_wherever_the_batches_are_cut(
            lengths in proptest::collection::vec((0u32..20, 0u32..20), 1..40),
            sizes in proptest::collection::vec(1usize..30, 1..10),
        ) {
            let mut data = Vec::new();
            let mut expected = Vec::new();
            for (number, (a, b)) in (1..).zip(&lengths) {
                let start = data.len();
                data.extend(a.to_le_bytes());
                data.extend(b.to_le_bytes());
                data.extend(std::iter::repeat_n(7u8, (a + b) as usize));
                expected.push((number, data[start..].to_vec()));
            }
            prop_assert_eq!(cut_up(&data, &sizes, true), expected);
        }
    }
}
