//! Test codes: `R59.3`, `M4.14`.

/// The Directory's spelling of a code: upper case, no outer space, and a full stop where Genomics England's
/// records write a hyphen (`R13-1`).
pub fn normalise(code: &str) -> String {
    let code = code.trim().to_uppercase();
    match code.split_once('-') {
        Some((indication, suffix)) if is_indication(indication) && is_number(suffix) => {
            format!("{indication}.{suffix}")
        }
        _ => code,
    }
}

/// True for the pattern of a test code: a letter R or M, a number, a full stop, a number.
pub fn is_test_code(code: &str) -> bool {
    code.split_once('.').is_some_and(|(indication, suffix)| is_indication(indication) && is_number(suffix))
}

/// True for the pattern of a clinical indication: a letter R or M and a number.
pub fn is_indication(code: &str) -> bool {
    code.strip_prefix(['R', 'M']).is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_brought_to_one_spelling() {
        for text in ["R13.1", " r13.1 ", "R13-1"] {
            assert_eq!(normalise(text), "R13.1");
        }
        assert_eq!(normalise("R13-X"), "R13-X");
    }

    #[test]
    fn the_pattern_of_a_code() {
        assert!(is_test_code("R59.3") && is_test_code("M4.14"));
        for bad in ["R59", "R.3", "R59.", "X59.3", "R59.3.1", "R 59.3", "R59.3a", ""] {
            assert!(!is_test_code(bad), "{bad}");
        }
        assert!(is_indication("R59") && !is_indication("R59.3"));
    }
}
