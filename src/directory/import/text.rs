//! Bytes of a saved sheet to text: UTF-8, UTF-16 ("Unicode text" of office programs) or Windows-1252.

use crate::directory::lint::{Lint, Severity};

/// What a file is that is no text, where that can be told.
pub(super) fn not_text(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 2] = [(b"%PDF", "a PDF"), (b"\x1f\x8b", "a gzipped file")];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Some("an empty file");
    }
    KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// The text, without byte order mark.
pub(super) fn decode(bytes: &[u8]) -> (String, Vec<Lint>) {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return (utf16(rest, u16::from_le_bytes), Vec::new());
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return (utf16(rest, u16::from_be_bytes), Vec::new());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Vec::new()),
        Err(error) => {
            let lint = Lint::new(
                Severity::Note,
                0,
                "file",
                format!("byte {}", error.valid_up_to() + 1),
                "not UTF-8, read as Windows-1252",
                "save the sheet as CSV UTF-8",
            );
            (bytes.iter().map(|byte| windows_1252(*byte)).collect(), vec![lint])
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Windows-1252: Latin-1, but for the marks at 0x80 to 0x9F (the en dash of indication names is 0x96).
fn windows_1252(byte: u8) -> char {
    const MARKS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => MARKS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_in_every_encoding() {
        let text = "a – b";
        let utf16: Vec<u8> =
            [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16).0, text);
        assert_eq!(decode(b"a \x96 b").0, text);
        assert_eq!(decode(b"a \x96 b").1.len(), 1);
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()), (text.to_owned(), Vec::new()));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(not_text(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(not_text(b" \n"), Some("an empty file"));
        assert_eq!(not_text(b"Test ID"), None);
    }
}
