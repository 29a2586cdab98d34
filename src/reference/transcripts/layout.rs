//! The rows and arrays of the file of transcripts.

use bytemuck::{Pod, Zeroable};

use crate::model::contig::{Contig, ContigId};
use crate::model::transcript::{Exon, Mane, OwnBase, Strand, Transcript};

use super::super::sections::Sections;

/// Number of arrays.
pub(super) const ARRAYS: usize = 8;
/// All text, UTF-8.
pub(super) const TEXT: usize = 0;
/// [`GeneRow`].
pub(super) const GENES: usize = 1;
/// [`TranscriptRow`], sorted by contig, start, end, accession.
pub(super) const TRANSCRIPTS: usize = 2;
/// [`Exon`].
pub(super) const EXONS: usize = 3;
/// Offsets of selenocysteines, then of slippage, then of skipped bases, transcript by transcript.
pub(super) const NUMBERS: usize = 4;
/// First transcript of each contig, and the total.
pub(super) const CONTIG_INDEX: usize = 5;
/// For each transcript, the furthest end of it and of those before it on its contig.
pub(super) const FURTHEST_END: usize = 6;
/// [`OwnBase`], transcript by transcript.
pub(super) const OWN_BASES: usize = 7;

/// A piece of the text.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub(super) struct TextRef {
    pub offset: u32,
    pub length: u32,
}

impl TextRef {
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.offset as usize..self.offset as usize + self.length as usize
    }
}

/// One gene.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub(super) struct GeneRow {
    pub symbol: TextRef,
    pub source_id: TextRef,
    /// 0 where there is none.
    pub hgnc: u32,
}

/// One transcript.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub(super) struct TranscriptRow {
    pub start: u32,
    pub end: u32,
    pub gene: u32,
    pub accession: TextRef,
    pub biotype: TextRef,
    pub protein: TextRef,
    pub first_exon: u32,
    pub exon_count: u32,
    pub cds_start: u32,
    pub cds_end: u32,
    pub first_number: u32,
    pub selenocysteine_count: u32,
    pub slippage_count: u32,
    pub skipped_count: u32,
    pub first_own_base: u32,
    pub own_base_count: u32,
    /// Contig in the upper half; bits below as the constants say.
    pub flags: u32,
}

const REVERSE: u32 = 1;
const CODING: u32 = 1 << 1;
const START_INCOMPLETE: u32 = 1 << 2;
const END_INCOMPLETE: u32 = 1 << 3;
const SELECT: u32 = 1 << 4;
const PLUS_CLINICAL: u32 = 1 << 5;
const CANONICAL: u32 = 1 << 6;
const PROTEIN: u32 = 1 << 7;
const DIFFERS_SOMEWHERE: u32 = 1 << 10;
const PHASE_SHIFT: u32 = 8;
const CONTIG_SHIFT: u32 = 16;

impl TranscriptRow {
    /// The flags of a transcript.
    pub(super) fn with_flags(mut self, transcript: &Transcript) -> Self {
        let mut flags = u32::from(transcript.contig.0) << CONTIG_SHIFT;
        let mut set = |flag: u32, on: bool| flags |= if on { flag } else { 0 };
        set(REVERSE, transcript.strand == Strand::Reverse);
        set(SELECT, transcript.mane == Some(Mane::Select));
        set(PLUS_CLINICAL, transcript.mane == Some(Mane::PlusClinical));
        set(CANONICAL, transcript.canonical);
        set(DIFFERS_SOMEWHERE, transcript.differs_somewhere);
        if let Some(coding) = &transcript.coding {
            set(CODING, true);
            set(START_INCOMPLETE, coding.start_incomplete);
            set(END_INCOMPLETE, coding.end_incomplete);
            set(PROTEIN, coding.protein.is_some());
            set(u32::from(coding.phase & 3) << PHASE_SHIFT, true);
        }
        self.flags = flags;
        self
    }

    pub(super) fn contig(&self) -> ContigId {
        ContigId((self.flags >> CONTIG_SHIFT) as u16)
    }

    pub(super) fn strand(&self) -> Strand {
        if self.flags & REVERSE == 0 { Strand::Forward } else { Strand::Reverse }
    }

    pub(super) fn is_coding(&self) -> bool {
        self.flags & CODING != 0
    }

    pub(super) fn start_incomplete(&self) -> bool {
        self.flags & START_INCOMPLETE != 0
    }

    pub(super) fn end_incomplete(&self) -> bool {
        self.flags & END_INCOMPLETE != 0
    }

    pub(super) fn has_protein(&self) -> bool {
        self.flags & PROTEIN != 0
    }

    pub(super) fn canonical(&self) -> bool {
        self.flags & CANONICAL != 0
    }

    pub(super) fn differs_somewhere(&self) -> bool {
        self.flags & DIFFERS_SOMEWHERE != 0
    }

    pub(super) fn phase(&self) -> u8 {
        (self.flags >> PHASE_SHIFT & 3) as u8
    }

    pub(super) fn mane(&self) -> Option<Mane> {
        match (self.flags & SELECT != 0, self.flags & PLUS_CLINICAL != 0) {
            (true, _) => Some(Mane::Select),
            (_, true) => Some(Mane::PlusClinical),
            _ => None,
        }
    }
}

/// Follows every reference of every row once.
pub(super) fn check(sections: &Sections, contigs: &[Contig]) -> Result<(), String> {
    let text = sections.text(TEXT)?;
    sections.check::<GeneRow>(GENES, None)?;
    sections.check::<TranscriptRow>(TRANSCRIPTS, None)?;
    sections.check::<Exon>(EXONS, None)?;
    sections.check::<u32>(NUMBERS, None)?;
    sections.check::<u32>(CONTIG_INDEX, None)?;
    sections.check::<OwnBase>(OWN_BASES, None)?;
    let genes = sections.array::<GeneRow>(GENES);
    let rows = sections.array::<TranscriptRow>(TRANSCRIPTS);
    let exons = sections.array::<Exon>(EXONS);
    let index = sections.array::<u32>(CONTIG_INDEX);
    sections.check::<u32>(FURTHEST_END, Some(rows.len()))?;
    let numbers = sections.array::<u32>(NUMBERS).len() as u64;
    let own_bases = sections.array::<OwnBase>(OWN_BASES).len() as u64;
    let is_text = |t: TextRef| text.get(t.range()).is_some();
    let sound_row = |row: &TranscriptRow| {
        let last = u64::from(row.first_exon) + u64::from(row.exon_count);
        let last_number = u64::from(row.first_number)
            + u64::from(row.selenocysteine_count)
            + u64::from(row.slippage_count)
            + u64::from(row.skipped_count);
        let last_own_base = u64::from(row.first_own_base) + u64::from(row.own_base_count);
        row.start <= row.end
            && (row.gene as usize) < genes.len()
            && is_text(row.accession)
            && is_text(row.biotype)
            && is_text(row.protein)
            && last <= exons.len() as u64
            && last_number <= numbers
            && last_own_base <= own_bases
            && row.cds_start <= row.cds_end
            && row.phase() < 3
            && usize::from(row.contig().0) + 1 < index.len()
            && contigs.get(row.contig().index()).is_some_and(|c| row.end <= c.length)
    };
    let sound = genes.iter().all(|g| is_text(g.symbol) && is_text(g.source_id))
        && rows.iter().all(sound_row)
        && exons.iter().all(|e| e.start < e.end && e.cdna_start.checked_add(e.end - e.start).is_some())
        && index.windows(2).all(|pair| pair[0] <= pair[1])
        && index.last().is_none_or(|&last| last as usize == rows.len());
    if sound {
        Ok(())
    } else {
        Err("the arrays of the transcripts are inconsistent; the file is damaged".to_owned())
    }
}
