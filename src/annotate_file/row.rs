//! One row a variant and transcript: the columns of `annotate --format tsv`.

use crate::annotate::on_transcript::OnTranscript;
use crate::model::annotation::{NotEvaluable, SiteValue};
use crate::model::consequence::Term;
use crate::model::text::push_number;
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

/// What all rows of one allele have in common, written once.
#[derive(Debug, Default)]
pub struct AlleleCells {
    /// `chrom` to `alt`, each followed by a tab.
    pub place: String,
    /// `hgvsg`.
    pub hgvsg: String,
    /// The site tables' columns, each preceded by a tab, and the line's end.
    pub sites: String,
    /// Flags on what it does together with other alleles, by index of the transcript.
    pub in_cis: Vec<(u32, String)>,
}

/// Appends the row of one transcript; without `hgvs` the columns of names stay empty.
pub fn push_row(out: &mut String, allele: &AlleleCells, on: &OnTranscript<'_>, hgvs: bool) {
    let transcript = &on.layout().transcript;
    out.push_str(&allele.place);
    push_cell(out, &on.gene().symbol);
    if let Some(id) = on.gene().hgnc_id {
        out.push_str("HGNC:");
        push_number(out, id.0);
    }
    out.push('\t');
    push_cell(out, transcript.accession);
    push_cell(out, transcript.biotype);
    push_cell(out, strand(Some(transcript.strand)));
    on.terms().write_joined(out);
    out.push('\t');
    push_cell(out, on.terms().impact().name());
    let [exons, introns] = on.numbers();
    exons.into_iter().for_each(|numbers| numbers.push(out));
    out.push('\t');
    introns.into_iter().for_each(|numbers| numbers.push(out));
    for ends in on.positions() {
        out.push('\t');
        ends.push(out);
    }
    out.push('\t');
    on.push_amino_acids(out);
    out.push('\t');
    on.push_codons(out);
    out.push('\t');
    push_cell(out, &allele.hgvsg);
    if hgvs {
        on.push_hgvsc(out);
    }
    out.push('\t');
    if hgvs {
        on.push_hgvsp(out);
    }
    out.push('\t');
    push_cell(out, mane(transcript.mane));
    out.push_str(if transcript.canonical { "YES\t" } else { "\t" });
    push_flags(out, on, &allele.in_cis);
    out.push_str(&allele.sites);
}

/// Appends the row of an allele that is near no transcript.
pub fn push_intergenic(out: &mut String, allele: &AlleleCells) {
    out.push_str(&allele.place);
    out.push_str("\t\t\t\t\t");
    out.push_str(Term::Intergenic.name());
    out.push('\t');
    push_cell(out, Term::Intergenic.impact().name());
    out.push_str("\t\t\t\t\t\t\t");
    push_cell(out, &allele.hgvsg);
    out.push_str("\t\t\t\t");
    out.push_str(&allele.sites);
}

/// Appends the row of an allele that has no consequence, with the reason in `flags`.
pub fn push_not_evaluable(out: &mut String, allele: &AlleleCells, reason: NotEvaluable) {
    out.push_str(&allele.place);
    out.extend(std::iter::repeat_n('\t', COLUMNS.len() - 5));
    out.push_str("not_evaluable=");
    out.push_str(reason.name());
    out.push_str(&allele.sites);
}

fn push_flags(out: &mut String, on: &OnTranscript<'_>, in_cis: &[(u32, String)]) {
    let before = out.len();
    for remark in on.remarks() {
        if out.len() > before {
            out.push(';');
        }
        remark.push(out);
    }
    if let Some(nmd) = on.nmd() {
        if out.len() > before {
            out.push(';');
        }
        out.push_str("nmd=");
        nmd.push(out);
    }
    let index = on.layout().transcript.index;
    for (_, flag) in in_cis.iter().filter(|(transcript, _)| *transcript == index) {
        if out.len() > before {
            out.push(';');
        }
        out.extend(flag.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
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

/// Appends the site tables' columns, each preceded by a tab, and the line's end.
pub fn push_sites(out: &mut String, values: &[Option<SiteValue>], columns: usize) {
    for at in 0..columns {
        out.push('\t');
        match values.get(at).and_then(Option::as_ref) {
            None => {}
            Some(SiteValue::Integer(number)) => push_number(out, *number),
            Some(SiteValue::Float(number)) => out.push_str(&number.to_string()),
            Some(SiteValue::Text(text)) => {
                out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
            }
            Some(SiteValue::Flag(set)) => out.push_str(if *set { "1" } else { "" }),
        }
    }
    out.push('\n');
}

/// Appends a cell and the tab behind it; tabs and line ends in it would break the row.
pub fn push_cell(out: &mut String, cell: &str) {
    if cell.bytes().any(|b| b.is_ascii_control()) {
        out.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
    } else {
        out.push_str(cell);
    }
    out.push('\t');
}
