//! Splits a list written by hand: `;`, `,`, `&`, "and" and line ends, mixed as they come.

/// The items of a list, without empty ones.
pub(super) fn split(text: &str) -> Vec<String> {
    let text = text.replace(" and/or ", ";").replace(" AND/OR ", ";");
    let mut items = vec![String::new()];
    for (line_number, line) in text.split(['\n', ';', ',', '&']).enumerate() {
        if line_number > 0 {
            items.push(String::new());
        }
        for word in line.split_whitespace() {
            if word.eq_ignore_ascii_case("and") {
                items.push(String::new());
            } else if let Some(item) = items.last_mut() {
                if !item.is_empty() {
                    item.push(' ');
                }
                item.push_str(word);
            }
        }
    }
    items.retain(|item| !item.is_empty());
    if let Some(last) = items.last_mut()
        && last.ends_with('.')
    {
        last.pop();
    }
    items
}

/// Which separators a list uses.
pub(super) fn separators(text: &str) -> Vec<&'static str> {
    let words = || text.split_whitespace();
    let tests = [
        (";", text.contains(';')),
        (",", text.contains(',')),
        ("&", text.contains('&')),
        ("and", words().any(|word| word.eq_ignore_ascii_case("and"))),
        ("/", text.contains('/')),
        ("line end", text.contains('\n')),
    ];
    tests.into_iter().filter(|(_, used)| *used).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_separator_and_any_mixture() {
        for text in [
            "A1; B2; C3",
            "A1;B2;C3;",
            "A1, B2 and C3",
            "A1 & B2, and C3.",
            "A1\nB2\nC3",
            "A1 ;B2 AND C3",
            "A1,B2 and/or C3",
        ] {
            assert_eq!(split(text), ["A1", "B2", "C3"], "{text}");
        }
        assert_eq!(split("SAND1 band"), ["SAND1 band"]);
        assert!(split(" ; ").is_empty());
        assert_eq!(separators("A1; B2, C3 and D4"), [";", ",", "and"]);
    }
}
