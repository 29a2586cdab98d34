//! What a build took from a source, what it left out, and why.

use std::collections::BTreeMap;
use std::fmt;

/// Why a feature was left out, or what was noticed about one that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Remark {
    /// Left out: its contig is not in the reference FASTA.
    ContigNotInFasta,
    /// Left out: it extends past the end of its contig.
    PastContigEnd,
    /// Left out: exons or CDS whose transcript has no row of its own.
    ParentMissing,
    /// Left out: a transcript without exons and CDS.
    NoExons,
    /// Left out: two exons of the transcript overlap.
    OverlappingExons,
    /// Left out: transcript and parts are on different strands, or the strand is not given.
    StrandsDisagree,
    /// Left out: coding bases outside the exons, or exon bases skipped within the CDS.
    CodingOutsideExons,
    /// Left out: a second row with the identity of an earlier one at the same contig.
    DuplicateFeature,
    /// Kept: a row given twice was taken once.
    RepeatedPart,
    /// Kept: no row for the gene; it is known by the identifier its transcripts give.
    GeneRowMissing,
    /// Kept: exons or CDS directly under a gene; the transcript is named after the gene.
    NamedAfterGene,
    /// Kept: no exon rows; exons were made from the CDS and UTR rows.
    ExonsFromCoding,
    /// Kept: the stop codon was outside the CDS rows and was added.
    StopCodonAdded,
    /// Kept: a phase given for an inner CDS segment does not follow from the segments before it.
    PhaseInconsistent,
    /// Kept: the reading frame steps back one base (ribosomal slippage).
    Slippage,
    /// Kept: the reading frame skips one or two bases of an exon (ribosomal slippage forward).
    SkippedBases,
    /// Kept: the transcript differs from the genome by an insertion or deletion, described by its alignment.
    AlignmentGap,
    /// Kept: the transcript has bases the genome lacks, their number known only from the reading frame.
    GapFromFrame,
    /// Kept: the alignment of the transcript does not add up; its exon rows were used.
    AlignmentUnusable,
    /// Kept: a phase other than 0 without a statement about the start; the start is taken as incomplete.
    StartIncompleteByPhase,
    /// Kept: the CDS ends within a codon without a statement about the end; the end is taken as incomplete.
    EndIncompleteByLength,
    /// Kept: by the genome's bases the CDS holds a stop codon inside that is not marked as selenocysteine.
    InternalStop,
    /// Kept: the HGNC identifier was found by a previous symbol.
    GeneByPreviousSymbol,
    /// Kept: no HGNC identifier was found for the gene.
    GeneWithoutHgnc,
    /// Kept: the source's HGNC identifier is not the one the gene table gives for the gene's other identifier.
    HgncDisagrees,
}

impl Remark {
    /// True where the feature was left out.
    pub fn is_loss(self) -> bool {
        self <= Self::DuplicateFeature
    }

    /// The remark in words.
    pub fn text(self) -> &'static str {
        match self {
            Self::ContigNotInFasta => "contig not in the FASTA",
            Self::PastContigEnd => "extends past the end of its contig",
            Self::ParentMissing => "parent row missing",
            Self::NoExons => "no exons",
            Self::OverlappingExons => "exons overlap",
            Self::StrandsDisagree => "strands disagree or are not given",
            Self::CodingOutsideExons => "CDS does not match the exons",
            Self::DuplicateFeature => "identifier repeated on one contig",
            Self::RepeatedPart => "exon or CDS row repeated",
            Self::GeneRowMissing => "no row for the gene",
            Self::NamedAfterGene => "transcript named after its gene",
            Self::ExonsFromCoding => "exons derived from CDS and UTR rows",
            Self::StopCodonAdded => "stop codon added to the CDS",
            Self::PhaseInconsistent => "phase of an inner CDS segment inconsistent",
            Self::Slippage => "ribosomal slippage",
            Self::SkippedBases => "bases skipped within an exon's CDS",
            Self::AlignmentGap => "differs from the genome by an insertion or deletion",
            Self::GapFromFrame => "length of a transcript insertion inferred from the frame",
            Self::AlignmentUnusable => "alignment rows do not add up",
            Self::StartIncompleteByPhase => "start incomplete by phase",
            Self::EndIncompleteByLength => "end incomplete by length",
            Self::InternalStop => "stop codon inside the CDS, not marked as selenocysteine",
            Self::GeneByPreviousSymbol => "HGNC identifier found by a previous symbol",
            Self::GeneWithoutHgnc => "gene without HGNC identifier",
            Self::HgncDisagrees => "HGNC identifier disagrees with the gene table",
        }
    }
}

/// How often a remark was made, and the first few features it was made about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Number of features.
    pub count: u64,
    /// The first few, by name.
    pub examples: Vec<String>,
}

/// What was taken from one transcript source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildReport {
    /// The file, by its name alone.
    pub source: String,
    /// What kind of file it was found to be: `GFF3 (Ensembl)`, `genePred`.
    pub format: String,
    /// Rows read.
    pub rows: u64,
    /// Genes with at least one transcript.
    pub genes: u64,
    /// Transcripts kept.
    pub transcripts: u64,
    /// Of these, coding.
    pub coding: u64,
    /// Remarks with their counts.
    pub remarks: BTreeMap<Remark, Tally>,
}

impl BuildReport {
    /// Counts a remark about the feature called `name`.
    pub fn remark(&mut self, remark: Remark, name: &str) {
        let tally = self.remarks.entry(remark).or_default();
        tally.count += 1;
        if tally.examples.len() < 3 {
            tally.examples.push(name.to_owned());
        }
    }

    /// How often a remark was made.
    pub fn count(&self, remark: Remark) -> u64 {
        self.remarks.get(&remark).map_or(0, |t| t.count)
    }

    /// Number of features left out.
    pub fn lost(&self) -> u64 {
        self.remarks.iter().filter(|(r, _)| r.is_loss()).map(|(_, t)| t.count).sum()
    }
}

impl fmt::Display for BuildReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} ({}): {} genes, {} transcripts, {} of them coding; {} features excluded",
            self.source,
            self.format,
            self.genes,
            self.transcripts,
            self.coding,
            self.lost()
        )?;
        for (remark, tally) in &self.remarks {
            let kind = if remark.is_loss() { "excluded" } else { "noted" };
            let more = if tally.count > tally.examples.len() as u64 { ", …" } else { "" };
            let examples = tally.examples.join(", ");
            writeln!(f, "  {kind}: {} {} ({examples}{more})", tally.count, remark.text())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_counted_apart_from_notes() {
        let mut report = BuildReport::default();
        for name in ["a", "b", "c", "d"] {
            report.remark(Remark::OverlappingExons, name);
        }
        report.remark(Remark::Slippage, "e");
        assert_eq!(report.lost(), 4);
        let text = report.to_string();
        assert!(text.contains("excluded: 4 exons overlap (a, b, c, …)"), "{text}");
        assert!(text.contains("noted: 1 ribosomal slippage (e)"), "{text}");
    }
}
