//! Telling what kind of file a source is, and reading its header.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::assembly::Assembly;
use crate::reference::error::ReferenceError;
use crate::reference::sites::SiteFieldKind;

use super::SiteSource;
use super::bcf::{self, Names};
use super::column::{self, Column};
use super::header::{self, Field, Header};
use super::info::InfoScan;
use super::input::{Framing, Input, bcf_size};
use super::parse::Parser;
use super::tsv::{self, Layout};
use super::vcf;

/// The heading of a VCF file (VCF 4.5, section 1.5). A heading that has only the first of these columns is that of
/// a table, whose other columns have names of their own.
const VCF_HEADING: &str = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";

/// Bytes of a table from which the columns of numbers are told.
const SAMPLE: usize = 1 << 20;

/// A source with its header read.
pub(super) struct Opened {
    pub input: Input,
    pub format: Format,
    pub fields: Vec<Field>,
    /// Names and lengths of contigs, where the header gives them.
    pub contigs: Vec<(String, u32)>,
    /// Lines before the first record.
    pub first_record: u64,
    /// What is to be told of the header and the columns.
    pub notes: Vec<String>,
}

/// What kind of file a source is.
pub(super) enum Format {
    Vcf,
    Bcf(Names),
    Table(Layout),
}

/// A header, before the wanted fields are found in it.
enum Head {
    Vcf(Header, u64),
    Bcf(Header),
    Table(Layout, Vec<Column>, u64),
}

/// Opens a source; columns of a table in `known` are of the kinds said there, whatever they look like at first.
pub(super) fn open(
    path: &Path,
    source: &SiteSource<'_>,
    assembly: &Assembly,
    known: &BTreeMap<String, Column>,
) -> Result<Opened, ReferenceError> {
    let mut input = Input::open(path)?;
    let none = BTreeMap::new();
    let names = source.names.unwrap_or(&none);
    let head = input.header(|bytes, ended| {
        if bytes.is_empty() && !ended {
            return Ok(None);
        }
        if bytes.starts_with(b"BCF") {
            bcf_head(path, bytes)
        } else {
            text_head(path, bytes, ended, assembly, names)
        }
    })?;
    let refused = |m: String| ReferenceError::source_file(path, m);
    Ok(match head {
        Head::Vcf(header, first_record) => {
            let fields = header.wanted(source.fields, names).map_err(refused)?;
            let notes = [header.notes, header::not_numeric(&fields)].concat();
            let (format, contigs) = (Format::Vcf, header.contigs);
            Opened { input, format, fields, contigs, first_record, notes }
        }
        Head::Bcf(header) => {
            let fields = header.wanted(source.fields, names).map_err(refused)?;
            let format = Format::Bcf(Names::new(&header, &fields));
            let notes = [header.notes, header::not_numeric(&fields)].concat();
            Opened { input, format, fields, contigs: header.contigs, first_record: 0, notes }
        }
        Head::Table(layout, mut columns, first_record) => {
            for (name, column) in layout.names.iter().zip(&mut columns) {
                if let Some(known) = known.get(name) {
                    column.clone_from(known);
                }
            }
            let kinds: Vec<SiteFieldKind> = columns.iter().map(|column| column.kind).collect();
            let fields = layout.wanted(source.fields, names, &kinds).map_err(refused)?;
            let mut notes = header::not_numeric(&fields);
            notes.extend(layout.names.iter().zip(&columns).filter_map(|(name, column)| {
                let inexact = column.inexact.as_ref().filter(|_| fields.iter().any(|f| f.key == *name))?;
                Some(format!(
                    "column {name} is kept as text: '{inexact}' would not be reproduced exactly as a number"
                ))
            }));
            let format = Format::Table(layout);
            Opened { input, format, fields, contigs: Vec::new(), first_record, notes }
        }
    })
}

type Taken = Option<(Head, usize, Framing)>;

fn bcf_head(path: &Path, bytes: &[u8]) -> Result<Taken, ReferenceError> {
    let refused = |m: String| ReferenceError::source_file(path, m);
    let Some(text) = bcf::header_text(bytes).map_err(refused)? else { return Ok(None) };
    let mut header = Header::default();
    for line in String::from_utf8_lossy(text).lines().filter(|line| line.starts_with("##")) {
        header.add(line).map_err(refused)?;
    }
    Ok(Some((Head::Bcf(header), 9 + text.len(), Framing::Bcf)))
}

fn text_head(
    path: &Path,
    bytes: &[u8],
    ended: bool,
    assembly: &Assembly,
    names: &BTreeMap<String, String>,
) -> Result<Taken, ReferenceError> {
    let mut header = Header::default();
    let mut at = 0;
    let mut lines = 0;
    let mut is_vcf = false;
    while at < bytes.len() {
        let end = match memchr::memchr(b'\n', &bytes[at..]) {
            Some(end) => at + end + 1,
            None if ended => bytes.len(),
            None => return Ok(None),
        };
        lines += 1;
        let line = bytes[at..end].trim_ascii_end();
        let line = if lines == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        let line =
            std::str::from_utf8(line).map_err(|_| ReferenceError::line(path, lines, "is not UTF-8 text"))?;
        is_vcf |= line.starts_with("##fileformat=VCF");
        if line == VCF_HEADING || line.starts_with(&format!("{VCF_HEADING}\t")) {
            return Ok(Some((Head::Vcf(header, lines), end, Framing::Lines)));
        }
        if line.starts_with("##") && line.contains('=') {
            header.add(line).map_err(|m| ReferenceError::line(path, lines, m))?;
        } else if is_vcf {
            let message = "expected a VCF header, with all columns from #CHROM to INFO";
            return Err(ReferenceError::line(path, lines, message));
        } else if let Some(mut layout) = Layout::of(line, assembly) {
            if bytes.len() - end < SAMPLE && !ended {
                return Ok(None);
            }
            let sample = &bytes[end..bytes.len().min(end + SAMPLE)];
            let whole = memchr::memrchr(b'\n', sample).map_or(sample.len(), |at| at + 1);
            layout.tell_base(&sample[..whole]);
            let columns = column::columns(&layout, &sample[..whole], &layout.roles(names));
            return Ok(Some((Head::Table(layout, columns, lines), end, Framing::Lines)));
        } else if !line.is_empty() && !line.starts_with('#') {
            let message = "expected a VCF header, or a heading with columns for chromosome, position, \
                           reference and alternate bases";
            return Err(ReferenceError::line(path, lines, message));
        }
        at = end;
    }
    if ended {
        let message = "has no line #CHROM and no heading: not a VCF file or a table, or truncated";
        return Err(ReferenceError::source_file(path, message));
    }
    Ok(None)
}

impl Format {
    /// What finds the wanted INFO keys in text; `count` asks for the others to be counted.
    pub(super) fn scan(&self, fields: &[Field], count: bool) -> Option<InfoScan> {
        matches!(self, Self::Vcf).then(|| InfoScan::new(fields, count))
    }

    /// Takes the records of a piece; gives their number, and what is wrong with the last where it is at fault.
    pub(super) fn piece(
        &self,
        piece: &[u8],
        parser: &mut Parser<'_>,
        mut scan: Option<&mut InfoScan>,
        fields: usize,
    ) -> (u64, Option<String>) {
        let mut records = 0;
        let mut columns = Vec::new();
        let mut rest = piece;
        while !rest.is_empty() {
            let end = match self {
                Self::Bcf(_) => bcf_size(rest).unwrap_or(rest.len()).min(rest.len()),
                _ => memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1),
            };
            let (record, after) = rest.split_at(end);
            rest = after;
            records += 1;
            let result = match self {
                Self::Bcf(names) => bcf::record(parser, names, fields, record),
                _ => match (without_ending(record), self, scan.as_deref_mut()) {
                    (b"", ..) => Ok(()),
                    (line, Self::Table(layout), _) => tsv::line(parser, layout, line, &mut columns),
                    (line, _, Some(scan)) => vcf::line(parser, scan, fields, line),
                    _ => Ok(()),
                },
            };
            if let Err(message) = result {
                return (records, Some(message));
            }
        }
        (records, None)
    }

    /// An error at a record, counted from 1; for text, at a line.
    pub(super) fn error(&self, path: &Path, record: u64, message: String) -> ReferenceError {
        match self {
            Self::Bcf(_) => ReferenceError::source_file(path, format!("record {record}: {message}")),
            _ => ReferenceError::line(path, record, message),
        }
    }
}

fn without_ending(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
