//! The stop codon, and new stops.

use crate::annotate::edit::change::CodingChange;
use crate::annotate::edit::protein_effect::ProteinEffect;
use crate::annotate::translate::STOP;
use crate::model::consequence::{Term, Terms};

/// `stop_gained`, `stop_lost` and `stop_retained_variant`.
///
/// A stop is gained where the codons touched hold one that the reference did not, or where translation ends at
/// the first residue that changes; lost where the codons touched no longer hold it, or where an insertion right
/// in front of it makes the stop the first residue to change; retained where a touched stop leaves the protein as
/// it is.
pub fn terms(change: &CodingChange, effect: &ProteinEffect, stop: usize) -> Terms {
    let old = change.reference_residues.contains(&STOP);
    let new = change.alternate_residues.contains(&STOP);
    if let ProteinEffect::Unchanged { end, .. } = effect {
        let at_stop = *end > stop && (old || change.gain != 0);
        return if at_stop { Terms::of(Term::StopRetained) } else { Terms::NONE };
    }
    let right_in_front = change.start == change.end && change.end as usize == 3 * stop;
    let touched = change.end as usize > 3 * stop || right_in_front;
    if matches!(effect, ProteinEffect::Extension { .. }) && touched {
        return Terms::of(Term::StopLost);
    }
    match (old, new) {
        (false, true) => Terms::of(Term::StopGained),
        (true, false) => Terms::of(Term::StopLost),
        (true, true) => both(change),
        (false, false) if matches!(effect, ProteinEffect::Nonsense { .. }) && !change.shifts_frame() => {
            Terms::of(Term::StopGained)
        }
        _ => Terms::NONE,
    }
}

/// The stop is touched and there still is one: earlier, at the same residue, or further on.
fn both(change: &CodingChange) -> Terms {
    let at = |residues: &[u8]| residues.iter().position(|&r| r == STOP);
    let (old, new) = (at(&change.reference_residues), at(&change.alternate_residues));
    if old == new { Terms::of(Term::StopRetained) } else { Terms::NONE }
}
