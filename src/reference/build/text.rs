//! Lines of a source file, whether it is plain, gzipped or bgzipped.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use crate::reference::error::ReferenceError;

/// The empty block that ends a BGZF file (SAM specification, section 4.1.2).
const BGZF_END: [u8; 28] = [
    0x1f, 0x8b, 0x08, 0x04, 0, 0, 0, 0, 0, 0xff, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1b, 0, 0x03, 0, 0, 0, 0, 0,
    0, 0, 0, 0,
];

/// A reader of lines that knows where it is.
pub(crate) struct Lines {
    path: PathBuf,
    reader: Box<dyn BufRead>,
    buffer: Vec<u8>,
    number: u64,
}

impl Lines {
    /// Opens a file, inflating it where its first bytes say it is gzipped.
    ///
    /// # Errors
    /// When the file cannot be read, or is BGZF without its end marker (it has been cut short).
    pub(crate) fn open(path: &Path) -> Result<Self, ReferenceError> {
        Ok(Self { path: path.to_owned(), reader: open(path)?, buffer: Vec::new(), number: 0 })
    }

    /// The next line without its line ending; `None` at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read on, or the line is not UTF-8.
    pub(crate) fn next_line(&mut self) -> Result<Option<&str>, ReferenceError> {
        if self.advance()? { self.last_line().map(Some) } else { Ok(None) }
    }

    /// Reads the next line for [`Lines::last_line`]; false at the end of the file.
    pub(crate) fn advance(&mut self) -> Result<bool, ReferenceError> {
        self.buffer.clear();
        let read = self.reader.read_until(b'\n', &mut self.buffer);
        if read.map_err(|e| ReferenceError::read(&self.path, e))? == 0 {
            return Ok(false);
        }
        self.number += 1;
        while matches!(self.buffer.last(), Some(b'\n' | b'\r')) {
            self.buffer.pop();
        }
        Ok(true)
    }

    /// The line last read.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub(crate) fn last_line(&self) -> Result<&str, ReferenceError> {
        let mut bytes = self.buffer.as_slice();
        if self.number == 1 {
            bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        }
        match std::str::from_utf8(bytes) {
            Ok(line) => Ok(line),
            Err(_) => Err(ReferenceError::line(&self.path, self.number, "is not UTF-8 text")),
        }
    }

    /// 1-based number of the line last read.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// An error at the line last read.
    pub(crate) fn error(&self, message: impl Into<String>) -> ReferenceError {
        ReferenceError::line(&self.path, self.number, message)
    }
}

/// Opens a plain, gzipped or bgzipped file for reading.
///
/// # Errors
/// As [`Lines::open`].
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead>, ReferenceError> {
    let failed = |e| ReferenceError::read(path, e);
    let mut file = File::open(path).map_err(failed)?;
    let mut head = [0; 18];
    let filled = read_up_to(&mut file, &mut head).map_err(failed)?;
    let head = &head[..filled];
    if is_bgzf(head) {
        check_end(&mut file).map_err(failed)?.then_some(()).ok_or_else(|| {
            ReferenceError::source_file(
                path,
                "the BGZF end marker is missing: the file is truncated; download it again",
            )
        })?;
    }
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let reader = BufReader::with_capacity(1 << 16, file);
    if head.starts_with(&[0x1f, 0x8b]) {
        return Ok(Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(reader))));
    }
    Ok(Box::new(reader))
}

/// Refuses plain text whose last line has no line ending: such a line may have been cut off, and a number cut off is
/// another number. Compressed files have ends of their own, and so has BCF.
///
/// # Errors
/// When the file cannot be read, or ends so.
pub(crate) fn check_last_line(path: &Path) -> Result<(), ReferenceError> {
    let failed = |e| ReferenceError::read(path, e);
    let mut file = File::open(path).map_err(failed)?;
    let mut head = [0; 3];
    let filled = read_up_to(&mut file, &mut head).map_err(failed)?;
    if filled == 0 || head.starts_with(&[0x1f, 0x8b]) || head == *b"BCF" {
        return Ok(());
    }
    file.seek(SeekFrom::End(-1)).map_err(failed)?;
    let mut last = [0; 1];
    read_up_to(&mut file, &mut last).map_err(failed)?;
    if last == *b"\n" || last == *b"\r" {
        return Ok(());
    }
    let message =
        "ends without a line ending and may be truncated; download it again, or add the line ending";
    Err(ReferenceError::source_file(path, message))
}

fn read_up_to(file: &mut File, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

/// True for a gzip member with the extra subfield `BC` first, as every BGZF block has.
fn is_bgzf(head: &[u8]) -> bool {
    head.len() >= 18 && head.starts_with(&[0x1f, 0x8b, 0x08, 0x04]) && head[12..14] == *b"BC"
}

fn check_end(file: &mut File) -> std::io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    if length < BGZF_END.len() as u64 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-(BGZF_END.len() as i64)))?;
    let mut tail = [0; 28];
    read_up_to(file, &mut tail)?;
    Ok(tail == BGZF_END)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn read(bytes: &[u8]) -> Result<Vec<String>, ReferenceError> {
        let file = file(bytes);
        let mut lines = Lines::open(file.path())?;
        let mut out = Vec::new();
        while let Some(line) = lines.next_line()? {
            out.push(line.to_owned());
        }
        Ok(out)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn line_endings_and_byte_order_mark_are_removed() {
        assert_eq!(read(b"\xef\xbb\xbfa\r\nb\n\nc").unwrap(), ["a", "b", "", "c"]);
        assert_eq!(read(&gzip(b"a\nb\n")).unwrap(), ["a", "b"]);
        assert!(read(b"").unwrap().is_empty());
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        let whole = gzip(b"one line\nanother line\n");
        assert!(read(&whole[..whole.len() - 6]).is_err());
        let mut writer = noodles_bgzf::io::Writer::new(Vec::new());
        writer.write_all(b"one line\n").unwrap();
        let whole = writer.finish().unwrap();
        assert_eq!(read(&whole).unwrap(), ["one line"]);
        let message = read(&whole[..whole.len() - 28]).unwrap_err().to_string();
        assert!(message.contains("truncated"), "{message}");
    }

    #[test]
    fn bytes_that_are_no_text_name_their_line() {
        let message = read(b"a\n\xff\xfe\n").unwrap_err().to_string();
        assert!(message.contains("line 2"), "{message}");
    }
}
