//! One file of the bundle: flat arrays behind a small table, read where they lie.
//!
//! ```text
//! 0   8 bytes   "ithaca" 0x01 and the kind of file
//! 8   u32       0x01020304, little-endian; another value means another byte order
//! 12  u32       number of arrays n
//! 16  n × (u64 offset, u64 length in bytes)
//! …   the arrays, each at a multiple of 64
//! ```
//! The same bytes serve in memory (for tests and simulated worlds) and memory-mapped: one code path.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use bytemuck::Pod;
use memmap2::Mmap;

use super::error::ReferenceError;

const MAGIC: [u8; 7] = *b"ithaca\x01";
const ORDER: u32 = 0x0102_0304;
const ALIGNMENT: usize = 64;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum FileKind {
    /// Reference sequence.
    Genome = 1,
    /// Transcripts and their genes.
    Transcripts = 2,
    /// A site table.
    Sites = 3,
}

/// The arrays of one file.
pub(crate) struct Sections {
    bytes: Bytes,
    table: Vec<(usize, usize)>,
}

enum Bytes {
    Mapped(Mmap),
    /// Words keep the arrays aligned.
    Owned(Vec<[u64; 8]>, usize),
}

impl std::fmt::Debug for Sections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sections({} arrays, {} bytes)", self.table.len(), self.bytes().len())
    }
}

impl Sections {
    /// Maps a file and checks its table; no array is read.
    ///
    /// # Errors
    /// When the file cannot be mapped, is of another kind, or its table does not fit its length.
    pub(crate) fn open(path: &Path, kind: FileKind, arrays: usize) -> Result<Self, ReferenceError> {
        let file = std::fs::File::open(path).map_err(|e| ReferenceError::read(path, e))?;
        let map = super::mapped::map(&file).map_err(|e| ReferenceError::read(path, e))?;
        Self::checked(Bytes::Mapped(map), kind, arrays).map_err(|m| ReferenceError::bundle(path, m))
    }

    /// Takes the bytes of a file as [`encode`] makes them.
    pub(crate) fn from_bytes(bytes: &[u8], kind: FileKind, arrays: usize) -> Result<Self, String> {
        let mut words = vec![[0u64; 8]; bytes.len().div_ceil(64)];
        bytemuck::cast_slice_mut::<_, u8>(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self::checked(Bytes::Owned(words, bytes.len()), kind, arrays)
    }

    fn checked(bytes: Bytes, kind: FileKind, arrays: usize) -> Result<Self, String> {
        let mut sections = Self { bytes, table: Vec::new() };
        let all = sections.bytes();
        let word = |at: usize| all.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        let (Some(first), Some(second)) = (word(0), word(8)) else {
            return Err("the file is truncated".to_owned());
        };
        let magic = first.to_le_bytes();
        if magic[..7] != MAGIC || magic[7] != kind as u8 {
            return Err("not a file of this kind written by this version; build the bundle again".to_owned());
        }
        if second as u32 != ORDER || cfg!(target_endian = "big") {
            return Err("written on a machine with a different byte order".to_owned());
        }
        if (second >> 32) as usize != arrays {
            return Err(format!("holds {} arrays where {arrays} were expected", second >> 32));
        }
        let mut table = Vec::with_capacity(arrays);
        for array in 0..arrays {
            let entry = (word(16 + 16 * array), word(24 + 16 * array));
            let (Some(offset), Some(length)) = entry else {
                return Err("the file is truncated".to_owned());
            };
            let end = offset.checked_add(length).filter(|&end| end <= all.len() as u64);
            let Some(end) = end else {
                return Err("the file is truncated, or its table is damaged".to_owned());
            };
            if !offset.is_multiple_of(ALIGNMENT as u64) {
                return Err("the table of arrays is damaged".to_owned());
            }
            table.push((offset as usize, end as usize));
        }
        sections.table = table;
        Ok(sections)
    }

    /// No arrays at all.
    pub(crate) fn none() -> Self {
        Self { bytes: Bytes::Owned(Vec::new(), 0), table: Vec::new() }
    }

    fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Mapped(map) => map,
            Bytes::Owned(words, length) => &bytemuck::cast_slice(words)[..*length],
        }
    }

    /// An array; empty where its length is no multiple of the element's (see [`Sections::check`]).
    pub(crate) fn array<T: Pod>(&self, index: usize) -> &[T] {
        let Some(&(start, end)) = self.table.get(index) else { return &[] };
        bytemuck::try_cast_slice(&self.bytes()[start..end]).unwrap_or_default()
    }

    /// Checks that an array holds whole elements, `count` of them where given.
    pub(crate) fn check<T: Pod>(&self, index: usize, count: Option<usize>) -> Result<(), String> {
        let (start, end) = self.table.get(index).copied().unwrap_or_default();
        let (length, size) = (end - start, size_of::<T>());
        if !length.is_multiple_of(size) || count.is_some_and(|c| c * size != length) {
            return Err(format!(
                "array {index} has {length} bytes, which is inconsistent; the file is damaged"
            ));
        }
        Ok(())
    }

    /// An array of text.
    pub(crate) fn text(&self, index: usize) -> Result<&str, String> {
        std::str::from_utf8(self.array(index))
            .map_err(|_| format!("array {index} is not text; the file is damaged"))
    }
}

/// The bytes of a file of these arrays.
pub(crate) fn encode(kind: FileKind, arrays: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(arrays.iter().map(|a| a.len() + ALIGNMENT).sum::<usize>() + 64);
    out.extend(MAGIC);
    out.push(kind as u8);
    out.extend(ORDER.to_le_bytes());
    out.extend((arrays.len() as u32).to_le_bytes());
    let mut offset = (16 + 16 * arrays.len()).next_multiple_of(ALIGNMENT);
    for array in arrays {
        out.extend((offset as u64).to_le_bytes());
        out.extend((array.len() as u64).to_le_bytes());
        offset = (offset + array.len()).next_multiple_of(ALIGNMENT);
    }
    for array in arrays {
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out.extend(*array);
    }
    out
}

/// Writes a file array by array, without holding it in memory.
pub(crate) struct Writer {
    file: BufWriter<std::fs::File>,
    kind: FileKind,
    arrays: usize,
    table: Vec<(u64, u64)>,
    at: u64,
}

impl Writer {
    /// Begins a file of so many arrays; its head is written last.
    pub(crate) fn new(file: std::fs::File, kind: FileKind, arrays: usize) -> io::Result<Self> {
        let mut writer =
            Self { file: BufWriter::with_capacity(1 << 18, file), kind, arrays, table: Vec::new(), at: 0 };
        writer.put(&vec![0; 16 + 16 * arrays])?;
        Ok(writer)
    }

    /// Begins the next array.
    pub(crate) fn begin(&mut self) -> io::Result<()> {
        let padding = self.at.next_multiple_of(ALIGNMENT as u64) - self.at;
        self.put(&[0; ALIGNMENT][..padding as usize])?;
        self.table.push((self.at, 0));
        Ok(())
    }

    /// Appends to the array begun last.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some((_, length)) = self.table.last_mut() {
            *length += bytes.len() as u64;
        }
        self.put(bytes)
    }

    /// Writes the head.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&MAGIC)?;
        self.file.write_all(&[self.kind as u8])?;
        self.file.write_all(&ORDER.to_le_bytes())?;
        self.file.write_all(&(self.arrays as u32).to_le_bytes())?;
        self.table.resize(self.arrays, (0, 0));
        for (offset, length) in &self.table {
            self.file.write_all(&offset.to_le_bytes())?;
            self.file.write_all(&length.to_le_bytes())?;
        }
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.file.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_come_back() {
        let numbers = [1u64, 2, 3];
        let bytes = encode(FileKind::Sites, &[b"abc", bytemuck::cast_slice(&numbers), b""]);
        let sections = Sections::from_bytes(&bytes, FileKind::Sites, 3).unwrap();
        assert_eq!(sections.text(0).unwrap(), "abc");
        assert_eq!(sections.array::<u64>(1), numbers);
        assert!(sections.array::<u64>(2).is_empty());
        assert!(sections.check::<u64>(0, None).is_err());
    }

    #[test]
    fn writing_array_by_array_gives_the_same_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut writer = Writer::new(file.reopen().unwrap(), FileKind::Sites, 3).unwrap();
        writer.begin().unwrap();
        writer.append(b"ab").unwrap();
        writer.append(b"c").unwrap();
        writer.begin().unwrap();
        writer.append(&[9; 100]).unwrap();
        writer.begin().unwrap();
        writer.append(b"x").unwrap();
        writer.finish().unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        assert_eq!(bytes, encode(FileKind::Sites, &[b"abc", &[9; 100], b"x"]));
    }

    #[test]
    fn every_cut_and_every_flip_of_the_table_is_an_error_or_harmless() {
        let bytes = encode(FileKind::Genome, &[b"abcdefgh", b"12"]);
        for length in 0..bytes.len() {
            assert!(Sections::from_bytes(&bytes[..length], FileKind::Genome, 2).is_err(), "{length}");
        }
        for at in 0..48 {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                if let Ok(sections) = Sections::from_bytes(&damaged, FileKind::Genome, 2) {
                    let _ = (sections.array::<u32>(0), sections.text(1).is_ok());
                }
            }
        }
        assert!(Sections::from_bytes(&bytes, FileKind::Sites, 2).is_err());
        assert!(Sections::from_bytes(&bytes, FileKind::Genome, 3).is_err());
    }
}
