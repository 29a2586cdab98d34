//! Numbers from their bytes.

/// A whole number; `None` where the bytes are none, or it has more than 18 digits.
#[inline]
pub(super) fn integer(bytes: &[u8]) -> Option<i64> {
    let (digits, negative) = match bytes {
        [b'-', rest @ ..] => (rest, true),
        [b'+', rest @ ..] => (rest, false),
        _ => (bytes, false),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut value = 0i64;
    for digit in digits {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(if negative { -value } else { value })
}

/// A whole number however it is written: `5000.0`, `1e+05`; `None` where it is none, or too large to be exact.
pub(super) fn whole(bytes: &[u8]) -> Option<i64> {
    let (value, _) = float(bytes)?;
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i64)
}

/// Whole numbers up to here are exact in double precision.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// Powers of ten that a double holds exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// A number, and the worth of the last of its digits that is not a 0.
pub(super) fn float(bytes: &[u8]) -> Option<(f64, f64)> {
    if let Some(short) = short_float(bytes) {
        return Some(short);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    // "infinity" and the like are no numbers of a table; NaN is, in some, and means that there is none.
    let value: f64 = text.parse().ok().filter(|v: &f64| !v.is_infinite())?;
    let (digits, exponent) = match memchr::memchr2(b'e', b'E', bytes) {
        Some(at) => (&bytes[..at], integer(&bytes[at + 1..]).unwrap_or(0)),
        None => (bytes, 0),
    };
    let places = memchr::memchr(b'.', digits).map_or(0, |at| digits.len() - at - 1);
    let zeros = digits.iter().rev().filter(|c| **c != b'.').take_while(|c| **c == b'0').count();
    let unit = 10f64.powi((exponent.clamp(-400, 400) - places as i64 + zeros as i64) as i32);
    Some((value, unit))
}

/// A number of at most fifteen digits and a small exponent: its digits as a whole number and the power of ten are
/// both exact, so that one division or multiplication rounds once and gives the nearest double (Clinger 1990).
fn short_float(bytes: &[u8]) -> Option<(f64, f64)> {
    let (mantissa, exponent) = match bytes.iter().position(|c| matches!(c, b'e' | b'E')) {
        Some(at) => (&bytes[..at], integer(&bytes[at + 1..])?),
        None => (bytes, 0),
    };
    let (mut digits, mut count, mut places) = (0u64, 0, None);
    for &c in mantissa {
        match c {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(c - b'0');
                count += 1;
                places = places.map(|places: i64| places + 1);
            }
            b'.' if places.is_none() => places = Some(0),
            _ => return None,
        }
        if count > 15 {
            return None;
        }
    }
    if count == 0 {
        return None;
    }
    let power = exponent.checked_sub(places.unwrap_or(0))?;
    let ten = *TENS.get(usize::try_from(power.unsigned_abs()).ok()?)?;
    let mut unit = if power < 0 { 1.0 / ten } else { ten };
    let mut rest = digits;
    while rest != 0 && rest.is_multiple_of(10) {
        rest /= 10;
        unit *= 10.0;
    }
    let digits = digits as f64;
    Some((if power < 0 { digits / ten } else { digits * ten }, unit))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in ["0", "-1", "+7", "123456789012345678", "007"] {
            assert_eq!(integer(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in ["", "-", "1.5", "x", "1234567890123456789", "1 "] {
            assert_eq!(integer(text.as_bytes()), None, "{text}");
        }
        let near = |text: &str, value: f64, unit: f64| {
            let (v, u) = float(text.as_bytes()).unwrap();
            assert!(v == value && (u / unit - 1.0).abs() < 1e-12, "{text}: {v} {u}");
        };
        near("0.0012", 0.0012, 1e-4);
        near("6.57e-06", 6.57e-6, 1e-8);
        near("5", 5.0, 1.0);
        near("0.50", 0.5, 0.1);
        near("120", 120.0, 10.0);
        near("0.10000000000000000000", 0.1, 0.1);
        assert!(float(b"nan").unwrap().0.is_nan());
        assert!(float(b"inf").is_none() && float(b"a").is_none() && float(b"").is_none());
        for text in [".", "e5", "1.2.3", "1e", "--1", "1e1.5", " 1"] {
            assert!(float(text.as_bytes()).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn decimals_are_read_as_the_standard_library_reads_them(
            digits in "[0-9]{0,18}", places in "(\\.[0-9]{0,8})?", exponent in "([eE][+-]?[0-9]{1,2})?",
            sign in "-?",
        ) {
            let text = format!("{sign}{digits}{places}{exponent}");
            let expected: Option<f64> = text.parse().ok();
            prop_assert_eq!(float(text.as_bytes()).map(|(v, _)| v.to_bits()), expected.map(f64::to_bits), "{}", text);
        }
    }
}
