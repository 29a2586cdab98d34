//! Start codons gained in the 5'UTR, and stops of upstream reading frames lost.
//!
//! Neither has a Sequence Ontology term among the consequences, and neither is a claim about the protein: they are
//! remarks. Source of the classes: Whiffin et al., Nat Commun 2020;11:2523 (upstream AUG creating and upstream stop
//! removing variants); of the context: Kozak, Nucleic Acids Res 1987;15:8125 (A or G three bases before, G behind).

use super::edit::change::{Spliced, apply};
use super::sequence::{Frame, Sequence};
use super::translate::STOP;
use crate::model::remark::{KozakContext, TranscriptRemark, UpstreamFrame, UpstreamLeads};

/// Remarks on an edit that lies wholly in the 5'UTR: a start gained, a stop lost, each the gravest where there are
/// several. They do not depend on how the edit is placed in a repeat.
pub fn remarks(sequence: &Sequence, edit: &Spliced) -> impl Iterator<Item = TranscriptRemark> {
    let frame = sequence.frame.as_ref().filter(|frame| !frame.start_incomplete && edit.end <= frame.start);
    let found = frame.map_or((None, None), |frame| {
        let old = Strand { bases: &sequence.bases, cds: frame.start as usize, frame };
        let mutated = apply(&sequence.bases, std::slice::from_ref(edit));
        let cds = (i64::from(frame.start) + edit.gain()).max(0) as usize;
        let new = Strand { bases: &mutated, cds, frame };
        (gained(&old, &new), stop_lost(&old, &new))
    });
    let gained = found.0.map(TranscriptRemark::UpstreamStartGained);
    gained.into_iter().chain(found.1.map(TranscriptRemark::UpstreamStopLost))
}

/// A spliced transcript and where its coding sequence starts.
struct Strand<'a> {
    bases: &'a [u8],
    cds: usize,
    frame: &'a Frame,
}

impl Strand<'_> {
    /// Offsets of the start codons before the coding sequence.
    fn starts(&self) -> impl Iterator<Item = usize> {
        let last = self.cds.saturating_sub(2);
        (0..last).filter(|&at| self.bases.get(at..at + 3) == Some(b"ATG".as_slice()))
    }

    /// The offset of the first stop codon in the frame of `start`.
    fn stop(&self, start: usize) -> Option<usize> {
        (start..self.bases.len().saturating_sub(2))
            .step_by(3)
            .find(|&at| self.frame.code.amino_acid(&self.bases[at..at + 3]) == STOP)
    }

    fn leads(&self, start: usize) -> UpstreamLeads {
        match self.stop(start) {
            Some(stop) if stop + 3 <= self.cds => UpstreamLeads::StopsBefore,
            Some(stop) if stop < self.cds => UpstreamLeads::OverlapsCds,
            _ if (self.cds - start).is_multiple_of(3) => UpstreamLeads::InFrame,
            _ => UpstreamLeads::OverlapsCds,
        }
    }

    fn context(&self, start: usize) -> KozakContext {
        let before = start.checked_sub(3).and_then(|at| self.bases.get(at));
        let good_before = matches!(before, Some(b'A' | b'G'));
        match (good_before, self.bases.get(start + 3) == Some(&b'G')) {
            (true, true) => KozakContext::Strong,
            (false, false) => KozakContext::Weak,
            _ => KozakContext::Moderate,
        }
    }

    fn described(&self, start: usize) -> UpstreamFrame {
        UpstreamFrame { leads: self.leads(start), context: self.context(start) }
    }
}

/// Bases that two sequences share at their beginning, and at their end.
fn shared(old: &[u8], new: &[u8]) -> (usize, usize) {
    let head = old.iter().zip(new).take_while(|(x, y)| x == y).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(x, y)| x == y).count();
    (head, tail)
}

/// True where a start codon of the reference stands in what both sequences begin with, and in what both end with: then
/// it has two images, the one behind as far from the coding sequence as before.
fn copied(old: &Strand<'_>, at: usize, (head, tail): (usize, usize)) -> bool {
    at + 3 <= head && old.bases.len() - at <= tail
}

/// The gravest start codon that the reference does not have: one that lies neither in what both sequences begin with
/// nor in what both end with, or the one in front of two images.
fn gained(old: &Strand<'_>, new: &Strand<'_>) -> Option<UpstreamFrame> {
    let ends = shared(old.bases, new.bases);
    let (head, tail) = ends;
    let fresh = new.starts().filter(|&at| at + 3 > head && new.bases.len() - at > tail);
    let longer = new.bases.len() > old.bases.len();
    let copies = old.starts().filter(|&at| longer && copied(old, at, ends));
    fresh.chain(copies).map(|at| new.described(at)).min()
}

/// The gravest upstream frame whose stop lay before the coding sequence and is touched, and which now goes on further.
fn stop_lost(old: &Strand<'_>, new: &Strand<'_>) -> Option<UpstreamFrame> {
    let ends = shared(old.bases, new.bases);
    // How much is left before the coding sequence when reading stops; less is further.
    let left = |strand: &Strand<'_>, at: usize| {
        strand.stop(at).map_or(i64::MIN, |stop| strand.cds as i64 - stop as i64)
    };
    old.starts()
        .filter(|&at| {
            at + 3 <= ends.0 && !copied(old, at, ends) && old.leads(at) == UpstreamLeads::StopsBefore
        })
        .filter(|&at| old.stop(at).is_some_and(|stop| stop + 3 > ends.0) && left(new, at) < left(old, at))
        .map(|at| new.described(at))
        .min()
}
