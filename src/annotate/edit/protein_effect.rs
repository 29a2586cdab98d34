//! The outcome for a protein, from comparing the reference with the new one from the N to the C terminus.
//!
//! Terms and `p.` names both come from here, never from the codon that was hit.

use super::change::{CodingChange, ProteinChange, Tail};
use crate::annotate::sequence::Sequence;
use crate::annotate::translate::{STOP, UNKNOWN};

/// What happens to a protein. Residue numbers are 0-based; ranges half-open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProteinEffect {
    /// The same protein; the residues whose codons were touched.
    Unchanged {
        /// First residue touched.
        first: usize,
        /// One past the last.
        end: usize,
    },
    /// One residue for another.
    Substitution {
        /// The residue.
        at: usize,
        /// What it becomes.
        to: u8,
    },
    /// Translation ends at this residue.
    Nonsense {
        /// The residue.
        at: usize,
    },
    /// Residues are missing.
    Deletion {
        /// First residue.
        first: usize,
        /// One past the last.
        end: usize,
    },
    /// The residues directly before the copy occur twice.
    Duplication {
        /// First residue of the original.
        first: usize,
        /// One past its last.
        end: usize,
    },
    /// New residues, in front of residue `before`; may end with a stop.
    Insertion {
        /// The residue behind.
        before: usize,
        /// The new residues.
        residues: Vec<u8>,
    },
    /// Residues replaced by others; the new ones may end with a stop.
    Delins {
        /// First residue replaced.
        first: usize,
        /// One past the last.
        end: usize,
        /// The new residues.
        residues: Vec<u8>,
    },
    /// Another end of the protein from this residue on.
    Frameshift {
        /// First residue changed.
        at: usize,
        /// What it becomes.
        to: u8,
        /// The stop's number, the first changed residue being 1; absent where no stop is found.
        stop: Option<usize>,
    },
    /// The stop becomes a residue and the protein goes on.
    Extension {
        /// The stop.
        at: usize,
        /// What it becomes.
        to: u8,
        /// Residues from the old stop to the new one; absent where none is found.
        stop: Option<usize>,
    },
    /// The start codon is lost.
    StartLost,
    /// It cannot be told.
    Unknown,
}

/// Compares the proteins.
pub fn effect(sequence: &Sequence, change: &CodingChange) -> ProteinEffect {
    let reference = &sequence.protein;
    let protein = &change.protein;
    let pair = Pair { reference, protein };
    let first = protein.first;
    let mut i = first;
    while let (Some(r), Some(a)) = (pair.old(i), pair.new_residue(i)) {
        if r != a {
            break;
        }
        // An internal stop of the reference that is read anew and is still one: translation ends where it did.
        if r == STOP && pair.is_new(i) && i + 1 < reference.len() {
            return ProteinEffect::Unchanged { first: i, end: i + 1 };
        }
        i += 1;
    }
    // A change of whole codons that ends where the reference would: its stop is where the reference's moved to.
    let same_end = change.gain != 0
        && !change.shifts_frame()
        && protein.tail == Tail::Stops
        && pair.window_end(change) >= reference.len()
        && pair.new_length() as i64 == reference.len() as i64 + change.gain / 3;
    match (pair.old(i), pair.new_residue(i)) {
        (None, None) => unchanged(sequence, change),
        (Some(UNKNOWN), _) | (_, Some(UNKNOWN)) => ProteinEffect::Unknown,
        (Some(old), Some(new)) if same_end => in_frame(&pair, change, i, Some(old), Some(new)),
        (Some(_), Some(STOP)) if pair.is_new(i) => ProteinEffect::Nonsense { at: i },
        (Some(STOP), Some(to)) if protein.tail != Tail::Same => {
            let stop = pair.new_stop().map(|stop| stop - i);
            if pair.doubtful(i) {
                ProteinEffect::Unknown
            } else {
                ProteinEffect::Extension { at: i, to, stop }
            }
        }
        // The same for an internal stop of the reference, which the rest of it follows.
        (Some(STOP), Some(to)) if i + 1 < reference.len() && change.end as usize > 3 * i => {
            ProteinEffect::Extension { at: i, to, stop: pair.stop_behind(i).map(|stop| stop - i) }
        }
        (Some(_), Some(to)) if change.shifts_frame() => new_end(&pair, i, to),
        (old, new) => in_frame(&pair, change, i, old, new),
    }
}

/// The two proteins side by side.
struct Pair<'a> {
    reference: &'a [u8],
    protein: &'a ProteinChange,
}

impl Pair<'_> {
    fn old(&self, i: usize) -> Option<u8> {
        self.reference.get(i).copied()
    }

    /// True where the new protein's residue `i` was translated anew.
    fn is_new(&self, i: usize) -> bool {
        i - self.protein.first < self.protein.residues.len()
    }

    fn new_residue(&self, i: usize) -> Option<u8> {
        let at = i - self.protein.first;
        match self.protein.residues.get(at) {
            Some(&residue) => Some(residue),
            None if self.protein.tail == Tail::Same => {
                self.reference.get(self.protein.end + at - self.protein.residues.len()).copied()
            }
            None => None,
        }
    }

    /// One past the last residue whose codon is touched.
    fn window_end(&self, change: &CodingChange) -> usize {
        (change.end as usize).div_ceil(3).max(self.protein.first)
    }

    fn new_length(&self) -> usize {
        let tail = if self.protein.tail == Tail::Same { self.reference.len() - self.protein.end } else { 0 };
        self.protein.first + self.protein.residues.len() + tail
    }

    /// Index of the stop among the residues translated anew.
    fn new_stop(&self) -> Option<usize> {
        (self.protein.tail == Tail::Stops).then(|| self.protein.first + self.protein.residues.len() - 1)
    }

    /// Index of the first stop of the new protein from residue `i` on.
    fn stop_behind(&self, i: usize) -> Option<usize> {
        (i..self.new_length()).find(|&at| self.new_residue(at) == Some(STOP))
    }

    /// True where a residue from `i` on is unknown, so that the end cannot be told.
    fn doubtful(&self, i: usize) -> bool {
        self.protein.residues[(i - self.protein.first).min(self.protein.residues.len())..].contains(&UNKNOWN)
    }
}

fn new_end(pair: &Pair<'_>, i: usize, to: u8) -> ProteinEffect {
    // Behind the reference's last residue, where the annotation does not reach its stop, there is none to name.
    if pair.doubtful(i) || i >= pair.reference.len() {
        return ProteinEffect::Unknown;
    }
    if to == STOP {
        return ProteinEffect::Nonsense { at: i };
    }
    ProteinEffect::Frameshift { at: i, to, stop: pair.new_stop().map(|stop| stop - i + 1) }
}

fn unchanged(sequence: &Sequence, change: &CodingChange) -> ProteinEffect {
    if change.reference_residues.contains(&UNKNOWN) || change.protein.residues.contains(&UNKNOWN) {
        return ProteinEffect::Unknown;
    }
    let length = sequence.protein.len();
    let first = (change.start / 3) as usize;
    let last = (change.end.max(change.start + 1) - 1) as usize / 3;
    let stop = length.saturating_sub(1);
    // An indel that leaves the protein as it is does so at the stop.
    if sequence.protein.last() == Some(&STOP) && (last >= stop || change.gain != 0) {
        return ProteinEffect::Unchanged { first: stop, end: length };
    }
    ProteinEffect::Unchanged { first: first.min(stop), end: (last + 1).min(length) }
}

/// A change that keeps the frame, first differing at residue `i`.
fn in_frame(
    pair: &Pair<'_>,
    change: &CodingChange,
    i: usize,
    old: Option<u8>,
    new: Option<u8>,
) -> ProteinEffect {
    let window_end = pair.window_end(change);
    let stop_touched = window_end >= pair.reference.len();
    let expected = pair.reference.len() as i64 + change.gain / 3;
    match pair.protein.tail {
        Tail::Stops if !stop_touched => {
            let residues = pair.protein.residues[i - pair.protein.first..].to_vec();
            if residues.contains(&UNKNOWN) {
                return ProteinEffect::Unknown;
            }
            // Residues of the touched codons that are read again behind the new stop are not replaced.
            let (old, new) = (&change.reference_residues, &change.alternate_residues);
            let kept = old.iter().rev().zip(new.iter().rev()).take_while(|(x, y)| x == y).count();
            let replaced_to = match change.gain {
                // Of a replacement of equal length each residue has its own.
                0 => i + residues.len(),
                _ => window_end.saturating_sub(kept).max(i),
            };
            if i == replaced_to && i > 0 {
                return ProteinEffect::Insertion { before: i, residues };
            }
            return ProteinEffect::Delins { first: i, end: replaced_to.max(i + 1), residues };
        }
        Tail::Stops if pair.new_length() as i64 != expected => {
            return new.map_or(ProteinEffect::Unknown, |to| new_end(pair, i, to));
        }
        Tail::NoStop => {
            return match (old, new) {
                (Some(_), Some(to)) => new_end(pair, i, to),
                _ => ProteinEffect::Unknown,
            };
        }
        _ => {}
    }
    let (n1, n2) = (pair.reference.len() - i, pair.new_length() - i);
    let mut suffix = 0;
    while suffix < n1.min(n2)
        && pair.old(pair.reference.len() - 1 - suffix) == pair.new_residue(pair.new_length() - 1 - suffix)
    {
        suffix += 1;
    }
    let (removed, inserted) = (n1 - suffix, n2 - suffix);
    let residues: Vec<u8> = (i..i + inserted).filter_map(|at| pair.new_residue(at)).collect();
    let replaced = &pair.reference[i..i + removed];
    // Where an internal stop is among the residues replaced, the new protein's end is not theirs.
    let ends_within = replaced.contains(&STOP) && i + removed < pair.reference.len();
    if residues.contains(&UNKNOWN) || replaced.contains(&UNKNOWN) || ends_within {
        return ProteinEffect::Unknown;
    }
    match (removed, inserted) {
        (0, 0) => ProteinEffect::Unchanged { first: i, end: i + 1 },
        (1, 1) => ProteinEffect::Substitution { at: i, to: residues[0] },
        (_, 0) => ProteinEffect::Deletion { first: i, end: i + removed },
        (0, n) if n <= i && pair.reference[i - n..i] == residues[..] => {
            ProteinEffect::Duplication { first: i - n, end: i }
        }
        (0, _) if i >= pair.reference.len() || i == 0 => ProteinEffect::Unknown,
        (0, _) => ProteinEffect::Insertion { before: i, residues },
        _ => ProteinEffect::Delins { first: i, end: i + removed, residues },
    }
}
