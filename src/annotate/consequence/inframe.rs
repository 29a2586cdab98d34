//! Changes of length that keep the reading frame.

use crate::annotate::edit::change::CodingChange;
use crate::annotate::translate::STOP;
use crate::model::consequence::{Term, Terms};

/// `inframe_insertion` where the new residues keep the old ones at one end, `inframe_deletion` where bases are
/// only taken away, `protein_altering_variant` otherwise.
///
/// Source: Sequence Ontology SO:0001821, SO:0001822, SO:0001818; the border between them as Ensembl Variation
/// draws it.
pub fn terms(change: &CodingChange) -> Terms {
    if change.shifts_frame() || change.gain == 0 {
        return Terms::NONE;
    }
    let (old, new) = (&change.reference_residues, &change.alternate_residues);
    if change.gain > 0 && new.starts_with(old) {
        return Terms::of(Term::InframeInsertion);
    }
    if change.gain > 0 && new.ends_with(old) {
        // Old residues behind a new stop are not kept.
        let cut_off = new[..new.len() - old.len()].contains(&STOP);
        return if cut_off { Terms::NONE } else { Terms::of(Term::InframeInsertion) };
    }
    if change.gain < 0 && is_only_removal(&change.reference_codons, &change.alternate_codons) {
        return Terms::of(Term::InframeDeletion);
    }
    if old.first() == Some(&STOP) || new.first() == Some(&STOP) {
        return Terms::NONE;
    }
    Terms::of(Term::ProteinAltering)
}

/// True where the new codons are the old ones with one stretch taken out.
fn is_only_removal(old: &[u8], new: &[u8]) -> bool {
    let prefix = old.iter().zip(new).take_while(|(x, y)| x == y).count();
    let suffix = old.iter().rev().zip(new.iter().rev()).take_while(|(x, y)| x == y).count();
    prefix + suffix >= new.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removal_leaves_both_ends() {
        assert!(is_only_removal(b"GTGACTGAA", b"GTA"));
        assert!(is_only_removal(b"TTT", b""));
        assert!(!is_only_removal(b"CGCGTGCAG", b"TTG"));
    }
}
