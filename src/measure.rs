//! Coverage of one sample: joins the reads of a file and the targets of a plan, and does nothing else.

pub mod targets;

use std::borrow::Cow;
use std::path::Path;

use crate::model::pipeline::CoveragePolicy;
use crate::model::remedy::Remedy;
use crate::quality::coverage::{
    DepthSummary, Depths, Gap, GeneCoverage, Layout, Target, TargetCoverage, TargetError,
};
use crate::read::alignments::{AlignmentError, AlignmentWarning, Alignments, ReadFilter, read_windows};
use crate::reference::bundle::Bundle;

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
    pub warnings: Vec<AlignmentWarning>,
}

/// Why coverage could not be measured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CoverageError {
    /// The alignment file is refused.
    #[error(transparent)]
    Alignments(#[from] AlignmentError),
    /// A target is refused.
    #[error(transparent)]
    Targets(#[from] TargetError),
}

impl Remedy for CoverageError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Alignments(error) => error.remedy(),
            Self::Targets(error) => error.remedy(),
        }
    }
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
    let layout = Layout::new(targets, alignments.contigs, policy)?;
    let windows = layout.windows();
    let read = read_windows(alignments, ReadFilter::new(policy), &windows, |window| layout.meter(window))?;
    let Depths { targets, genes, overall, gaps } = layout.depths(read.counts);
    Ok(CoverageResult { targets, genes, overall, gaps, warnings: read.warnings })
}

/// Measures one participant's reads.
///
/// # Errors
/// When the file is refused; see [`CoverageError`].
pub fn of_participant(
    path: &Path,
    sample: Option<&str>,
    targets: &[Target],
    policy: &CoveragePolicy,
    bundle: &Bundle,
) -> Result<CoverageResult, CoverageError> {
    let genome = bundle.genome();
    let alignments = Alignments { path, contigs: genome.contigs(), genome: Some(genome), sample };
    coverage(&alignments, targets, policy)
}
