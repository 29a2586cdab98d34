//! Sequence Ontology terms of one edit on one transcript; one file per class of effect.

pub mod coding;
pub mod frameshift;
pub mod inframe;
pub mod noncoding;
pub mod regulatory;
pub mod splice;
pub mod start;
pub mod stop;
pub mod structural;
pub mod substitution;
pub mod touch;
pub mod upstream_downstream;
pub mod utr;

use super::edit::oriented::Oriented;
use super::edit::protein_effect::ProteinEffect;
use super::layout::Layout;
use super::sequence::Sequence;
use crate::annotate::edit::change::CodingChange;
use crate::model::consequence::{Term, Terms};
use touch::Touch;

/// Biotype of transcripts that carry a premature stop and are expected to decay.
pub(super) const NMD_BIOTYPE: &str = "nonsense_mediated_decay";

/// What one edit does to one transcript, at one placement.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The terms.
    pub terms: Terms,
    /// The change of the reading, where the edit lies wholly in the coding sequence.
    pub change: Option<CodingChange>,
    /// The effect on the protein; absent where the edit does not touch the coding sequence.
    pub protein: Option<ProteinEffect>,
}

/// Evaluates an edit at one placement. `upstream_room` is how many bases the edit could be moved from there
/// against the direction of transcription without changing the outcome. `sequence` is needed only where
/// [`Touch::needs_sequence`] says so.
pub fn evaluate(
    layout: &Layout<'_>,
    touch: &Touch,
    edit: &Oriented,
    upstream_room: i64,
    sequence: Option<&Sequence>,
) -> Outcome {
    let whole = structural::terms(layout, edit);
    if !whole.is_empty() {
        return Outcome { terms: whole, ..Outcome::default() };
    }
    let mut outcome = Outcome { terms: touch.splice.terms(touch.touches_exon_base), ..Outcome::default() };
    if layout.coding().is_some() {
        outcome.terms = outcome.terms.union(utr::terms(touch));
        if let Some(sequence) = sequence {
            coding::evaluate(layout, touch, edit, upstream_room, sequence, &mut outcome);
        }
        if layout.transcript.biotype == NMD_BIOTYPE {
            outcome.terms.insert(Term::NmdTranscript);
        }
    } else {
        outcome.terms = outcome.terms.union(noncoding::terms(touch, &layout.transcript));
    }
    outcome
}
