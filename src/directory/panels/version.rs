//! Order of panel versions: by number, part by part, so that 3.10 comes after 3.9.

use std::cmp::Ordering;

/// Compares two versions. Parts that are numbers compare as numbers; a text that is no number comes
/// before every number, and a missing part before a present one (`3` < `3.0`).
pub fn compare_versions(a: &str, b: &str) -> Ordering {
    let mut left = a.trim().trim_start_matches(['v', 'V']).split('.');
    let mut right = b.trim().trim_start_matches(['v', 'V']).split('.');
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(x), Some(y)) => match (x.parse::<u64>(), y.parse::<u64>()) {
                (Ok(x), Ok(y)) => x.cmp(&y),
                (Ok(_), Err(_)) => Ordering::Greater,
                (Err(_), Ok(_)) => Ordering::Less,
                (Err(_), Err(_)) => x.cmp(y),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_compare_as_numbers() {
        let mut versions = ["3.10", "3.9", "10.0", "2.1", "3", "3.9.1", "beta", "v3.11"];
        versions.sort_by(|a, b| compare_versions(a, b));
        assert_eq!(versions, ["beta", "2.1", "3", "3.9", "3.9.1", "3.10", "v3.11", "10.0"]);
    }
}
