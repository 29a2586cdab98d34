//! Cutting the members of a copy into groups with one effect each.

use super::place::{Part, Placed};
use super::{Behind, Group};
use crate::annotate::consequence::start::{self, Start};
use crate::annotate::consequence::{Outcome, frameshift, inframe, stop, substitution};
use crate::annotate::edit::change::{CodingChange, Spliced, Tail, apply};
use crate::annotate::edit::protein_effect::{self, ProteinEffect};
use crate::annotate::layout::Layout;
use crate::annotate::sequence::{Frame, Sequence};
use crate::annotate::translate::UNKNOWN;
use crate::model::consequence::{Term, Terms};

/// A group before it is judged.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// Indices among the placed members.
    pub placed: Vec<usize>,
    pub behind: Option<Behind>,
}

/// The edits of a group on the spliced transcript.
pub(super) fn spliced(placed: &[Placed], group: &[usize]) -> Vec<Spliced> {
    group.iter().filter_map(|&p| placed[p].edit().cloned()).collect()
}

/// Cuts the members, given in the direction of transcription, into groups. A member joins the one before it
/// when they touch one codon, or when it is read in a frame that the group shifts, or behind a stop codon that
/// the group takes away, before a new stop is met.
pub(super) fn cut(layout: &Layout<'_>, sequence: &Sequence, placed: &[Placed]) -> Vec<Cut> {
    let Some(frame) = &sequence.frame else { return Vec::new() };
    let mut cuts: Vec<Cut> = Vec::new();
    // What lies in introns and before the coding sequence is not read, and stands between no two that are.
    let read: Vec<usize> = (0..placed.len()).filter(|&p| placed[p].part != Part::Outside).collect();
    let (mut behind, mut at) = (None, 0);
    while let Some(&first) = read.get(at) {
        at += 1;
        match placed[first].part {
            Part::Coding => {}
            Part::Unreadable => {
                cuts.push(Cut { placed: vec![first], behind });
                behind = behind.or(Some(Behind::Unreadable(placed[first].member)));
                continue;
            }
            Part::Behind | Part::Outside => continue,
        }
        let mut group = vec![first];
        let p = &placed[first];
        let start = start::start(layout, &p.touch, &p.oriented, p.upstream_room, sequence);
        let mut change = CodingChange::new(sequence, &spliced(placed, &group));
        if start == Start::Elsewhere {
            // The reading begins as before, and no coding base is changed.
            change = None;
        }
        while let Some(&candidate) = read.get(at).filter(|_| !stopped(behind)) {
            let next = &placed[candidate];
            let joins = |c: &CodingChange, e: &Spliced| {
                // Behind a lost start nothing is read, so only its own codon counts.
                shares_codon(frame, c, e) || (start != Start::Lost && reads(frame, c, e, next.part))
            };
            let reads = change.as_ref().zip(next.edit()).is_some_and(|(c, e)| joins(c, e));
            if !reads || next.part == Part::Unreadable {
                break;
            }
            group.push(candidate);
            change = CodingChange::new(sequence, &spliced(placed, &group));
            at += 1;
        }
        cuts.push(Cut { placed: group, behind });
        let stops = start != Start::Lost && change.is_some_and(|change| change.protein.tail == Tail::Stops);
        if !stopped(behind) && stops {
            behind = Some(Behind::Stop(cuts.len() - 1));
        }
    }
    cuts
}

fn stopped(behind: Option<Behind>) -> bool {
    matches!(behind, Some(Behind::Stop(_)))
}

/// True where the next member touches a codon that the group touches.
fn shares_codon(frame: &Frame, change: &CodingChange, next: &Spliced) -> bool {
    next.start < frame.end && frame.coding_offset(next.start) / 3 * 3 < change.end.div_ceil(3) * 3
}

/// True where the next member is read in another frame than the reference's, or behind a stop that is lost.
fn reads(frame: &Frame, change: &CodingChange, next: &Spliced, part: Part) -> bool {
    // The offset in the new reading, and the end of the stop that ends it.
    let read_at = i64::from(frame.coding_offset(next.start)) + change.gain;
    let protein = &change.protein;
    let end = 3 * (protein.first + protein.residues.len()) as i64;
    let reached = match protein.tail {
        Tail::Stops => read_at < end,
        Tail::NoStop => true,
        Tail::Same | Tail::Unknown => false,
    };
    reached && (part == Part::Behind || change.shifts_frame())
}

/// What the edits of a group of several do together.
pub(super) fn outcome(sequence: &Sequence, edits: &[Spliced]) -> Outcome {
    let unknown = Outcome {
        terms: Terms::of(Term::CodingSequence),
        change: None,
        protein: Some(ProteinEffect::Unknown),
    };
    let Some(frame) = &sequence.frame else { return unknown };
    let Some(change) = CodingChange::new(sequence, edits) else { return unknown };
    let mut terms = Terms::NONE;
    if !frame.start_incomplete && change.start < 3 {
        let (start, mutated) = (frame.start as usize, apply(&sequence.bases, edits));
        let (old, new) = (sequence.bases.get(start..start + 3), mutated.get(start..start + 3));
        let starts = |codon: Option<&[u8]>| codon.is_some_and(|codon| frame.code.starts(codon));
        if old != new && !(starts(old) && starts(new)) {
            terms.insert(Term::StartLost);
            if change.shifts_frame() {
                terms.insert(Term::Frameshift);
            }
            return Outcome { terms, change: Some(change), protein: Some(ProteinEffect::StartLost) };
        }
        terms.insert(Term::StartRetained);
    }
    let effect = protein_effect::effect(sequence, &change);
    let stop_at = sequence.protein.len().saturating_sub(1);
    let mut stops = stop::terms(&change, &effect, stop_at);
    let stop_codon = frame.stop_start();
    let touches_stop = edits.iter().any(|e| e.end > stop_codon && e.start < frame.end);
    if touches_stop && !change.shifts_frame() && matches!(effect, ProteinEffect::Frameshift { .. }) {
        stops.remove(Term::StopRetained);
        stops.insert(Term::StopLost);
    }
    if change.shifts_frame() && !touches_stop {
        // The stop is passed in another frame: neither lost nor, where another stands at its number, retained.
        stops.remove(Term::StopLost);
        if !matches!(effect, ProteinEffect::Unchanged { .. }) {
            stops.remove(Term::StopRetained);
        }
    }
    terms = terms.union(stops).union(frameshift::terms(&change, &effect)).union(substitution::terms(&change));
    if !matches!(effect, ProteinEffect::Unchanged { .. }) {
        terms = terms.union(inframe::terms(&change));
    }
    let unknown = change.gain != 0 && !change.shifts_frame() && change.alternate_residues.contains(&UNKNOWN);
    if terms.is_empty() || unknown {
        terms.insert(Term::CodingSequence);
    }
    Outcome { terms, change: Some(change), protein: Some(effect) }
}

/// Groups behind one that loses the start codon have no effect of their own.
pub(super) fn mark_lost_starts(groups: &mut [Group]) {
    let lost = groups.iter().position(|group| group.outcome.terms.contains(Term::StartLost));
    if let Some(lost) = lost {
        for (index, group) in groups.iter_mut().enumerate() {
            if index != lost {
                group.behind = Some(Behind::LostStart(lost));
            }
        }
    }
}
