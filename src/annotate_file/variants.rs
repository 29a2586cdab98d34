//! A variant file in, the same records out as VCF or BCF, each with its consequences in INFO.

mod additions;
mod record;
mod site_fields;
mod undeclared;

use std::io::Write;
use std::path::Path;

use super::csq;
use super::error::AnnotateError;
use super::setting::{Content, Setting};
use super::summary::AnnotateSummary;
use crate::read::variants::VariantReader;
use crate::read::variants::bcf::line::Names;
use crate::write::bcf;
use crate::write::bcf::encode::Encoder;
use crate::write::bgzf::{END_OF_FILE, Sheet};
use crate::write::header::{HeaderLines, Numbers};
use record::{Batch, Form, Records};

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariantFormat {
    /// VCF as text.
    Vcf,
    /// VCF in BGZF blocks.
    CompressedVcf,
    /// BCF in BGZF blocks.
    Bcf,
}

/// The line that says what annotated the file.
const PROVENANCE: &str = "##ithaca_annotate=";

/// Annotates every record of a file. Records come out in the order of the input, none more and none less.
///
/// # Errors
/// When the input is refused, a record cannot be held in BCF, or the output cannot be written.
pub fn annotate_variants(
    setting: &Setting<'_>,
    input: &Path,
    format: VariantFormat,
    out: &mut impl Write,
) -> Result<AnnotateSummary, AnnotateError> {
    setting.bundle.distinct_site_fields()?;
    let mut reader = setting.open(input)?;
    let mut summary = AnnotateSummary { warnings: reader.warnings().to_vec(), ..AnnotateSummary::default() };
    let mut header = HeaderLines::new(reader.header_text());
    if reader.is_bcf() {
        let numbers = header.number();
        check_numbers(&reader, &numbers, input)?;
    }
    let (keys, lines) = added(setting);
    for key in &keys {
        if header.remove("INFO", key) && key != csq::NOT_EVALUABLE_KEY {
            summary.warnings.push(format!("the input already has {key}, which is replaced"));
        }
    }
    header.remove_starting(PROVENANCE);
    if format == VariantFormat::Bcf && !reader.is_bcf() {
        undeclared::add(&mut header, setting, &keys, input, &mut summary.warnings)?;
    }
    lines.iter().for_each(|line| header.push(line));
    header.push(&format!(
        "{PROVENANCE}<ID=Ithaca,Version=\"{}\",Assembly=\"{}\",Bundle=\"{}\">",
        env!("CARGO_PKG_VERSION"),
        setting.bundle.assembly().name().replace(['"', '\\'], "_"),
        setting.bundle.hash()
    ));
    let (start, form) = output_form(&mut header, &reader, &keys, format);
    let compressed = format != VariantFormat::Vcf;
    let mut first = Sheet::new(compressed);
    first.open().extend_from_slice(&start);
    out.write_all(&first.finish()?)?;

    let told: Vec<&str> =
        keys.iter().map(String::as_str).filter(|key| *key != csq::NOT_EVALUABLE_KEY).collect();
    let replaced_fields = told.join(", ");
    let records = Records::new(setting, keys, form, compressed);
    let mut written = 0;
    let mut replaced = 0;
    summary.read = reader.process_raw(
        |batch: &mut Batch<'_>, raw, outcome| records.annotate(batch, raw, &outcome),
        |batch| records.finish(batch),
        |done| {
            let done = done?;
            setting.bundle.intact()?;
            if let Some(fault) = done.fault {
                return Err(AnnotateError::record(input, fault));
            }
            written += done.records;
            replaced += done.replaced;
            summary.outcomes.merge(&done.outcomes);
            Ok(out.write_all(&done.bytes)?)
        },
    )?;
    if compressed {
        out.write_all(&END_OF_FILE)?;
    }
    out.flush()?;
    if written != summary.read.records {
        return Err(AnnotateError::Lost { read: summary.read.records, written });
    }
    if replaced > 0 {
        summary.warnings.push(format!("{replaced_fields} of {replaced} records was replaced"));
    }
    summary.check_build(setting.bundle, input)?;
    Ok(summary)
}

/// The keys that are added to INFO, and their header lines.
fn added(setting: &Setting<'_>) -> (Vec<String>, Vec<String>) {
    match setting.content {
        Content::Consequences => (
            [csq::KEY, csq::NOT_EVALUABLE_KEY].map(str::to_owned).to_vec(),
            vec![csq::header_line(setting.hgvs, &setting.sites.names()), csq::not_evaluable_line()],
        ),
        Content::SiteFields => (site_fields::keys(setting.bundle), site_fields::header_lines(setting.bundle)),
    }
}

/// The header as it is written, and what becomes of records.
fn output_form(
    header: &mut HeaderLines,
    reader: &VariantReader,
    keys: &[String],
    format: VariantFormat,
) -> (Vec<u8>, Form) {
    let old_keys = || {
        reader.strings().iter().filter(|(_, name)| keys.contains(name)).map(|(number, _)| *number).collect()
    };
    if format == VariantFormat::Bcf {
        let numbers = header.number();
        let start = bcf::header(&header.text());
        let key = |name: &str| numbers.strings.get(name).copied().unwrap_or_default();
        let form = if reader.is_bcf() {
            let keys = keys.iter().map(|name| key(name)).collect();
            Form::Patched { keys, old_keys: old_keys() }
        } else {
            Form::Encoded(Box::new(Encoder::new(&numbers, header.samples())))
        };
        return (start, form);
    }
    if !reader.is_bcf() {
        return (header.text(), Form::Line);
    }
    header.strip_numbers();
    let names = Names { strings: reader.strings().clone(), samples: header.samples() };
    (header.text(), Form::Decoded(names))
}

/// Refuses a BCF whose header numbers some keys and leaves others to be counted: what its records mean is in doubt.
fn check_numbers(reader: &VariantReader, numbers: &Numbers, input: &Path) -> Result<(), AnnotateError> {
    let same_strings =
        reader.strings().iter().all(|(number, name)| numbers.strings.get(name) == Some(number));
    let same_contigs =
        reader.contig_numbers().iter().all(|(number, name)| numbers.contigs.get(name) == Some(number));
    if same_strings && same_contigs {
        return Ok(());
    }
    Err(AnnotateError::Numbers { file: input.to_path_buf() })
}
