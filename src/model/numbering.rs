//! Where in a transcript an allele is, in the numbers people use: exons, introns, positions.

use std::fmt;

use serde::{Serialize, Serializer};

use super::text::push_number;

/// The exons, or the introns, that are touched, counted from 1 in the direction of transcription.
///
/// Displayed, it is `3/12` or `2-4/11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Numbers {
    /// The first one.
    pub first: u32,
    /// The last one.
    pub last: u32,
    /// How many the transcript has.
    pub total: u32,
}

/// The positions at both ends of a change, 1-based, either of which may be where there is no such position.
///
/// Displayed, it is `7` or `7-9`, with `?` for an end without a position; empty where neither has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ends {
    /// The first one.
    pub first: Option<u32>,
    /// The last one.
    pub last: Option<u32>,
}

impl Numbers {
    /// Appends it.
    pub fn push(self, out: &mut String) {
        push_number(out, self.first);
        if self.last != self.first {
            out.push('-');
            push_number(out, self.last);
        }
        out.push('/');
        push_number(out, self.total);
    }
}

impl Ends {
    /// Each end changed in the same way.
    pub fn map(self, each: impl Fn(u32) -> u32) -> Self {
        self.and_then(|position| Some(each(position)))
    }

    /// Each end changed in the same way, or lost.
    pub fn and_then(self, each: impl Fn(u32) -> Option<u32>) -> Self {
        Self { first: self.first.and_then(&each), last: self.last.and_then(&each) }
    }

    /// The ends, where there is one.
    pub fn known(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }

    /// Appends it.
    pub fn push(self, out: &mut String) {
        let push = |out: &mut String, position: Option<u32>| match position {
            Some(position) => push_number(out, position),
            None => out.push('?'),
        };
        if self.known().is_none() {
            return;
        }
        push(out, self.first);
        if self.first != self.last {
            out.push('-');
            push(out, self.last);
        }
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push(&mut text);
        f.write_str(&text)
    }
}

impl fmt::Display for Ends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push(&mut text);
        f.write_str(&text)
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Ends {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ends_are_written_as_annotation_tables_have_them() {
        assert_eq!(Numbers { first: 3, last: 3, total: 12 }.to_string(), "3/12");
        assert_eq!(Numbers { first: 2, last: 4, total: 11 }.to_string(), "2-4/11");
        let ends = |first, last| Ends { first, last }.to_string();
        assert_eq!(ends(Some(7), Some(7)), "7");
        assert_eq!(ends(Some(7), Some(9)), "7-9");
        assert_eq!(ends(None, Some(9)), "?-9");
        assert_eq!(ends(Some(7), None), "7-?");
        assert_eq!(ends(None, None), "");
        assert_eq!(serde_json::to_string(&Ends { first: None, last: Some(9) }).unwrap(), "\"?-9\"");
    }
}
