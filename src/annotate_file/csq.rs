//! The CSQ field: one entry an allele and transcript, its parts joined by `|`, as VEP writes it into VCF.
//!
//! Source: Ensembl VEP documentation, release 115, "VCF output" (order and names of the parts, `&` between the
//! values of one part, the Allele column) and "Data formats, Other information"; consequence terms stand from the
//! most to the least severe.

use std::fmt::Write;

use crate::annotate::on_transcript::OnTranscript;
use crate::model::allele::Alternate;
use crate::model::annotation::SiteValue;
use crate::model::consequence::{Term, Terms};
use crate::model::text::push_number;
use crate::model::transcript::{Mane, Strand};

/// The INFO key.
pub const KEY: &str = "CSQ";

/// The INFO key that says, for each ALT, why it has no consequence.
pub const NOT_EVALUABLE_KEY: &str = "CSQ_NOT_EVALUABLE";

/// Parts of an entry up to `Codons`; `true` for those that are left out where no names are wanted.
const FIRST: [(&str, bool); 17] = [
    ("Allele", false),
    ("Consequence", false),
    ("IMPACT", false),
    ("SYMBOL", false),
    ("Gene", false),
    ("Feature_type", false),
    ("Feature", false),
    ("BIOTYPE", false),
    ("EXON", false),
    ("INTRON", false),
    ("HGVSc", true),
    ("HGVSp", true),
    ("cDNA_position", false),
    ("CDS_position", false),
    ("Protein_position", false),
    ("Amino_acids", false),
    ("Codons", false),
];

/// The parts behind them.
const LAST: [(&str, bool); 14] = [
    ("ALLELE_NUM", false),
    ("DISTANCE", false),
    ("STRAND", false),
    ("FLAGS", false),
    ("HGNC_ID", false),
    ("CANONICAL", false),
    ("MANE", false),
    ("MANE_SELECT", false),
    ("MANE_PLUS_CLINICAL", false),
    ("ENSP", false),
    ("HGVSg", true),
    ("NMD", false),
    ("PLACEMENT_DEPENDENT", false),
    ("HAPLOTYPE", false),
];

/// The header line of the field. `sites` are the names of the site tables' parts.
pub fn header_line(hgvs: bool, sites: &[String]) -> String {
    let parts = FIRST.iter().chain(&LAST).filter(|(_, is_name)| hgvs || !is_name);
    let mut names: Vec<String> = parts.map(|(name, _)| (*name).to_owned()).collect();
    names.extend(sites.iter().map(|name| part_name(name)));
    format!(
        "##INFO=<ID={KEY},Number=.,Type=String,Description=\"Consequence annotations from Ithaca {}. Format: {}\">",
        env!("CARGO_PKG_VERSION"),
        names.join("|")
    )
}

/// The header line of the field that says why an ALT has no consequence.
pub fn not_evaluable_line() -> String {
    format!(
        "##INFO=<ID={NOT_EVALUABLE_KEY},Number=A,Type=String,Description=\"Why the ALT allele has no \
         consequence from Ithaca; . where it has one\">"
    )
}

/// A name that breaks neither the header line nor the list of parts.
fn part_name(name: &str) -> String {
    let breaks = |c: char| {
        c.is_control() || c.is_whitespace() || matches!(c, '|' | ',' | ';' | '=' | '"' | '\\' | '&')
    };
    name.chars().map(|c| if breaks(c) { '_' } else { c }).collect()
}

/// What all entries of one allele have in common.
#[derive(Debug, Default)]
pub struct AlleleParts {
    /// The Allele column.
    pub allele: String,
    /// 1-based number of the ALT.
    pub number: usize,
    /// `g.` name, escaped; written where names are wanted.
    pub hgvsg: String,
    /// The site tables' parts, each with its `|` in front.
    pub sites: String,
    /// What it does together with other alleles, by index of the transcript.
    pub in_cis: Vec<(u32, String)>,
}

/// The Allele column of each ALT.
///
/// VEP takes the first base off all alleles of a record where one of them changes the length and all begin with the
/// same base; what is then empty is `-`. Alleles that are no sequence do not count.
#[derive(Clone, Copy, Debug)]
pub struct AlleleNaming {
    trims: bool,
}

impl AlleleNaming {
    /// For one record.
    pub fn new(reference: &[u8], alternates: &[Alternate]) -> Self {
        let sequences = || alternates.iter().filter_map(bases);
        let changes_length = sequences().any(|bases| bases.len() != reference.len());
        let one_start = sequences().all(|bases| bases.first() == reference.first());
        Self { trims: changes_length && one_start }
    }

    /// Appends the name of one ALT.
    pub fn push(self, out: &mut String, alternate: &[u8]) {
        let shown = if self.trims { alternate.get(1..).unwrap_or_default() } else { alternate };
        if shown.is_empty() {
            out.push('-');
        }
        out.extend(shown.iter().map(|b| char::from(*b)));
    }
}

fn bases(alternate: &Alternate) -> Option<&[u8]> {
    match alternate {
        Alternate::Bases(bases) | Alternate::Ambiguous(bases) => Some(bases),
        _ => None,
    }
}

/// Appends the entry of one transcript.
pub fn push_entry(out: &mut String, allele: &AlleleParts, on: &OnTranscript<'_>, hgvs: bool) {
    let transcript = &on.layout().transcript;
    push_start(out, allele, on.terms());
    push_part(out, &on.gene().symbol);
    push_part(out, &on.gene().source_id);
    out.push_str("|Transcript");
    push_part(out, transcript.accession);
    push_part(out, transcript.biotype);
    for numbers in on.numbers() {
        out.push('|');
        numbers.into_iter().for_each(|numbers| numbers.push(out));
    }
    if hgvs {
        push_escaped(out, |out| on.push_hgvsc(out));
        push_escaped(out, |out| on.push_hgvsp(out));
    }
    for ends in on.positions() {
        out.push('|');
        ends.push(out);
    }
    out.push('|');
    on.push_amino_acids(out);
    out.push('|');
    on.push_codons(out);
    out.push('|');
    push_number(out, allele.number);
    out.push('|');
    if on.is_beside() {
        push_number(out, distance(on));
    }
    out.push_str(match transcript.strand {
        Strand::Forward => "|1|",
        Strand::Reverse => "|-1|",
    });
    push_flags(out, on);
    out.push('|');
    if let Some(id) = on.gene().hgnc_id {
        out.push_str("HGNC:");
        push_number(out, id.0);
    }
    out.push_str(if transcript.canonical { "|YES" } else { "|" });
    let (name, select, plus) = match transcript.mane {
        Some(Mane::Select) => ("MANE_Select", transcript.accession, ""),
        Some(Mane::PlusClinical) => ("MANE_Plus_Clinical", "", transcript.accession),
        None => ("", "", ""),
    };
    push_part(out, name);
    push_part(out, select);
    push_part(out, plus);
    push_part(out, transcript.coding.and_then(|coding| coding.protein).unwrap_or_default());
    if hgvs {
        out.push('|');
        out.push_str(&allele.hgvsg);
    }
    out.push('|');
    if let Some(nmd) = on.nmd() {
        nmd.push(out);
    }
    out.push('|');
    for (i, terms) in on.terms_elsewhere().iter().enumerate() {
        if i > 0 {
            out.push('/');
        }
        push_terms(out, *terms);
    }
    out.push('|');
    push_notes(out, &allele.in_cis, transcript.index);
    out.push_str(&allele.sites);
}

/// Appends the entry of an allele that is near no transcript.
pub fn push_intergenic(out: &mut String, allele: &AlleleParts, hgvs: bool) {
    push_start(out, allele, Terms::of(Term::Intergenic));
    let parts = |parts: &[(&str, bool)]| parts.iter().filter(|(_, is_name)| hgvs || !is_name).count();
    out.extend(std::iter::repeat_n('|', parts(&FIRST) - 3 + 1));
    push_number(out, allele.number);
    let rest = LAST.len() - 1;
    if hgvs {
        let before = LAST.iter().take_while(|(name, _)| *name != "HGVSg").count();
        out.extend(std::iter::repeat_n('|', before));
        out.push_str(&allele.hgvsg);
        out.extend(std::iter::repeat_n('|', rest - before));
    } else {
        out.extend(std::iter::repeat_n('|', rest - 1));
    }
    out.push_str(&allele.sites);
}

/// Allele, Consequence and IMPACT; a comma in front where it is not the first entry.
fn push_start(out: &mut String, allele: &AlleleParts, terms: Terms) {
    if !out.is_empty() {
        out.push(',');
    }
    out.push_str(&allele.allele);
    out.push('|');
    push_terms(out, terms);
    out.push('|');
    out.push_str(terms.impact().name());
}

/// Terms from the most to the least severe.
fn push_terms(out: &mut String, terms: Terms) {
    for (i, term) in terms.iter().enumerate() {
        if i > 0 {
            out.push('&');
        }
        out.push_str(term.name());
    }
}

/// Remarks on the transcript, joined by `&`: `cds_start_NF` and `cds_end_NF` as VEP has them, then Ithaca's own.
fn push_flags(out: &mut String, on: &OnTranscript<'_>) {
    let before = out.len();
    let separate = |out: &mut String| {
        if out.len() > before {
            out.push('&');
        }
    };
    if let Some(coding) = on.layout().coding() {
        if coding.start_incomplete {
            separate(out);
            out.push_str("cds_start_NF");
        }
        if coding.end_incomplete {
            separate(out);
            out.push_str("cds_end_NF");
        }
    }
    // Those of placement have a part of their own.
    for remark in on.remarks().iter().filter(|remark| !remark.is_of_placement()) {
        separate(out);
        let from = out.len();
        remark.push(out);
        escape_from(out, from);
    }
}

/// The notes of one transcript, joined by `&`. A note has its own separators, so that what would break the field is
/// written as `%` and two hexadecimal digits, `%` itself too.
fn push_notes(out: &mut String, in_cis: &[(u32, String)], transcript: u32) {
    let before = out.len();
    for (_, note) in in_cis.iter().filter(|(index, _)| *index == transcript) {
        if out.len() > before {
            out.push('&');
        }
        for c in note.chars() {
            if c.is_ascii() && (c <= ' ' || c == '\x7F' || "%,;=|&".contains(c)) {
                let _ = write!(out, "%{:02X}", c as u32);
            } else {
                out.push(c);
            }
        }
    }
}

/// Bases between an allele and the transcript it lies beside: 1 for a base next to it.
fn distance(on: &OnTranscript<'_>) -> u32 {
    let (edit, interval) = (on.edit(), on.layout().transcript.interval);
    let end = edit.start + edit.removed_length();
    // An insertion lies between two bases, of which the nearer one counts.
    let counted = u32::from(!edit.is_insertion());
    if edit.start >= interval.end {
        edit.start - interval.end + counted
    } else {
        (interval.start + counted).saturating_sub(end)
    }
}

fn push_part(out: &mut String, text: &str) {
    out.push('|');
    let from = out.len();
    out.push_str(text);
    escape_from(out, from);
}

/// Appends a part that `push` writes.
pub fn push_escaped(out: &mut String, push: impl FnOnce(&mut String)) {
    out.push('|');
    let from = out.len();
    push(out);
    escape_from(out, from);
}

/// Appends the value of a site table's field as a part.
pub fn push_site(out: &mut String, value: Option<&SiteValue>) {
    out.push('|');
    match value {
        None => {}
        Some(SiteValue::Integer(number)) => push_number(out, *number),
        Some(SiteValue::Float(number)) => out.push_str(&number.to_string()),
        Some(SiteValue::Text(text)) => {
            let from = out.len();
            out.push_str(text);
            escape_from(out, from);
        }
        Some(SiteValue::Flag(set)) => out.push_str(if *set { "1" } else { "" }),
    }
}

/// Replaces, from byte `from` on, what would end the part, the entry, the field or the column: `,` and `|` by `&` (a
/// list), `;` and `=` by their percent codes, white space and control characters by `_`.
pub fn escape_from(out: &mut String, from: usize) {
    let breaks = |b: u8| matches!(b, b',' | b'|' | b';' | b'=') || b <= b' ' || b == 0x7F;
    if !out.as_bytes()[from..].iter().any(|b| breaks(*b)) {
        return;
    }
    let text = out.split_off(from);
    for c in text.chars() {
        match c {
            ',' | '|' => out.push('&'),
            ';' => out.push_str("%3B"),
            '=' => out.push_str("%3D"),
            c if c == ' ' || c.is_ascii_control() => out.push('_'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
