//! An event that passed the filters, and what is known of it in each gene it touches.

use std::sync::Arc;

use super::annotation::Annotation;
use super::consequence::Terms;
use super::de_novo::DeNovoEvidence;
use super::event::CarriedEvent;
use super::frequency::Frequencies;
use super::gene::HgncId;
use super::pair::PairVerdict;
use super::segregation::{CopyRegion, SegregationVerdict};

/// An event that passed the filters.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The event with the family's calls; calls below the quality thresholds are unknown.
    pub entry: CarriedEvent,
    /// How copies are counted at its place.
    pub region: CopyRegion,
    /// What a small variant does; empty for an event of another kind.
    pub annotation: Annotation,
    /// The clinical assertion that makes it known as pathogenic, where there is one.
    pub known_pathogenic: Option<String>,
    /// The reason for which it is on the laboratory's inclusion list, where it is.
    pub inclusion: Option<String>,
    /// The answers on population frequency that apply to its region.
    pub frequency: Frequencies,
    /// Verdict on each mode at this place alone.
    pub site: Vec<SegregationVerdict>,
    /// How well the reads bear out a de novo call.
    pub de_novo: Option<DeNovoEvidence>,
    /// The genes it touches.
    pub genes: Vec<GeneEffect>,
}

impl Candidate {
    /// True when frequency and consequence are waived: known pathogenic, or on the inclusion list.
    pub fn is_waived(&self) -> bool {
        self.known_pathogenic.is_some() || self.inclusion.is_some()
    }
}

/// What an event does in one gene.
#[derive(Clone, Debug)]
pub struct GeneEffect {
    /// Index of the gene in the bundle.
    pub gene: u32,
    /// Its identity, where it has one.
    pub hgnc_id: Option<HgncId>,
    /// Its symbol.
    pub symbol: String,
    /// Terms on any of the gene's transcripts that count.
    pub terms: Terms,
    /// True when the gene codes for no protein.
    pub non_coding: bool,
    /// Index in `Annotation::consequences` of the transcript it is reported on; none for an event that is not reported
    /// by itself.
    pub reported: Option<usize>,
    /// Index in `Plan::genes`, where the gene is on the virtual panel.
    pub planned: Option<usize>,
    /// Partners for a compound heterozygous pair, by index of the candidate.
    pub partners: Vec<(usize, Arc<PairVerdict>)>,
}
