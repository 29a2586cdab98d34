//! The genes that an allele touches.

use crate::model::annotation::{Annotation, TranscriptConsequence};
use crate::model::candidate::GeneEffect;
use crate::model::consequence::{Term, Terms};
use crate::reference::transcripts::Transcripts;

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
                reported: Some(reported),
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
