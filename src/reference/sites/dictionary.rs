//! The texts of one field of a superblock, 128 to a block.
//!
//! ```text
//! word 0   bits 0-31 checksum (see [`super::blocks`]), bits 32-39 number of texts
//! then     where each text ends, 32 bits each
//!          the texts, UTF-8
//! ```

use super::lane::ROWS;

/// Appends the block of these texts, at most [`ROWS`]; the checksum is left open. False where they are too long
/// together.
pub(crate) fn encode<'a>(texts: impl Iterator<Item = &'a [u8]> + Clone, out: &mut Vec<u64>) -> bool {
    let count = texts.clone().count();
    out.push((count as u64) << 32);
    let mut bytes: Vec<u8> = Vec::new();
    let mut end = 0u64;
    for text in texts.clone() {
        end += text.len() as u64;
        bytes.extend((end as u32).to_le_bytes());
    }
    texts.for_each(|text| bytes.extend(text));
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        out.push(u64::from_le_bytes(word));
    }
    end <= u64::from(u32::MAX)
}

/// A text of a block.
pub(crate) fn text(block: &[u64], at: usize) -> Option<&str> {
    let (head, rest) = block.split_first()?;
    let count = (head >> 32 & 255) as usize;
    if at >= count || count > ROWS {
        return None;
    }
    let bytes: &[u8] = bytemuck::cast_slice(rest);
    let end = |at: usize| {
        let bytes = bytes.get(4 * at..4 * at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    };
    let from = if at == 0 { 0 } else { end(at - 1)? };
    std::str::from_utf8(bytes.get(4 * count..)?.get(from..end(at)?)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_words_are_read_without_a_panic(words in prop::collection::vec(any::<u64>(), 0..40), at in 0usize..300) {
            let _ = text(&words, at);
        }
    }

    #[test]
    fn texts_come_back() {
        let texts = ["Pathogenic", "", "Benign|ü", "x"];
        let mut block = Vec::new();
        assert!(encode(texts.iter().map(|t| t.as_bytes()), &mut block));
        for (at, expected) in texts.iter().enumerate() {
            assert_eq!(text(&block, at), Some(*expected));
        }
        assert_eq!(text(&block, 4), None);
        for end in 0..block.len() {
            assert!((0..5).all(|at| text(&block[..end], at).is_none_or(|text| texts.contains(&text))));
        }
    }
}
