//! Genes: made, not read. The genome is written around them, so what each base means is known.

mod coding;
mod isoforms;
mod layout;
mod mitochondrial;
mod noncoding;

pub use layout::build;

use super::genome::Genome;
use super::sequence::{Code, complement};

/// What is translated of a transcript, in cDNA offsets (0-based half-open).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// First base of the first codon (or of the partial first codon).
    pub start: usize,
    /// End of the stop codon, or of the transcript where the end is not found.
    pub end: usize,
    /// Bases before the first whole codon.
    pub phase: usize,
    /// The start of the coding sequence was not found (`cds_start_NF`).
    pub start_missing: bool,
    /// The end of the coding sequence was not found (`cds_end_NF`).
    pub end_missing: bool,
    /// Offsets of TGA codons read as selenocysteine.
    pub selenocysteines: Vec<usize>,
}

/// MANE status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mane {
    /// MANE Select.
    Select,
    /// MANE Plus Clinical.
    PlusClinical,
}

/// One transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// Version of the Ensembl accession.
    pub version: u32,
    /// Exons in transcript order, genomic, 0-based half-open.
    pub exons: Vec<(u32, u32)>,
    /// What is translated.
    pub coding: Option<Coding>,
    /// Ensembl biotype.
    pub biotype: &'static str,
    /// MANE status.
    pub mane: Option<Mane>,
}

/// One gene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gene {
    /// Invented symbol.
    pub symbol: String,
    /// Invented name.
    pub name: String,
    /// HGNC id; all at or above 900001.
    pub hgnc: u32,
    /// Contig index.
    pub contig: usize,
    /// Strand.
    pub forward: bool,
    /// Ensembl biotype.
    pub biotype: &'static str,
    /// The first is the MANE Select or canonical one.
    pub transcripts: Vec<Transcript>,
    /// Previous symbols.
    pub previous: Vec<String>,
    /// Aliases.
    pub aliases: Vec<String>,
    /// True for the Y copy of a pseudoautosomal gene.
    pub y_copy: bool,
    /// Offset in the cDNA of the first transcript of a run of nine A in its coding sequence.
    pub homopolymer: Option<usize>,
    /// What the layout did with it: `nested`, `antisense`, `overlapping`, `selenoprotein`, or empty.
    pub remark: &'static str,
}

impl Gene {
    /// Start and end, 0-based half-open.
    pub fn interval(&self) -> (u32, u32) {
        let exons = || self.transcripts.iter().flat_map(|t| t.exons.iter());
        (exons().map(|e| e.0).min().unwrap_or(0), exons().map(|e| e.1).max().unwrap_or(0))
    }

    /// The genetic code of its contig.
    pub fn code(&self) -> Code {
        if self.contig == super::genome::M { Code::Mitochondrial } else { Code::Standard }
    }

    /// True where the gene makes a protein.
    pub fn is_coding(&self) -> bool {
        self.biotype == "protein_coding"
    }
}

impl Transcript {
    /// Length of the spliced transcript.
    pub fn length(&self) -> usize {
        self.exons.iter().map(|(start, end)| (end - start) as usize).sum()
    }

    /// The genomic position of a cDNA offset.
    pub fn genomic(&self, forward: bool, offset: usize) -> u32 {
        let mut left = offset as u32;
        for (start, end) in &self.exons {
            if left < end - start {
                return if forward { start + left } else { end - 1 - left };
            }
            left -= end - start;
        }
        self.exons.last().map_or(0, |e| if forward { e.1 } else { e.0 })
    }

    /// The cDNA offset at which each exon begins, in transcript order.
    pub fn exon_offsets(&self) -> Vec<usize> {
        let mut at = 0;
        self.exons
            .iter()
            .map(|(start, end)| {
                let here = at;
                at += (end - start) as usize;
                here
            })
            .collect()
    }

    /// The spliced sequence, 5' to 3'.
    pub fn spliced(&self, genome: &Genome, contig: usize, forward: bool) -> Vec<u8> {
        let bases = genome.bases(contig);
        let mut out = Vec::with_capacity(self.length());
        for (start, end) in &self.exons {
            let exon = &bases[*start as usize..*end as usize];
            if forward {
                out.extend_from_slice(exon);
            } else {
                out.extend(exon.iter().rev().map(|b| complement(*b)));
            }
        }
        out
    }

    /// The genomic span, 0-based half-open.
    pub fn interval(&self) -> (u32, u32) {
        (self.exons.iter().map(|e| e.0).min().unwrap_or(0), self.exons.iter().map(|e| e.1).max().unwrap_or(0))
    }

    /// The coding parts in transcript order: exon index, genomic interval, GFF phase.
    pub fn coding_parts(&self, forward: bool) -> Vec<(usize, (u32, u32), usize)> {
        let Some(coding) = &self.coding else { return Vec::new() };
        let mut parts = Vec::new();
        for (index, (offset, (start, end))) in self.exon_offsets().into_iter().zip(&self.exons).enumerate() {
            let length = (end - start) as usize;
            let from = coding.start.max(offset);
            let to = coding.end.min(offset + length);
            if from >= to {
                continue;
            }
            let (a, b) = ((from - offset) as u32, (to - offset) as u32);
            let interval = if forward { (start + a, start + b) } else { (end - b, end - a) };
            let done = from - coding.start;
            let phase = if done == 0 { coding.phase } else { (coding.phase + 3 * done - done) % 3 };
            parts.push((index, interval, phase));
        }
        parts
    }

    /// The untranslated parts in transcript order: true for 5', genomic interval.
    pub fn untranslated_parts(&self, forward: bool) -> Vec<(bool, (u32, u32))> {
        let Some(coding) = &self.coding else { return Vec::new() };
        let mut parts = Vec::new();
        for (offset, (start, end)) in self.exon_offsets().into_iter().zip(&self.exons) {
            let length = (end - start) as usize;
            let mut push = |five: bool, from: usize, to: usize| {
                if from < to {
                    let (a, b) = ((from - offset) as u32, (to - offset) as u32);
                    parts.push((five, if forward { (start + a, start + b) } else { (end - b, end - a) }));
                }
            };
            push(true, offset, (offset + length).min(coding.start));
            push(false, offset.max(coding.end), offset + length);
        }
        parts
    }
}
