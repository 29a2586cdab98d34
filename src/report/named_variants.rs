//! The answers of the look-ups as a table: one row for each variant, gene it lies in, and member.

use super::ReportError;
use super::model::{LookUpAnswer, LookedUpEffect, LookedUpVariant, Report};
use super::renderers::Renderer;
use super::table::{self, shown};
use crate::model::guideline::Guideline;

/// The row of this format.
pub(super) const RENDERER: Renderer = Renderer {
    id: "named-variants",
    file: "named_variants.tsv",
    media_type: "text/tab-separated-values; charset=utf-8",
    source: Guideline::own("docs/results.md"),
    words: "If named variants were looked up: a table with one row per variant, gene and member",
    is_written: |report| !report.looked_up.is_empty(),
    render: named_variants_table,
    batch: None,
};

const HEADING: [&str; 22] = [
    "variant",
    "written",
    "gene",
    "hgnc_id",
    "transcript",
    "hgvsg",
    "hgvsc",
    "hgvsp",
    "participant",
    "answer",
    "zygosity",
    "words",
    "genotype",
    "depth",
    "reference_reads",
    "alternate_reads",
    "allele_balance",
    "genotype_quality",
    "filter",
    "file",
    "record",
    "input_variant",
];

/// The table as text, tab-separated with a heading; what is not known is empty.
fn named_variants_table(report: &Report) -> Result<String, ReportError> {
    let mut text = table::heading(HEADING);
    for variant in &report.looked_up {
        for answer in &variant.answers {
            if variant.effects.is_empty() {
                row(&mut text, variant, None, answer);
            }
            for effect in &variant.effects {
                row(&mut text, variant, Some(effect), answer);
            }
        }
    }
    Ok(text)
}

fn row(text: &mut String, variant: &LookedUpVariant, effect: Option<&LookedUpEffect>, answer: &LookUpAnswer) {
    let names = effect.map(|effect| &effect.nomenclature);
    let zygosity = serde_json::to_value(answer.zygosity).ok();
    let input = answer.input.as_ref();
    let cells = [
        variant.variant.name.clone(),
        variant.written.clone(),
        effect.map(|effect| effect.gene.symbol.clone()).unwrap_or_default(),
        shown(effect.and_then(|effect| effect.gene.hgnc_id)),
        shown(names.and_then(|names| names.transcript.as_deref())),
        shown(variant.genomic.as_deref()),
        shown(names.and_then(|names| names.coding.as_deref())),
        shown(names.and_then(|names| names.protein.as_deref())),
        answer.participant.clone(),
        answer.state.words().replace(' ', "_"),
        shown(zygosity.as_ref().and_then(|value| value.as_str())),
        answer.words.clone(),
        shown(answer.genotype.as_deref()),
        shown(answer.depth),
        shown(answer.reads.map(|reads| reads.reference)),
        shown(answer.reads.map(|reads| reads.alternate)),
        shown(answer.allele_balance),
        shown(answer.quality),
        shown(answer.filter.as_deref()),
        shown(input.map(|input| input.file.as_str())),
        shown(input.and_then(|input| input.record)),
        shown(input.map(|input| input.variant.name.as_str())),
    ];
    table::row(text, cells);
}
