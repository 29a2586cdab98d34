//! What the records of a VCF name and its header does not declare: a BCF cannot be written without it.
//!
//! The header stands before the records, so the file is read once before it is annotated.

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::annotate_file::error::AnnotateError;
use crate::annotate_file::setting::Setting;
use crate::model::contig::canonical_name;
use crate::read::variants::{Outcome, RawRecord};
use crate::reference::bundle::Bundle;
use crate::write::header::HeaderLines;

/// A kind of header line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Contig,
    Filter,
    Info,
    Format,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Contig => "contig",
            Self::Filter => "FILTER",
            Self::Info => "INFO",
            Self::Format => "FORMAT",
        }
    }
}

type Names = FxHashSet<(Kind, Vec<u8>)>;

/// The names of one batch that are not declared, in the order in which they appear.
#[derive(Debug, Default)]
struct Found {
    seen: Names,
    order: Vec<(Kind, Vec<u8>)>,
    /// Texts that were looked through for the record before.
    last: [Vec<u8>; 3],
}

impl Found {
    fn name(&mut self, declared: &Names, kind: Kind, name: &[u8]) {
        let name = (kind, name.to_vec());
        if !declared.contains(&name) && self.seen.insert(name.clone()) {
            self.order.push(name);
        }
    }

    fn record(&mut self, declared: &Names, raw: RawRecord<'_>) {
        let line = raw.bytes.strip_suffix(b"\r").unwrap_or(raw.bytes);
        let mut columns = line.split(|&b| b == b'\t').skip(6);
        let mut next = || columns.next().unwrap_or(b".");
        let (filter, info, format) = (next(), next(), next());
        for (at, text) in [raw.chrom, filter, format].into_iter().enumerate() {
            if self.last[at] == text {
                continue;
            }
            self.last[at] = text.to_vec();
            match at {
                0 => self.name(declared, Kind::Contig, text),
                1 => split(text, b';').for_each(|name| self.name(declared, Kind::Filter, name)),
                _ => split(text, b':').for_each(|name| self.name(declared, Kind::Format, name)),
            }
        }
        for field in split(info, b';') {
            let key = field.split(|&b| b == b'=').next().unwrap_or_default();
            self.name(declared, Kind::Info, key);
        }
    }
}

fn split(text: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    text.split(move |&b| b == separator).filter(|part| !part.is_empty() && *part != b".")
}

/// Declares in `header` what the records of `input` name without its being declared: contigs with the length that the
/// bundle gives, keys as texts of any number. What was added is told in `warnings`.
///
/// # Errors
/// When the input is refused, or a name cannot stand in a header.
pub(super) fn add(
    header: &mut HeaderLines,
    setting: &Setting<'_>,
    keys: &[String],
    input: &Path,
    warnings: &mut Vec<String>,
) -> Result<(), AnnotateError> {
    let mut declared = Names::default();
    declared.insert((Kind::Filter, b"PASS".to_vec()));
    for ours in keys {
        declared.insert((Kind::Info, ours.as_bytes().to_vec()));
    }
    let kinds = [Kind::Contig, Kind::Filter, Kind::Info, Kind::Format];
    for line in header.declared() {
        if let Some(kind) = kinds.into_iter().find(|kind| kind.name() == line.kind) {
            declared.insert((kind, line.id.into_bytes()));
        }
    }
    let mut found = Names::default();
    let mut order = Vec::new();
    setting.open(input)?.process_raw::<_, _, AnnotateError>(
        |found: &mut Found, raw, _: Outcome| found.record(&declared, raw),
        |found| found.order,
        |names| {
            order.extend(names.into_iter().filter(|name| found.insert(name.clone())));
            Ok(())
        },
    )?;
    for kind in kinds {
        let mut names = Vec::new();
        for (_, name) in order.iter().filter(|(of, _)| *of == kind) {
            let text = std::str::from_utf8(name).ok().filter(|text| can_stand(text));
            let text = text.ok_or_else(|| AnnotateError::Undeclared {
                file: input.to_path_buf(),
                kind: kind.name(),
                name: String::from_utf8_lossy(name).escape_debug().to_string(),
            })?;
            header.push(&line(kind, text, setting.bundle));
            names.push(text);
        }
        if !names.is_empty() {
            let shown = names.iter().take(8).copied().collect::<Vec<_>>().join(", ");
            let more = if names.len() > 8 { ", …" } else { "" };
            let what = if kind == Kind::Info || kind == Kind::Format { " as text" } else { "" };
            warnings.push(format!(
                "{} not declared in the header: {} ({shown}{more}); declared{what} in the BCF",
                kind.name(),
                names.len()
            ));
        }
    }
    Ok(())
}

/// True for a name that does not break a header line.
fn can_stand(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || ",<>\"\\=".contains(c))
}

fn line(kind: Kind, name: &str, bundle: &Bundle) -> String {
    const REMARK: &str = "Not declared in the input";
    match kind {
        Kind::Contig => {
            let canonical = canonical_name(name);
            let known = bundle.genome().contigs().iter().find(|c| canonical_name(&c.name) == canonical);
            let length = known.map_or(String::new(), |contig| format!(",length={}", contig.length));
            format!("##contig=<ID={name}{length}>")
        }
        Kind::Filter => format!("##FILTER=<ID={name},Description=\"{REMARK}\">"),
        Kind::Info | Kind::Format => {
            let kind = kind.name();
            format!("##{kind}=<ID={name},Number=.,Type=String,Description=\"{REMARK}\">")
        }
    }
}
