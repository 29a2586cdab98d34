//! An edit as seen along one transcript, at one of its equivalent placements.

use super::{Bases, Edit, roll};
use crate::annotate::layout::Layout;
use crate::annotate::translate::reverse_complement;
use crate::model::transcript::Strand;

/// An edit in pre-mRNA coordinates of a transcript: 0-based, counted from the transcript's first base in the
/// direction of transcription, introns included; negative before it. Replaces `[start, end)` by `inserted`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oriented {
    /// First base removed.
    pub start: i64,
    /// One past the last base removed; equal to `start` for an insertion.
    pub end: i64,
    /// Bases put in, transcript strand.
    pub inserted: Bases,
}

impl Oriented {
    /// The edit after moving it `shift` bases along the forward strand of the genome.
    pub fn at(edit: &Edit, layout: &Layout<'_>, shift: i64) -> Self {
        let from = i64::from(edit.start) + shift;
        let to = from + i64::from(edit.removed_length());
        let mut inserted =
            if edit.is_movable() { roll::rotated(&edit.inserted, shift) } else { edit.inserted.clone() };
        let (start, end) = match layout.strand() {
            Strand::Forward => (layout.pre_boundary(from), layout.pre_boundary(to)),
            Strand::Reverse => {
                reverse_complement(&mut inserted);
                (layout.pre_boundary(to), layout.pre_boundary(from))
            }
        };
        Self { start, end, inserted }
    }

    /// True where no base is removed.
    pub fn is_insertion(&self) -> bool {
        self.start == self.end
    }

    /// First base touched, and last base touched, both inclusive; for an insertion the last is the base before
    /// and the first the base behind the point.
    pub fn inclusive(&self) -> (i64, i64) {
        (self.start, self.end - 1)
    }

    /// Bases gained; negative for bases lost.
    pub fn gain(&self) -> i64 {
        self.inserted.len() as i64 - (self.end - self.start)
    }
}
