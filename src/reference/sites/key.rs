//! An allele as one 64-bit word, where it is short enough: how rows are sorted while a table is built.
//!
//! ```text
//! bit 63     0: the word is the whole allele; 1: the rest is an index into the long alleles
//! bits 58-62 number of reference bases
//! bits 53-57 number of alternate bases
//! bits 0-51  reference, then alternate, two bits a base, first base lowest
//! ```
//! Equal words are equal alleles and unequal words are unequal alleles: nothing is hashed.

/// Bases that fit into a word.
const MOST: usize = 26;
const LONG: u64 = 1 << 63;

/// The word of a short allele.
pub(crate) fn inline(reference: &[u8], alternate: &[u8]) -> Option<u64> {
    if reference.len() + alternate.len() > MOST {
        return None;
    }
    let mut key = (reference.len() as u64) << 58 | (alternate.len() as u64) << 53;
    for (place, base) in reference.iter().chain(alternate).enumerate() {
        let code = match base {
            b'A' => 0u64,
            b'C' => 1,
            b'G' => 2,
            b'T' => 3,
            _ => return None,
        };
        key |= code << (2 * place);
    }
    Some(key)
}

/// The word that points to a long allele.
pub(crate) fn long(index: usize) -> u64 {
    LONG | index as u64
}

/// The index of a long allele, if the word is one.
pub(crate) fn long_index(key: u64) -> Option<usize> {
    (key & LONG != 0).then_some((key & !LONG) as usize)
}

/// Number of reference bases of a short allele.
pub(crate) fn reference_length(key: u64) -> usize {
    (key >> 58 & 31) as usize
}

/// Appends the reference bases of a short allele, then the alternate bases; returns where these begin.
pub(crate) fn spell(key: u64, out: &mut Vec<u8>) -> usize {
    let reference = reference_length(key);
    let alternate = (key >> 53 & 31) as usize;
    let middle = out.len() + reference;
    out.extend((0..reference + alternate).map(|place| b"ACGT"[(key >> (2 * place).min(62) & 3) as usize]));
    middle
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_equal_only_for_equal_alleles(
            a in prop::collection::vec(prop::sample::select(b"ACGT".to_vec()), 0..13),
            b in prop::collection::vec(prop::sample::select(b"ACGT".to_vec()), 0..13),
            c in prop::collection::vec(prop::sample::select(b"ACGT".to_vec()), 0..13),
            d in prop::collection::vec(prop::sample::select(b"ACGT".to_vec()), 0..13),
        ) {
            let (x, y) = (inline(&a, &b).unwrap(), inline(&c, &d).unwrap());
            let mut bases = b"--".to_vec();
            let middle = spell(x, &mut bases);
            prop_assert_eq!((&bases[2..middle], &bases[middle..]), (a.as_slice(), b.as_slice()));
            prop_assert_eq!(x == y, a == c && b == d);
            prop_assert_eq!(long_index(x), None);
        }
    }

    #[test]
    fn the_rest_is_long() {
        assert_eq!(inline(b"N", b"A"), None);
        assert_eq!(inline(&[b'A'; 27], b""), None);
        assert!(inline(&[b'T'; 26], b"").is_some_and(|k| long_index(k).is_none()));
        assert_eq!(long_index(long(7)), Some(7));
    }
}
