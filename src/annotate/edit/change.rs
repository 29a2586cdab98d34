//! What one or more edits of a spliced transcript do to its reading and its protein.

use crate::annotate::sequence::{Frame, Sequence, read_from};
use crate::annotate::translate::{SELENOCYSTEINE, STOP};

/// An edit on the spliced transcript: `[start, end)` in spliced offsets becomes `inserted`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spliced {
    /// First base removed.
    pub start: u32,
    /// One past the last base removed.
    pub end: u32,
    /// Bases put in, transcript strand.
    pub inserted: super::Bases,
}

impl Spliced {
    /// Bases gained; negative for bases lost.
    pub fn gain(&self) -> i64 {
        self.inserted.len() as i64 - i64::from(self.end - self.start)
    }
}

/// What becomes of the protein behind the changed part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// The rest of the reference protein follows.
    Same,
    /// The new residues end with a stop.
    Stops,
    /// No stop is found before the transcript ends.
    NoStop,
    /// Nothing more is known: the annotation ends here.
    Unknown,
}

/// The change of a protein: from residue `first` on, the residues up to `end` of the reference are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProteinChange {
    /// Index of the first residue whose codon is touched, 0-based.
    pub first: usize,
    /// One past the last reference residue that is replaced.
    pub end: usize,
    /// New residues; the stop included where [`Tail::Stops`].
    pub residues: Vec<u8>,
    /// What follows.
    pub tail: Tail,
}

/// The change of the reading of a coding transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodingChange {
    /// First coding offset touched, 0-based, as read (see [`Frame::coding_offset`]).
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Reference codons touched, from the first base of the first to the last base of the last; empty for an
    /// insertion between two codons.
    pub reference_codons: Vec<u8>,
    /// The same stretch after the change.
    pub alternate_codons: Vec<u8>,
    /// Offset of the first base in the first codon.
    pub codon_offset: usize,
    /// Residues of `reference_codons`, part codons as X.
    pub reference_residues: Vec<u8>,
    /// Residues of `alternate_codons`, part codons as X.
    pub alternate_residues: Vec<u8>,
    /// Bases gained by the reading.
    pub gain: i64,
    /// The stop codon of the reference is not reached in its own frame.
    shifted: bool,
    /// The change of the protein.
    pub protein: ProteinChange,
}

/// Applies edits, sorted and not overlapping, to the spliced transcript.
pub fn apply(bases: &[u8], edits: &[Spliced]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bases.len() + edits.iter().map(|e| e.inserted.len()).sum::<usize>());
    let mut from = 0;
    for edit in edits {
        out.extend_from_slice(&bases[from..edit.start as usize]);
        out.extend_from_slice(&edit.inserted);
        from = edit.end as usize;
    }
    out.extend_from_slice(&bases[from..]);
    out
}

/// Where a spliced offset of the reference lies after the edits; an offset inside a removed stretch goes to its
/// end.
pub fn moved(edits: &[Spliced], offset: u32) -> u32 {
    let mut shift = 0;
    for edit in edits {
        if edit.end <= offset {
            shift += edit.gain();
        } else if edit.start < offset {
            shift += i64::from(edit.start) + edit.inserted.len() as i64 - i64::from(offset);
        }
    }
    (i64::from(offset) + shift).max(0) as u32
}

/// The reading after the edits: the reference's with one stretch replaced, or, for several edits or where bases are
/// read twice or not at all, written out.
enum Mutated<'a> {
    Replaced { reference: &'a [u8], start: usize, end: usize, inserted: &'a [u8] },
    Written(Vec<u8>),
}

impl<'a> Mutated<'a> {
    fn new(sequence: &'a Sequence, frame: &Frame, edits: &'a [Spliced], start: u32, end: u32) -> Self {
        match edits {
            [edit] if frame.is_plain() => Self::Replaced {
                reference: &sequence.reading,
                start: start as usize,
                end: end as usize,
                inserted: &edit.inserted,
            },
            _ => {
                let bases = apply(&sequence.bases, edits);
                Self::Written(read_from(&bases, frame, |offset| moved(edits, offset)))
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Replaced { reference, start, end, inserted } => {
                reference.len() - (end - start) + inserted.len()
            }
            Self::Written(bases) => bases.len(),
        }
    }

    /// The base at an offset below [`Mutated::len`].
    fn base(&self, at: usize) -> u8 {
        match self {
            Self::Replaced { reference, start, end, inserted } => {
                if at < *start {
                    reference[at]
                } else if at < start + inserted.len() {
                    inserted[at - start]
                } else {
                    reference[at - start - inserted.len() + end]
                }
            }
            Self::Written(bases) => bases[at],
        }
    }

    fn slice(&self, from: usize, to: usize) -> Vec<u8> {
        (from..to.min(self.len())).map(|at| self.base(at)).collect()
    }
}

impl CodingChange {
    /// The change made by edits that all lie, at least with their first base, in the coding sequence; they must
    /// be sorted and must not overlap. `None` where there is no frame or no edit, or the first edit starts
    /// before the coding sequence.
    pub fn new(sequence: &Sequence, edits: &[Spliced]) -> Option<Self> {
        let frame = sequence.frame.as_ref()?;
        let (first, last) = (edits.first()?, edits.last()?);
        if first.start < frame.start || first.start > frame.end {
            return None;
        }
        let gain: i64 = edits.iter().map(Spliced::gain).sum();
        let coding_length = frame.coding_length();
        // A base that is read twice is touched at its first and at its second reading.
        let start = if first.end > first.start || first.start == frame.start {
            frame.coding_offset(first.start)
        } else {
            frame.coding_offset(first.start - 1) + 1
        };
        let end = frame.coding_offset(last.end).max(start);
        let reference = &sequence.reading;
        let mutated = Mutated::new(sequence, frame, edits, start, end);
        let window_start = start / 3 * 3;
        let window_end = (end.div_ceil(3) * 3).max(window_start).min(reference.len() as u32);
        let window = Window {
            start: window_start,
            end: window_end,
            gain: mutated.len() as i64 - reference.len() as i64,
            coding_length,
        };
        let alternate_end = (i64::from(window_end) + window.gain).max(i64::from(window_start)) as usize;
        let shown_end = window_end.min(coding_length.max(window_start)) as usize;
        let reference_codons = reference[(window_start as usize).min(shown_end)..shown_end].to_vec();
        let alternate_codons = mutated.slice(window_start as usize, alternate_end);
        let reference_residues = window_residues(frame, &reference_codons, window_start, &sequence.protein);
        let whole = !frame.polyadenylated || alternate_end < mutated.len();
        let alternate_residues = alternate_codons
            .chunks(3)
            .enumerate()
            .map(|(i, codon)| match codon.len() {
                1 | 2 if !whole => frame.residue_at_the_tail(codon),
                _ => frame.residue(codon, window_start as usize + 3 * i),
            })
            .collect();
        let protein = protein_change(sequence, frame, edits, &mutated, window);
        let shifted = gain % 3 != 0 || misses_the_stop(sequence, frame, edits, &protein);
        Some(Self {
            start,
            end,
            codon_offset: (start - window_start) as usize,
            reference_codons,
            alternate_codons,
            reference_residues,
            alternate_residues,
            gain,
            shifted,
            protein,
        })
    }

    /// True where the reading frame is shifted, and not restored before the reference's stop codon.
    pub fn shifts_frame(&self) -> bool {
        self.shifted
    }
}

/// True where several edits whose gains make up for each other still lead past the reference's stop codon in another
/// frame: one that lies behind it restores nothing that the reference reads.
fn misses_the_stop(sequence: &Sequence, frame: &Frame, edits: &[Spliced], protein: &ProteinChange) -> bool {
    if edits.len() < 2 || protein.tail == Tail::Same || sequence.protein.last() != Some(&STOP) {
        return false;
    }
    let gain_of = |counts: &dyn Fn(&Spliced) -> bool| -> i64 {
        edits.iter().filter(|edit| counts(edit)).map(Spliced::gain).sum()
    };
    let before_stop = gain_of(&|edit| edit.end <= frame.stop_start());
    let coding = gain_of(&|edit| edit.start < frame.end);
    if before_stop % 3 == 0 && coding % 3 == 0 {
        return false;
    }
    // A gain within the stop codon may be one right in front of it, moved 3': then the stop stays.
    let end = 3 * (protein.first + protein.residues.len()) as i64;
    let kept = coding % 3 == 0 && end == i64::from(frame.coding_length()) + coding;
    !(kept && protein.tail == Tail::Stops)
}

struct Window {
    start: u32,
    end: u32,
    gain: i64,
    coding_length: u32,
}

/// Residues of the touched reference codons, taken from the protein (so that selenocysteine shows as such).
fn window_residues(frame: &Frame, codons: &[u8], start: u32, protein: &[u8]) -> Vec<u8> {
    codons
        .chunks(3)
        .enumerate()
        .map(|(i, codon)| {
            let known = protein.get(start as usize / 3 + i).copied();
            match known {
                Some(residue) if codon.len() == 3 || frame.polyadenylated => residue,
                _ => frame.code.amino_acid(codon),
            }
        })
        .collect()
}

fn protein_change(
    sequence: &Sequence,
    frame: &Frame,
    edits: &[Spliced],
    mutated: &Mutated<'_>,
    window: Window,
) -> ProteinChange {
    let first = (window.start / 3) as usize;
    let protein = &sequence.protein;
    let complete = protein.last() == Some(&STOP);
    let in_frame = window.gain % 3 == 0;
    // Behind this offset of the mutated reading, an in-frame change reads the reference again.
    let rejoin = (i64::from(window.end) + window.gain).max(i64::from(window.start)) as usize;
    // Without a stop of its own the reference ends with its coding sequence, and so does an in-frame change.
    let limit = if complete || !in_frame {
        mutated.len()
    } else {
        ((i64::from(window.coding_length) + window.gain).max(0) as usize).min(mutated.len())
    };
    let mut residues = Vec::new();
    let mut at = window.start as usize;
    loop {
        if in_frame
            && at >= rejoin
            && (window.end as usize) < window.coding_length as usize
            && first_stop_untouched(protein, window.end)
        {
            return ProteinChange {
                first,
                end: ((window.end / 3) as usize).min(protein.len()),
                residues,
                tail: Tail::Same,
            };
        }
        if at + 3 > limit {
            break;
        }
        let residue = residue_at(frame, edits, mutated, at);
        residues.push(residue);
        at += 3;
        if residue == STOP {
            return ProteinChange { first, end: protein.len(), residues, tail: Tail::Stops };
        }
    }
    if frame.polyadenylated {
        // Behind the last base the tail is read, which holds no stop of its own.
        let residue = frame.residue_at_the_tail(&mutated.slice(at, mutated.len()));
        residues.push(residue);
        if residue == STOP {
            return ProteinChange { first, end: protein.len(), residues, tail: Tail::Stops };
        }
    }
    let tail = if in_frame && !complete { Tail::Unknown } else { Tail::NoStop };
    ProteinChange { first, end: protein.len(), residues, tail }
}

/// True where the reference protein goes on behind the window.
fn first_stop_untouched(protein: &[u8], window_end: u32) -> bool {
    ((window_end / 3) as usize) < protein.len()
}

/// The residue read at an offset of the mutated reading; a TGA that is read as selenocysteine in the reference
/// and that keeps its three bases and its frame still is.
fn residue_at(frame: &Frame, edits: &[Spliced], mutated: &Mutated<'_>, at: usize) -> u8 {
    let residue = frame.residue(&[mutated.base(at), mutated.base(at + 1), mutated.base(at + 2)], at);
    if residue != STOP || frame.selenocysteines.is_empty() {
        return residue;
    }
    let read_at = |spliced: u32| {
        let place = moved(edits, spliced);
        (i64::from(place) - i64::from(frame.start)) + i64::from(frame.missing)
    };
    let kept = frame.selenocysteines.iter().any(|&sec| {
        let untouched = edits.iter().all(|e| e.end <= sec || e.start >= sec + 3);
        untouched && read_at(sec) == at as i64
    });
    if kept { SELENOCYSTEINE } else { residue }
}
