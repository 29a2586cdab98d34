//! The stop codon, and new stops.

use crate::annotate::edit::change::CodingChange;
use crate::annotate::edit::protein_effect::ProteinEffect;
use crate::annotate::translate::STOP;
use crate::model::consequence::{Term, Terms};

/// `stop_gained`, `stop_lost` and `stop_retained_variant`.
///
/// A stop is gained where the codons touched hold one that the reference did not, or where translation ends at
/// the first residue that changes; lost where the codons touched no longer hold it; retained where a touched stop
/// leaves the protein as it is. An insertion right in front of the stop codon changes none of its bases and does
/// not lose it, although the protein may be named as extended.
///
/// Source: Sequence Ontology SO:0001587, SO:0001578 ("at least one base of the terminator codon is changed"),
/// SO:0001567.
pub fn terms(change: &CodingChange, effect: &ProteinEffect, stop: usize) -> Terms {
    let old = change.reference_residues.contains(&STOP);
    let new = change.alternate_residues.contains(&STOP);
    if let ProteinEffect::Unchanged { end, .. } = effect {
        // An internal stop may be kept as well, where the annotation has one.
        let at_stop = (*end > stop && (old || change.gain != 0)) || new;
        return if at_stop { Terms::of(Term::StopRetained) } else { Terms::NONE };
    }
    let right_in_front = change.start == change.end && change.end as usize == 3 * stop;
    if matches!(effect, ProteinEffect::Extension { .. }) {
        if right_in_front {
            return Terms::NONE;
        }
        if change.end as usize > 3 * stop {
            return Terms::of(Term::StopLost);
        }
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

/// The stop is touched and there still is one: at the same residue, or one behind where one codon is inserted in it
/// (retained; longer insertions are in-frame insertions alone, as Ensembl Variation has it); or, where whole codons
/// come or go, earlier than their number accounts for (gained).
fn both(change: &CodingChange) -> Terms {
    let at = |residues: &[u8]| residues.iter().position(|&r| r == STOP).unwrap_or_default() as i64;
    let (old, new) = (at(&change.reference_residues), at(&change.alternate_residues));
    if new == old || (change.gain == 3 && new == old + 1) {
        return Terms::of(Term::StopRetained);
    }
    if !change.shifts_frame() && new < old.min(old + change.gain / 3) {
        return Terms::of(Term::StopGained);
    }
    Terms::NONE
}
