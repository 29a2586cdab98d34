//! What differs in every comparison and says nothing of the answers: hashes, the program's version, times of the log.

use std::borrow::Cow;

/// Shortest run of hexadecimal digits that is taken for a hash; shown hashes are shortened to sixteen.
const SHORTEST_HASH: usize = 16;

/// A text with each hash, version of the program and time of day put as a word in guillemets.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let starts_word = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let found = if starts_word && bytes[at].is_ascii_alphanumeric() { token(&text[at..]) } else { None };
        match found {
            Some((length, word)) => {
                out.push_str(&text[copied..at]);
                out.push_str(word);
                at += length;
                copied = at;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// What is masked at the start of a text: its length and the word for it.
fn token(text: &str) -> Option<(usize, &'static str)> {
    hash(text)
        .map(|length| (length, "‹hash›"))
        .or_else(|| version(text).map(|length| (length, "Ithaca ‹version›")))
        .or_else(|| time(text).map(|length| (length, "‹time›")))
}

/// Lower-case hexadecimal digits, of them at least one letter and one figure: a sequence of bases is no hash.
fn hash(text: &str) -> Option<usize> {
    let word = text.find(|c: char| !c.is_ascii_alphanumeric()).map_or(text, |end| &text[..end]);
    let digits = word.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let mixed = word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_lowercase());
    (word.len() >= SHORTEST_HASH && digits && mixed).then_some(word.len())
}

/// `ithaca 0.1.0`, in either case.
fn version(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("ithaca ").or_else(|| text.strip_prefix("Ithaca "))?;
    let number = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(rest, |end| &rest[..end]);
    let number = number.trim_end_matches('.');
    let parts: Vec<&str> = number.split('.').collect();
    (parts.len() == 3 && parts.iter().all(|part| !part.is_empty())).then(|| "ithaca ".len() + number.len())
}

/// `2026-11-21T09:08:07.123456Z`, as the log writes it. A date alone is an answer.
fn time(text: &str) -> Option<usize> {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let bytes = text.as_bytes();
    let fits = |(byte, form): (&u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == form };
    if bytes.len() < FORM.len() || !bytes.iter().zip(FORM).all(fits) {
        return None;
    }
    let rest = &text[FORM.len()..];
    Some(
        FORM.len() + rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == 'Z')).unwrap_or(rest.len()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_versions_and_times_are_masked() {
        for (text, expected) in [
            ("ITH-f2489fc27062b9a7 (draft)", "ITH-‹hash› (draft)"),
            ("Ithaca 0.1.0, of today", "Ithaca ‹version›, of today"),
            ("by ithaca 12.0.3.", "by Ithaca ‹version›."),
            ("2026-12-01T12:42:46.808246Z  INFO done", "‹time›  INFO done"),
            ("a é 3541def9d1b603c9 é", "a é ‹hash› é"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn answers_are_not_masked() {
        for text in [
            "acacacacacacacacacac",
            "12345678901234567890",
            "ENST99000000200.12:c.275C>A",
            "2026-12-01",
            "Ithaca reads VCF",
            "ithaca 0.1",
            "1c2833",
            "chr1:g.2389G>T",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
