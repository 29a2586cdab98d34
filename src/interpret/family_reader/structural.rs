//! Structural variants of several files joined: one entry a variant, a call for each member.

use super::file::FamilyFile;
use crate::model::event::CarriedEvent;
use crate::model::genotype::{Call, MissingReason};

/// Joins the variants that the files list. Two records are one variant where kind and breakpoints are the same; the
/// first one's call of a member is kept. Of a member whose own file does not list it nothing is known: neither a
/// reference block nor a record of small variants answers for a change of this size.
pub(super) fn join_structural(files: &mut [FamilyFile], members: usize) -> Vec<CarriedEvent> {
    let mut entries: Vec<(usize, CarriedEvent)> = Vec::new();
    for (number, file) in files.iter_mut().enumerate() {
        entries.extend(file.structural.drain(..).map(|entry| (number, entry)));
    }
    let silent = |member: usize| {
        let sequenced = files.iter().any(|file| file.members.contains(&member));
        Call::missing(if sequenced { MissingReason::NotCovered } else { MissingReason::NotSequenced })
    };
    // Stable: within one variant the order of files, and of records in a file, stays.
    entries.sort_by(|a, b| a.1.event.cmp(&b.1.event));
    let mut joined: Vec<CarriedEvent> = Vec::new();
    for (number, entry) in entries {
        let held = files[number].members.iter().copied();
        if joined.last().is_none_or(|last| last.event != entry.event) {
            let mut calls = (0..members).map(silent).collect::<Vec<_>>();
            held.zip(entry.calls).for_each(|(member, call)| calls[member] = call);
            joined.push(CarriedEvent { calls, ..entry });
        } else if let Some(last) = joined.last_mut() {
            for (member, call) in held.zip(entry.calls) {
                if last.calls[member].missing == Some(MissingReason::NotCovered) {
                    last.calls[member] = call;
                }
            }
        }
    }
    joined
}
