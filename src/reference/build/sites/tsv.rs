//! Records of a table of text: a heading names the columns, tabs or commas divide them.
//!
//! Scores are published so (CADD, REVEL, AlphaMissense, dbNSFP), each with its own names for the columns of
//! the allele.

use std::collections::BTreeMap;

use crate::model::assembly::Assembly;
use crate::reference::sites::SiteFieldKind;

use super::given::{Given, picked, present};
use super::header::{Field, Source, renamed};
use super::number;
use super::parse::{Parser, Site, Values};
use super::role::{self, Role};

/// Where the columns of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// What divides columns.
    pub divider: u8,
    /// Columns of contig, 1-based position, reference and alternate bases.
    pub site: [usize; 4],
    /// Column of the end, where the position is called a start and there is one.
    pub end: Option<usize>,
    /// The position is 0-based: the end is the start and the length of REF.
    pub zero_based: bool,
    /// Names of all columns.
    pub names: Vec<String>,
}

const CHROM: &[&str] = &["chrom", "chr", "chromosome", "contig"];
const POS: &[&str] = &["pos", "position", "pos(1-based)", "start"];
const START: &str = "start";
const END: &[&str] = &["end", "stop"];
const POS_37: &[&str] = &["grch37_pos", "hg19_pos", "pos_grch37", "pos_hg19", "hg19_pos(1-based)"];
const POS_38: &[&str] = &["grch38_pos", "hg38_pos", "pos_grch38", "pos_hg38"];
const REFERENCE: &[&str] = &["ref", "reference", "reference_allele", "ref_allele"];
const ALTERNATE: &[&str] = &["alt", "alternate", "alternate_allele", "alt_allele"];

impl Layout {
    /// The layout that a heading gives; `None` where the line is no heading.
    pub(super) fn of(line: &str, assembly: &Assembly) -> Option<Self> {
        let line = line.trim_start_matches('#').trim_start();
        let divider = if line.contains('\t') { b'\t' } else { b',' };
        let names: Vec<String> =
            line.split(char::from(divider)).map(|name| unquoted(name).to_owned()).collect();
        let place = |known: &[&str]| {
            let is = |name: &&String| known.iter().any(|k| name.eq_ignore_ascii_case(k));
            Some(names.iter().position(|name| is(&name)))?
        };
        let build = match assembly {
            Assembly::GRCh37 => place(POS_37),
            Assembly::GRCh38 => place(POS_38),
            _ => None,
        };
        let site = [place(CHROM)?, build.or_else(|| place(POS))?, place(REFERENCE)?, place(ALTERNATE)?];
        let end = place(END).filter(|_| names[site[1]].eq_ignore_ascii_case(START));
        Some(Self { divider, site, end, zero_based: false, names })
    }

    /// The roles of the columns' names, in the heading or in the table.
    pub(super) fn roles(&self, names: &BTreeMap<String, String>) -> Vec<Option<Role>> {
        // A column that may hold labels is told by its values alone.
        let of = |name: &String| {
            let role = Role::of(name).or_else(|| Role::of(names.get(name)?));
            role.filter(|_| !role::may_be_label(name))
        };
        self.names.iter().map(of).collect()
    }

    /// The fields wanted, all other columns where none is named. `kinds` says of each column what it holds.
    pub(super) fn wanted(
        &self,
        keys: &[String],
        names: &BTreeMap<String, String>,
        kinds: &[SiteFieldKind],
    ) -> Result<Vec<Field>, String> {
        let field = |at: usize| {
            let kind = kinds.get(at).copied().unwrap_or(SiteFieldKind::Text);
            Field::column(&self.names[at], at, kind)
        };
        let mut fields: Vec<Field> = Vec::new();
        for key in keys {
            let at = self.names.iter().position(|name| name == key).ok_or_else(|| {
                format!("column '{key}' is not in the heading; it has {}", self.names.join(", "))
            })?;
            if fields.iter().all(|f| f.key != *key) {
                fields.push(field(at));
            }
        }
        if keys.is_empty() {
            fields.extend((0..self.names.len()).filter(|at| !self.site.contains(at)).map(field));
        }
        renamed(&mut fields, names)?;
        Ok(fields)
    }

    /// The columns of a line.
    pub(super) fn columns<'a>(&self, line: &'a [u8], out: &mut Vec<&'a [u8]>) {
        out.clear();
        let mut rest = line;
        loop {
            // A comma within quotes divides nothing.
            let end = match (self.divider, rest) {
                (b',', [b'"', quoted @ ..]) => memchr::memchr(b'"', quoted).map_or(rest.len(), |at| at + 2),
                _ => 0,
            };
            let end = end.min(rest.len());
            match memchr::memchr(self.divider, &rest[end..]) {
                Some(at) => {
                    out.push(&rest[..end + at]);
                    rest = &rest[end + at + 1..];
                }
                None => return out.push(rest),
            }
        }
    }
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches('"')
}

/// A value without what stands around it.
pub(super) fn bare(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii();
    text.strip_prefix(b"\"").and_then(|t| t.strip_suffix(b"\"")).unwrap_or(text)
}

impl Layout {
    /// Tells from the first line with a place whether starts are 0-based, where the table gives ends; every line is
    /// held against that later.
    pub(super) fn tell_base(&mut self, sample: &[u8]) {
        let Some(end) = self.end else { return };
        let mut columns = Vec::new();
        for line in sample.split(|&c| c == b'\n') {
            self.columns(line.trim_ascii_end(), &mut columns);
            let number = |at: usize| columns.get(at).and_then(|text| number::integer(bare(text)));
            if let (Some(start), Some(end)) = (number(self.site[1]), number(end)) {
                let bases = columns.get(self.site[2]).map_or(0, |text| bare(text).len() as i64);
                self.zero_based = end.checked_sub(start) == Some(bases);
                return;
            }
        }
    }

    /// The 1-based position of a line, from its start; where it gives an end, the two must fit REF.
    fn position(&self, start: u32, reference: &[u8], columns: &[&[u8]]) -> Result<u32, String> {
        let Some(end) = self.end else { return Ok(start) };
        let given = bare(columns[end]);
        let last = number::integer(given).and_then(|end| u32::try_from(end).ok());
        let position = start.checked_add(u32::from(self.zero_based));
        let expected = position.and_then(|position| position.checked_add(reference.len() as u32));
        if let (Some(position), Some(last), Some(expected)) = (position, last, expected)
            && last.checked_add(1) == Some(expected)
        {
            return Ok(position);
        }
        let (base, said) = match self.zero_based {
            true => ("0-based", "the start and the length of REF"),
            false => ("1-based", "the last base of REF"),
        };
        Err(format!(
            "start {start} and end {} do not match REF '{}': the table's starts are {base}, and its ends \
             {said}; write every line in the same way",
            String::from_utf8_lossy(given),
            String::from_utf8_lossy(reference)
        ))
    }
}

/// True for what stands in place of a number that is not known.
pub(super) fn no_number(text: &[u8]) -> bool {
    matches!(text, b"" | b"." | b"NA" | b"na" | b"-" | b"NaN" | b"nan")
}

/// The values of a line.
struct Line<'l, 'a> {
    columns: &'l [&'a [u8]],
}

impl Values for Line<'_, '_> {
    fn of(&mut self, _: usize, field: &Field, alternate: usize, count: usize) -> Given<'_> {
        let Source::Column(column) = field.source else { return Given::Missing };
        match self.columns.get(column).map(|text| bare(text)) {
            Some(text) if field.kind == SiteFieldKind::Text => present(text),
            Some(text) if no_number(text) => Given::Missing,
            Some(text) => match picked(text, field.pick, alternate, count) {
                Given::Text(text) if no_number(text) => Given::Missing,
                given => given,
            },
            None => Given::Missing,
        }
    }
}

/// Takes one line without its ending; the error is a message without its place.
pub(super) fn line<'a>(
    parser: &mut Parser<'_>,
    layout: &Layout,
    line: &'a [u8],
    columns: &mut Vec<&'a [u8]>,
) -> Result<(), String> {
    layout.columns(line, columns);
    if columns.len() != layout.names.len() {
        return Err(format!("has {} columns, the heading {}", columns.len(), layout.names.len()));
    }
    let [chrom, pos, reference, alternate] = layout.site.map(|at| bare(columns[at]));
    if no_number(pos) {
        // The allele has no place on this build (tables that give several builds).
        parser.report.records += 1;
        parser.report.unplaced += 1;
        return Ok(());
    }
    let pos = number::integer(pos).and_then(|pos| u32::try_from(pos).ok()).ok_or_else(|| {
        format!("the position is '{}'; expected a whole number", String::from_utf8_lossy(pos))
    })?;
    let pos = layout.position(pos, reference, columns)?;
    let site = Site { chrom, pos, reference };
    parser.record(site, alternate.split(|&c| c == b','), || None, &mut Line { columns })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(heading: &str, assembly: Assembly) -> Option<[usize; 4]> {
        Layout::of(heading, &assembly).map(|layout| layout.site)
    }

    #[test]
    fn the_headings_of_published_tables_are_known() {
        let g38 = || Assembly::GRCh38;
        assert_eq!(layout("#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED", g38()), Some([0, 1, 2, 3]));
        assert_eq!(layout("#CHROM\tPOS\tREF\tALT\tgenome\tam_pathogenicity", g38()), Some([0, 1, 2, 3]));
        assert_eq!(layout("#chr\tpos(1-based)\tref\talt\taaref", g38()), Some([0, 1, 2, 3]));
        let revel = "chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL";
        assert_eq!(layout(revel, g38()), Some([0, 2, 3, 4]));
        assert_eq!(layout(revel, Assembly::GRCh37), Some([0, 1, 3, 4]));
        assert_eq!(layout("## CADD GRCh38-v1.7 (c) somebody", g38()), None);
    }

    #[test]
    fn columns_may_be_quoted() {
        let layout = Layout::of("chr,pos,ref,alt,score", &Assembly::GRCh38).unwrap();
        let mut columns = Vec::new();
        layout.columns(b"1,5,A,\"C,G\",0.5", &mut columns);
        assert_eq!(columns, [b"1".as_slice(), b"5", b"A", b"\"C,G\"", b"0.5"]);
        layout.columns(b"1,5,A,\"C", &mut columns);
        assert_eq!(columns.len(), 4);
    }
}
