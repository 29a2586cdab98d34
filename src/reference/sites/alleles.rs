//! Positions and alleles of the 128 rows of a block.
//!
//! ```text
//! word 0   bits  0-31  checksum (see [`super::blocks`])
//!          bits 32-37  width of a position
//!          bits 38-45  number of rows
//! then     one position a row, less the block's first, packed: in order, bisected without unpacking
//!          one code of four bits a row: a base changed to another (12 kinds), or 15, another allele
//!          the other alleles in the order of the rows, as bytes: number of reference bases; number of
//!          alternate bases, doubled, plus 1 where bases are two bits each and not a byte each; the bases
//! ```
//! Numbers of bases are written seven bits a byte, lowest first. Every allele stands here with all its bases:
//! nothing is hashed.

use super::bits;
use super::lane::ROWS;
use crate::model::allele::Allele;

/// The code of an allele that is written out.
const OTHER: u64 = 15;

/// A row while it is being encoded: start, reference bases, alternate bases.
pub(crate) type Row<'a> = (u32, &'a [u8], &'a [u8]);

/// The two bits of a base.
fn base_code(base: u8) -> Option<u64> {
    match base {
        b'A' => Some(0),
        b'C' => Some(1),
        b'G' => Some(2),
        b'T' => Some(3),
        _ => None,
    }
}

/// The code of a change of one base to another; [`OTHER`] for everything else.
#[inline]
fn code(reference: &[u8], alternate: &[u8]) -> u64 {
    let (&[from], &[to]) = (reference, alternate) else { return OTHER };
    match (base_code(from), base_code(to)) {
        (Some(from), Some(to)) if from != to => from * 3 + to - u64::from(to > from),
        _ => OTHER,
    }
}

/// The bases of a code below [`OTHER`].
fn changed(code: u64) -> (u8, u8) {
    let from = (code / 3).min(3) as usize;
    let to = (code % 3) as usize;
    (b"ACGT"[from], b"ACGT"[(to + usize::from(to >= from)) & 3])
}

/// Appends the block of these rows, which are in order of their starts, at most [`ROWS`]; the checksum is left
/// open.
pub(crate) fn encode<'a>(rows: impl ExactSizeIterator<Item = Row<'a>> + Clone, out: &mut Vec<u64>) {
    let count = rows.len();
    let first = rows.clone().next().map_or(0, |(start, ..)| start);
    let last = rows.clone().last().map_or(0, |(start, ..)| start);
    let width = bits::width(u64::from(last - first));
    out.push(u64::from(width) << 32 | (count as u64) << 38);
    bits::pack(rows.clone().map(|(start, ..)| u64::from(start - first)), width, out);
    bits::pack(rows.clone().map(|(_, reference, alternate)| code(reference, alternate)), 4, out);
    let mut other = Vec::new();
    for (_, reference, alternate) in rows {
        if code(reference, alternate) == OTHER {
            write_out(reference, alternate, &mut other);
        }
    }
    for bytes in other.chunks(8) {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        out.push(u64::from_le_bytes(word));
    }
}

fn write_out(reference: &[u8], alternate: &[u8], out: &mut Vec<u8>) {
    let bases = || reference.iter().chain(alternate).map(|&base| base_code(base));
    let plain = bases().all(|code| code.is_some());
    push_number(reference.len() as u64, out);
    push_number((alternate.len() as u64) << 1 | u64::from(plain), out);
    if plain {
        let at = out.len();
        out.resize(at + (reference.len() + alternate.len()).div_ceil(4), 0);
        for (place, code) in bases().enumerate() {
            out[at + place / 4] |= (code.unwrap_or(0) as u8) << (2 * (place % 4));
        }
    } else {
        out.extend(reference);
        out.extend(alternate);
    }
}

fn push_number(mut number: u64, out: &mut Vec<u8>) {
    while number > 127 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

#[inline]
fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    if let Some((&byte, rest)) = bytes.split_first()
        && byte < 128
    {
        *bytes = rest;
        return Some(u64::from(byte));
    }
    take_long_number(bytes)
}

fn take_long_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..63).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

/// How many of the first so many codes are [`OTHER`].
#[inline]
fn others_before(codes: &[u64], row: usize) -> u32 {
    // The lowest bit of each code that is all ones: sixteen codes are looked at at once.
    let others = |word: u64| word & word >> 1 & word >> 2 & word >> 3 & 0x1111_1111_1111_1111;
    let (whole, rest) = codes.split_at(codes.len().min(row / 16));
    let part = rest.first().map_or(0, |word| others(*word) & ((1 << (4 * (row % 16))) - 1));
    whole.iter().map(|word| others(*word).count_ones()).sum::<u32>() + part.count_ones()
}

/// An allele that is written out.
#[derive(Clone, Copy)]
struct Written<'a> {
    reference: usize,
    alternate: usize,
    plain: bool,
    bases: &'a [u8],
}

impl<'a> Written<'a> {
    #[inline]
    fn take(bytes: &mut &'a [u8]) -> Option<Self> {
        let reference = usize::try_from(take_number(bytes)?).ok()?;
        let second = take_number(bytes)?;
        let (alternate, plain) = (usize::try_from(second >> 1).ok()?, second & 1 == 1);
        let both = reference.checked_add(alternate)?;
        let (bases, rest) = bytes.split_at_checked(if plain { both.div_ceil(4) } else { both })?;
        *bytes = rest;
        Some(Self { reference, alternate, plain, bases })
    }

    fn base(&self, place: usize) -> u8 {
        if self.plain {
            b"ACGT"[usize::from(self.bases[place / 4] >> (2 * (place % 4)) & 3)]
        } else {
            self.bases[place]
        }
    }

    fn is(&self, reference: &[u8], alternate: &[u8]) -> bool {
        self.reference == reference.len()
            && self.alternate == alternate.len()
            && reference.iter().chain(alternate).enumerate().all(|(place, &base)| self.base(place) == base)
    }

    fn spelled(&self) -> (Vec<u8>, Vec<u8>) {
        let all = self.reference + self.alternate;
        (
            (0..self.reference).map(|p| self.base(p)).collect(),
            (self.reference..all).map(|p| self.base(p)).collect(),
        )
    }
}

/// What a block says about an allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Search {
    /// It is this row.
    Found(usize),
    /// It is not in the table.
    NotThere,
    /// The rows of its start reach the end of the block without it: the next block may have it.
    Onwards,
}

/// A block, as it lies in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AlleleBlock<'a> {
    /// Number of rows.
    pub count: usize,
    width: u32,
    first: u32,
    packed: &'a [u64],
}

impl<'a> AlleleBlock<'a> {
    /// The block whose first row starts at `first`; `None` where its head makes no sense.
    #[inline]
    pub(crate) fn new(words: &'a [u64], first: u32) -> Option<Self> {
        let (&head, packed) = words.split_first()?;
        let count = (head >> 38 & 255) as usize;
        let width = (head >> 32 & 63) as u32;
        (count <= ROWS && width <= 32).then_some(Self { count, width, first, packed })
    }

    /// The 0-based start of a row.
    #[inline]
    pub(crate) fn start(&self, row: usize) -> u32 {
        self.first.wrapping_add(bits::get(self.packed, row, self.width) as u32)
    }

    /// The first row that starts at or after an offset; the number of rows where there is none.
    #[inline]
    pub(crate) fn first_from(&self, start: u32) -> usize {
        let Some(offset) = start.checked_sub(self.first) else { return 0 };
        let numbers = bits::Numbers::new(self.packed, self.width);
        let (mut low, mut size) = (0, self.count);
        while size > 0 {
            let half = size / 2;
            let before = numbers.get(low + half) < u64::from(offset);
            low += if before { half + 1 } else { 0 };
            size = if before { size - half - 1 } else { half };
        }
        low
    }

    #[inline]
    fn codes(&self) -> &'a [u64] {
        let from = bits::words(self.count, self.width);
        self.packed.get(from..from + bits::words(self.count, 4)).unwrap_or_default()
    }

    #[inline]
    fn code(codes: &[u64], row: usize) -> u64 {
        codes.get(row / 16).map_or(0, |word| word >> (4 * (row % 16)) & 15)
    }

    /// The allele of a row that is written out.
    fn written(&self, row: usize) -> Option<Written<'a>> {
        let before = others_before(self.codes(), row);
        let mut bytes = self.bytes()?;
        for _ in 0..before {
            Written::take(&mut bytes)?;
        }
        Written::take(&mut bytes)
    }

    fn bytes(&self) -> Option<&'a [u8]> {
        let from = bits::words(self.count, self.width) + bits::words(self.count, 4);
        Some(bytemuck::cast_slice(self.packed.get(from..)?))
    }

    /// Looks for an allele, trimmed and left-aligned, among the rows that start where it does.
    #[inline]
    pub(crate) fn find(&self, Allele { start, reference, alternate, .. }: &Allele) -> Search {
        let codes = self.codes();
        let wanted = code(reference, alternate);
        for row in self.first_from(*start)..self.count {
            if self.start(row) != *start {
                return Search::NotThere;
            }
            if Self::code(codes, row) == wanted
                && (wanted != OTHER || self.written(row).is_some_and(|w| w.is(reference, alternate)))
            {
                return Search::Found(row);
            }
        }
        Search::Onwards
    }

    /// Reference and alternate bases of a row.
    pub(crate) fn allele(&self, row: usize) -> Option<(Vec<u8>, Vec<u8>)> {
        if row >= self.count {
            return None;
        }
        match Self::code(self.codes(), row) {
            OTHER => self.written(row).map(|written| written.spelled()),
            code => {
                let (from, to) = changed(code);
                Some((vec![from], vec![to]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allele(start: u32, reference: &[u8], alternate: &[u8]) -> Allele {
        let contig = crate::model::contig::ContigId(0);
        Allele { contig, start, reference: reference.to_vec(), alternate: alternate.to_vec() }
    }

    type Owned = (u32, Vec<u8>, Vec<u8>);

    fn rows() -> impl Strategy<Value = Vec<Owned>> {
        let bases = || {
            prop_oneof![
                6 => prop::collection::vec(prop::sample::select(b"ACGT".to_vec()), 1..2),
                2 => prop::collection::vec(prop::sample::select(b"ACGT".to_vec()), 0..6),
                1 => prop::collection::vec(prop::sample::select(b"ACGTN".to_vec()), 0..300),
            ]
        };
        prop::collection::vec((0u32..60, bases(), bases()), 1..=ROWS).prop_map(|mut rows| {
            rows.sort();
            rows
        })
    }

    proptest! {
        #[test]
        fn alleles_come_back(rows in rows(), offset in prop::sample::select(vec![0u32, 1000, u32::MAX - 60])) {
            let rows: Vec<Owned> = rows.into_iter().map(|(s, r, a)| (s + offset, r, a)).collect();
            let mut words = Vec::new();
            encode(rows.iter().map(|(s, r, a)| (*s, r.as_slice(), a.as_slice())), &mut words);
            let block = AlleleBlock::new(&words, rows[0].0).unwrap();
            prop_assert_eq!(block.count, rows.len());
            for (at, (start, reference, alternate)) in rows.iter().enumerate() {
                prop_assert_eq!(block.start(at), *start);
                prop_assert_eq!(block.allele(at), Some((reference.clone(), alternate.clone())));
                let from = block.first_from(*start);
                prop_assert_eq!(from, rows.iter().position(|(s, ..)| s >= start).unwrap());
                let Search::Found(found) = block.find(&allele(*start, reference, alternate)) else {
                    panic!("not found");
                };
                prop_assert_eq!(&rows[found], &rows[at]);
                let other = block.find(&allele(*start, reference, b"ACGTACGTACGTT"));
                prop_assert!(!matches!(other, Search::Found(_)));
            }
            for end in 0..words.len() {
                if let Some(cut) = AlleleBlock::new(&words[..end], rows[0].0) {
                    (0..ROWS).for_each(|row| _ = (cut.allele(row), cut.start(row)));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_words_are_read_without_a_panic(
            words in prop::collection::vec(any::<u64>(), 0..40), first in any::<u32>(), row in 0usize..300,
        ) {
            if let Some(block) = AlleleBlock::new(&words, first) {
                let _ = block.first_from(first.wrapping_add(9));
                let _ = (block.start(row), block.allele(row), block.find(&allele(first, b"A", b"CT")));
            }
        }
    }

    #[test]
    fn every_change_of_one_base_has_its_code() {
        let mut seen = std::collections::BTreeSet::new();
        for from in b"ACGT" {
            for to in b"ACGT".iter().filter(|to| *to != from) {
                let code = code(&[*from], &[*to]);
                assert!(seen.insert(code) && code < 12);
                assert_eq!(changed(code), (*from, *to));
            }
        }
        assert_eq!(
            (code(b"A", b"A"), code(b"N", b"A"), code(b"", b"A"), code(b"AC", b"T")),
            (15, 15, 15, 15)
        );
    }
}
