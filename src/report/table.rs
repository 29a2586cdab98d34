//! Tables of tab-separated values: a heading, then rows whose cells can be neither a new cell or row nor a formula.

use std::fmt::Display;

/// What starts a formula in a spreadsheet, in ASCII and in full width.
///
/// Source: OWASP Foundation, "CSV Injection", <https://owasp.org/www-community/attacks/CSV_Injection>.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The heading as a line.
pub(super) fn heading<const N: usize>(names: [&str; N]) -> String {
    names.join("\t") + "\n"
}

/// Adds a row.
pub(super) fn row(text: &mut String, cells: impl IntoIterator<Item = String>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            text.push('\t');
        }
        text.push_str(&clean(&cell));
    }
    text.push('\n');
}

/// A value, or an empty cell.
pub(super) fn shown<T: Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A cell without anything that ends it; one that a spreadsheet would calculate starts with an apostrophe.
fn clean(cell: &str) -> String {
    let plain: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match plain.trim_start().starts_with(FORMULA) {
        true => format!("'{plain}"),
        false => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_start_another_or_a_formula() {
        let mut text = heading(["a", "b"]);
        row(&mut text, ["x\ty\r\nz".to_owned(), shown(None::<u8>)]);
        row(&mut text, ["=HYPERLINK(\"http://x\")".to_owned(), "  @SUM(1)".to_owned()]);
        row(&mut text, ["\t+1".to_owned(), "c.-1G>A".to_owned()]);
        assert_eq!(text, "a\tb\nx y  z\t\n'=HYPERLINK(\"http://x\")\t'  @SUM(1)\n' +1\tc.-1G>A\n");
    }
}
