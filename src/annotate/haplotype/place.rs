//! Laying the members of a copy on a transcript, each as far 3' as its neighbours allow.

use super::Member;
use crate::annotate::consequence::coding::Coding;
use crate::annotate::consequence::touch::{Touch, changed_runs};
use crate::annotate::edit::change::Spliced;
use crate::annotate::edit::oriented::Oriented;
use crate::annotate::layout::Layout;
use crate::annotate::placement::Placement;
use crate::model::transcript::Strand;
use crate::reference::genome::Genome;

/// What a member has to do with the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It edits the coding sequence, wholly or across one of its ends.
    Coding,
    /// It edits the 3'UTR, which is read only behind a shifted frame or a lost stop.
    Behind,
    /// It removes coding bases together with intron bases or bases beside the transcript.
    Unreadable,
    /// Neither.
    Outside,
}

/// A member on the transcript.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Index of the member.
    pub member: usize,
    pub oriented: Oriented,
    pub touch: Touch,
    /// Bases it could be moved against the direction of transcription without passing a neighbour.
    pub upstream_room: i64,
    pub part: Part,
}

impl Placed {
    /// The edit on the spliced transcript; only for members that have one.
    pub fn edit(&self) -> Option<&Spliced> {
        self.touch.edit.as_ref()
    }

    pub fn shifts_frame(&self) -> bool {
        self.oriented.gain() % 3 != 0
    }
}

/// The members in the direction of transcription, without those that overlap an earlier one, and the pairs that
/// overlap (earlier on the contig first).
///
/// A copy carries the bases that the records spell. Moving a member along a repeat leaves them as they are as
/// long as it does not pass another member, so each is moved 3' up to its neighbour.
pub(super) fn place(
    genome: &Genome,
    layout: &Layout<'_>,
    members: &[&Member],
) -> (Vec<Placed>, Vec<(usize, usize)>) {
    let here = |i: &usize| members[*i].edit.contig == layout.transcript.contig;
    let mut order: Vec<usize> = (0..members.len()).filter(here).collect();
    order.sort_by_key(|&i| (members[i].span(), &members[i].edit.inserted, i));
    let (kept, overlapping) = without_overlaps(members, &order);
    let mut shifts: Vec<i64> = kept.iter().map(|&i| members[i].shift).collect();
    let span = |at: usize, shift: i64| {
        let start = i64::from(members[kept[at]].edit.start) + shift;
        (start, start + i64::from(members[kept[at]].edit.removed_length()))
    };
    let forward = layout.strand() == Strand::Forward;
    // From the 3' end on, so that each finds its 3' neighbour where that will stay.
    let walk: Vec<usize> = if forward { (0..kept.len()).rev().collect() } else { (0..kept.len()).collect() };
    for at in walk {
        let edit = &members[kept[at]].edit;
        if !edit.is_movable() {
            continue;
        }
        let wanted = Placement::three_prime(edit, layout).shift;
        let (start, end) = span(at, shifts[at]);
        // Two insertions at one point would lose their order.
        let apart = |other: usize| i64::from(edit.is_insertion() && members[kept[other]].edit.is_insertion());
        let right = match shifts.get(at + 1) {
            Some(&next) => shifts[at] + (span(at + 1, next).0 - end - apart(at + 1)).max(0),
            None => i64::MAX,
        };
        let left = match at.checked_sub(1) {
            Some(before) => shifts[at] - (start - span(before, shifts[before]).1 - apart(before)).max(0),
            None => i64::MIN,
        };
        shifts[at] = wanted.clamp(left, right);
    }
    let mut placed: Vec<Placed> = Vec::with_capacity(kept.len());
    for at in 0..kept.len() {
        let edit = &members[kept[at]].edit;
        let placement = Placement::at(edit, layout, shifts[at]);
        let (start, end) = span(at, placement.shift);
        let neighbour = if forward { at.checked_sub(1) } else { Some(at + 1).filter(|&n| n < kept.len()) };
        let free = neighbour.map_or(i64::MAX, |n| {
            let (from, to) = span(n, shifts[n]);
            if forward { start - to } else { from - end }
        });
        let oriented = Oriented::at(edit, layout, placement.shift);
        let changed = changed_runs(&oriented, |pre| layout.base(genome, pre));
        let touch = Touch::new(layout, &oriented, &changed, placement.upstream_room > 0);
        let part = part(layout, &touch);
        let upstream_room = placement.upstream_room.min(free.max(0));
        placed.push(Placed { member: kept[at], oriented, touch, upstream_room, part });
    }
    if !forward {
        placed.reverse();
    }
    (placed, overlapping)
}

/// Leaves out members that cannot be on one copy with an earlier one: bases removed twice, bases put between
/// bases that are removed, two insertions at one point. A record given twice is one member.
fn without_overlaps(members: &[&Member], order: &[usize]) -> (Vec<usize>, Vec<(usize, usize)>) {
    let (mut kept, mut overlapping): (Vec<usize>, _) = (Vec::new(), Vec::new());
    for &i in order {
        let (start, end) = members[i].span();
        // The last one kept reaches furthest, since none of those kept overlap.
        let clash = kept.last().copied().filter(|&k| {
            let (from, to) = members[k].span();
            start < to || (start == end && from == to && start == from)
        });
        match clash {
            Some(k) if members[k] == members[i] => {}
            Some(k) => overlapping.push((k, i)),
            None => kept.push(i),
        }
    }
    (kept, overlapping)
}

fn part(layout: &Layout<'_>, touch: &Touch) -> Part {
    let Some(coding) = layout.coding() else { return Part::Outside };
    match (touch.coding, &touch.edit) {
        (Coding::Inside | Coding::AcrossItsEdge, Some(_)) => Part::Coding,
        (Coding::AcrossAnIntron | Coding::AcrossTheTranscriptsEnd, _) => Part::Unreadable,
        (_, Some(edit)) if edit.start >= coding.cds.end => Part::Behind,
        _ => Part::Outside,
    }
}
