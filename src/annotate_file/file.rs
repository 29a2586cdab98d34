//! A variant file in, rows out, in the order of the input.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::error::AnnotateError;
use super::outcome::{Class, Outcomes};
use super::row::{
    AlleleCells, COLUMNS, push_cell, push_intergenic, push_not_evaluable, push_row, push_sites,
};
use super::setting::{Setting, allele};
use super::spelt;
use super::spelt::{Spelt, written};
use super::summary::AnnotateSummary;
use crate::annotate::Scratch;
use crate::annotate::haplotype::note::Note;
use crate::model::allele::Alternate;
use crate::model::annotation::{Annotation, NotEvaluable, TranscriptConsequence};
use crate::model::position::Position1;
use crate::model::record::VariantRecord;
use crate::model::text::push_number;
use crate::read::variants::{Outcome, RawRecord};
use crate::reference::sites::SiteCursor;
use crate::write::bgzf::{END_OF_FILE, Sheet};

/// Records of a batch after which its output's size is guessed.
const SAMPLED: usize = 64;

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// Tab-separated, one row a variant and transcript.
    Tsv,
    /// One JSON object a variant.
    JsonLines,
}

/// One variant as a JSON line.
#[derive(Serialize)]
struct JsonRow<'a> {
    chrom: &'a str,
    pos: u32,
    #[serde(rename = "ref")]
    reference: &'a str,
    alt: &'a str,
    hgvsg: Option<&'a str>,
    not_evaluable: Option<&'a str>,
    consequences: &'a [TranscriptConsequence],
    #[serde(skip_serializing_if = "<[Note]>::is_empty")]
    haplotypes: &'a [Note],
    sites: serde_json::Map<String, serde_json::Value>,
}

/// The records of one batch, with their contigs' names as the file writes them.
#[derive(Default)]
struct Gathered {
    records: Vec<VariantRecord>,
    /// First record of each stretch on one contig, and the contig's name.
    names: Vec<(usize, String)>,
    /// Records that spell their alleles otherwise than they were read.
    spelt: Vec<(usize, Spelt)>,
    outcomes: Outcomes,
}

impl Gathered {
    fn take(&mut self, raw: RawRecord<'_>, outcome: Outcome, bcf: bool) {
        match outcome {
            Outcome::Kept(record) => {
                if self.names.last().is_none_or(|(_, name)| name.as_bytes() != raw.chrom) {
                    self.names.push((self.records.len(), String::from_utf8_lossy(raw.chrom).into_owned()));
                }
                if let Some(spelt) = spelt::otherwise(raw.bytes, bcf, &record) {
                    self.spelt.push((self.records.len(), spelt));
                }
                self.records.push(record);
            }
            Outcome::UnknownContig => self.outcomes.add(Class::UnknownContig),
            Outcome::Unplaced => self.outcomes.add(Class::Unplaced),
            Outcome::Outside | Outcome::Uncarried => {}
        }
    }
}

/// Where an allele stands and how its record spells it.
#[derive(Clone, Copy)]
struct Place<'a> {
    chrom: &'a str,
    start: u32,
    reference: &'a str,
    alt: &'a str,
}

/// What one batch of records became.
#[derive(Default)]
struct Done {
    text: String,
    outcomes: Outcomes,
}

/// What is kept from allele to allele of a batch.
#[derive(Default)]
struct Warm<'a> {
    scratch: Scratch,
    cursors: Vec<SiteCursor<'a>>,
}

/// The engine with everything a row needs.
struct Rows<'a> {
    setting: &'a Setting<'a>,
    format: RowFormat,
    /// Names of the site tables' columns.
    sites: Vec<String>,
}

/// Annotates every allele of a file.
///
/// # Errors
/// When the input is refused or the output cannot be written.
pub fn annotate_file(
    setting: &Setting<'_>,
    input: &Path,
    format: RowFormat,
    compressed: bool,
    out: &mut impl Write,
) -> Result<AnnotateSummary, AnnotateError> {
    setting.bundle.distinct_site_fields()?;
    let mut reader = setting.open(input)?;
    let rows = Rows { setting, format, sites: setting.sites.names() };
    let mut summary = AnnotateSummary { warnings: reader.warnings().to_vec(), ..AnnotateSummary::default() };
    let in_form = |text: String| {
        let mut sheet = Sheet::new(compressed);
        *sheet.open() = text.into_bytes();
        sheet.finish()
    };
    if format == RowFormat::Tsv {
        out.write_all(&in_form(rows.heading())?)?;
    }
    let bcf = reader.is_bcf();
    summary.read = reader.process_raw::<_, _, AnnotateError>(
        |gathered: &mut Gathered, raw, outcome| gathered.take(raw, outcome, bcf),
        |gathered| {
            let done = rows.batch(gathered);
            in_form(done.text).map(|bytes| (bytes, done.outcomes))
        },
        |done| {
            let (bytes, outcomes) = done?;
            setting.bundle.intact()?;
            summary.outcomes.merge(&outcomes);
            Ok(out.write_all(&bytes)?)
        },
    )?;
    if compressed {
        out.write_all(&END_OF_FILE)?;
    }
    out.flush()?;
    summary.check_build(setting.bundle, input)?;
    Ok(summary)
}

impl<'a> Rows<'a> {
    fn heading(&self) -> String {
        let names: Vec<&str> = COLUMNS.iter().copied().chain(self.sites.iter().map(String::as_str)).collect();
        names.join("\t") + "\n"
    }

    fn batch(&self, gathered: Gathered) -> Done {
        let Gathered { records, names, spelt, outcomes } = gathered;
        let mut done = Done { outcomes, ..Done::default() };
        let mut warm = Warm::default();
        let mut cells = AlleleCells::default();
        let mut names = names.into_iter().peekable();
        let mut name = String::new();
        let mut spelt = spelt.into_iter().peekable();
        for (i, record) in records.iter().enumerate() {
            if let Some((_, next)) = names.next_if(|(first, _)| *first == i) {
                name = next;
            }
            if i == SAMPLED {
                // What the first records took tells what the rest will take: growing by doubling copies it all.
                done.text.reserve(done.text.len() / SAMPLED * (records.len() - SAMPLED) * 5 / 4);
            }
            if record.alternates.is_empty() {
                done.outcomes.add(Class::NoAlternate);
            }
            let own = spelt.next_if(|(at, _)| *at == i).map(|(_, own)| own);
            for (number, alternate) in record.alternates.iter().enumerate() {
                let out = &mut done.text;
                let (reference, text) = match &own {
                    Some(own) => (own.reference.as_str().into(), own.alternates[number].as_str().into()),
                    None => (String::from_utf8_lossy(&record.reference), written(alternate)),
                };
                let place = Place { chrom: &name, start: record.start, reference: &reference, alt: &text };
                let outcome = match self.format {
                    RowFormat::Tsv => self.push_rows(out, place, (record, alternate), &mut warm, &mut cells),
                    RowFormat::JsonLines => self.push_json(out, place, (record, alternate), &mut warm),
                };
                done.outcomes.add(match outcome {
                    Ok(true) => Class::Annotated,
                    Ok(false) => Class::Intergenic,
                    Err(reason) => Class::of(alternate, reason),
                });
            }
        }
        done
    }

    /// Appends the rows of one allele, one for each transcript; true where there is one.
    fn push_rows(
        &self,
        out: &mut String,
        place: Place<'_>,
        (record, alternate): (&VariantRecord, &Alternate),
        Warm { scratch, cursors }: &mut Warm<'a>,
        cells: &mut AlleleCells,
    ) -> Result<bool, NotEvaluable> {
        let columns = self.sites.len();
        cells.place.clear();
        push_cell(&mut cells.place, place.chrom);
        push_number(&mut cells.place, Position1::from_offset(place.start).0);
        cells.place.push('\t');
        push_cell(&mut cells.place, place.reference);
        push_cell(&mut cells.place, place.alt);
        cells.hgvsg.clear();
        cells.sites.clear();
        let allele = match allele(record, alternate) {
            Ok(allele) => allele,
            Err(reason) => {
                push_sites(&mut cells.sites, &[], columns);
                push_not_evaluable(out, cells, reason);
                return Err(reason);
            }
        };
        push_sites(&mut cells.sites, &self.setting.sites.values(&allele, cursors), columns);
        cells.in_cis.clear();
        let notes = self.setting.notes.of(&allele);
        cells.in_cis.extend(notes.iter().map(|note| (note.transcript_index, note.flag())));
        let before = out.len();
        let edit = self.setting.annotator.visit(&allele, scratch, |on| {
            if self.setting.hgvs && cells.hgvsg.is_empty() {
                self.setting.annotator.push_hgvsg(&mut cells.hgvsg, on.edit());
            }
            push_row(out, cells, on, self.setting.hgvs);
        });
        match edit {
            Err(reason) => {
                push_not_evaluable(out, cells, reason);
                Err(reason)
            }
            Ok(edit) if out.len() == before => {
                if self.setting.hgvs {
                    self.setting.annotator.push_hgvsg(&mut cells.hgvsg, &edit);
                }
                push_intergenic(out, cells);
                Ok(false)
            }
            Ok(_) => Ok(true),
        }
    }

    /// Appends one allele as a JSON object; true where there is a transcript near it.
    fn push_json(
        &self,
        out: &mut String,
        place: Place<'_>,
        (record, alternate): (&VariantRecord, &Alternate),
        Warm { scratch, cursors }: &mut Warm<'a>,
    ) -> Result<bool, NotEvaluable> {
        let (mut annotation, sites, notes) = match allele(record, alternate) {
            Ok(allele) => (
                if self.setting.hgvs {
                    self.setting.annotator.annotate(&allele, scratch)
                } else {
                    self.setting.annotator.annotate_without_names(&allele, scratch)
                },
                self.setting.sites.values(&allele, cursors),
                self.setting.notes.of(&allele),
            ),
            Err(reason) => {
                let nothing =
                    Annotation { hgvsg: None, consequences: Vec::new(), not_evaluable: Some(reason) };
                (nothing, Vec::new(), &[][..])
            }
        };
        for note in notes {
            let of = |c: &&mut TranscriptConsequence| c.transcript_index == Some(note.transcript_index);
            for consequence in annotation.consequences.iter_mut().filter(|c| of(c)) {
                consequence.flags.push(note.remark());
            }
        }
        let values = sites
            .iter()
            .zip(self.sites.iter().cloned())
            .filter_map(|(value, name)| Some((name, serde_json::to_value(value.as_ref()?).ok()?)));
        let row = JsonRow {
            chrom: place.chrom,
            pos: Position1::from_offset(place.start).0,
            reference: place.reference,
            alt: place.alt,
            hgvsg: annotation.hgvsg.as_deref(),
            not_evaluable: annotation.not_evaluable.map(NotEvaluable::name),
            consequences: &annotation.consequences,
            haplotypes: notes,
            sites: values.collect(),
        };
        // A plain tree of strings and numbers cannot fail to become JSON.
        if let Ok(json) = serde_json::to_string(&row) {
            out.push_str(&json);
            out.push('\n');
        }
        let is_near = annotation.consequences.iter().any(|c| c.transcript_index.is_some());
        annotation.not_evaluable.map_or(Ok(is_near), Err)
    }
}
