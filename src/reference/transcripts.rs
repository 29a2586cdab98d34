//! The transcripts and genes of the bundle, and which of them lie at a place.

use crate::model::contig::ContigId;
use crate::model::gene::Gene;
use crate::model::position::Interval;
use crate::model::transcript::{Exon, Mane, Strand, Transcript};

/// All transcripts, ordered by contig, start, end and accession.
#[derive(Debug)]
pub struct Transcripts {
    genes: Vec<Gene>,
    transcripts: Vec<Transcript>,
}

/// One transcript, borrowed from the store.
#[derive(Clone, Copy, Debug)]
pub struct TranscriptView<'a> {
    /// Index in the store.
    pub index: u32,
    /// Accession, with version where the source gives one.
    pub accession: &'a str,
    /// Index of its gene.
    pub gene: u32,
    /// Biotype in the source's words.
    pub biotype: &'a str,
    /// The contig.
    pub contig: ContigId,
    /// The strand.
    pub strand: Strand,
    /// Genomic interval from the first to the last base.
    pub interval: Interval,
    /// Exons in transcript order.
    pub exons: &'a [Exon],
    /// The coding part.
    pub coding: Option<CodingView<'a>>,
    /// Standing in the MANE set.
    pub mane: Option<Mane>,
    /// Canonical transcript of its gene in the source.
    pub canonical: bool,
}

/// The coding part of a [`TranscriptView`]; fields as in [`crate::model::transcript::Coding`].
#[derive(Clone, Copy, Debug)]
pub struct CodingView<'a> {
    /// Spliced offsets, stop codon included.
    pub cds: Interval,
    /// GFF3 phase of the first coding base.
    pub phase: u8,
    /// The annotation does not reach the start codon.
    pub start_incomplete: bool,
    /// The annotation does not reach the stop codon.
    pub end_incomplete: bool,
    /// Spliced offsets of TGA codons read as selenocysteine.
    pub selenocysteines: &'a [u32],
    /// Spliced offsets at which the frame steps back one base.
    pub slippage: &'a [u32],
    /// Protein accession.
    pub protein: Option<&'a str>,
}

impl Transcripts {
    /// A store from its parts; sorts the transcripts.
    pub fn from_records(genes: Vec<Gene>, mut transcripts: Vec<Transcript>) -> Self {
        transcripts.sort_by(|a, b| {
            let (x, y) = (a.interval(), b.interval());
            (a.contig, x.start, x.end, &a.accession).cmp(&(b.contig, y.start, y.end, &b.accession))
        });
        Self { genes, transcripts }
    }

    /// Number of transcripts.
    pub fn len(&self) -> usize {
        self.transcripts.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.transcripts.is_empty()
    }

    /// Number of genes.
    pub fn gene_count(&self) -> usize {
        self.genes.len()
    }

    /// A gene.
    pub fn gene(&self, index: u32) -> Gene {
        self.genes[index as usize].clone()
    }

    /// A transcript.
    pub fn get(&self, index: u32) -> TranscriptView<'_> {
        let t = &self.transcripts[index as usize];
        TranscriptView {
            index,
            accession: &t.accession,
            gene: t.gene,
            biotype: &t.biotype,
            contig: t.contig,
            strand: t.strand,
            interval: t.interval(),
            exons: &t.exons,
            coding: t.coding.as_ref().map(|c| CodingView {
                cds: c.cds,
                phase: c.phase,
                start_incomplete: c.start_incomplete,
                end_incomplete: c.end_incomplete,
                selenocysteines: &c.selenocysteines,
                slippage: &c.slippage,
                protein: c.protein.as_deref(),
            }),
            mane: t.mane,
            canonical: t.canonical,
        }
    }

    /// Calls `visit` with the index of each transcript that overlaps the interval, in store order.
    /// An empty interval (an insertion point) at `p` is taken as the two bases beside it.
    pub fn overlapping(&self, contig: ContigId, interval: Interval, mut visit: impl FnMut(u32)) {
        let (start, end) = if interval.is_empty() {
            (interval.start.saturating_sub(1), interval.end + 1)
        } else {
            (interval.start, interval.end)
        };
        for (index, t) in self.transcripts.iter().enumerate() {
            if t.contig == contig && t.interval().overlaps(Interval::new(start, end)) {
                visit(index as u32);
            }
        }
    }
}
