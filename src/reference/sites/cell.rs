//! One value of one row while it is being encoded or decoded: 64 bits, whatever its kind.
//!
//! An integer is itself, a number the bits of its `f64`, text its place in a dictionary, a flag 1. Two patterns
//! that none of these has mark what is not a value.

/// No value is given.
pub(crate) const MISSING: u64 = 1 << 63;
/// The frequency is the quotient of the row's own counts.
pub(crate) const DERIVED: u64 = MISSING | 1;

/// The farthest from 0 that a whole number may be.
const MOST: u64 = 1 << 62;

/// A whole number; `None` where it is too large to be kept.
pub(crate) fn integer(value: i64) -> Option<u64> {
    (value.unsigned_abs() < MOST).then_some(value as u64)
}

/// A number; NaN is no value, and minus zero is zero.
pub(crate) fn float(value: f64) -> u64 {
    let bits = value.to_bits();
    if value == 0.0 {
        0
    } else if value.is_nan() || bits == DERIVED {
        // The least negative number there is has the bits of `DERIVED`; no source writes it.
        MISSING
    } else {
        bits
    }
}

/// True for a value.
pub(crate) fn is_value(cell: u64) -> bool {
    cell != MISSING && cell != DERIVED
}
