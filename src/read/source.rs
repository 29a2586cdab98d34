//! The bytes of a variant file in batches: plain text, BGZF blocks still compressed, or gzip.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bgzf;
use super::buffers::Buffers;
use super::error::ReadError;

/// Blocks in a batch: about 0.5 MB of text, which stays in a core's cache between being inflated and read.
const BLOCKS: usize = 8;

/// Bytes in a batch of a file that is not BGZF.
const PLAIN: usize = 2 << 20;

/// A place in a BGZF file: offset of a block, and offset in its inflated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VirtualOffset {
    /// Offset of the block in the file.
    pub block: u64,
    /// Offset in the block's data.
    pub within: u16,
}

impl From<u64> for VirtualOffset {
    /// As an index writes it: the block's offset above the lowest 16 bits.
    fn from(offset: u64) -> Self {
        Self { block: offset >> 16, within: offset as u16 }
    }
}

/// A stretch of a BGZF file that an index points to.
pub type Stretch = (VirtualOffset, VirtualOffset);

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    Plain,
    /// Blocked gzip.
    Bgzf,
    /// Gzip in one piece, which cannot be read in parallel or with an index.
    Gzip,
}

/// Some consecutive bytes of the file.
#[derive(Debug)]
pub struct RawBatch {
    bytes: Vec<u8>,
    /// Where in the file they stood.
    offset: u64,
    compressed: bool,
    /// Bytes of inflated data to leave out at the start.
    skip: usize,
    /// Bytes of the last block's data to keep.
    keep_of_last: Option<usize>,
    /// True when the data do not continue those of the batch before.
    pub starts_stretch: bool,
}

impl RawBatch {
    /// The bytes as they stand in the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The data; inflating is the costly part, to be done in a worker.
    ///
    /// # Errors
    /// [`ReadError::Compression`] for a damaged block.
    pub fn inflate(self, file: &Path, buffers: &Buffers) -> Result<Vec<u8>, ReadError> {
        if !self.compressed {
            return Ok(self.bytes);
        }
        let inflated = bgzf::inflate(&self.bytes, buffers.inflated());
        let (mut data, last) = inflated.map_err(|(at, reason)| ReadError::Compression {
            file: file.to_path_buf(),
            offset: self.offset + at as u64,
            reason,
        })?;
        buffers.give_raw(self.bytes);
        if let Some(keep) = self.keep_of_last {
            data.truncate(last + keep);
        }
        data.drain(..self.skip.min(data.len()));
        Ok(data)
    }
}

enum Input {
    Direct(BufReader<File>),
    Gzip(Box<flate2::bufread::MultiGzDecoder<BufReader<File>>>),
}

/// A variant file as a stream of batches.
pub struct Source {
    path: PathBuf,
    input: Input,
    compression: Compression,
    offset: u64,
    length: u64,
    buffers: Arc<Buffers>,
    /// What is left of the stretches asked for, next one last; the whole file when absent.
    stretches: Option<Vec<Stretch>>,
    open: Option<VirtualOffset>,
    finished: bool,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("path", &self.path).field("compression", &self.compression).finish()
    }
}

impl Source {
    /// Opens a file and checks its end.
    ///
    /// # Errors
    /// [`ReadError::Io`], [`ReadError::Empty`] and [`ReadError::NoEndOfFileBlock`].
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let io = |source| ReadError::Io { file: path.to_path_buf(), source };
        let mut file = File::open(path).map_err(io)?;
        let metadata = file.metadata().map_err(io)?;
        if metadata.is_dir() {
            return Err(io(std::io::Error::from(std::io::ErrorKind::IsADirectory)));
        }
        let length = metadata.len();
        let mut start = Vec::with_capacity(bgzf::HEADER);
        file.by_ref().take(bgzf::HEADER as u64).read_to_end(&mut start).map_err(io)?;
        if start.is_empty() {
            return Err(ReadError::Empty { file: path.to_path_buf() });
        }
        let compression =
            match <&[u8; bgzf::HEADER]>::try_from(start.as_slice()).ok().and_then(bgzf::block_size) {
                Some(_) => Compression::Bgzf,
                None if start.starts_with(&[0x1f, 0x8b]) => Compression::Gzip,
                None => Compression::Plain,
            };
        if compression == Compression::Bgzf {
            let mut end = [0; bgzf::END_OF_FILE.len()];
            let has_end = length >= end.len() as u64 && {
                file.seek(SeekFrom::End(-(end.len() as i64))).map_err(io)?;
                file.read_exact(&mut end).map_err(io)?;
                end == bgzf::END_OF_FILE
            };
            if !has_end {
                return Err(ReadError::NoEndOfFileBlock { file: path.to_path_buf() });
            }
        }
        file.rewind().map_err(io)?;
        let reader = BufReader::with_capacity(1 << 18, file);
        let input = match compression {
            Compression::Gzip => Input::Gzip(Box::new(flate2::bufread::MultiGzDecoder::new(reader))),
            _ => Input::Direct(reader),
        };
        Ok(Self {
            path: path.to_path_buf(),
            input,
            compression,
            offset: 0,
            length,
            buffers: Arc::default(),
            stretches: None,
            open: None,
            finished: false,
        })
    }

    /// How the file is compressed.
    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// Where its batches take their memory from, and where it is to go back to.
    pub fn buffers(&self) -> &Arc<Buffers> {
        &self.buffers
    }

    /// Size of the file in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// From now on, reads only these stretches, in their order.
    pub fn restrict_to(&mut self, mut stretches: Vec<Stretch>) {
        stretches.reverse();
        self.stretches = Some(stretches);
        self.open = None;
        self.finished = false;
    }

    /// The next batch, still compressed; absent at the end.
    ///
    /// # Errors
    /// [`ReadError::Io`], and [`ReadError::Compression`] where there is no block or it is cut off.
    pub fn next_batch(&mut self) -> Result<Option<RawBatch>, ReadError> {
        if self.finished {
            return Ok(None);
        }
        match self.compression {
            Compression::Bgzf => self.next_blocks(),
            _ => self.next_plain(),
        }
    }

    fn io(&self, source: std::io::Error) -> ReadError {
        ReadError::Io { file: self.path.clone(), source }
    }

    fn next_plain(&mut self) -> Result<Option<RawBatch>, ReadError> {
        let mut bytes = self.buffers.inflated();
        bytes.clear();
        let outcome = match &mut self.input {
            Input::Direct(reader) => reader.take(PLAIN as u64).read_to_end(&mut bytes),
            Input::Gzip(reader) => reader.take(PLAIN as u64).read_to_end(&mut bytes),
        };
        if let Err(error) = outcome {
            return Err(match self.compression {
                Compression::Gzip => ReadError::Compression {
                    file: self.path.clone(),
                    offset: self.offset + bytes.len() as u64,
                    reason: format!("the gzip data are damaged or cut off ({error})"),
                },
                _ => self.io(error),
            });
        }
        if bytes.is_empty() {
            self.finished = true;
            return Ok(None);
        }
        let offset = self.offset;
        self.offset += bytes.len() as u64;
        Ok(Some(RawBatch {
            bytes,
            offset,
            compressed: false,
            skip: 0,
            keep_of_last: None,
            starts_stretch: false,
        }))
    }

    fn next_blocks(&mut self) -> Result<Option<RawBatch>, ReadError> {
        let mut batch = RawBatch {
            bytes: self.buffers.raw(),
            offset: self.offset,
            compressed: true,
            skip: 0,
            keep_of_last: None,
            starts_stretch: false,
        };
        if self.stretches.is_some() && self.open.is_none() {
            let Some((start, end)) = self.stretches.as_mut().and_then(Vec::pop) else {
                self.finished = true;
                return Ok(None);
            };
            self.seek(start.block)?;
            self.open = Some(end);
            batch.offset = start.block;
            batch.skip = usize::from(start.within);
            batch.starts_stretch = true;
        }
        for _ in 0..BLOCKS {
            if let Some(end) = self.open
                && self.offset >= end.block
            {
                if end.within > 0 && self.offset == end.block && self.read_block(&mut batch.bytes)? {
                    batch.keep_of_last = Some(usize::from(end.within));
                }
                self.open = None;
                break;
            }
            if !self.read_block(&mut batch.bytes)? {
                self.finished = self.open.take().is_none();
                break;
            }
        }
        if batch.bytes.is_empty() && self.finished {
            return Ok(None);
        }
        Ok(Some(batch))
    }

    fn seek(&mut self, offset: u64) -> Result<(), ReadError> {
        if let Input::Direct(reader) = &mut self.input {
            reader
                .seek(SeekFrom::Start(offset))
                .map_err(|source| ReadError::Io { file: self.path.clone(), source })?;
        }
        self.offset = offset;
        Ok(())
    }

    /// Appends the next block; false at the end of the file.
    fn read_block(&mut self, into: &mut Vec<u8>) -> Result<bool, ReadError> {
        let Input::Direct(reader) = &mut self.input else { return Ok(false) };
        let io = |source| ReadError::Io { file: self.path.clone(), source };
        let start = into.len();
        reader.take(bgzf::HEADER as u64).read_to_end(into).map_err(io)?;
        if into.len() == start {
            return Ok(false);
        }
        let size = <&[u8; bgzf::HEADER]>::try_from(&into[start..]).ok().and_then(bgzf::block_size);
        if let Some(size) = size {
            reader.take((size - bgzf::HEADER) as u64).read_to_end(into).map_err(io)?;
        }
        let read = into.len() - start;
        if size != Some(read) {
            let reason = match size {
                Some(_) => "the block is cut off",
                None => "there is no BGZF block here",
            };
            let file = self.path.clone();
            return Err(ReadError::Compression { file, offset: self.offset, reason: reason.to_owned() });
        }
        self.offset += read as u64;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read_all(source: &mut Source, path: &Path) -> Result<Vec<u8>, ReadError> {
        let mut data = Vec::new();
        while let Some(batch) = source.next_batch()? {
            data.extend(batch.inflate(path, source.buffers())?);
        }
        Ok(data)
    }

    #[test]
    fn plain_gzip_and_bgzf_give_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let data: Vec<u8> = (0..1_000_000u32).flat_map(|n| format!("{n}\n").into_bytes()).collect();
        let path = folder.path().join("a");
        std::fs::write(&path, &data).unwrap();
        assert_eq!(read_all(&mut Source::open(&path).unwrap(), &path).unwrap(), data);

        let mut bgzf = noodles_bgzf::io::Writer::new(Vec::new());
        bgzf.write_all(&data).unwrap();
        std::fs::write(&path, bgzf.finish().unwrap()).unwrap();
        let mut source = Source::open(&path).unwrap();
        assert_eq!(source.compression(), Compression::Bgzf);
        assert_eq!(read_all(&mut source, &path).unwrap(), data);

        let mut gzip = Vec::new();
        for part in data.chunks(3_000_000) {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(part).unwrap();
            gzip.extend(encoder.finish().unwrap());
        }
        std::fs::write(&path, &gzip).unwrap();
        let mut source = Source::open(&path).unwrap();
        assert_eq!(source.compression(), Compression::Gzip);
        assert_eq!(read_all(&mut source, &path).unwrap(), data);
        std::fs::write(&path, &gzip[..gzip.len() - 5]).unwrap();
        assert!(read_all(&mut Source::open(&path).unwrap(), &path).is_err(), "cut gzip");
    }

    #[test]
    fn stretches_start_and_end_inside_blocks() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let mut writer = noodles_bgzf::io::Writer::new(Vec::new());
        let mut places = Vec::new();
        for number in 0..60_000u32 {
            let at = writer.virtual_position();
            places.push(VirtualOffset { block: at.compressed(), within: at.uncompressed() });
            writer.write_all(format!("{number}\n").as_bytes()).unwrap();
        }
        std::fs::write(&path, writer.finish().unwrap()).unwrap();
        let mut source = Source::open(&path).unwrap();
        source.restrict_to(vec![(places[10], places[12]), (places[20_000], places[45_000])]);
        let text = String::from_utf8(read_all(&mut source, &path).unwrap()).unwrap();
        let numbers: Vec<u32> = text.lines().map(|l| l.parse().unwrap()).collect();
        assert_eq!(numbers, (10..12).chain(20_000..45_000).collect::<Vec<_>>());
    }
}
