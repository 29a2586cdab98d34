//! BGZF blocks: where one ends, and inflating a batch of them.
//!
//! Source: SAM/BAM format specification, section 4.1, "The BGZF compression format": each block is a gzip
//! member of at most 64 KiB with its own size in the extra subfield `BC`; an empty block ends the file.

use libdeflater::Decompressor;

/// Bytes of a block header up to and including its size.
pub const HEADER: usize = 18;

/// The empty block that ends a file.
pub const END_OF_FILE: [u8; 28] = [
    0x1f, 0x8b, 0x08, 0x04, 0, 0, 0, 0, 0, 0xff, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1b, 0, 0x03, 0, 0, 0, 0, 0,
    0, 0, 0, 0,
];

/// The whole size of the block that starts with these bytes; absent when it is not a BGZF block.
pub fn block_size(header: &[u8; HEADER]) -> Option<usize> {
    let is_bgzf = header[..4] == [0x1f, 0x8b, 0x08, 0x04]
        && header[10..12] == [6, 0]
        && header[12..16] == [b'B', b'C', 2, 0];
    let size = usize::from(u16::from_le_bytes([header[16], header[17]])) + 1;
    (is_bgzf && size >= HEADER + 8).then_some(size)
}

/// Most that a block holds, inflated.
const LARGEST_DATA: usize = 1 << 16;

/// Bytes behind a block's compressed data: checksum and length of the inflated data.
const TRAILER: usize = 8;

/// Inflates whole blocks that stand one after the other, and checks each one's checksum. Returns the data and
/// the offset in it of the last block's first byte.
///
/// The blocks say how long their data are, so that room for all is made once, in `data`, whose earlier content is
/// written over.
///
/// # Errors
/// The offset in `blocks` of the damaged block, and what is wrong with it.
pub fn inflate(blocks: &[u8], mut data: Vec<u8>) -> Result<(Vec<u8>, usize), (usize, String)> {
    let (mut at, mut total) = (0, 0);
    while at < blocks.len() {
        let (block, length, _) = block_at(blocks, at)?;
        at += HEADER + block.len() + TRAILER;
        total += length;
    }
    data.resize(total, 0);
    let mut inflater = Decompressor::new();
    let (mut at, mut end, mut last) = (0, 0, 0);
    while at < blocks.len() {
        let (block, length, checksum) = block_at(blocks, at)?;
        last = end;
        let out = &mut data[end..end + length];
        let written = inflater
            .deflate_decompress(block, out)
            .map_err(|error| (at, format!("the block is damaged ({error})")))?;
        if written != length || libdeflater::crc32(out) != checksum {
            return Err((at, "the block is damaged (its checksum or length does not fit)".to_owned()));
        }
        at += HEADER + block.len() + TRAILER;
        end += length;
    }
    Ok((data, last))
}

/// The compressed data of the block at an offset, and the length and checksum that it states.
fn block_at(blocks: &[u8], at: usize) -> Result<(&[u8], usize, u32), (usize, String)> {
    let header = blocks.get(at..at + HEADER).and_then(|h| <&[u8; HEADER]>::try_from(h).ok());
    let size = header.and_then(block_size).ok_or((at, "not a BGZF block".to_owned()))?;
    let block = blocks.get(at..at + size).ok_or((at, "the block is cut off".to_owned()))?;
    let (body, trailer) = block[HEADER..].split_at(size - HEADER - TRAILER);
    let word = |from: usize| u32::from_le_bytes([0, 1, 2, 3].map(|i| trailer[from + i]));
    let length = word(4) as usize;
    if length > LARGEST_DATA {
        return Err((
            at,
            format!("the block is damaged (it states {length} bytes of data, and 65536 is the most)"),
        ));
    }
    Ok((body, length, word(0)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn compressed(data: &[u8]) -> Vec<u8> {
        let mut writer = noodles_bgzf::io::Writer::new(Vec::new());
        writer.write_all(data).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn blocks_inflate_and_the_last_one_is_found() {
        let data: Vec<u8> = (0..200_000u32).flat_map(u32::to_le_bytes).collect();
        let blocks = compressed(&data);
        assert!(blocks.ends_with(&END_OF_FILE));
        let (inflated, last) = inflate(&blocks, vec![7; 300_000]).unwrap();
        assert_eq!((inflated, last), (data.clone(), data.len()));
    }

    #[test]
    fn a_flipped_bit_anywhere_is_noticed() {
        let data = b"chr1\t100\t.\tA\tC\t.\tPASS\t.\n".repeat(40);
        let blocks = compressed(&data);
        // Bytes 4 to 9 of a gzip header (time, flags, system) say nothing about the data.
        for at in (0..blocks.len()).filter(|at| !(4..10).contains(&(at % (blocks.len() - 28)))) {
            let mut damaged = blocks.clone();
            damaged[at] ^= 0x10;
            if let Ok((inflated, _)) = inflate(&damaged, Vec::new()) {
                assert_eq!(inflated, data, "byte {at}");
            }
        }
    }
}
