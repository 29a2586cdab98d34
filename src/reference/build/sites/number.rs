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

/// A number, and the worth of its last written digit.
pub(super) fn float(bytes: &[u8]) -> Option<(f64, f64)> {
    let text = std::str::from_utf8(bytes).ok()?;
    // "infinity" and the like are no numbers of a table; NaN is, in some, and means that there is none.
    let value: f64 = text.parse().ok().filter(|v: &f64| !v.is_infinite())?;
    let (digits, exponent) = match memchr::memchr2(b'e', b'E', bytes) {
        Some(at) => (&bytes[..at], integer(&bytes[at + 1..]).unwrap_or(0)),
        None => (bytes, 0),
    };
    let places = memchr::memchr(b'.', digits).map_or(0, |at| digits.len() - at - 1);
    let unit = 10f64.powi((exponent.clamp(-400, 400) - places as i64) as i32);
    Some((value, unit))
}

#[cfg(test)]
mod tests {
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
        assert!(float(b"nan").unwrap().0.is_nan());
        assert!(float(b"inf").is_none() && float(b"a").is_none() && float(b"").is_none());
    }
}
