//! One row a variant and transcript: the columns of `annotate --format tsv`.

use std::fmt::Write;

use crate::model::annotation::{Annotation, SiteValue, TranscriptConsequence};
use crate::model::transcript::{Mane, Strand};

/// The columns, before those of the site tables.
pub const COLUMNS: [&str; 24] = [
    "chrom",
    "pos",
    "ref",
    "alt",
    "gene",
    "hgnc_id",
    "transcript",
    "biotype",
    "strand",
    "consequence",
    "impact",
    "exon",
    "intron",
    "cdna_position",
    "cds_position",
    "protein_position",
    "amino_acids",
    "codons",
    "hgvsg",
    "hgvsc",
    "hgvsp",
    "mane",
    "canonical",
    "flags",
];

/// The columns of one consequence that come after `chrom pos ref alt`, in the order of [`COLUMNS`].
pub fn cells(annotation: &Annotation, on: &TranscriptConsequence) -> [String; 20] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        on.gene.clone(),
        on.hgnc_id.map(|id| id.to_string()).unwrap_or_default(),
        on.transcript.clone(),
        on.biotype.clone(),
        strand(on.strand).to_owned(),
        on.terms.joined(),
        on.impact.name().to_owned(),
        text(&on.exon),
        text(&on.intron),
        text(&on.cdna_position),
        text(&on.cds_position),
        text(&on.protein_position),
        text(&on.amino_acids),
        text(&on.codons),
        text(&annotation.hgvsg),
        text(&on.hgvsc),
        text(&on.hgvsp),
        mane(on.mane).to_owned(),
        if on.canonical { "YES" } else { "" }.to_owned(),
        flags(on),
    ]
}

fn flags(on: &TranscriptConsequence) -> String {
    let mut flags = on.flags.clone();
    if let Some(nmd) = &on.nmd {
        let mut text = if nmd.predicted { "nmd=predicted" } else { "nmd=escapes" }.to_owned();
        if let Some(rule) = &nmd.escape {
            let _ = write!(text, ":{rule}");
        }
        flags.push(text);
    }
    flags.join(";")
}

/// `+`, `-`, or nothing for an intergenic consequence.
pub fn strand(strand: Option<Strand>) -> &'static str {
    match strand {
        Some(Strand::Forward) => "+",
        Some(Strand::Reverse) => "-",
        None => "",
    }
}

/// `MANE_Select`, `MANE_Plus_Clinical`, or nothing.
pub fn mane(mane: Option<Mane>) -> &'static str {
    match mane {
        Some(Mane::Select) => "MANE_Select",
        Some(Mane::PlusClinical) => "MANE_Plus_Clinical",
        None => "",
    }
}

/// A site-table value as text; nothing when the table has no value.
pub fn site_value(value: Option<&SiteValue>) -> String {
    match value {
        None => String::new(),
        Some(SiteValue::Integer(number)) => number.to_string(),
        Some(SiteValue::Float(number)) => number.to_string(),
        Some(SiteValue::Text(text)) => text.clone(),
        Some(SiteValue::Flag(set)) => if *set { "1" } else { "" }.to_owned(),
    }
}

/// A cell of a tab-separated file: tabs and line ends would break the row.
pub fn push_cell(line: &mut String, cell: &str) {
    if !line.is_empty() {
        line.push('\t');
    }
    line.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
}
