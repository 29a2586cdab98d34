//! The date of a run: given, or today's. This is the one place where the clock is read.

use std::time::{SystemTime, UNIX_EPOCH};

/// The date given, checked, or today's in UTC; ISO 8601.
///
/// # Errors
/// When the date given is not of the form `2026-01-31` or does not exist.
pub fn run_date(given: Option<&str>) -> Result<String, String> {
    match given {
        Some(text) if is_date(text) => Ok(text.to_owned()),
        Some(text) => Err(format!("'{text}' is not a date; write it as YYYY-MM-DD")),
        None => Ok(today()),
    }
}

/// Today's date in UTC; ISO 8601.
#[expect(clippy::disallowed_methods, reason = "the run date enters here, once, and is passed down")]
pub fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (year, month, day) = civil(seconds / 86_400);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The calendar day that is `days` after 1970-01-01.
fn civil(mut days: u64) -> (u64, u64, u64) {
    let mut year = 1970;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let mut month = 1;
    while days >= days_in(year, month) {
        days -= days_in(year, month);
        month += 1;
    }
    (year, month, days + 1)
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

fn days_in(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, width: usize| {
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u64>().ok())?
    };
    match (number(year, 4), number(month, 2), number(day, 2)) {
        (Some(year), Some(month @ 1..=12), Some(day)) => (1..=days_in(year, month)).contains(&day),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_454), (2026, 1, 1));
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused() {
        for good in ["2026-11-21", "2024-02-29"] {
            assert!(run_date(Some(good)).is_ok(), "{good}");
        }
        for bad in ["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "today", "2026-01-01-01"] {
            assert!(run_date(Some(bad)).is_err(), "{bad}");
        }
    }
}
