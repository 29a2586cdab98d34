//! A stated frequency, held against the counts of its row.

use crate::reference::sites::cell;

use super::given::Given;
use super::number;

/// A frequency held against its counts.
pub(super) enum Frequency {
    /// What is kept of it.
    Cell(u64),
    /// It is not the quotient of the counts; both are kept as given.
    Unlike(u64),
    /// It is more than 0, and no alleles were counted: the counts cannot be those it comes from.
    Uncounted(u64),
    /// It is less than 0 or more than 1.
    Impossible,
    /// It is no number.
    Unreadable,
}

/// A frequency that is the quotient of its row's counts, as far as it is written out, is kept as such, exactly; so
/// is one that is not written at all. Without alleles counted there is no frequency.
pub(super) fn frequency(given: Given<'_>, (count, number): (u64, u64)) -> Frequency {
    let counted = cell::is_value(count) && cell::is_value(number);
    let exact = (counted && number as i64 > 0).then(|| count as i64 as f64 / number as i64 as f64);
    let (value, unit) = match given {
        Given::Missing if exact.is_some() => return Frequency::Cell(cell::DERIVED),
        Given::Missing => return Frequency::Cell(cell::MISSING),
        Given::Single(value) => {
            if exact.is_some_and(|exact| exact as f32 == value) {
                return Frequency::Cell(cell::DERIVED);
            }
            match number::float(format!("{value:e}").as_bytes()) {
                Some(read) => read,
                None if value.is_nan() => (f64::NAN, 1.0),
                None => return Frequency::Unreadable,
            }
        }
        Given::Text(text) => match number::float(text) {
            Some(read) => read,
            None => return Frequency::Unreadable,
        },
        _ => return Frequency::Unreadable,
    };
    if value.is_nan() {
        return Frequency::Cell(exact.map_or(cell::MISSING, |_| cell::DERIVED));
    }
    if !is_frequency(value) {
        return Frequency::Impossible;
    }
    match exact {
        None if counted && value > 0.0 => Frequency::Uncounted(cell::float(value)),
        None if counted => Frequency::Cell(cell::MISSING),
        None => Frequency::Cell(cell::float(value)),
        Some(exact) if is_alike(value, unit, exact) => Frequency::Cell(cell::DERIVED),
        Some(_) => Frequency::Unlike(cell::float(value)),
    }
}

/// True where a frequency is kept as the quotient of its counts.
#[cfg(test)]
pub(super) fn is_derived(given: Given<'_>, counts: (u64, u64)) -> bool {
    matches!(frequency(given, counts), Frequency::Cell(cell::DERIVED))
}

/// True for what can be a frequency, but for the rounding of a sum.
pub(super) fn is_frequency(value: f64) -> bool {
    (0.0..=1.0 + 1e-6).contains(&value)
}

/// True where a stated frequency may be the exact one, written with fewer digits: they differ by no more than one
/// in the last digit that is not a 0, nor by 0.005 or more. The rule is the same for text and for BCF, whose numbers
/// of single precision are taken as the shortest decimals that they are: 0.3968 is four digits in both. Zeros at
/// the end say nothing, as BCF does not keep them; and what single precision cannot tell apart is alike.
fn is_alike(stated: f64, unit: f64, exact: f64) -> bool {
    let difference = (stated - exact).abs();
    difference <= unit.max(exact * f64::from(f32::EPSILON)) && difference < 0.005
}
