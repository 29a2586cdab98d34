//! The dates that a source states of itself: in its title rows, in the name of its changes column, or in a field.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Dates in a text, as `2026-01` or `2026-01-31`: written `31 January 2026`, `Jan 2026`, `2026-01-31` or, in the
/// United Kingdom's order, `31/01/2026`. What is no date is passed over: titles hold much else.
pub(super) fn in_text(text: &str) -> Vec<String> {
    // `June, 2031` and `01.06.2031` are dates all the same.
    let text = dotted(&commaless(text));
    // Other punctuation parts what does not belong together: `version 5.1, June 2023` has no day.
    let parted = text.replace([',', '.', ';', ':', '(', ')', '_'], " | ");
    let tokens: Vec<&str> = parted.split([' ', '-', '/', '=', '\u{a0}']).filter(|t| !t.is_empty()).collect();
    let mut dates = Vec::new();
    for at in 0..tokens.len() {
        let token = |offset: usize| tokens.get(at + offset).copied().unwrap_or_default();
        let (a, b, c) = (token(0), token(1), token(2));
        let found = if let (Some(year), Some(month), Some(day)) = (year(a), number(b, 12), number(c, 31)) {
            Some(format!("{year}-{month:02}-{day:02}"))
        } else if let (Some(day), Some(month), Some(year)) = (short(a, 31), short(b, 12), year(c)) {
            Some(format!("{year}-{month:02}-{day:02}"))
        } else if let (Some(month), Some(year)) = (month(a), year(b).or_else(|| short_year(&parted, a, b))) {
            let before = at.checked_sub(1).and_then(|before| ordinal(tokens.get(before)?));
            Some(before.map_or(format!("{year}-{month:02}"), |day| format!("{year}-{month:02}-{day:02}")))
        } else {
            None
        };
        dates.extend(found);
    }
    dates
}

/// The dates of several texts, each once.
pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut dates: Vec<String> = texts.flat_map(in_text).collect();
    dates.sort();
    dates.dedup();
    dates
}

fn year(token: &str) -> Option<u32> {
    let year = token.parse().ok().filter(|_| token.len() == 4)?;
    (1990..=2999).contains(&year).then_some(year)
}

fn number(token: &str, most: u32) -> Option<u32> {
    // The day of a date-time ends before its `T`.
    let token = token.split_once('T').map_or(token, |(day, _)| day);
    let number = token.parse().ok().filter(|_| token.len() == 2)?;
    (1..=most).contains(&number).then_some(number)
}

/// A number of one digit or two: `1/6/2031`.
fn short(token: &str, most: u32) -> Option<u32> {
    let number = token.parse().ok().filter(|_| matches!(token.len(), 1 | 2))?;
    (1..=most).contains(&number).then_some(number)
}

/// `Jun-31` is a month and a year; `June 31` is a day of no year.
fn short_year(text: &str, month: &str, token: &str) -> Option<u32> {
    let year: u32 = token.parse().ok().filter(|_| token.len() == 2)?;
    text.contains(&format!("{month}-{token}")).then_some(2000 + year)
}

/// Without the comma between a month and a year.
fn commaless(text: &str) -> String {
    let parts: Vec<&str> = text.split(',').collect();
    let mut out = String::with_capacity(text.len());
    for (at, part) in parts.iter().enumerate() {
        out += part;
        let Some(next) = parts.get(at + 1) else { break };
        let word = part.split_whitespace().next_back().unwrap_or_default();
        let year_follows = next.split_whitespace().next().is_some_and(|token| year(token).is_some());
        out.push(if month(word).is_some() && year_follows { ' ' } else { ',' });
    }
    out
}

/// `01.06.2031` and `2031.06.01` with strokes.
fn dotted(text: &str) -> String {
    let whole = |token: &str| {
        let parts: Vec<&str> = token.split('.').collect();
        match parts[..] {
            [a, b, c] => {
                (short(a, 31).is_some() && short(b, 12).is_some() && year(c).is_some())
                    || (year(a).is_some() && short(b, 12).is_some() && short(c, 31).is_some())
            }
            _ => false,
        }
    };
    let stroked = |token: &str| {
        let bare = token.trim_end_matches('.');
        if whole(bare) { bare.replace('.', "/") } else { token.to_owned() }
    };
    text.split(' ').map(stroked).collect::<Vec<_>>().join(" ")
}

/// `3`, `03`, `3rd`.
fn ordinal(token: &str) -> Option<u32> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &token[digits.len()..];
    let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    ["", "st", "nd", "rd", "th"].contains(&tail).then_some(day)
}

fn month(token: &str) -> Option<usize> {
    let token = token.to_ascii_lowercase();
    let fits = |month: &&str| **month == token || (token.len() == 3 && month.starts_with(&token));
    MONTHS.iter().position(fits).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_titles_write_them() {
        for (text, dates) in [
            ("Test Directory, version 5.1, June 2023", &["2023-06"][..]),
            ("Published 3rd Apr 2026; last checked 01/05/2026", &["2026-04-03", "2026-05-01"]),
            ("2026-01-31T10:00:00Z", &["2026-01-31"]),
            ("Changes since last publication (May 2025)", &["2025-05"]),
            ("Published 1/6/2031", &["2031-06-01"]),
            ("Published 01.06.2031. Version 5.1", &["2031-06-01"]),
            ("2031.06.01", &["2031-06-01"]),
            ("June, 2031", &["2031-06"]),
            ("Jun-31", &["2031-06"]),
            ("June 31", &[]),
            ("220421_RD v6", &[]),
            ("may contain 2023 rows", &[]),
            ("99/99/2026", &[]),
            ("Mayor 2025, é 31 2026", &[]),
        ] {
            assert_eq!(in_text(text), dates, "{text}");
        }
        assert_eq!(of(["June 2023", "May 2022, June 2023"].into_iter()), ["2022-05", "2023-06"]);
    }
}
