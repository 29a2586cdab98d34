//! A transcript as placed by its source, and how it becomes a [`Transcript`].

use crate::model::contig::{ContigId, ContigKind};
use crate::model::position::Interval;
use crate::model::transcript::{Coding, Exon, Mane, OwnBase, Strand, Transcript};
use crate::reference::genome::Genome;

use super::internal_stop::holds_internal_stop;
use super::report::{BuildReport, Remark};

/// One CDS segment, genomic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// Where, 0-based half-open.
    pub interval: Interval,
    /// Phase, where the source gives one.
    pub phase: Option<u8>,
}

/// What a source says of one transcript, all in genomic coordinates and in any order.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// Accession with version.
    pub accession: String,
    /// Index of the gene.
    pub gene: u32,
    /// Biotype.
    pub biotype: String,
    /// Contig.
    pub contig: ContigId,
    /// Strand.
    pub strand: Strand,
    /// Exons.
    pub exons: Vec<Interval>,
    /// Gapless blocks in transcript order, where the source aligns the transcript with gaps.
    pub blocks: Option<Vec<Exon>>,
    /// Spliced offsets of the blocks before which the genome holds bases that the transcript lacks.
    pub lacking: Vec<u32>,
    /// UTR rows, needed only where there are no exons.
    pub untranslated: Vec<Interval>,
    /// CDS segments.
    pub segments: Vec<Segment>,
    /// Stop codon rows.
    pub stops: Vec<Interval>,
    /// Codons read as selenocysteine.
    pub selenocysteines: Vec<Interval>,
    /// Statement about the start of the CDS.
    pub start_incomplete: Option<bool>,
    /// Statement about its end.
    pub end_incomplete: Option<bool>,
    /// Protein accession.
    pub protein: Option<String>,
    /// MANE standing.
    pub mane: Option<Mane>,
    /// Canonical.
    pub canonical: bool,
    /// The source says that the transcript differs from the genome, and not where.
    pub differs_somewhere: bool,
}

impl Placed {
    /// A transcript without parts.
    pub(crate) fn new(accession: String, contig: ContigId, strand: Strand) -> Self {
        Self {
            accession,
            gene: 0,
            biotype: String::new(),
            contig,
            strand,
            exons: Vec::new(),
            blocks: None,
            lacking: Vec::new(),
            untranslated: Vec::new(),
            segments: Vec::new(),
            stops: Vec::new(),
            selenocysteines: Vec::new(),
            start_incomplete: None,
            end_incomplete: None,
            protein: None,
            mane: None,
            canonical: false,
            differs_somewhere: false,
        }
    }

    /// The finished transcript; `None`, with the reason in the report, where the parts do not fit together.
    pub(crate) fn assemble(mut self, genome: &Genome, report: &mut BuildReport) -> Option<Transcript> {
        let name = self.accession.clone();
        match self.try_assemble(genome, report) {
            Ok(transcript) => {
                report.transcripts += 1;
                report.coding += u64::from(transcript.coding.is_some());
                Some(transcript)
            }
            Err(reason) => {
                report.remark(reason, &name);
                None
            }
        }
    }

    fn try_assemble(&mut self, genome: &Genome, report: &mut BuildReport) -> Result<Transcript, Remark> {
        self.sort_parts(report);
        if self.exons.is_empty() && self.blocks.is_none() {
            self.exons_from_coding();
            report.remark(Remark::ExonsFromCoding, &self.accession);
        }
        let exons = match self.blocks.take() {
            Some(blocks) => blocks,
            None => spliced(&self.exons, self.strand),
        };
        if exons.is_empty() {
            return Err(Remark::NoExons);
        }
        if overlaps(&exons) {
            return Err(Remark::OverlappingExons);
        }
        let length = genome.contig(self.contig).length;
        if exons.iter().any(|e| e.end > length) {
            return Err(Remark::PastContigEnd);
        }
        let coding = if self.segments.is_empty() { None } else { Some(self.coding(genome, &exons, report)?) };
        let transcript = Transcript {
            accession: std::mem::take(&mut self.accession),
            gene: self.gene,
            biotype: std::mem::take(&mut self.biotype),
            contig: self.contig,
            strand: self.strand,
            exons,
            coding,
            own_bases: self
                .lacking
                .iter()
                .map(|&offset| OwnBase { offset, base: OwnBase::LACKING })
                .collect(),
            differs_somewhere: self.differs_somewhere,
            mane: self.mane,
            canonical: self.canonical,
        };
        if holds_internal_stop(&transcript, genome) {
            report.remark(Remark::InternalStop, &transcript.accession);
        }
        Ok(transcript)
    }

    /// Sorts exons by place and CDS segments by transcript direction; identical rows are taken once.
    fn sort_parts(&mut self, report: &mut BuildReport) {
        let before = self.exons.len() + self.segments.len();
        self.exons.sort_unstable();
        self.exons.dedup();
        let strand = self.strand;
        self.segments.sort_by_key(|s| match strand {
            Strand::Forward => (s.interval.start, s.interval.end),
            Strand::Reverse => (u32::MAX - s.interval.end, u32::MAX - s.interval.start),
        });
        self.segments.dedup();
        if self.exons.len() + self.segments.len() < before {
            report.remark(Remark::RepeatedPart, &self.accession);
        }
    }

    /// Where a source has no exon rows, CDS and UTR rows that touch or overlap make one exon.
    fn exons_from_coding(&mut self) {
        let mut parts: Vec<Interval> =
            self.segments.iter().map(|s| s.interval).chain(self.untranslated.iter().copied()).collect();
        parts.extend(&self.stops);
        parts.sort_unstable();
        for part in parts {
            match self.exons.last_mut() {
                Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
                _ => self.exons.push(part),
            }
        }
    }

    fn coding(&self, genome: &Genome, exons: &[Exon], report: &mut BuildReport) -> Result<Coding, Remark> {
        let mut cds: Option<Interval> = None;
        let (mut slippage, mut skipped) = (Vec::new(), Vec::new());
        let mut read = 0u32;
        let phase = self.segments.first().and_then(|s| s.phase).unwrap_or(0);
        for segment in &self.segments {
            let part = to_spliced(exons, self.strand, segment.interval).ok_or(Remark::CodingOutsideExons)?;
            if let Some(so_far) = cds {
                if part.start + 1 == so_far.end {
                    slippage.push(part.start);
                } else if skips(exons, so_far.end, part.start) {
                    // Forward slippage: one or two bases of an exon are not read, but numbered like any other.
                    skipped.extend(so_far.end..part.start);
                } else if part.start != so_far.end && !gap_between(exons, so_far.end, part.start) {
                    return Err(Remark::CodingOutsideExons);
                }
                // Bases between two segments that only the transcript has are read too.
                if !skipped.contains(&so_far.end) {
                    read += part.start.saturating_sub(so_far.end);
                }
                let expected = ((i64::from(phase) - i64::from(read)).rem_euclid(3)) as u8;
                if segment.phase.is_some_and(|given| given != expected) {
                    report.remark(Remark::PhaseInconsistent, &self.accession);
                }
            }
            read += part.len();
            cds = Some(Interval::new(cds.map_or(part.start, |c| c.start), part.end));
        }
        let mut cds = cds.ok_or(Remark::CodingOutsideExons)?;
        if !slippage.is_empty() {
            report.remark(Remark::Slippage, &self.accession);
        }
        if !skipped.is_empty() {
            report.remark(Remark::SkippedBases, &self.accession);
        }
        if self.stop_follows(exons, cds.end) {
            cds.end += 3;
            read += 3;
            report.remark(Remark::StopCodonAdded, &self.accession);
        }
        Ok(Coding {
            cds,
            phase,
            start_incomplete: self.start_incomplete(phase, report),
            end_incomplete: self.end_incomplete(genome, read.saturating_sub(u32::from(phase)), report),
            selenocysteines: self.selenocysteine_offsets(exons, cds, phase),
            slippage,
            skipped,
            protein: self.protein.clone(),
        })
    }

    /// True where the stop codon rows are the three bases behind the CDS rows (as in GTF, not in GFF3).
    fn stop_follows(&self, exons: &[Exon], end: u32) -> bool {
        let bases = self.spliced_bases(exons, &self.stops);
        bases == [end, end + 1, end + 2]
    }

    fn start_incomplete(&self, phase: u8, report: &mut BuildReport) -> bool {
        if self.start_incomplete.is_none() && phase != 0 {
            report.remark(Remark::StartIncompleteByPhase, &self.accession);
        }
        self.start_incomplete.unwrap_or(phase != 0)
    }

    /// Mitochondrial transcripts may end within the stop codon, which polyadenylation completes
    /// (Anderson et al. 1981, Nature 290:457): there an unfinished codon says nothing.
    fn end_incomplete(&self, genome: &Genome, read: u32, report: &mut BuildReport) -> bool {
        let mitochondrial = genome.contig(self.contig).kind() == ContigKind::Mitochondrion;
        let unfinished = !read.is_multiple_of(3) && !mitochondrial;
        if self.end_incomplete.is_none() && unfinished {
            report.remark(Remark::EndIncompleteByLength, &self.accession);
        }
        self.end_incomplete.unwrap_or(unfinished)
    }

    fn selenocysteine_offsets(&self, exons: &[Exon], cds: Interval, phase: u8) -> Vec<u32> {
        let first = cds.start + u32::from(phase);
        let mut offsets = self.spliced_bases(exons, &self.selenocysteines);
        offsets.retain(|&o| o >= first && o < cds.end && (o - first).is_multiple_of(3));
        offsets
    }

    /// The spliced offsets of every base of some genomic intervals, in order.
    fn spliced_bases(&self, exons: &[Exon], intervals: &[Interval]) -> Vec<u32> {
        let mut offsets: Vec<u32> = intervals
            .iter()
            .filter(|i| i.len() <= 6)
            .flat_map(|i| i.start..i.end)
            .filter_map(|base| spliced_offset(exons, self.strand, base))
            .collect();
        offsets.sort_unstable();
        offsets.dedup();
        offsets
    }
}

/// Exons in transcript order with their offsets.
fn spliced(exons: &[Interval], strand: Strand) -> Vec<Exon> {
    let mut cdna_start = 0;
    let mut out = Vec::with_capacity(exons.len());
    let mut push = |interval: &Interval| {
        out.push(Exon { start: interval.start, end: interval.end, cdna_start });
        cdna_start += interval.len();
    };
    match strand {
        Strand::Forward => exons.iter().for_each(&mut push),
        Strand::Reverse => exons.iter().rev().for_each(&mut push),
    }
    out
}

fn overlaps(exons: &[Exon]) -> bool {
    let mut sorted: Vec<Interval> = exons.iter().map(|e| e.interval()).collect();
    sorted.sort_unstable();
    sorted.iter().any(|e| e.is_empty()) || sorted.windows(2).any(|pair| pair[1].start < pair[0].end)
}

/// True where the spliced offsets from `end` to `start` are one or two bases within one exon block.
fn skips(exons: &[Exon], end: u32, start: u32) -> bool {
    (end + 1..=end + 2).contains(&start)
        && exons.iter().any(|e| e.cdna_start < end && start < e.cdna_start + e.len())
}

/// True where the spliced offsets from `end` to `start` are bases that no block covers.
fn gap_between(exons: &[Exon], end: u32, start: u32) -> bool {
    end < start && !exons.iter().any(|e| e.cdna_start < start && end < e.cdna_start + e.len())
}

/// The spliced offset of a genomic base.
pub(crate) fn spliced_offset(exons: &[Exon], strand: Strand, base: u32) -> Option<u32> {
    let exon = exons.iter().find(|e| e.interval().contains(base))?;
    Some(match strand {
        Strand::Forward => exon.cdna_start + (base - exon.start),
        Strand::Reverse => exon.cdna_start + (exon.end - 1 - base),
    })
}

/// The spliced interval of a genomic one whose ends both lie in exons, with nothing but bases of blocks, or
/// short alignment gaps, between them.
fn to_spliced(exons: &[Exon], strand: Strand, interval: Interval) -> Option<Interval> {
    if interval.is_empty() {
        return None;
    }
    let low = spliced_offset(exons, strand, interval.start)?;
    let high = spliced_offset(exons, strand, interval.end - 1)?;
    let (first, last) = if low <= high { (low, high) } else { (high, low) };
    let same_exon = exons.iter().any(|e| e.interval().contains(interval.start) && e.end >= interval.end);
    // A segment over several blocks is right only where the blocks are pieces of one exon.
    let covered: u32 =
        exons.iter().map(|e| e.end.min(interval.end).saturating_sub(e.start.max(interval.start))).sum();
    if !same_exon && interval.len() - covered > MAX_ALIGNMENT_GAP {
        return None;
    }
    Some(Interval::new(first, last + 1))
}

/// Genomic bases that a transcript may lack within one CDS segment and still be an aligned exon, not an intron.
const MAX_ALIGNMENT_GAP: u32 = 200;

#[cfg(test)]
mod tests;
