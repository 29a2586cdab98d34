//! Where the exons and introns of a transcript lie, seen in the direction of transcription.

use crate::model::position::Interval;
use crate::model::transcript::{OwnBase, Strand};
use crate::reference::genome::Genome;
use crate::reference::transcripts::{CodingView, TranscriptView};

use super::translate::reverse_complement;
use crate::model::base::complement;

/// A transcript in pre-mRNA coordinates: 0-based offsets from its first base in the direction of
/// transcription, introns included. All rules about windows are written once, in these coordinates.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// The transcript.
    pub transcript: TranscriptView<'a>,
}

/// One exon (or one gapless block of it) in pre-mRNA coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// First base.
    pub start: i64,
    /// One past the last base.
    pub end: i64,
    /// Spliced offset of the first base.
    pub spliced: u32,
}

/// Where one base lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the first base of the transcript.
    Before,
    /// In an exon, at a spliced offset.
    Exon {
        /// Index of the exon block.
        block: usize,
        /// Spliced offset.
        spliced: u32,
    },
    /// In the intron behind a block.
    Intron {
        /// Index of the exon block before the intron.
        block: usize,
        /// Distance from the last base of the exon before, at least 1.
        from_donor: i64,
        /// Distance to the first base of the exon behind, at least 1.
        to_acceptor: i64,
    },
    /// In bases of the genome, within an exon, that the transcript lacks.
    Lacking,
    /// Behind the last base of the transcript.
    After,
}

impl<'a> Layout<'a> {
    /// The strand.
    pub fn strand(&self) -> Strand {
        self.transcript.strand
    }

    /// The coding part.
    pub fn coding(&self) -> Option<CodingView<'a>> {
        self.transcript.coding
    }

    /// Number of bases from the first to the last, introns included.
    pub fn length(&self) -> i64 {
        i64::from(self.transcript.interval.len())
    }

    /// Number of bases of the spliced transcript.
    pub fn spliced_length(&self) -> u32 {
        self.transcript.exons.last().map_or(0, |e| e.cdna_start + e.len())
    }

    /// A boundary between two bases of the genome as a boundary in pre-mRNA coordinates. On the reverse strand
    /// the two ends of an interval change places.
    pub fn pre_boundary(&self, genomic: i64) -> i64 {
        match self.strand() {
            Strand::Forward => genomic - i64::from(self.transcript.interval.start),
            Strand::Reverse => i64::from(self.transcript.interval.end) - genomic,
        }
    }

    /// The genomic offset of a base; `None` before the first base of the contig.
    pub fn genomic(&self, pre: i64) -> Option<u32> {
        let offset = match self.strand() {
            Strand::Forward => i64::from(self.transcript.interval.start) + pre,
            Strand::Reverse => i64::from(self.transcript.interval.end) - 1 - pre,
        };
        u32::try_from(offset).ok()
    }

    /// The base at a pre-mRNA offset on the transcript's strand; `N` where unknown.
    pub fn base(&self, genome: &Genome, pre: i64) -> u8 {
        let Some(offset) = self.genomic(pre) else { return b'N' };
        let base = genome.base(self.transcript.contig, offset);
        match self.strand() {
            Strand::Forward => base,
            Strand::Reverse => complement(base),
        }
    }

    /// The base of the transcript's own sequence at a pre-mRNA offset: the genome's, unless it is known to differ.
    pub fn own_base(&self, genome: &Genome, pre: i64) -> u8 {
        if !self.transcript.own_bases.is_empty()
            && let Some(own) = self.spliced(pre).and_then(|spliced| self.own_at(spliced))
        {
            return own;
        }
        self.base(genome, pre)
    }

    /// The base of the transcript's own sequence at a spliced offset; `N` where unknown.
    pub fn own_spliced_base(&self, genome: &Genome, spliced: u32) -> u8 {
        if let Some(own) = self.own_at(spliced) {
            return own;
        }
        let index = self.transcript.exons.partition_point(|exon| exon.cdna_start <= spliced);
        let Some(index) = index.checked_sub(1) else { return b'N' };
        let (block, within) = (self.block(index), spliced - self.transcript.exons[index].cdna_start);
        let pre = block.start + i64::from(within);
        if pre < block.end { self.base(genome, pre) } else { b'N' }
    }

    /// The transcript's own base at a spliced offset where it is known to differ from the genome's.
    fn own_at(&self, spliced: u32) -> Option<u8> {
        let own = self.transcript.own_bases;
        let at = own.partition_point(|base| base.key() <= (spliced, OwnBase::LACKING));
        own.get(at).filter(|base| base.offset == spliced).map(|base| base.base as u8)
    }

    /// True where the transcript's own base is known to differ from the genome's anywhere in `[from, to)`.
    pub fn differs_in(&self, from: i64, to: i64) -> bool {
        !self.transcript.own_bases.is_empty()
            && (from.max(0)..to.min(self.length()))
                .any(|pre| self.spliced(pre).is_some_and(|s| self.own_at(s).is_some()))
    }

    /// True where the genome holds bases behind a block, within one exon, that the transcript lacks.
    pub fn lacks_behind(&self, index: usize) -> bool {
        let own = self.transcript.own_bases;
        !own.is_empty()
            && self.transcript.exons.get(index + 1).is_some_and(|next| {
                own.binary_search_by_key(&(next.cdna_start, OwnBase::LACKING), |base| base.key()).is_ok()
            })
    }

    /// True where the genome holds bases that the transcript lacks, anywhere.
    pub fn lacks_bases(&self) -> bool {
        self.transcript.own_bases.iter().any(|base| base.base == OwnBase::LACKING)
    }

    /// True where bases replaced in `[start, end)` lie over a place where transcript and genome run apart, or an insertion
    /// lies within bases that the transcript lacks; right before them too, unless it could be `moved` away.
    pub fn is_apart(&self, start: i64, end: i64, moved: bool) -> bool {
        if start < end {
            return self.runs_apart_in(start + 1, end - 1);
        }
        let lacking = |pre: i64| self.place(pre) == Place::Lacking;
        !self.transcript.own_bases.is_empty() && (lacking(start - 1) || (!moved && lacking(start)))
    }

    /// True where transcript and genome run apart, within one exon, at a boundary in `[from, to]`: one holds bases
    /// there that the other lacks.
    pub fn runs_apart_in(&self, from: i64, to: i64) -> bool {
        let Some(last) = self.block_at(to) else { return false };
        let apart = |index: usize| {
            let (block, next) = (self.block(index), self.block(index + 1));
            let length = (block.end - block.start) as u32;
            let gap = block.end == next.start && block.spliced + length != next.spliced;
            block.end <= to && next.start >= from && (gap || self.lacks_behind(index))
        };
        (0..=last)
            .rev()
            .filter(|&index| index + 1 < self.blocks())
            .take_while(|&index| index == last || self.block(index + 1).start >= from)
            .any(apart)
    }

    /// Appends the bases of a block on the transcript's strand; `N` where unknown.
    pub fn bases_into(&self, genome: &Genome, block: Block, out: &mut Vec<u8>) {
        let before = out.len();
        let interval = match self.strand() {
            Strand::Forward => (self.genomic(block.start), self.genomic(block.end)),
            Strand::Reverse => (self.genomic(block.end - 1), self.genomic(block.start - 1)),
        };
        if let (Some(start), Some(end)) = interval {
            genome.bases_into(self.transcript.contig, Interval::new(start, end), out);
        }
        if self.strand() == Strand::Reverse {
            reverse_complement(&mut out[before..]);
        }
    }

    /// Number of exon blocks.
    pub fn blocks(&self) -> usize {
        self.transcript.exons.len()
    }

    /// One exon block.
    pub fn block(&self, index: usize) -> Block {
        let exon = self.transcript.exons[index];
        let interval: Interval = exon.interval();
        let (a, b) =
            (self.pre_boundary(i64::from(interval.start)), self.pre_boundary(i64::from(interval.end)));
        Block { start: a.min(b), end: a.max(b), spliced: exon.cdna_start }
    }

    /// Index of the last block that starts at or before `pre`.
    pub fn block_at(&self, pre: i64) -> Option<usize> {
        let (mut low, mut high) = (0, self.blocks());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.block(middle).start <= pre {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.checked_sub(1)
    }

    /// Where a base lies.
    pub fn place(&self, pre: i64) -> Place {
        if pre < 0 {
            return Place::Before;
        }
        if pre >= self.length() {
            return Place::After;
        }
        let Some(index) = self.block_at(pre) else { return Place::Before };
        let block = self.block(index);
        if pre < block.end {
            return Place::Exon { block: index, spliced: block.spliced + (pre - block.start) as u32 };
        }
        if self.lacks_behind(index) {
            return Place::Lacking;
        }
        let next = if index + 1 < self.blocks() { self.block(index + 1).start } else { self.length() };
        Place::Intron { block: index, from_donor: pre - block.end + 1, to_acceptor: next - pre }
    }

    /// Spliced offset of a base, where it is exonic.
    pub fn spliced(&self, pre: i64) -> Option<u32> {
        match self.place(pre) {
            Place::Exon { spliced, .. } => Some(spliced),
            _ => None,
        }
    }

    /// The intron behind block `index`, as inclusive first and last base; `None` behind the last block and
    /// between two blocks of one exon (one of transcript and genome holds bases there that the other lacks).
    pub fn intron(&self, index: usize) -> Option<(i64, i64)> {
        if index + 1 >= self.blocks() {
            return None;
        }
        let (first, last) = (self.block(index).end, self.block(index + 1).start - 1);
        (first <= last && !self.lacks_behind(index)).then_some((first, last))
    }

    /// True where the transcript's own sequence holds bases that the genome lacks, so that they are unknown here.
    pub fn has_alignment_gap(&self) -> bool {
        self.transcript.exons.windows(2).any(|pair| pair[0].cdna_start + pair[0].len() != pair[1].cdna_start)
    }

    /// Number of exons before and including the block, and introns likewise: blocks that touch on the genome
    /// are one exon.
    pub fn exon_number(&self, index: usize) -> usize {
        (0..index).filter(|&i| self.intron(i).is_some()).count() + 1
    }

    /// Number of exons.
    pub fn exon_count(&self) -> usize {
        self.blocks().checked_sub(1).map_or(0, |last| self.exon_number(last))
    }
}
