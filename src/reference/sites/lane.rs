//! The values of one field for the 128 rows of a block, each readable on its own.
//!
//! ```text
//! word 0   bits  0-31  checksum (see [`super::blocks`])
//!          bits 32-38  width of a code
//!          bits 39-46  number of exceptions
//!          bit  47     some rows have no value
//!          bit  48     some rows have a frequency that follows from their counts
//!          bit  49     a word with the least value follows
//!          bits 50-54  decimal places; 31: values are the bits of floating-point numbers
//!          bits 55-62  number of rows
//! then     the least value, where bit 49 says so
//!          one code a row, packed
//!          exceptions: their width and their rows, one byte each; then their codes, packed
//! ```
//! A code is a value less the least one, after one code for each kind of non-value that the block has. Where a
//! few large values would widen all codes, they are exceptions, and the widest code stands in their place.

use super::bits;
use super::cell::{self, DERIVED, MISSING};
use super::meta::SiteFieldKind;

/// Rows of a block.
pub(crate) const ROWS: usize = 128;

const RAW: u32 = 31;
const HAS_MISSING: u64 = 1 << 47;
const HAS_DERIVED: u64 = 1 << 48;
const HAS_LEAST: u64 = 1 << 49;
/// Decimal places beyond which a power of ten is no exact `f64`.
const MOST_PLACES: u32 = 22;
/// Whole numbers up to here are exact as `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Appends the block of these cells, at most [`ROWS`]; the checksum is left open.
pub(crate) fn encode(cells: &[u64], kind: SiteFieldKind, out: &mut Vec<u64>) {
    let mut values = [0i64; ROWS];
    let mut count = 0;
    let places = match kind {
        SiteFieldKind::Float => decimal_places(cells),
        _ => 0,
    };
    let (mut missing, mut derived) = (0u64, 0u64);
    for &cell in cells {
        match cell {
            MISSING => missing = 1,
            DERIVED => derived = 1,
            value => {
                values[count] = match (kind, places) {
                    (SiteFieldKind::Float, RAW) => value as i64,
                    (SiteFieldKind::Float, places) => scaled(f64::from_bits(value), places) as i64,
                    _ => value as i64,
                };
                count += 1;
            }
        }
    }
    let values = &values[..count];
    let first = missing + derived;
    let raw = places == RAW;
    // The bits of a floating-point number have no order worth using.
    let least = if raw { 0 } else { least_value(values, first) };
    let mut codes = [0u64; ROWS];
    let mut next = values.iter();
    for (code, &cell) in codes.iter_mut().zip(cells) {
        *code = match cell {
            MISSING => 0,
            DERIVED => missing,
            _ => next.next().map_or(0, |value| (value.wrapping_sub(least) as u64).wrapping_add(first)),
        };
    }
    let codes = &codes[..cells.len()];
    let (width, exceptions) = best_width(codes);
    out.push(
        (u64::from(width) << 32)
            | ((exceptions as u64) << 39)
            | (missing * HAS_MISSING)
            | (derived * HAS_DERIVED)
            | (if least == 0 { 0 } else { HAS_LEAST })
            | (u64::from(places) << 50)
            | ((cells.len() as u64) << 55),
    );
    if least != 0 {
        out.push(least as u64);
    }
    let stand_in = if exceptions == 0 { u64::MAX } else { stand_in(width) };
    bits::pack(codes.iter().map(|&code| code.min(stand_in)), width, out);
    if exceptions > 0 {
        let all = || codes.iter().enumerate().filter(|&(_, &code)| code >= stand_in);
        let wide = bits::width(all().map(|(_, &code)| code).max().unwrap_or(0));
        let rows = std::iter::once(u64::from(wide)).chain(all().map(|(row, _)| row as u64));
        bits::pack(rows, 8, out);
        bits::pack(all().map(|(_, &code)| code), wide, out);
    }
}

/// The least value, where counting from it saves bits or is needed; else 0.
fn least_value(values: &[i64], first: u64) -> i64 {
    let least = values.iter().copied().min().unwrap_or(0);
    let most = values.iter().copied().max().unwrap_or(0);
    let span = bits::width((most - least) as u64 + first);
    if least < 0 || bits::width(most as u64 + first) > span { least } else { 0 }
}

/// The width that makes the block smallest, and how many codes are then exceptions.
fn best_width(codes: &[u64]) -> (u32, usize) {
    let widest = bits::width(codes.iter().copied().max().unwrap_or(0));
    let mut by_width = [0usize; 65];
    for code in codes {
        by_width[bits::width(code.saturating_add(1)) as usize] += 1;
    }
    let mut best = (codes.len() * widest as usize, widest, 0);
    let mut above = codes.len();
    for (width, fitting) in (0..widest).zip(by_width) {
        above -= fitting;
        let bits = codes.len() * width as usize + 72 + above * (8 + widest as usize);
        if width > 0 && above > 0 && bits < best.0 {
            best = (bits, width, above);
        }
    }
    (best.1, best.2)
}

/// Decimal places with which all numbers of the block are written exactly; [`RAW`] where there is no such.
fn decimal_places(cells: &[u64]) -> u32 {
    let mut places = 0;
    let all = || cells.iter().filter(|&&cell| cell::is_value(cell)).map(|&cell| f64::from_bits(cell));
    for value in all() {
        while places <= MOST_PLACES && !is_decimal(value, places) {
            places += 1;
        }
    }
    // More places than a number needs may make it too large.
    if places > MOST_PLACES || !all().all(|value| is_decimal(value, places)) { RAW } else { places }
}

fn scaled(value: f64, places: u32) -> f64 {
    (value * POWERS[places as usize]).round()
}

/// True where a whole number divided by the power of ten is the very number: both are exact, so their quotient
/// is rounded as reading the decimal would round it.
fn is_decimal(value: f64, places: u32) -> bool {
    let whole = scaled(value, places);
    whole.abs() < EXACT && whole / POWERS[places as usize] == value
}

const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// The cell of a row; `None` past the last row of the block.
#[inline]
pub(crate) fn cell(block: &[u64], kind: SiteFieldKind, row: usize) -> Option<u64> {
    let head = *block.first()?;
    let count = (head >> 55 & 255) as usize;
    let width = (head >> 32 & 127) as u32;
    if row >= count || width > 64 {
        return None;
    }
    let exceptions = (head >> 39 & 255) as usize;
    let (least, packed) = match head & HAS_LEAST {
        0 => (0, block.get(1..)?),
        _ => (*block.get(1)? as i64, block.get(2..)?),
    };
    let mut code = bits::get(packed, row, width);
    if exceptions > 0 && code == stand_in(width) {
        code = exception(packed.get(bits::words(count, width)..)?, exceptions, row)?;
    }
    let missing = u64::from(head & HAS_MISSING != 0);
    let first = missing + u64::from(head & HAS_DERIVED != 0);
    if code < first {
        return Some(if code < missing { MISSING } else { DERIVED });
    }
    let value = (least as u64).wrapping_add(code - first);
    let places = (head >> 50 & 31) as u32;
    match kind {
        SiteFieldKind::Float if places != RAW => {
            Some(cell::float(value as i64 as f64 / POWERS.get(places as usize)?))
        }
        _ => Some(value),
    }
}

/// The code that stands in the place of an exception: the widest there is.
fn stand_in(width: u32) -> u64 {
    u64::MAX.checked_shr(64 - width).unwrap_or(0)
}

/// The code of an exception.
fn exception(words: &[u64], count: usize, row: usize) -> Option<u64> {
    let wide = bits::get(words, 0, 8) as u32;
    let at = (0..count).find(|&at| bits::get(words, 1 + at, 8) == row as u64)?;
    Some(bits::get(words.get(bits::words(1 + count, 8)..)?, at, wide.min(64)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(cells: &[u64], kind: SiteFieldKind) -> usize {
        let mut block = Vec::new();
        encode(cells, kind, &mut block);
        for (row, &expected) in cells.iter().enumerate() {
            assert_eq!(cell(&block, kind, row), Some(expected), "row {row} of {cells:?}");
        }
        assert_eq!(cell(&block, kind, cells.len()), None);
        for end in 0..block.len() {
            assert!((cells.len()..=ROWS).all(|row| cell(&block[..end], kind, row).is_none()));
            (0..cells.len()).for_each(|row| _ = cell(&block[..end], kind, row));
        }
        block.len()
    }

    fn integers() -> impl Strategy<Value = u64> {
        prop_oneof![
            6 => (0i64..20).prop_map(|v| v as u64),
            2 => (-5i64..200_000).prop_map(|v| v as u64),
            1 => (-(1i64 << 61)..1 << 61).prop_map(|v| v as u64),
            1 => Just(MISSING),
            1 => Just(DERIVED),
        ]
    }

    fn floats() -> impl Strategy<Value = u64> {
        prop_oneof![
            4 => (-5000i64..100_000, 0u32..9).prop_map(|(m, k)| cell::float(format!("{m}e-{k}").parse().unwrap())),
            1 => any::<f64>().prop_map(cell::float).prop_filter("no value", |&c| c != DERIVED),
            1 => Just(MISSING),
            1 => Just(DERIVED),
        ]
    }

    proptest! {
        #[test]
        fn integers_come_back(cells in prop::collection::vec(integers(), 1..=ROWS)) {
            check(&cells, SiteFieldKind::Integer);
        }

        #[test]
        fn decimals_come_back(
            cells in prop::collection::vec((0i64..100_000).prop_map(|m| cell::float(m as f64 / 1e5)), 1..=ROWS)
        ) {
            prop_assert!(check(&cells, SiteFieldKind::Float) <= 2 + bits::words(cells.len(), 17));
        }

        #[test]
        fn floats_come_back_bit_by_bit(cells in prop::collection::vec(floats(), 1..=ROWS)) {
            check(&cells, SiteFieldKind::Float);
        }
    }

    proptest! {
        #[test]
        fn any_words_are_read_without_a_panic(words in prop::collection::vec(any::<u64>(), 0..40), row in 0usize..300) {
            for kind in [SiteFieldKind::Integer, SiteFieldKind::Float, SiteFieldKind::Text] {
                let _ = cell(&words, kind, row);
            }
        }
    }

    #[test]
    fn one_large_value_does_not_widen_the_others() {
        let mut cells = vec![3u64; ROWS];
        cells[77] = 1 << 40;
        cells[3] = 1;
        assert!(check(&cells, SiteFieldKind::Integer) <= 1 + 6 + 2);
        assert_eq!(check(&[MISSING; ROWS], SiteFieldKind::Text), 1);
        assert_eq!(check(&[DERIVED; ROWS], SiteFieldKind::Float), 1);
        assert_eq!(check(&[0; ROWS], SiteFieldKind::Integer), 1);
        // An extreme range, and the largest numbers that are kept.
        let edge = (1i64 << 62) - 1;
        check(&[edge as u64, -edge as u64, MISSING, DERIVED], SiteFieldKind::Integer);
    }
}
