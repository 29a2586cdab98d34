//! What the reads cover of a plan, in the report's words.

use crate::measure::CoverageResult;
use crate::model::gene::HgncId;
use crate::model::panel::Confidence;
use crate::model::pipeline::CoveragePolicy;
use crate::model::plan::Plan;
use crate::model::position::Position1;
use crate::quality::coverage::DepthSummary;
use crate::reference::bundle::Bundle;
use crate::report::model as report;

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
