//! The start codon.

use super::touch::Touch;
use crate::annotate::edit::change::{apply, moved};
use crate::annotate::edit::oriented::Oriented;
use crate::annotate::layout::Layout;
use crate::annotate::sequence::Sequence;

/// What becomes of the start codon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// No base of it is touched.
    Untouched,
    /// It is touched, and translation still starts there.
    Retained,
    /// It is touched, and an equivalent placement lies wholly before it: the protein stays as it is.
    Elsewhere,
    /// It is lost.
    Lost,
}

/// Looks at the first codon. An annotation that does not reach the start codon has none to lose.
pub fn start(
    layout: &Layout<'_>,
    touch: &Touch,
    edit: &Oriented,
    upstream_room: i64,
    sequence: &Sequence,
) -> Start {
    let (Some(frame), Some((from, to))) = (&sequence.frame, touch.spliced) else { return Start::Untouched };
    let codon_end = (frame.start + 3).min(frame.end);
    let touched = if from == to {
        from > frame.start && from < codon_end
    } else {
        from < codon_end && to > frame.start
    };
    if frame.start_incomplete || !touched {
        return Start::Untouched;
    }
    let Some(spliced) = &touch.edit else { return Start::Lost };
    let mutated = apply(&sequence.bases, std::slice::from_ref(spliced));
    let at = frame.start as usize;
    let old = &sequence.bases[at..codon_end as usize];
    let new = mutated.get(at..at + old.len()).unwrap_or_default();
    if from >= frame.start && new == old {
        return Start::Retained;
    }
    let Some(first) = first_coding_base(layout, frame.start) else { return Start::Lost };
    if edit.end - first <= upstream_room {
        return Start::Elsewhere;
    }
    if from >= frame.start && frame.code.starts(old) && frame.code.starts(new) {
        return Start::Retained;
    }
    let behind = moved(std::slice::from_ref(spliced), codon_end) as usize;
    let kept = behind
        .checked_sub(3)
        .is_some_and(|at| mutated[at..behind] == sequence.bases[frame.start as usize..codon_end as usize]);
    // The bases removed and inserted may leave the same codon right before the second one; the base taken from it may
    // stand at the end of the exon before.
    if kept && to <= codon_end { Start::Elsewhere } else { Start::Lost }
}

/// Pre-mRNA offset of a spliced base.
pub fn first_coding_base(layout: &Layout<'_>, spliced: u32) -> Option<i64> {
    (0..layout.blocks()).map(|i| layout.block(i)).find_map(|block| {
        let length = (block.end - block.start) as u32;
        (block.spliced <= spliced && spliced < block.spliced + length)
            .then(|| block.start + i64::from(spliced - block.spliced))
    })
}
