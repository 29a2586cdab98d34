//! The release a source states: in its title rows, or in its file's name.

use std::path::Path;

/// Said where neither the title nor the file's name states a release.
pub(super) const NOT_STATED: &str = "not stated";

/// The number after `version`, `release` or `v` in a text: `version 5.1`, `v7`, `version-6.1`.
pub(super) fn in_text(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    for key in ["version", "release", "v"] {
        for (at, _) in text.match_indices(key) {
            if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
                continue;
            }
            let rest = text[at + key.len()..].trim_start_matches([' ', '-', '_', ':', '.', '=']);
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
            let number = rest[..end].trim_matches('.');
            if number.starts_with(|c: char| c.is_ascii_digit()) {
                return Some(number.to_owned());
            }
        }
    }
    None
}

/// The release by the title rows, else by the file's name.
pub(super) fn of<'a>(titles: impl Iterator<Item = &'a str>, path: &Path) -> String {
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut titles = titles;
    titles.find_map(in_text).or_else(|| in_text(&name)).unwrap_or_else(|| NOT_STATED.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_after_the_words_for_a_release() {
        for (text, release) in [
            ("National Genomic Test Directory Version 5.1, June 2023", Some("5.1")),
            ("Rare-and-inherited-disease-national-genomic-test-directory-version-7.xlsx", Some("7")),
            ("RD_TD_v6", Some("6")),
            ("Test Directory, release 8.0.", Some("8.0")),
            ("Advice since 2019", None),
            ("revised 2023", None),
            ("", None),
        ] {
            assert_eq!(in_text(text).as_deref(), release, "{text}");
        }
    }

    #[test]
    fn the_title_goes_before_the_file_name() {
        let path = Path::new("directory-v7.csv");
        assert_eq!(of(["version 5.1"].into_iter(), path), "5.1");
        assert_eq!(of(["Test Directory"].into_iter(), path), "7");
        assert_eq!(of(std::iter::empty(), Path::new("directory.csv")), NOT_STATED);
    }
}
