//! One difference, and those of a file.

/// A difference at one place of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Where: a path in JSON, the row and column of a table, the heading in a page.
    pub place: String,
    /// The place without the numbers and names that differ from file to file, by which like differences are joined.
    pub kind: String,
    /// What differs.
    pub what: What,
}

/// What differs at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The base has one value, the branch another.
    Changed {
        /// The base's.
        before: String,
        /// The branch's.
        after: String,
    },
    /// Only the branch has it.
    Added(String),
    /// Only the base has it.
    Removed(String),
    /// A remark in words: the order alone, the markup alone.
    Only(String),
}

impl Change {
    /// A difference whose place is the same in every file of its kind.
    pub fn at(place: impl Into<String>, what: What) -> Self {
        let place = place.into();
        Self { kind: place.clone(), place, what }
    }
}

/// What two versions of a file differ in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What differs, in the order of the file.
    pub changes: Vec<Change>,
    /// Places that differ in a hash, a version or a time only.
    pub masked: usize,
}

/// A value and its replacement, long ones cut down to what differs with a little around it.
pub fn excerpts(before: &str, after: &str) -> (String, String) {
    const SHORT: usize = 160;
    const AROUND: usize = 40;
    let (a, b): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    if a.len() <= SHORT && b.len() <= SHORT {
        return (before.to_owned(), after.to_owned());
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let room = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(room).take_while(|(x, y)| x == y).count();
    let (start, end) = (head.saturating_sub(AROUND), tail.saturating_sub(AROUND));
    let cut = |all: &[char]| {
        let middle = &all[start..all.len() - end];
        let shown: String = middle.iter().take(4 * SHORT).collect();
        let more = if middle.len() > 4 * SHORT || end > 0 { "…" } else { "" };
        format!("{}{shown}{more}", if start > 0 { "…" } else { "" })
    };
    (cut(&a), cut(&b))
}

/// A text that only one side has, cut at the end where it is long.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 300;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_to_what_differs() {
        let (head, tail) = ("a".repeat(300), "z".repeat(300));
        let (before, after) = excerpts(&format!("{head}ONE{tail}"), &format!("{head}two{tail}"));
        assert_eq!(before, format!("…{}ONE{}…", "a".repeat(40), "z".repeat(40)));
        assert_eq!(after, format!("…{}two{}…", "a".repeat(40), "z".repeat(40)));
        assert_eq!(excerpts("x", "y"), ("x".to_owned(), "y".to_owned()));
    }

    #[test]
    fn a_repeat_that_grows_is_not_counted_twice() {
        let (before, after) = excerpts(&"a".repeat(200), &"a".repeat(201));
        assert!(before.starts_with('…') && after.starts_with('…'));
        assert_eq!(after.chars().count(), before.chars().count() + 1);
    }
}
