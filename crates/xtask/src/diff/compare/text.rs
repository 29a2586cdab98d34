//! Any other text, line by line.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::diff::change::{Change, Comparison, What, excerpt, excerpts};
use crate::diff::mask::masked;

/// Compares two texts.
pub fn compare(before: &str, after: &str) -> Comparison {
    let (base, branch): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let mut comparison = lines(&base, &branch, |line| (format!("line {}", line + 1), "line".to_owned()));
    if comparison.changes.is_empty() && comparison.masked == 0 {
        comparison.changes.push(Change::at("", What::Only("ends of lines alone".to_owned())));
    }
    comparison
}

/// Compares lines; `place` names where a line of the base is, and the same without what differs from file to file.
pub fn lines(before: &[&str], after: &[&str], place: impl Fn(usize) -> (String, String)) -> Comparison {
    let at = |line: usize, what: What| {
        let (place, kind) = place(line);
        Change { place, kind, what }
    };
    let base: Vec<_> = before.iter().map(|line| masked(line)).collect();
    let branch: Vec<_> = after.iter().map(|line| masked(line)).collect();
    let mut comparison = Comparison::default();
    for op in capture_diff_slices(Algorithm::Patience, &base, &branch) {
        let (old, new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            comparison.masked += old.zip(new).filter(|(a, b)| before[*a] != after[*b]).count();
            continue;
        }
        let paired = old.len().min(new.len());
        for (a, b) in old.clone().zip(new.clone()) {
            let (before, after) = excerpts(before[a].trim_end(), after[b].trim_end());
            comparison.changes.push(at(a, What::Changed { before, after }));
        }
        for line in old.clone().skip(paired) {
            comparison.changes.push(at(line, What::Removed(excerpt(before[line]))));
        }
        for line in new.skip(paired) {
            comparison.changes.push(at(old.end.saturating_sub(1), What::Added(excerpt(after[line]))));
        }
    }
    comparison
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_change_come_and_go() {
        let comparison = compare("a\nb\nc\n", "a\nB\nc\nd\n");
        let what: Vec<_> = comparison.changes.into_iter().map(|change| change.what).collect();
        let changed = What::Changed { before: "b".to_owned(), after: "B".to_owned() };
        assert_eq!(what, [changed, What::Added("d".to_owned())]);
        let what: Vec<_> = compare("a\nb\n", "b\n").changes.into_iter().map(|change| change.what).collect();
        assert_eq!(what, [What::Removed("a".to_owned())]);
    }

    #[test]
    fn masked_lines_are_counted() {
        let comparison = compare("plan 3541def9d1b603c9\nx\n", "plan 0541def9d1b603c9\nx\n");
        assert_eq!(comparison, Comparison { changes: vec![], masked: 1 });
    }

    #[test]
    fn ends_of_lines_are_a_difference() {
        assert_eq!(compare("a\n", "a\r\n").changes.len(), 1);
    }
}
