//! Edits that touch the coding sequence.

use super::start::{self, Start};
use super::touch::Touch;
use super::{Outcome, frameshift, inframe, stop, substitution};
use crate::annotate::edit::change::{CodingChange, Tail};
use crate::annotate::edit::oriented::Oriented;
use crate::annotate::edit::protein_effect::{self, ProteinEffect};
use crate::annotate::layout::Layout;
use crate::annotate::sequence::Sequence;
use crate::annotate::translate::{STOP, UNKNOWN};
use crate::model::consequence::{Term, Terms};

/// How an edit touches the coding sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coding {
    /// Not at all.
    #[default]
    Untouched,
    /// Wholly inside, no intron base touched.
    Inside,
    /// Exon bases only, across the start or the end of the coding sequence.
    AcrossItsEdge,
    /// Intron bases as well, or bases that the transcript lacks: what is read cannot be told.
    AcrossAnIntron,
    /// Bases outside the transcript as well.
    AcrossTheTranscriptsEnd,
}

/// Adds terms, the change of the reading and the protein's effect to `outcome`.
pub fn evaluate(
    layout: &Layout<'_>,
    touch: &Touch,
    edit: &Oriented,
    upstream_room: i64,
    sequence: &Sequence,
    outcome: &mut Outcome,
) {
    match touch.coding {
        Coding::Untouched => {}
        Coding::AcrossAnIntron => {
            outcome.terms.insert(Term::CodingSequence);
            outcome.protein = Some(ProteinEffect::Unknown);
        }
        Coding::AcrossTheTranscriptsEnd => {
            let (terms, effect) = beyond_the_transcript(touch, sequence);
            outcome.terms = outcome.terms.union(terms);
            outcome.protein = Some(effect);
        }
        Coding::Inside | Coding::AcrossItsEdge => {
            let start = start::start(layout, touch, edit, upstream_room, sequence);
            let spliced = touch.edit.as_slice();
            outcome.change = CodingChange::new(sequence, spliced);
            let (terms, effect) = decide(touch, edit, start, sequence, outcome.change.as_ref());
            outcome.terms = outcome.terms.union(terms);
            outcome.protein = Some(effect);
        }
    }
}

/// Bases of the coding sequence are removed together with bases beside the transcript. What is left of the
/// transcript cannot be told, but a start or stop codon that is touched is lost.
fn beyond_the_transcript(touch: &Touch, sequence: &Sequence) -> (Terms, ProteinEffect) {
    let unknown = (Terms::of(Term::CodingSequence), ProteinEffect::Unknown);
    let (Some(frame), Some((from, to))) = (&sequence.frame, touch.spliced) else { return unknown };
    if from < frame.start + 3 && !frame.start_incomplete {
        return (Terms::of(Term::StartLost), ProteinEffect::StartLost);
    }
    if to + 3 > frame.end && sequence.protein.last() == Some(&STOP) {
        return (Terms::of(Term::StopLost), ProteinEffect::Unknown);
    }
    unknown
}

fn decide(
    touch: &Touch,
    edit: &Oriented,
    start: Start,
    sequence: &Sequence,
    change: Option<&CodingChange>,
) -> (Terms, ProteinEffect) {
    let mut terms = Terms::NONE;
    match start {
        Start::Lost => {
            terms.insert(Term::StartLost);
            if touch.coding == Coding::Inside {
                if edit.gain() % 3 != 0 {
                    terms.insert(Term::Frameshift);
                } else if edit.inserted.is_empty() {
                    terms.insert(Term::InframeDeletion);
                }
                if change.is_some_and(gains_a_stop) {
                    terms.insert(Term::StopGained);
                }
            }
            return (terms, ProteinEffect::StartLost);
        }
        Start::Elsewhere => {
            terms.insert(Term::StartRetained);
            return (terms, ProteinEffect::Unchanged { first: 0, end: 1 });
        }
        Start::Retained => terms.insert(Term::StartRetained),
        Start::Untouched => {}
    }
    let Some(change) = change else {
        terms.insert(Term::CodingSequence);
        return (terms, ProteinEffect::Unknown);
    };
    let effect = protein_effect::effect(sequence, change);
    let stop_at = sequence.protein.len().saturating_sub(1);
    if touch.coding == Coding::AcrossItsEdge {
        terms = terms.union(across_the_end(sequence, change, &effect));
        return (terms, effect);
    }
    if touches_part_codon(sequence, change) {
        terms.insert(Term::IncompleteTerminalCodon);
        terms.insert(Term::CodingSequence);
        return (terms, ProteinEffect::Unknown);
    }
    let stops = stop::terms(change, &effect, stop_at);
    let unchanged = matches!(effect, ProteinEffect::Unchanged { .. });
    terms = terms.union(stops).union(frameshift::terms(change, &effect));
    if !unchanged {
        terms = terms.union(inframe::terms(change));
    }
    terms = terms.union(substitution::terms(change));
    // The codon that the annotation cuts at its start is unknown before and after; a deletion there stays one.
    let cut_codon = change.start < 3 && sequence.frame.as_ref().is_some_and(|f| f.missing > 0);
    let cut = usize::from(cut_codon && change.gain < 0);
    let known = change.alternate_residues.iter().skip(cut).all(|&residue| residue != UNKNOWN);
    if terms.is_empty() || (change.gain != 0 && !change.shifts_frame() && !known) {
        terms.insert(Term::CodingSequence);
    }
    (terms, effect)
}

/// The codons touched hold a stop that the reference does not have there: like a shifted frame it is told beside a
/// lost start, as Ensembl Variation does.
fn gains_a_stop(change: &CodingChange) -> bool {
    change.alternate_residues.contains(&STOP) && !change.reference_residues.contains(&STOP)
}

/// The end of the coding sequence is crossed: either the protein is as before, or its stop is lost.
fn across_the_end(sequence: &Sequence, change: &CodingChange, effect: &ProteinEffect) -> Terms {
    if sequence.protein.last() != Some(&STOP) {
        return Terms::of(Term::CodingSequence);
    }
    match effect {
        ProteinEffect::Unchanged { .. } => Terms::of(Term::StopRetained),
        ProteinEffect::Unknown => Terms::of(Term::CodingSequence),
        _ if change.protein.tail == Tail::Stops && change.gain == 0 => {
            let terms = stop::terms(change, effect, sequence.protein.len() - 1);
            if terms.is_empty() { Terms::of(Term::CodingSequence) } else { terms }
        }
        _ => Terms::of(Term::StopLost),
    }
}

/// The last codon is incomplete because the annotation ends there, and the edit lies in it.
fn touches_part_codon(sequence: &Sequence, change: &CodingChange) -> bool {
    let Some(frame) = &sequence.frame else { return false };
    let length = frame.coding_length();
    frame.end_incomplete
        && length % 3 != 0
        && change.start >= length / 3 * 3
        && sequence.protein.last() != Some(&STOP)
}
