//! One comparer a kind of file.

mod align;
mod html;
mod json;
mod table;
mod text;

use super::change::Comparison;

/// A comparer: the base's text and the branch's, already known to differ.
type Comparer = fn(&str, &str) -> Comparison;

/// Which comparer reads a file, by the end of its name; the last line takes what is left.
const COMPARERS: &[(&str, Comparer)] = &[
    (".json", json::compare),
    (".jsonl", json::compare_lines),
    (".tsv", table::compare),
    (".vcf", table::compare),
    (".html", html::compare),
    ("", text::compare),
];

/// What two versions of a file differ in.
pub fn compare(name: &str, before: &str, after: &str) -> Comparison {
    if before == after {
        return Comparison::default();
    }
    let comparer = COMPARERS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, comparer)| comparer);
    comparer.map_or_else(Comparison::default, |compare| compare(before, after))
}
