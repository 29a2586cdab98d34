//! Transcripts: how a gene's sequence is spliced and translated.

use bytemuck::{Pod, Zeroable};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contig::ContigId;
use super::position::Interval;

/// Strand of a transcript relative to the reference contig.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strand {
    /// Read in the direction of the reference.
    Forward,
    /// Read against it, complemented.
    Reverse,
}

/// One exon, or, where a RefSeq transcript aligns with gaps, one gapless block of an exon.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct Exon {
    /// Genomic start, 0-based.
    pub start: u32,
    /// Genomic end, half-open.
    pub end: u32,
    /// Offset of the exon's first base in the spliced transcript, 0-based, counted in transcript direction.
    pub cdna_start: u32,
}

impl Exon {
    /// The genomic interval.
    pub fn interval(self) -> Interval {
        Interval::new(self.start, self.end)
    }

    /// Number of bases.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// True when it holds no base.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// The coding part of a transcript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// First to last coding base in spliced transcript offsets, stop codon included, 0-based half-open.
    pub cds: Interval,
    /// Bases at the start of the CDS that finish a codon begun upstream of it (GFF3 phase): 0, 1 or 2.
    pub phase: u8,
    /// True when the annotation does not reach the start codon (`cds_start_NF`).
    pub start_incomplete: bool,
    /// True when it does not reach the stop codon (`cds_end_NF`).
    pub end_incomplete: bool,
    /// Spliced offsets of the first base of each TGA that is read as selenocysteine.
    pub selenocysteines: Vec<u32>,
    /// Ribosomal slippage: spliced offsets at which the reading frame steps back one base.
    pub slippage: Vec<u32>,
    /// Ribosomal slippage forward: spliced offsets of bases that are not read. They are numbered like any other.
    pub skipped: Vec<u32>,
    /// Protein accession with version, where the source gives one.
    pub protein: Option<String>,
}

/// A base of a transcript's own sequence that is not the genome's, or that the genome lacks; or a mark that the genome
/// holds bases there which the transcript lacks.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct OwnBase {
    /// Spliced offset.
    pub offset: u32,
    /// The base, upper case ASCII, transcript strand; or [`OwnBase::LACKING`].
    pub base: u32,
}

impl OwnBase {
    /// In the place of a base: between the block that ends before this offset and the one that begins with it the
    /// genome holds bases that the transcript lacks. They are no intron.
    pub const LACKING: u32 = b'-' as u32;

    /// What own bases are sorted by; a mark stands before a base of the same offset.
    pub fn key(self) -> (u32, u32) {
        (self.offset, self.base)
    }
}

/// Standing of a transcript in the MANE set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mane {
    /// MANE Select.
    Select,
    /// MANE Plus Clinical.
    PlusClinical,
}

/// A transcript as the parsers build it and the bundle stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// Accession, with version where the source gives one: `ENST00000357654.9`, `NM_007294.4`.
    pub accession: String,
    /// Index of its gene in the bundle's gene list.
    pub gene: u32,
    /// Biotype in the source's words: `protein_coding`, `lncRNA`, `nonsense_mediated_decay`.
    pub biotype: String,
    /// The contig.
    pub contig: ContigId,
    /// The strand.
    pub strand: Strand,
    /// Exons in **transcript order** (descending genomic order on the reverse strand).
    pub exons: Vec<Exon>,
    /// The coding part; absent for a non-coding transcript.
    pub coding: Option<Coding>,
    /// Bases that differ from the genome, known only where the transcript's own sequence was given, and marks of bases
    /// that it lacks, sorted by [`OwnBase::key`].
    pub own_bases: Vec<OwnBase>,
    /// The source says that its own sequence differs from the genome, and not where; or what is known of it does not
    /// fit its exons.
    pub differs_somewhere: bool,
    /// Standing in the MANE set, where the source says.
    pub mane: Option<Mane>,
    /// True where the source marks it as the gene's canonical transcript.
    pub canonical: bool,
}

impl Transcript {
    /// The genomic interval from the first to the last base.
    pub fn interval(&self) -> Interval {
        let start = self.exons.iter().map(|e| e.start).min().unwrap_or(0);
        let end = self.exons.iter().map(|e| e.end).max().unwrap_or(start);
        Interval::new(start, end)
    }

    /// Number of bases of the spliced transcript.
    pub fn spliced_length(&self) -> u32 {
        self.exons.last().map_or(0, |e| e.cdna_start + e.len())
    }
}
