//! The transcripts and genes of the bundle, and which of them lie at a place.

pub(crate) mod encode;
mod layout;

use crate::model::contig::{Contig, ContigId};
use crate::model::gene::{Gene, HgncId};
use crate::model::position::Interval;
use crate::model::transcript::{Exon, Mane, OwnBase, Strand, Transcript};

use super::sections::{FileKind, Sections};
use layout::{GeneRow, TextRef, TranscriptRow};

/// All transcripts, ordered by contig, start, end and accession.
#[derive(Debug)]
pub struct Transcripts {
    sections: Sections,
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
    /// Bases that differ from the genome, and marks of bases that it lacks, sorted by [`OwnBase::key`].
    pub own_bases: &'a [OwnBase],
    /// It differs from the genome in bases that are not known.
    pub differs_somewhere: bool,
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
    /// Spliced offsets of bases that are not read.
    pub skipped: &'a [u32],
    /// Protein accession.
    pub protein: Option<&'a str>,
}

impl Transcripts {
    /// A store from its parts; sorts the transcripts.
    pub fn from_records(genes: Vec<Gene>, transcripts: Vec<Transcript>) -> Self {
        let bytes = encode::encode(&genes, transcripts);
        match Sections::from_bytes(&bytes, FileKind::Transcripts, Self::ARRAYS) {
            Ok(sections) => Self { sections },
            Err(_) => Self { sections: Sections::none() },
        }
    }

    /// Number of arrays in the file of transcripts.
    pub(crate) const ARRAYS: usize = layout::ARRAYS;

    /// Checks every index of every row, so that none can lead outside its array, or its contig, later.
    pub(crate) fn from_sections(sections: Sections, contigs: &[Contig]) -> Result<Self, String> {
        layout::check(&sections, contigs)?;
        Ok(Self { sections })
    }

    fn rows(&self) -> &[TranscriptRow] {
        self.sections.array(layout::TRANSCRIPTS)
    }

    fn text(&self, text: TextRef) -> &str {
        // Checked as UTF-8, and to be within bounds, when the file was opened.
        let bytes = self.sections.array::<u8>(layout::TEXT);
        bytes.get(text.range()).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }

    fn numbers(&self, first: u32, count: u32) -> &[u32] {
        let all = self.sections.array::<u32>(layout::NUMBERS);
        all.get(first as usize..(first + count) as usize).unwrap_or_default()
    }

    /// Number of transcripts.
    pub fn len(&self) -> usize {
        self.rows().len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.rows().is_empty()
    }

    /// Number of genes.
    pub fn gene_count(&self) -> usize {
        self.sections.array::<GeneRow>(layout::GENES).len()
    }

    /// A gene.
    pub fn gene(&self, index: u32) -> Gene {
        let row = self.sections.array::<GeneRow>(layout::GENES)[index as usize];
        Gene {
            hgnc_id: (row.hgnc != 0).then_some(HgncId(row.hgnc)),
            symbol: self.text(row.symbol).to_owned(),
            source_id: self.text(row.source_id).to_owned(),
        }
    }

    /// A transcript.
    pub fn get(&self, index: u32) -> TranscriptView<'_> {
        let row = &self.rows()[index as usize];
        let exons = self.sections.array::<Exon>(layout::EXONS);
        let last = (row.first_exon + row.exon_count) as usize;
        let own_bases = self.sections.array::<OwnBase>(layout::OWN_BASES);
        let last_own_base = (row.first_own_base + row.own_base_count) as usize;
        TranscriptView {
            index,
            accession: self.text(row.accession),
            gene: row.gene,
            biotype: self.text(row.biotype),
            contig: row.contig(),
            strand: row.strand(),
            interval: Interval::new(row.start, row.end),
            exons: exons.get(row.first_exon as usize..last).unwrap_or_default(),
            coding: row.is_coding().then(|| CodingView {
                cds: Interval::new(row.cds_start, row.cds_end),
                phase: row.phase(),
                start_incomplete: row.start_incomplete(),
                end_incomplete: row.end_incomplete(),
                selenocysteines: self.numbers(row.first_number, row.selenocysteine_count),
                slippage: self.numbers(row.first_number + row.selenocysteine_count, row.slippage_count),
                skipped: self.numbers(
                    row.first_number + row.selenocysteine_count + row.slippage_count,
                    row.skipped_count,
                ),
                protein: row.has_protein().then(|| self.text(row.protein)),
            }),
            own_bases: own_bases.get(row.first_own_base as usize..last_own_base).unwrap_or_default(),
            differs_somewhere: row.differs_somewhere(),
            mane: row.mane(),
            canonical: row.canonical(),
        }
    }

    /// Calls `visit` with the index of each transcript that overlaps the interval, in store order.
    /// An empty interval (an insertion point) at `p` is taken as the two bases beside it.
    ///
    /// Rows are sorted by start, and the furthest end up to each row is kept: both limits of the rows to look
    /// at are found by bisection.
    pub fn overlapping(&self, contig: ContigId, interval: Interval, mut visit: impl FnMut(u32)) {
        let (start, end) = if interval.is_empty() {
            (interval.start.saturating_sub(1), interval.end.saturating_add(1))
        } else {
            (interval.start, interval.end)
        };
        let index = self.sections.array::<u32>(layout::CONTIG_INDEX);
        let (Some(&first), Some(&last)) = (index.get(contig.index()), index.get(contig.index() + 1)) else {
            return;
        };
        let (first, last) = (first as usize, last as usize);
        let rows = &self.rows()[first..last];
        let furthest = &self.sections.array::<u32>(layout::FURTHEST_END)[first..last];
        let from = furthest.partition_point(|&furthest_end| furthest_end <= start);
        let to = rows.partition_point(|row| row.start < end);
        for (at, row) in rows.iter().enumerate().take(to).skip(from) {
            if row.end > start {
                visit((first + at) as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests;
