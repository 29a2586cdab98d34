//! The answers of the look-ups as a table: one row for each variant, gene it lies in, and member.

use std::fmt::Display;

use super::model::{LookUpAnswer, LookedUpEffect, LookedUpVariant, Report};

/// Name of the table in the folder of results.
pub(crate) const NAMED_VARIANTS: &str = "named_variants.tsv";

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
pub(crate) fn named_variants_table(report: &Report) -> String {
    let mut text = HEADING.join("\t") + "\n";
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
    text
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
    // A cell that came from input cannot start a new cell or row.
    let clean = cells.map(|cell| cell.replace(['\t', '\n', '\r'], " "));
    text.push_str(&clean.join("\t"));
    text.push('\n');
}

fn shown<T: Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
