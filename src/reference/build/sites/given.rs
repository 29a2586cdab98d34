//! What a record gives for a field, and the cell that it becomes.

use crate::reference::sites::{SiteFieldKind, cell};

use super::header::{Field, Pick};
use super::number;
use super::rows::Texts;

/// What a record gives for a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Given<'a> {
    /// Nothing, or `.`.
    Missing,
    /// As written; empty for a flag.
    Text(&'a [u8]),
    /// A whole number.
    Integer(i64),
    /// A number of single precision.
    Single(f32),
    /// A list of another length than the record's alleles, or of another type than declared.
    Unfit,
}

/// A value as a cell; `None` where it is not what is declared.
pub(super) fn value(
    field: &Field,
    given: Given<'_>,
    texts: Option<&mut Texts>,
) -> Result<Option<u64>, String> {
    Ok(match (field.kind, given) {
        (SiteFieldKind::Flag, Given::Missing) => Some(cell::MISSING),
        (SiteFieldKind::Flag, _) => Some(1),
        (_, Given::Missing) => Some(cell::MISSING),
        (_, Given::Unfit) => None,
        (SiteFieldKind::Text, Given::Text(text)) => match texts {
            None => None,
            Some(texts) => match texts.known(text) {
                Some(number) => Some(number),
                None => {
                    std::str::from_utf8(text).map_err(|_| format!("{} is not UTF-8 text", field.key))?;
                    Some(texts.number(text))
                }
            },
        },
        (SiteFieldKind::Integer, Given::Text(text)) => {
            let loose = || field.is_loosely_written().then(|| number::whole(text))?;
            let whole = number::integer(text).or_else(loose);
            whole.and_then(cell::integer)
        }
        (SiteFieldKind::Integer, Given::Integer(value)) => cell::integer(value),
        // Single precision tells whole numbers apart up to two to the power of 24.
        (SiteFieldKind::Integer, Given::Single(value))
            if value.fract() == 0.0 && value.abs() <= 16_777_216.0 =>
        {
            cell::integer(value as i64)
        }
        // A number with a point has single precision (VCF 4.5, section 1.3): beyond its range no VCF can hold it.
        (SiteFieldKind::Float, Given::Text(text)) => number::float(text)
            .filter(|(value, _)| value.is_nan() || value.abs() <= f64::from(f32::MAX))
            .map(|(value, _)| cell::float(value)),
        (SiteFieldKind::Float, Given::Integer(value)) => Some(cell::float(value as f64)),
        (SiteFieldKind::Float, Given::Single(value)) => widened(value).map(cell::float),
        _ => None,
    })
}

/// The number of double precision whose shortest decimal is that of the single one: 0.1 stays 0.1.
fn widened(value: f32) -> Option<f64> {
    format!("{value}").parse().ok().filter(|v: &f64| !v.is_infinite())
}

/// Of a list, the value for an ALT allele.
pub(super) fn picked<'a>(text: &'a [u8], pick: Pick, alternate: usize, count: usize) -> Given<'a> {
    let (place, expected) = match pick {
        Pick::Whole => return present(text),
        Pick::Alternate | Pick::Shared | Pick::Listed => (alternate, count),
        Pick::Allele => (alternate + 1, count + 1),
    };
    // Values are short: a plain loop finds a comma sooner than a search that has to be set up.
    let commas = text.iter().filter(|&&c| c == b',').count();
    if commas == 0 && (expected == 1 || pick == Pick::Shared) {
        return present(text);
    }
    if commas + 1 != expected {
        let none = text == b"." || text.is_empty();
        return if none || pick == Pick::Listed { present(text) } else { Given::Unfit };
    }
    text.split(|&c| c == b',').nth(place).map_or(Given::Unfit, present)
}

/// A value that is not empty and not `.`.
pub(super) fn present(text: &[u8]) -> Given<'_> {
    if text.is_empty() || text == b"." { Given::Missing } else { Given::Text(text) }
}
