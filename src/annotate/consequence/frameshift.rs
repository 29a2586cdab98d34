//! Changes of the reading frame.

use crate::annotate::edit::change::CodingChange;
use crate::annotate::edit::protein_effect::ProteinEffect;
use crate::model::consequence::{Term, Terms};

/// `frameshift_variant` where the number of coding bases changes by other than a multiple of three, unless the
/// protein stays as it is (the change lies in the stop codon and keeps it).
pub fn terms(change: &CodingChange, effect: &ProteinEffect) -> Terms {
    if change.shifts_frame() && !matches!(effect, ProteinEffect::Unchanged { .. }) {
        Terms::of(Term::Frameshift)
    } else {
        Terms::NONE
    }
}
