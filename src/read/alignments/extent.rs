//! Whether an index reaches to the end of its file. One that is newer than the file and yet of a part of it, or of
//! another file, would show places without reads that have them.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use noodles::cram::crai;

/// Bytes of the container that ends a CRAM 3 file (CRAM specification, section 9).
const CRAM_END: u64 = 38;

/// Bytes in which a container's header lies whole, but for containers of very many slices.
const HEADER: u64 = 4_096;

/// Why a CRAM's index does not reach its end; nothing where it does.
pub(super) fn cram_falls_short(path: &Path, index: &[crai::Record]) -> Option<String> {
    let foreign = || Some("it does not end where the file ends, so it belongs to another file".to_owned());
    let Some(last) = index.iter().map(crai::Record::offset).max() else {
        return Some("it is empty".to_owned());
    };
    match File::open(path).and_then(|mut file| Ok((file.metadata()?.len(), container_end(&mut file, last)?)))
    {
        Ok((length, Some(end))) if end + CRAM_END == length => None,
        Ok(_) => foreign(),
        Err(error) => Some(error.to_string()),
    }
}

/// Where the container that begins at an offset ends; none where no container's header can be read there.
///
/// Source: CRAM specification 3.1, section 7: the length of the container's data, then reference, start, span and
/// number of records, counter and bases, number of blocks, the landmarks and a checksum.
fn container_end(file: &mut File, offset: u64) -> std::io::Result<Option<u64>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.take(HEADER).read_to_end(&mut bytes)?;
    let header = || {
        let (length, mut rest) = bytes.split_first_chunk::<4>()?;
        for most in [ITF8, ITF8, ITF8, ITF8, LTF8, LTF8, ITF8] {
            rest = rest.get(number(rest, most)?.1..)?;
        }
        let (landmarks, size) = number(rest, ITF8)?;
        rest = rest.get(size..)?;
        for _ in 0..landmarks {
            rest = rest.get(number(rest, ITF8)?.1..)?;
        }
        let header = (bytes.len() - rest.len() + 4) as u64;
        let data = u64::try_from(i32::from_le_bytes(*length)).ok()?;
        Some(offset + header + data)
    };
    Ok(header())
}

/// Most bytes of a number of 32 bits, and of one of 64.
const ITF8: usize = 5;
const LTF8: usize = 9;

/// A number of either form, and its bytes; only its size matters where it is longer than 28 bits.
fn number(bytes: &[u8], most: usize) -> Option<(u32, usize)> {
    let &first = bytes.first()?;
    let size = (first.leading_ones() as usize + 1).min(most);
    let lead = u32::from(first) & (0xff_u32 >> size.min(8));
    let value = bytes.get(1..size)?.iter().fold(lead, |value, &byte| value << 8 | u32::from(byte));
    Some((value, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_say_their_own_size() {
        assert_eq!(number(&[0x05, 9], ITF8), Some((5, 1)));
        assert_eq!(number(&[0x81, 0x02], LTF8), Some((0x102, 2)));
        assert_eq!(number(&[0xc1, 0x02, 0x03], ITF8), Some((0x1_0203, 3)));
        assert_eq!(number(&[0xff; 9], LTF8).map(|n| n.1), Some(9));
        assert_eq!(number(&[0xff; 9], ITF8).map(|n| n.1), Some(5));
        assert_eq!(number(&[0xe0, 1], ITF8), None);
        assert_eq!(number(&[], ITF8), None);
    }
}
