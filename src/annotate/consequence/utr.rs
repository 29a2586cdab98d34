//! Untranslated regions of coding transcripts.

use super::touch::Touch;
use crate::model::consequence::{Term, Terms};

/// `5_prime_UTR_variant` and `3_prime_UTR_variant`. An insertion at the border between an untranslated region
/// and the coding sequence changes no coding base and counts as untranslated.
pub fn terms(touch: &Touch) -> Terms {
    let mut terms = Terms::NONE;
    if touch.five_prime {
        terms.insert(Term::FivePrimeUtr);
    }
    if touch.three_prime {
        terms.insert(Term::ThreePrimeUtr);
    }
    terms
}
