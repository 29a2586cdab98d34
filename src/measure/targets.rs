//! The targets of a plan: its coding exons.

use crate::model::gene::HgncId;
use crate::model::panel::Confidence;
use crate::model::plan::{Plan, PlannedGene};
use crate::model::position::Interval;
use crate::model::transcript::{Exon, Strand};
use crate::plan::TranscriptChoices;
use crate::quality::coverage::Target;
use crate::reference::bundle::Bundle;
use crate::reference::transcripts::TranscriptView;

/// The exons a plan's coverage is measured over: the coding part of the reported transcript of every green
/// gene (whole exons of a non-coding one). A gene-agnostic plan is measured over every gene.
pub fn targets(plan: &Plan, bundle: &Bundle, choices: &TranscriptChoices) -> Vec<Target> {
    let transcripts = bundle.transcripts();
    let mut wanted: Vec<(HgncId, String)> =
        plan.genes.iter().filter(|g| is_green(g)).map(|g| (g.hgnc_id, g.symbol.clone())).collect();
    if plan.gene_agnostic {
        wanted.extend((0..transcripts.gene_count() as u32).filter_map(|index| {
            let gene = transcripts.gene(index);
            Some((gene.hgnc_id?, gene.symbol))
        }));
        wanted.sort();
        wanted.dedup_by_key(|(id, _)| *id);
    }
    let mut targets = Vec::new();
    for (id, symbol) in wanted {
        if let Some(choice) = choices.get(id) {
            targets.extend(exons_of(&transcripts.get(choice.index), id, &symbol));
        }
    }
    targets
}

fn is_green(gene: &PlannedGene) -> bool {
    gene.entries.iter().any(|entry| entry.confidence == Confidence::Green)
}

fn exons_of(transcript: &TranscriptView<'_>, id: HgncId, symbol: &str) -> Vec<Target> {
    transcript
        .exons
        .iter()
        .zip(1..)
        .filter_map(|(exon, number)| {
            let interval = match transcript.coding {
                Some(coding) => coding_part(*exon, transcript.strand, coding.cds)?,
                None => exon.interval(),
            };
            Some(Target {
                contig: transcript.contig,
                interval,
                gene: symbol.to_owned(),
                hgnc_id: Some(id),
                transcript: transcript.accession.to_owned(),
                exon: number,
            })
        })
        .collect()
}

/// The genomic part of an exon that lies in the coding sequence, given in spliced offsets.
fn coding_part(exon: Exon, strand: Strand, cds: Interval) -> Option<Interval> {
    let first = cds.start.max(exon.cdna_start);
    let last = cds.end.min(exon.cdna_start + exon.len());
    if first >= last {
        return None;
    }
    let (from, to) = (first - exon.cdna_start, last - exon.cdna_start);
    Some(match strand {
        Strand::Forward => Interval::new(exon.start + from, exon.start + to),
        Strand::Reverse => Interval::new(exon.end - to, exon.end - from),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coding_part_follows_the_strand() {
        let exon = Exon { start: 100, end: 150, cdna_start: 20 };
        let cds = Interval::new(30, 60);
        assert_eq!(coding_part(exon, Strand::Forward, cds), Some(Interval::new(110, 140)));
        assert_eq!(coding_part(exon, Strand::Reverse, cds), Some(Interval::new(110, 140)));
        let cds = Interval::new(30, 200);
        assert_eq!(coding_part(exon, Strand::Forward, cds), Some(Interval::new(110, 150)));
        assert_eq!(coding_part(exon, Strand::Reverse, cds), Some(Interval::new(100, 140)));
        assert_eq!(coding_part(exon, Strand::Forward, Interval::new(0, 20)), None);
    }
}
