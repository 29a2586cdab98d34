//! Depth of coverage over targets, counted from reads.
//!
//! The depth of a base is the number of distinct fragments (read names) with a base aligned there
//! (CIGAR `M`, `=` or `X`): where the two mates of a pair overlap, the base counts once; a deletion, a
//! skipped region and a clip do not cover. Unmapped, secondary, failed and duplicate records are left out
//! (the default filter of samtools depth and of mosdepth, flag 1796), supplementary ones unless the policy
//! counts them, and records below the policy's mapping quality. A mapping quality of 255 ("unavailable",
//! SAM specification 1.4) passes every limit, as it does there.
//!
//! This is the arithmetic alone: a [`Layout`] says which windows are to be read, a [`Meter`] takes the reads of
//! one, and the layout makes the figures of what the meters counted.

mod depth;
mod error;
mod fragment;
mod layout;
mod meter;
mod regions;
mod sweep;
mod table;

use crate::model::contig::ContigId;
use crate::model::gene::HgncId;
use crate::model::position::Interval;

pub use depth::{DepthSummary, THRESHOLDS};
pub use error::{RegionError, TargetError};
pub use layout::{Layout, Window};
pub use meter::{Meter, WindowDepth};
pub use regions::regions;
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

/// Depth over all that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depths {
    /// Per target, ordered by contig and position.
    pub targets: Vec<TargetCoverage>,
    /// Per gene and transcript, ordered by symbol, identity and transcript.
    pub genes: Vec<GeneCoverage>,
    /// Over all bases of all targets, each once.
    pub overall: DepthSummary,
    /// Gaps, ordered by contig and position.
    pub gaps: Vec<Gap>,
}

impl Layout {
    /// The figures of what the meters of the windows counted, whichever way those were cut.
    pub fn depths(self, counts: Vec<WindowDepth>) -> Depths {
        let mut depths = vec![DepthSummary::default(); self.slots()];
        let mut gaps = Vec::new();
        for window in counts {
            for (slot, depth) in window.summaries {
                depths[slot].merge(&depth);
            }
            gaps.extend(window.gaps);
        }
        gaps.sort_unstable_by_key(|(slot, interval, _)| (self.targets[*slot].0.contig, *interval, *slot));

        let overall = depths.pop().unwrap_or_default();
        let gene_depths = depths.split_off(self.targets.len());
        let gaps =
            gaps.into_iter().map(|(slot, interval, min)| gap(&self.targets[slot].0, interval, min)).collect();
        let targets = self.targets.into_iter().zip(depths);
        let genes = self.genes.into_iter().zip(gene_depths);
        Depths {
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
        }
    }
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
