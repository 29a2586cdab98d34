//! What the reads cover of a plan: its coding exons, measured and put into the report's words.

use std::path::Path;

use crate::measure::{CoverageError, CoverageResult, coverage};
use crate::model::gene::HgncId;
use crate::model::panel::Confidence;
use crate::model::pipeline::CoveragePolicy;
use crate::model::plan::{Plan, PlannedGene};
use crate::model::position::{Interval, Position1};
use crate::model::transcript::{Exon, Strand};
use crate::quality::coverage::{DepthSummary, Target};
use crate::read::alignments::Alignments;
use crate::reference::bundle::Bundle;
use crate::reference::transcripts::TranscriptView;
use crate::report::model as report;

use crate::plan::TranscriptChoices;

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

/// Measures one participant's reads.
///
/// # Errors
/// When the file is refused; see [`CoverageError`].
pub fn measure(
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

/// The limits in the report's words.
pub fn limits(policy: &CoveragePolicy) -> report::CoverageLimits {
    report::CoverageLimits {
        depth: policy.depth,
        mapping_quality: policy.mapping_quality,
        exon_padding: policy.exon_padding,
        report_below: report::Percent::limit(policy.report_below_percent),
    }
}

/// One participant's result in the report's words.
pub fn measured(result: &CoverageResult, plan: &Plan, bundle: &Bundle) -> report::MeasuredCoverage {
    let panels = plan
        .panels
        .iter()
        .map(|panel| {
            let mut depth = DepthSummary::default();
            let on_panel = |id: Option<HgncId>| {
                plan.genes.iter().any(|gene| {
                    Some(gene.hgnc_id) == id
                        && gene
                            .entries
                            .iter()
                            .any(|e| e.panel == Some(panel.id) && e.confidence == Confidence::Green)
                })
            };
            result.genes.iter().filter(|gene| on_panel(gene.hgnc_id)).for_each(|g| depth.merge(&g.depth));
            report::PanelCoverage {
                panel: Some(panel.id),
                name: panel.name.clone(),
                version: Some(panel.version.clone()),
                mean: mean(&depth),
                at_depth: at_depth(&depth),
            }
        })
        .collect();
    report::MeasuredCoverage {
        mean: mean(&result.overall),
        at_depth: at_depth(&result.overall),
        panels,
        genes: result
            .genes
            .iter()
            .map(|gene| report::GeneCoverage {
                gene: gene.gene.clone(),
                hgnc_id: gene.hgnc_id,
                transcript: Some(gene.transcript.clone()),
                mean: mean(&gene.depth),
                at_depth: at_depth(&gene.depth),
            })
            .collect(),
        gaps: result
            .gaps
            .iter()
            .map(|gap| report::Gap {
                gene: gap.gene.clone(),
                transcript: gap.transcript.clone(),
                exon: gap.exon.to_string(),
                chrom: bundle.genome().contig(gap.contig).name.clone(),
                start: Position1::from_offset(gap.interval.start).0,
                end: gap.interval.end,
                minimum_depth: gap.min,
            })
            .collect(),
    }
}

fn mean(depth: &DepthSummary) -> Option<report::MeanDepth> {
    report::MeanDepth::of(depth.sum, depth.bases)
}

fn at_depth(depth: &DepthSummary) -> Option<report::Percent> {
    report::Percent::of(depth.covered, depth.bases)
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
