//! What the reads cover.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::{MeanDepth, Percent};
use crate::model::gene::HgncId;

/// Coverage of the coding exons of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Requirements on the reads.
    pub limits: CoverageLimits,
    /// One entry a member, in the order of the family.
    pub participants: Vec<ParticipantCoverage>,
}

/// Requirements on the reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverageLimits {
    /// Depth that counts as covered.
    pub depth: u32,
    /// Least mapping quality of a read.
    pub mapping_quality: u8,
    /// Bases either side of a coding exon.
    pub exon_padding: u32,
    /// Percentage at that depth below which a gene is named.
    pub report_below: Percent,
}

/// Coverage in one member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticipantCoverage {
    /// Pseudonym.
    pub participant: String,
    /// What was measured, or why nothing was.
    pub coverage: CoverageState,
}

/// What was measured, or why nothing was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", content = "content", rename_all = "snake_case")]
pub enum CoverageState {
    /// Measured.
    Measured(MeasuredCoverage),
    /// Not evaluable, with the reason: `no alignments`.
    NotEvaluable(String),
}

/// Measured coverage. Figures are over coding exons and their padding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuredCoverage {
    /// Mean depth over all targets; absent when there are none.
    pub mean: Option<MeanDepth>,
    /// Proportion of all targets at the required depth, rounded down.
    pub at_depth: Option<Percent>,
    /// By panel.
    pub panels: Vec<PanelCoverage>,
    /// By gene, in the order of the genes tested.
    pub genes: Vec<GeneCoverage>,
    /// Regions below the required depth, in genomic order.
    pub gaps: Vec<Gap>,
}

/// Coverage of a panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PanelCoverage {
    /// Panel identifier; absent for genes named by the Directory row itself.
    pub panel: Option<u32>,
    /// Name.
    pub name: String,
    /// The version for which coverage was counted.
    pub version: Option<String>,
    /// Mean depth.
    pub mean: Option<MeanDepth>,
    /// Proportion at the required depth, rounded down.
    pub at_depth: Option<Percent>,
}

/// Coverage of a gene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GeneCoverage {
    /// Approved symbol.
    pub gene: String,
    /// Identity.
    pub hgnc_id: Option<HgncId>,
    /// Transcript counted.
    pub transcript: Option<String>,
    /// Mean depth; absent when no exon is known.
    pub mean: Option<MeanDepth>,
    /// Proportion at the required depth, rounded down.
    pub at_depth: Option<Percent>,
}

/// A region below the required depth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Gene symbol.
    pub gene: String,
    /// Transcript.
    pub transcript: String,
    /// Exon: `3/12`.
    pub exon: String,
    /// Contig.
    pub chrom: String,
    /// First base, 1-based.
    pub start: u32,
    /// Last base, 1-based inclusive.
    pub end: u32,
    /// Lowest depth within.
    pub minimum_depth: u32,
}
