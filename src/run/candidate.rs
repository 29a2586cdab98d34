//! An allele that passed the filters, and what is known of it in each gene it touches.

use std::sync::Arc;

use crate::family::{DeNovoEvidence, PairVerdict};
use crate::filter::frequency::{FrequencyMode, FrequencyOutcome};
use crate::model::annotation::{Annotation, TranscriptConsequence};
use crate::model::consequence::{Term, Terms};
use crate::model::gene::HgncId;
use crate::model::record::NormalisedAllele;
use crate::model::segregation::{CopyRegion, SegregationMode, SegregationVerdict};
use crate::reference::transcripts::Transcripts;

/// An allele that passed the filters.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The allele with the family's calls; calls below the quality thresholds are unknown.
    pub entry: NormalisedAllele,
    /// How copies are counted at its place.
    pub region: CopyRegion,
    /// What it does.
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

/// Population frequency by kind of inheritance.
#[derive(Clone, Debug)]
pub struct Frequencies(pub Vec<FrequencyOutcome>);

impl Frequencies {
    /// True when the limits of this kind of inheritance are kept; a kind that was not asked is not.
    pub fn allows(&self, mode: FrequencyMode) -> bool {
        self.0.iter().any(|outcome| outcome.mode == mode && outcome.kept)
    }
}

/// What an allele does in one gene.
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
    /// Index in `Annotation::consequences` of the transcript it is reported on.
    pub reported: usize,
    /// Index in `Plan::genes`, where the gene is on the virtual panel.
    pub planned: Option<usize>,
    /// Partners for a compound heterozygous pair, by index of the candidate.
    pub partners: Vec<(usize, Arc<PairVerdict>)>,
}

/// The kind of inheritance whose frequency limits apply to a mode.
pub fn frequency_mode(mode: SegregationMode, region: CopyRegion) -> FrequencyMode {
    use SegregationMode as M;
    match mode {
        _ if region == CopyRegion::Mitochondrial => FrequencyMode::Mitochondrial,
        M::AutosomalRecessive | M::CompoundHeterozygous | M::XLinkedRecessive | M::UniparentalIsodisomy => {
            FrequencyMode::Recessive
        }
        M::Mitochondrial => FrequencyMode::Mitochondrial,
        M::AutosomalDominant
        | M::AutosomalDominantIncompletePenetrance
        | M::XLinkedDominant
        | M::YLinked
        | M::DeNovo
        | M::DominantMaternallyImprinted
        | M::DominantPaternallyImprinted => FrequencyMode::Dominant,
    }
}

/// The genes an annotation touches, each with the terms that count and the transcript it is reported on.
///
/// Terms count on protein-coding transcripts where the gene has any among those touched, and on all its
/// transcripts otherwise. `chosen` names the transcript a gene is reported on; where the allele does not
/// touch that one, the transcript with the most severe terms stands in.
///
/// `beside` lets genes in whose neighbourhood the allele merely lies take part, as a promoter variant does: any where
/// the allele lies within no gene at all, and those on the virtual panel where it lies within no gene that codes for a
/// protein. An assertion on an allele within a coding gene is about that gene: Genomics England's criterion 5a asks
/// for the gene of the known variant to be green, not for a green gene nearby.
pub fn gene_effects(
    annotation: &Annotation,
    transcripts: &Transcripts,
    chosen: impl Fn(u32) -> Option<u32>,
    planned: impl Fn(u32) -> Option<usize>,
    beside: bool,
) -> Vec<GeneEffect> {
    let all = &annotation.consequences;
    let mut genes: Vec<u32> = all.iter().filter_map(|c| c.gene_index).collect();
    genes.sort_unstable();
    genes.dedup();
    let within_none = all.iter().all(is_beside);
    let within_coding = all.iter().any(|c| !is_beside(c) && c.biotype == "protein_coding");
    genes
        .into_iter()
        .filter_map(|gene| {
            let near_counts = beside && (within_none || (!within_coding && planned(gene).is_some()));
            let of_gene: Vec<usize> = (0..all.len())
                .filter(|&i| all[i].gene_index == Some(gene) && (near_counts || !is_beside(&all[i])))
                .collect();
            let coding: Vec<usize> =
                of_gene.iter().copied().filter(|&i| all[i].biotype == "protein_coding").collect();
            let non_coding = coding.is_empty();
            let counted = if non_coding { of_gene } else { coding };
            let reported = reported(all, &counted, chosen(gene))?;
            let record = transcripts.gene(gene);
            Some(GeneEffect {
                gene,
                hgnc_id: record.hgnc_id,
                symbol: record.symbol,
                terms: counted.iter().fold(Terms::NONE, |terms, &i| terms.union(all[i].terms)),
                non_coding,
                reported,
                planned: planned(gene),
                partners: Vec::new(),
            })
        })
        .collect()
}

fn reported(all: &[TranscriptConsequence], counted: &[usize], chosen: Option<u32>) -> Option<usize> {
    let preferred = counted.iter().copied().find(|&i| all[i].transcript_index == chosen && chosen.is_some());
    preferred.or_else(|| counted.iter().copied().min_by_key(|&i| (all[i].terms.most_severe(), i)))
}

/// True when the allele lies upstream or downstream of the transcript only.
fn is_beside(consequence: &TranscriptConsequence) -> bool {
    consequence.terms.iter().all(|t| matches!(t, Term::UpstreamGene | Term::DownstreamGene))
}
