//! Changes that keep the number of bases.

use crate::annotate::edit::change::CodingChange;
use crate::annotate::translate::{STOP, UNKNOWN};
use crate::model::consequence::{Term, Terms};

/// `synonymous_variant` where all residues stay, `missense_variant` where one changes and no stop is involved,
/// `coding_sequence_variant` where it cannot be told.
pub fn terms(change: &CodingChange) -> Terms {
    if change.gain != 0 || change.shifts_frame() {
        return Terms::NONE;
    }
    let (old, new) = (&change.reference_residues, &change.alternate_residues);
    if old.contains(&UNKNOWN) || new.contains(&UNKNOWN) {
        return Terms::of(Term::CodingSequence);
    }
    if old.contains(&STOP) || new.contains(&STOP) {
        return Terms::NONE;
    }
    Terms::of(if old == new { Term::Synonymous } else { Term::Missense })
}
