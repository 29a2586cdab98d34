//! Which transcript of a gene findings are reported on.
//!
//! Order: the laboratory's own choice, MANE Select, MANE Plus Clinical, the source's canonical transcript, the longest coding sequence.
//! Source: MANE (Morales 2022, PMC9007741) and the ACGS variant nomenclature advice to report on it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::contig::{Contig, ContigKind};
use crate::model::gene::HgncId;
use crate::model::transcript::Mane;
use crate::reference::transcripts::{TranscriptView, Transcripts};

use super::overrides::{TranscriptOverrides, names};

/// Why a transcript was chosen, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The laboratory's own choice.
    Override,
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
            Self::Override => "chosen by the laboratory",
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
    /// The laboratory's own choice, where the bundle has no such transcript of the gene.
    pub not_in_bundle: Option<String>,
}

impl TranscriptChoice {
    /// Why, in the words a plan and a report use.
    pub fn words(&self) -> String {
        match &self.not_in_bundle {
            Some(wanted) => format!(
                "{}; the laboratory's own choice, {wanted}, is not among the gene's transcripts in the bundle",
                self.reason.words()
            ),
            None => self.reason.words().to_owned(),
        }
    }
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
        let mitochondrial: Vec<bool> =
            contigs.iter().map(|contig| contig.kind() == ContigKind::Mitochondrion).collect();
        let mut best: Vec<Option<(Rank<'_>, bool)>> = vec![None; transcripts.gene_count()];
        for index in 0..transcripts.len() as u32 {
            let view = transcripts.get(index);
            let Some(known) = best.get_mut(view.gene as usize) else { continue };
            let candidate = rank(&view);
            if known.is_none_or(|(rank, _)| candidate < rank) {
                *known = Some((candidate, mitochondrial.get(view.contig.index()) == Some(&true)));
            }
        }
        // One identifier may be borne by two genes of a source (the X and Y copies of a pseudoautosomal
        // gene): the better transcript stands for both.
        let mut genes: BTreeMap<HgncId, (Rank<'_>, TranscriptChoice)> = BTreeMap::new();
        for (gene, best) in best.into_iter().enumerate() {
            let Some((rank, mitochondrial)) = best else { continue };
            let gene = transcripts.gene(gene as u32);
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
                not_in_bundle: None,
            };
            genes.insert(id, (rank, choice));
        }
        Self { genes: genes.into_iter().map(|(id, (_, choice))| (id, choice)).collect() }
    }

    /// Puts the laboratory's own choices first. One that the bundle lacks, or has at another version, changes
    /// nothing and is said with the gene: another version may be another sequence.
    pub fn overridden(mut self, overrides: &TranscriptOverrides, transcripts: &Transcripts) -> Self {
        if overrides.is_empty() {
            return self;
        }
        let wanted: Vec<Option<(HgncId, &str)>> = (0..transcripts.gene_count() as u32)
            .map(|gene| transcripts.gene(gene).hgnc_id.and_then(|id| Some((id, overrides.get(id)?))))
            .collect();
        let mut found: BTreeMap<HgncId, u32> = BTreeMap::new();
        for view in (0..transcripts.len() as u32).map(|index| transcripts.get(index)) {
            if let Some((id, accession)) = wanted.get(view.gene as usize).copied().flatten()
                && names(accession, view.accession)
            {
                found.entry(id).or_insert(view.index);
            }
        }
        for (id, wanted) in overrides.iter() {
            let Some(choice) = self.genes.get_mut(&id) else { continue };
            match found.get(&id) {
                Some(index) => {
                    choice.index = *index;
                    choice.accession = transcripts.get(*index).accession.to_owned();
                    choice.reason = Reason::Override;
                }
                None => choice.not_in_bundle = Some(wanted.to_owned()),
            }
        }
        self
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
