//! BCF 2: its header, and records decoded for the wanted samples only.
//!
//! Source: VCF 4.3 specification, section 6, "BCF specification"; the layout did not change in 4.4 and 4.5.

pub mod line;
pub mod record;
pub mod value;

use std::path::Path;

use crate::read::error::ReadError;

/// Every BCF 2 starts so; a minor version follows.
const MAGIC: &[u8] = b"BCF\x02";

/// Bytes before the header text: magic, minor version, length of the text.
const BEFORE_TEXT: usize = 9;

/// Longest header text that is read.
const LONGEST_HEADER: usize = 1 << 29;

/// True for the first bytes of a BCF.
pub fn is_bcf(data: &[u8]) -> bool {
    data.starts_with(MAGIC)
}

/// Where the header text stands in `data`, and where records start; absent when `data` ends before.
///
/// # Errors
/// [`ReadError::Header`] for a length that cannot be.
pub fn header_text<'a>(data: &'a [u8], file: &Path) -> Result<Option<(&'a [u8], usize)>, ReadError> {
    let Some(length) = data.get(5..BEFORE_TEXT).and_then(|b| <[u8; 4]>::try_from(b).ok()) else {
        return Ok(None);
    };
    let length = u32::from_le_bytes(length) as usize;
    if length > LONGEST_HEADER {
        let reason = "the header is longer than 512 MiB; the file is damaged".to_owned();
        return Err(ReadError::Header { file: file.to_path_buf(), line: None, reason });
    }
    let Some(text) = data.get(BEFORE_TEXT..BEFORE_TEXT + length) else { return Ok(None) };
    let end = memchr::memchr(0, text).unwrap_or(text.len());
    Ok(Some((&text[..end], BEFORE_TEXT + length)))
}
