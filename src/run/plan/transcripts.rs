//! Which transcript of a gene findings are reported on.
//!
//! Order: MANE Select, MANE Plus Clinical, the source's canonical transcript, the longest coding sequence.
//! Source: MANE (Morales 2022, PMC9007741) and the ACGS variant nomenclature advice to report on it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::contig::{Contig, ContigKind};
use crate::model::gene::HgncId;
use crate::model::transcript::Mane;
use crate::reference::transcripts::{TranscriptView, Transcripts};

/// Why a transcript was chosen, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// MANE Select.
    ManeSelect,
    /// MANE Plus Clinical.
    ManePlusClinical,
    /// Marked canonical by its source.
    Canonical,
    /// Longest coding sequence.
    LongestCoding,
    /// Longest transcript of a gene that codes for no protein.
    LongestNonCoding,
}

impl Reason {
    /// The words a plan and a report use.
    pub fn words(self) -> &'static str {
        match self {
            Self::ManeSelect => "MANE Select",
            Self::ManePlusClinical => "MANE Plus Clinical; the gene has no MANE Select in the bundle",
            Self::Canonical => "canonical in its source; the gene has no MANE transcript in the bundle",
            Self::LongestCoding => "longest coding sequence; none is marked MANE or canonical in the bundle",
            Self::LongestNonCoding => "longest transcript; the gene has no coding transcript in the bundle",
        }
    }
}

/// The choice for one gene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptChoice {
    /// The gene's symbol in the bundle.
    pub symbol: String,
    /// The transcript, with version where the source gives one.
    pub accession: String,
    /// Its index in the bundle.
    pub index: u32,
    /// Why.
    pub reason: Reason,
    /// True when the gene lies on the mitochondrial genome.
    pub mitochondrial: bool,
}

/// The genes of a bundle that have an HGNC identifier and a transcript, with the choice for each.
#[derive(Clone, Debug, Default)]
pub struct TranscriptChoices {
    genes: BTreeMap<HgncId, TranscriptChoice>,
}

/// Smallest is best: reason, then longer coding sequence, longer transcript, the accession, and last the index.
type Rank<'a> = (Reason, Reverse<u32>, Reverse<u32>, &'a str, u32);

impl TranscriptChoices {
    /// Chooses for every gene of a bundle.
    pub fn of(transcripts: &Transcripts, contigs: &[Contig]) -> Self {
        let mut best: BTreeMap<u32, (Rank<'_>, bool)> = BTreeMap::new();
        for index in 0..transcripts.len() as u32 {
            let view = transcripts.get(index);
            let mitochondrial =
                contigs.get(view.contig.index()).is_some_and(|c| c.kind() == ContigKind::Mitochondrion);
            let candidate = (rank(&view), mitochondrial);
            best.entry(view.gene)
                .and_modify(|known| {
                    if candidate.0 < known.0 {
                        *known = candidate;
                    }
                })
                .or_insert(candidate);
        }
        // One identifier may be borne by two genes of a source (the X and Y copies of a pseudoautosomal
        // gene): the better transcript stands for both.
        let mut genes: BTreeMap<HgncId, (Rank<'_>, TranscriptChoice)> = BTreeMap::new();
        for (gene, (rank, mitochondrial)) in best {
            let gene = transcripts.gene(gene);
            let Some(id) = gene.hgnc_id else { continue };
            if genes.get(&id).is_some_and(|(known, _)| *known <= rank) {
                continue;
            }
            let choice = TranscriptChoice {
                symbol: gene.symbol,
                accession: rank.3.to_owned(),
                index: rank.4,
                reason: rank.0,
                mitochondrial,
            };
            genes.insert(id, (rank, choice));
        }
        Self { genes: genes.into_iter().map(|(id, (_, choice))| (id, choice)).collect() }
    }

    /// The choice for a gene; absent when the bundle has no transcript of it.
    pub fn get(&self, id: HgncId) -> Option<&TranscriptChoice> {
        self.genes.get(&id)
    }

    /// True when the bundle has a transcript of the gene.
    pub fn has(&self, id: HgncId) -> bool {
        self.genes.contains_key(&id)
    }

    /// The genes of the mitochondrial genome.
    pub fn mitochondrial(&self) -> impl Iterator<Item = HgncId> + '_ {
        self.genes.iter().filter(|(_, choice)| choice.mitochondrial).map(|(id, _)| *id)
    }
}

fn rank<'a>(view: &TranscriptView<'a>) -> Rank<'a> {
    let coding = view.coding.map_or(0, |coding| coding.cds.len());
    let spliced = view.exons.iter().map(|exon| exon.len()).sum();
    let reason = match view.mane {
        Some(Mane::Select) => Reason::ManeSelect,
        Some(Mane::PlusClinical) => Reason::ManePlusClinical,
        None if view.canonical => Reason::Canonical,
        None if coding > 0 => Reason::LongestCoding,
        None => Reason::LongestNonCoding,
    };
    (reason, Reverse(coding), Reverse(spliced), view.accession, view.index)
}

#[cfg(test)]
mod tests;
