//! Numbers of a fixed width in bits, packed into 64-bit words, lowest bits first: any one of them is read
//! without reading the others.

/// Bits that a number needs; 0 needs none.
pub(crate) fn width(number: u64) -> u32 {
    u64::BITS - number.leading_zeros()
}

/// Words that so many numbers of a width take.
pub(crate) fn words(count: usize, width: u32) -> usize {
    (count * width as usize).div_ceil(64)
}

/// Appends numbers, each below two to the power of `width`.
pub(crate) fn pack(numbers: impl IntoIterator<Item = u64>, width: u32, out: &mut Vec<u64>) {
    if width == 0 {
        return;
    }
    let (mut word, mut filled) = (0u64, 0u32);
    for number in numbers {
        word |= number << filled;
        filled += width;
        if filled >= 64 {
            out.push(word);
            filled -= 64;
            word = if filled == 0 { 0 } else { number >> (width - filled) };
        }
    }
    if filled > 0 {
        out.push(word);
    }
}

/// Widest number that lies in eight bytes wherever in a byte it begins.
const NARROW: u32 = 57;

/// The number at an index; 0 past the last word.
#[inline]
pub(crate) fn get(words: &[u64], index: usize, width: u32) -> u64 {
    Numbers::new(words, width).get(index)
}

/// Packed numbers of which several are wanted.
#[derive(Clone, Copy)]
pub(crate) struct Numbers<'a> {
    words: &'a [u64],
    bytes: &'a [u8],
    width: u32,
    mask: u64,
}

impl<'a> Numbers<'a> {
    /// Numbers of a width of at most 64 bits.
    #[inline]
    pub(crate) fn new(words: &'a [u64], width: u32) -> Self {
        // No bytes where a number may begin so late in one that eight do not hold it.
        let narrow = cfg!(target_endian = "little") && width <= NARROW;
        let bytes = if narrow { bytemuck::cast_slice(words) } else { &[] };
        Self { words, bytes, width, mask: u64::MAX.checked_shr(64 - width).unwrap_or(0) }
    }

    /// The number at an index; 0 past the last word.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> u64 {
        let bit = index * self.width as usize;
        // One load from the byte where the number begins, where it fits: no choice between one word and two.
        match self.bytes.get(bit / 8..).and_then(|bytes| bytes.first_chunk::<8>()) {
            Some(bytes) => u64::from_le_bytes(*bytes) >> (bit % 8) & self.mask,
            None => self.of_two_words(bit),
        }
    }

    fn of_two_words(&self, bit: usize) -> u64 {
        let (word, shift) = (bit / 64, (bit % 64) as u32);
        let low = self.words.get(word).copied().unwrap_or(0) >> shift;
        let high = match shift + self.width > 64 {
            true => self.words.get(word + 1).copied().unwrap_or(0) << (64 - shift),
            false => 0,
        };
        (low | high) & self.mask
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(width in 0u32..=64, numbers in prop::collection::vec(any::<u64>(), 0..200)) {
            let most = if width == 0 { 0 } else { u64::MAX >> (64 - width) };
            let numbers: Vec<u64> = numbers.iter().map(|n| n & most).collect();
            let mut packed = vec![7];
            pack(numbers.iter().copied(), width, &mut packed);
            prop_assert_eq!(packed.len(), 1 + words(numbers.len(), width));
            for (index, number) in numbers.iter().enumerate() {
                prop_assert_eq!(get(&packed[1..], index, width), *number);
            }
        }
    }

    #[test]
    fn width_is_that_of_the_number() {
        assert_eq!([0, 1, 2, 255, 256, u64::MAX].map(width), [0, 1, 2, 8, 9, 64]);
        assert_eq!(get(&[], 3, 7), 0);
    }
}
