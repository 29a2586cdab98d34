//! The spliced sequence of a transcript and its protein, built once and kept while alleles hit it.

use smallvec::SmallVec;

use crate::model::contig::ContigKind;
use crate::model::transcript::OwnBase;
use crate::reference::genome::Genome;

use super::layout::Layout;
use super::translate::{GeneticCode, SELENOCYSTEINE, STOP};

/// Spliced bases and reference protein of one transcript.
#[derive(Debug)]
pub struct Sequence {
    /// The spliced transcript, transcript strand; `N` where unknown, or where the transcript holds bases that
    /// the genome lacks.
    pub bases: Vec<u8>,
    /// How it is translated; absent for a non-coding transcript.
    pub frame: Option<Frame>,
    /// The reference protein, one letter a residue, the stop included as the last one where the annotation
    /// reaches it; empty for a non-coding transcript.
    pub protein: Vec<u8>,
    /// The coding sequence as it is read, from the first codon's first base (missing bases as `N`) to the end of
    /// the transcript, the 3'UTR included; empty for a non-coding transcript.
    pub reading: Vec<u8>,
}

/// How a coding sequence is read.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Spliced offset of the first coding base.
    pub start: u32,
    /// Spliced offset one past the last coding base.
    pub end: u32,
    /// Bases of the first codon that lie before the annotated sequence (0, 1 or 2).
    pub missing: u32,
    /// The annotation does not reach the start codon.
    pub start_incomplete: bool,
    /// The annotation does not reach the stop codon, or the sequence does not end with one.
    pub end_incomplete: bool,
    /// The genetic code.
    pub code: GeneticCode,
    /// Spliced offsets of codons read as selenocysteine.
    pub selenocysteines: Vec<u32>,
    /// Spliced offsets at which reading steps back one base.
    pub slippage: Vec<u32>,
    /// Spliced offsets of bases that are not read.
    pub skipped: Vec<u32>,
    /// A poly(A) tail follows on the transcript's last base and is read, as in mitochondria, whose transcripts may end
    /// with an unfinished stop codon. Only where the reference's stop codon is known.
    pub polyadenylated: bool,
}

impl Frame {
    /// The frame of a coding transcript. The mitochondrial code applies to the mitochondrial contig.
    pub fn of(layout: &Layout<'_>, genome: &Genome) -> Option<Self> {
        let coding = layout.coding()?;
        let phase = u32::from(coding.phase) % 3;
        let code = match genome.contig(layout.transcript.contig).kind() {
            ContigKind::Mitochondrion => GeneticCode::Mitochondrial,
            _ => GeneticCode::Standard,
        };
        Some(Self {
            start: coding.cds.start,
            end: coding.cds.end.min(layout.spliced_length()),
            missing: (3 - phase) % 3,
            start_incomplete: coding.start_incomplete || phase != 0,
            end_incomplete: coding.end_incomplete,
            code,
            selenocysteines: coding.selenocysteines.to_vec(),
            slippage: coding.slippage.to_vec(),
            skipped: coding.skipped.to_vec(),
            polyadenylated: false,
        })
    }

    /// Steps back taken at or before a spliced offset.
    fn steps(&self, spliced: u32) -> u32 {
        self.slippage.iter().filter(|&&at| at > self.start && at <= spliced).count() as u32
    }

    /// True where every base is read once, in order.
    pub fn is_plain(&self) -> bool {
        self.slippage.is_empty() && self.skipped.is_empty()
    }

    /// Bases before a spliced offset that are not read.
    fn skips(&self, spliced: u32) -> u32 {
        self.skipped.iter().filter(|&&at| at > self.start && at < spliced.min(self.end)).count() as u32
    }

    /// 0-based offset in the coding sequence as it is read: the bases missing before the annotated start count,
    /// a base read twice counts twice (the offset of its second reading is given), and one that is not read has the
    /// offset of the base behind it.
    pub fn coding_offset(&self, spliced: u32) -> u32 {
        self.missing + spliced.saturating_sub(self.start) + self.steps(spliced) - self.skips(spliced)
    }

    /// Spliced offset of the first base of the last codon, which may be an unfinished one.
    pub fn stop_start(&self) -> u32 {
        let unfinished = self.coding_length() % 3;
        self.end.saturating_sub(if unfinished == 0 { 3 } else { unfinished })
    }

    /// The residue of the codon at an offset of the coding sequence: at any start codon, not only `ATG`, translation
    /// begins with methionine.
    ///
    /// Source: NCBI, "The Genetic Codes" (initiation codons); Anderson et al., Nature 1981;290:457.
    pub fn residue(&self, codon: &[u8], offset: usize) -> u8 {
        if offset == 0 && !self.start_incomplete && self.code.starts(codon) {
            return b'M';
        }
        self.code.amino_acid(codon)
    }

    /// The residue of the bases that are left at the end of the transcript, finished by the poly(A) tail behind them.
    ///
    /// Source: Ojala, Montoya, Attardi, Nature 1981;290:470.
    pub fn residue_at_the_tail(&self, rest: &[u8]) -> u8 {
        let mut codon = [b'A'; 3];
        codon.iter_mut().zip(rest).for_each(|(base, &known)| *base = known);
        self.code.amino_acid(&codon)
    }

    /// Number of bases of the coding sequence as it is read.
    pub fn coding_length(&self) -> u32 {
        self.missing
            + self.end.saturating_sub(self.start)
            + self.slippage.iter().filter(|&&s| s > self.start && s < self.end).count() as u32
            - self.skips(self.end)
    }
}

impl Sequence {
    /// Splices and translates.
    pub fn build(layout: &Layout<'_>, genome: &Genome) -> Self {
        let mut bases = Vec::with_capacity(layout.spliced_length() as usize);
        for index in 0..layout.blocks() {
            let block = layout.block(index);
            bases.resize(bases.len().max(block.spliced as usize), b'N');
            layout.bases_into(genome, block, &mut bases);
        }
        for own in layout.transcript.own_bases.iter().filter(|own| own.base != OwnBase::LACKING) {
            if let Some(base) = bases.get_mut(own.offset as usize) {
                *base = own.base as u8;
            }
        }
        let mut frame = Frame::of(layout, genome);
        let (mut protein, mut reading) = (Vec::new(), Vec::new());
        if let Some(frame) = &mut frame {
            reading = read_from(&bases, frame, |spliced| spliced);
            let start = frame.start as usize;
            let first = bases.get(start..start + 3).unwrap_or_default();
            frame.start_incomplete |= !first.contains(&b'N') && !frame.code.may_start(first);
            protein = reference_protein(&reading, frame);
            if protein.last() != Some(&STOP) {
                frame.end_incomplete = true;
            }
            frame.polyadenylated = frame.code == GeneticCode::Mitochondrial && !frame.end_incomplete;
        }
        Self { bases, frame, protein, reading }
    }
}

/// The reading of `bases` from the frame's start to the transcript's end; `moved` maps a spliced offset of the
/// reference to its place in `bases`.
pub fn read_from(bases: &[u8], frame: &Frame, moved: impl Fn(u32) -> u32) -> Vec<u8> {
    let mut out = vec![b'N'; frame.missing as usize];
    let mut from = (frame.start as usize).min(bases.len());
    // Where reading steps, and how many bases back (-1) or forward.
    let mut steps: SmallVec<[(u32, i64); 2]> = frame.slippage.iter().map(|&at| (at, -1)).collect();
    steps.extend(frame.skipped.iter().map(|&at| (at, 1)));
    steps.retain(|&mut (at, _)| at > frame.start && at < frame.end);
    steps.sort_unstable();
    for (at, step) in steps {
        let to = (moved(at) as usize).min(bases.len());
        // A base that is not read and is taken away is not read either way.
        let gone = step > 0 && moved(at) == moved(at + 1);
        if to >= from && (to > from || step > 0) && !gone {
            out.extend_from_slice(&bases[from..to]);
            from = if step < 0 { to - 1 } else { (to + 1).min(bases.len()) };
        }
    }
    out.extend_from_slice(&bases[from..]);
    out
}

fn reference_protein(reading: &[u8], frame: &Frame) -> Vec<u8> {
    let length = (frame.coding_length() as usize).min(reading.len());
    let coding = &reading[..length];
    let mut protein: Vec<u8> =
        coding.chunks_exact(3).enumerate().map(|(i, codon)| frame.residue(codon, i)).collect();
    for &at in &frame.selenocysteines {
        if at >= frame.start && at < frame.end {
            let residue = (frame.coding_offset(at) / 3) as usize;
            if protein.get(residue) == Some(&STOP) {
                protein[residue] = SELENOCYSTEINE;
            }
        }
    }
    if ends_at_the_tail(reading, frame) {
        protein.push(STOP);
    }
    protein
}

/// Mitochondrial transcripts end in `T` or `TA`, and the poly(A) tail makes a stop codon of it.
///
/// Source: Ojala, Montoya, Attardi, Nature 1981;290:470.
fn ends_at_the_tail(reading: &[u8], frame: &Frame) -> bool {
    let rest = reading.chunks_exact(3).remainder();
    let length = frame.coding_length() as usize;
    frame.code == GeneticCode::Mitochondrial && length == reading.len() && matches!(rest, b"T" | b"TA")
}
