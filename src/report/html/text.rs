//! Text from outside, made safe to look at.

use std::borrow::Cow;

/// The text with every character that would act on a page or a terminal, rather than be seen, replaced by
/// one that is seen: control characters by their pictures, bidirectional overrides (which can show a
/// reader another order than the bytes have) by a mark with their number.
pub(in crate::report) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            // U+2400 onwards are the pictures of the control characters.
            '\0'..='\u{1f}' => seen.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
            '\u{7f}' => seen.push('\u{2421}'),
            c if acts(c) => seen.push_str(&format!("[U+{:04X}]", c as u32)),
            c => seen.push(c),
        }
    }
    Cow::Owned(seen)
}

fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The text as a CSS string, quotes included. Everything but letters, digits and a few marks is written as
/// its number, so nothing can end the string, the rule or the style sheet.
pub(super) fn css_string(text: &str) -> String {
    let mut css = String::from("\"");
    for c in visible(text).chars() {
        if c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | ',' | '-' | '_' | ':') {
            css.push(c);
        } else {
            css.push_str(&format!("\\{:06x}", c as u32));
        }
    }
    css.push('"');
    css
}

/// A relative link: each folder and file name percent-encoded, never a scheme, a host or a way upwards.
pub(super) fn relative_link(path: &str) -> String {
    let mut link = String::from(".");
    for part in path.split('/').filter(|part| !matches!(*part, "" | "." | "..")) {
        link.push('/');
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
                link.push(char::from(byte));
            } else {
                link.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_acts_becomes_what_is_seen() {
        assert_eq!(visible("a\u{1b}[31mb\n"), "a␛[31mb␊");
        assert_eq!(visible("c.1\u{202e}A>G"), "c.1[U+202E]A>G");
        assert!(matches!(visible("Ångström c.76A>T"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_css_string_cannot_be_ended_from_within() {
        assert_eq!(css_string("R1 \"}</style>"), r#""R1 \000022\00007d\00003c\00002fstyle\00003e""#);
    }

    #[test]
    fn a_link_stays_below_its_folder() {
        assert_eq!(relative_link("R 1/report.html"), "./R%201/report.html");
        assert_eq!(relative_link("javascript:alert(1)"), "./javascript%3Aalert%281%29");
        assert_eq!(relative_link("//host/x"), "./host/x");
        assert_eq!(relative_link("../../etc/passwd"), "./etc/passwd");
    }

    proptest! {
        #[test]
        fn nothing_visible_acts(text in any::<String>()) {
            prop_assert!(!visible(&text).chars().any(acts));
            let link = relative_link(&text);
            prop_assert!(link.starts_with('.') && !link.contains(':') && !link.contains("//"));
            let css = css_string(&text);
            prop_assert!(!css[1..css.len() - 1].contains(['"', '<', '\n']));
        }
    }
}
