//! Depth of coverage over targets, from BAM or CRAM.
//!
//! The depth of a base is the number of distinct fragments (read names) with a base aligned there
//! (CIGAR `M`, `=` or `X`): where the two mates of a pair overlap, the base counts once; a deletion, a
//! skipped region and a clip do not cover. Unmapped, secondary, failed and duplicate records are left out
//! (the default filter of samtools depth and of mosdepth, flag 1796), supplementary ones unless the policy
//! counts them, and records below the policy's mapping quality. A mapping quality of 255 ("unavailable",
//! SAM specification 1.4) passes every limit, as it does there.
//!
//! With an index at least as new as its data only the neighbourhood of the targets is read; otherwise
//! the whole file is, and the result says so. Memory follows the depth and the number of targets, not
//! the length of contigs (for CRAM, the decoder holds one contig of the reference at a time).

mod bam;
mod cram;
mod depth;
mod error;
mod extent;
mod fragment;
mod header;
mod index;
mod layout;
mod meter;
mod record;
mod regions;
mod run;
mod source;
mod sweep;
mod table;

use std::path::Path;

use crate::model::contig::{Contig, ContigId};
use crate::model::gene::HgncId;
use crate::model::pipeline::CoveragePolicy;
use crate::model::position::Interval;
use crate::reference::genome::Genome;

pub use depth::{DepthSummary, THRESHOLDS};
pub use error::{CoverageError, CoverageWarning};
pub use regions::read_regions;
pub use table::{write_exons, write_gaps, write_genes};

/// An exon, or any other interval, whose depth is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Contig, by the reference's list.
    pub contig: ContigId,
    /// The exon itself, without padding.
    pub interval: Interval,
    /// Gene symbol, for display.
    pub gene: String,
    /// Gene identity.
    pub hgnc_id: Option<HgncId>,
    /// Transcript with version.
    pub transcript: String,
    /// Number of the exon in the transcript, from 1; 0 when not known.
    pub exon: u32,
}

/// The reads, and what they are held against.
#[derive(Clone, Copy, Debug)]
pub struct Alignments<'a> {
    /// BAM or CRAM file; its index is looked for beside it.
    pub path: &'a Path,
    /// The reference's contigs; [`Target::contig`] counts in this list.
    pub contigs: &'a [Contig],
    /// The reference's bases, needed for CRAM only.
    pub genome: Option<&'a Genome>,
    /// The sample the reads should belong to, held against the read groups.
    pub sample: Option<&'a str>,
}

/// Depth over one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetCoverage {
    /// The target as it was asked for.
    pub target: Target,
    /// What was measured: the target with the policy's padding, cut at the contig's ends.
    pub measured: Interval,
    /// Its depth.
    pub depth: DepthSummary,
}

/// Depth over the targets of one transcript of a gene; bases shared by two of them count once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneCoverage {
    /// Gene symbol.
    pub gene: String,
    /// Gene identity.
    pub hgnc_id: Option<HgncId>,
    /// Transcript.
    pub transcript: String,
    /// Number of targets.
    pub targets: usize,
    /// Its depth.
    pub depth: DepthSummary,
}

/// A maximal run of bases below the policy's depth inside one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Contig.
    pub contig: ContigId,
    /// The run, inside the measured interval.
    pub interval: Interval,
    /// Lowest depth in it.
    pub min: u32,
    /// Gene symbol of the target.
    pub gene: String,
    /// Gene identity of the target.
    pub hgnc_id: Option<HgncId>,
    /// Transcript of the target.
    pub transcript: String,
    /// Exon number of the target.
    pub exon: u32,
}

/// Coverage of one sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageResult {
    /// Per target, ordered by contig and position.
    pub targets: Vec<TargetCoverage>,
    /// Per gene and transcript, ordered by symbol, identity and transcript.
    pub genes: Vec<GeneCoverage>,
    /// Over all bases of all targets, each once.
    pub overall: DepthSummary,
    /// Gaps, ordered by contig and position.
    pub gaps: Vec<Gap>,
    /// What else the reader of the result should know, sorted.
    pub warnings: Vec<CoverageWarning>,
}

/// Measures the depth over `targets`, each widened by the policy's padding.
///
/// # Errors
/// A file that is truncated, damaged, unsorted or of another build, a CRAM without its reference, and a
/// target outside its contig are refused; see [`CoverageError`]. Targets without reads have depth 0.
pub fn coverage(
    alignments: &Alignments<'_>,
    targets: &[Target],
    policy: &CoveragePolicy,
) -> Result<CoverageResult, CoverageError> {
    let layout = layout::Layout::new(targets, alignments.contigs, policy)?;
    let measured = run::Run { alignments, layout: &layout, policy }.measure()?;

    let mut depths = vec![DepthSummary::default(); layout.slots()];
    let mut gaps = Vec::new();
    for window in measured.windows {
        for (slot, depth) in window.summaries {
            depths[slot].merge(&depth);
        }
        gaps.extend(window.gaps);
    }
    gaps.sort_unstable_by_key(|(slot, interval, _)| (layout.targets[*slot].0.contig, *interval, *slot));
    let mut warnings = measured.warnings;
    warnings.sort();

    let overall = depths.pop().unwrap_or_default();
    let gene_depths = depths.split_off(layout.targets.len());
    let gaps =
        gaps.into_iter().map(|(slot, interval, min)| gap(&layout.targets[slot].0, interval, min)).collect();
    let targets = layout.targets.into_iter().zip(depths);
    let genes = layout.genes.into_iter().zip(gene_depths);
    Ok(CoverageResult {
        targets: targets
            .map(|((target, measured), depth)| TargetCoverage { target, measured, depth })
            .collect(),
        genes: genes
            .map(|(((gene, hgnc_id, transcript), targets), depth)| GeneCoverage {
                gene,
                hgnc_id,
                transcript,
                targets,
                depth,
            })
            .collect(),
        overall,
        gaps,
        warnings,
    })
}

fn gap(target: &Target, interval: Interval, min: u32) -> Gap {
    Gap {
        contig: target.contig,
        interval,
        min,
        gene: target.gene.clone(),
        hgnc_id: target.hgnc_id,
        transcript: target.transcript.clone(),
        exon: target.exon,
    }
}

/// The contigs that a BAM or CRAM file names in its header, for use where there is no reference.
///
/// # Errors
/// A file that cannot be read, is truncated, or is neither BAM nor CRAM.
pub fn contigs_of(path: &Path) -> Result<Vec<Contig>, CoverageError> {
    run::contigs(path)
}
