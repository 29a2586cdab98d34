//! BGZF blocks, compressed as they fill.
//!
//! Source: SAM/BAM format specification, section 4.1, "The BGZF compression format".

use std::io::{self, Write};

/// The empty block that ends a file.
pub const END_OF_FILE: [u8; 28] = [
    0x1f, 0x8b, 0x08, 0x04, 0, 0, 0, 0, 0, 0xff, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1b, 0, 0x03, 0, 0, 0, 0, 0,
    0, 0, 0, 0,
];

/// Bytes that are taken in before they are handed to the compressor.
const GATHERED: usize = 64 << 10;

/// What one worker writes: plain, or in BGZF blocks. The blocks of several workers stand one after the other.
#[derive(Debug)]
pub enum Sheet {
    /// As it is.
    Plain(Vec<u8>),
    /// In blocks.
    Compressed {
        /// Not yet compressed.
        open: Vec<u8>,
        /// Whole blocks.
        blocks: noodles_bgzf::io::Writer<Vec<u8>>,
    },
}

impl Sheet {
    /// An empty one.
    pub fn new(compressed: bool) -> Self {
        if compressed {
            Self::Compressed { open: Vec::new(), blocks: noodles_bgzf::io::Writer::new(Vec::new()) }
        } else {
            Self::Plain(Vec::new())
        }
    }

    /// The buffer that takes the next record; call [`Sheet::settle`] behind it.
    pub fn open(&mut self) -> &mut Vec<u8> {
        match self {
            Self::Plain(bytes) | Self::Compressed { open: bytes, .. } => bytes,
        }
    }

    /// Compresses what has gathered, where it is enough.
    ///
    /// # Errors
    /// When the compressor fails.
    pub fn settle(&mut self) -> io::Result<()> {
        if let Self::Compressed { open, blocks } = self
            && open.len() >= GATHERED
        {
            blocks.write_all(open)?;
            open.clear();
        }
        Ok(())
    }

    /// All of it; the end-of-file block is not among it.
    ///
    /// # Errors
    /// When the compressor fails.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain(bytes) => Ok(bytes),
            Self::Compressed { open, mut blocks } => {
                blocks.write_all(&open)?;
                let mut bytes = blocks.finish()?;
                if bytes.ends_with(&END_OF_FILE) {
                    bytes.truncate(bytes.len() - END_OF_FILE.len());
                }
                Ok(bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn sheets_in_a_row_are_one_file() {
        let line = b"chr1\t100\t.\tA\tC\t.\tPASS\t.\n";
        let mut file = Vec::new();
        for lines in [0, 1, 9_000] {
            let mut sheet = Sheet::new(true);
            for _ in 0..lines {
                sheet.open().extend_from_slice(line);
                sheet.settle().unwrap();
            }
            file.extend(sheet.finish().unwrap());
        }
        file.extend(END_OF_FILE);
        let mut text = Vec::new();
        noodles_bgzf::io::Reader::new(file.as_slice()).read_to_end(&mut text).unwrap();
        assert_eq!(text, line.repeat(9_001));
        assert_eq!(file.windows(28).filter(|w| *w == END_OF_FILE).count(), 1);
    }

    #[test]
    fn plain_stays_plain() {
        let mut sheet = Sheet::new(false);
        sheet.open().extend_from_slice(b"x");
        sheet.settle().unwrap();
        assert_eq!(sheet.finish().unwrap(), b"x");
    }
}
