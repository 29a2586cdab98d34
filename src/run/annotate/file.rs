//! A variant file in, rows out, in the order of the input.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::annotate::{Annotator, Options, Scratch};
use crate::model::allele::{Allele, Alternate};
use crate::model::annotation::{Annotation, NotEvaluable, SiteValue, TranscriptConsequence};
use crate::model::position::Position1;
use crate::model::record::VariantRecord;
use crate::model::text::push_number;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::{ReadOptions, ReadSummary, VariantReader};
use crate::reference::bundle::Bundle;
use crate::reference::error::ReferenceError;
use crate::reference::placement;
use crate::reference::sites::{SiteCursor, SiteTable};
use crate::run::build_check::is_another_build;

use super::haplotypes::{Note, Notes};
use super::row::{
    AlleleCells, COLUMNS, push_cell, push_intergenic, push_not_evaluable, push_row, push_sites,
};

/// REF mismatches in 10,000 alleles above which a file is of another build. The pipeline definitions of `run`
/// state the same; `annotate` has no definition to read it from.
const MISMATCHES_PER_10000: u64 = 100;

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

/// Why a file could not be annotated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnnotateError {
    /// The input is refused.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Too many REF bases differ from the reference.
    #[error(
        "{}: REF differs from the reference ({assembly}) in {mismatches} of {alleles} alleles, so the file is \
         probably of another build; use a bundle of the file's build", file.display()
    )]
    WrongBuild {
        /// The file.
        file: std::path::PathBuf,
        /// The bundle's build.
        assembly: String,
        /// Alleles whose REF differs.
        mismatches: u64,
        /// Alleles of the file.
        alleles: u64,
    },
    /// The knowledge bundle was found damaged while it was used.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// The output could not be written.
    #[error("the output could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// What was annotated.
#[derive(Clone, Debug, Default)]
pub struct AnnotateSummary {
    /// What was read.
    pub read: ReadSummary,
    /// Remarks of the reader.
    pub warnings: Vec<String>,
    /// Alleles written.
    pub alleles: u64,
    /// Alleles without a consequence.
    pub not_evaluable: u64,
    /// Of those, alleles whose REF differs from the reference.
    pub mismatches: u64,
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

/// What one batch of records became.
#[derive(Default)]
struct Done {
    text: String,
    alleles: u64,
    not_evaluable: u64,
    mismatches: u64,
}

/// The engine with everything a row needs.
struct Rows<'a> {
    bundle: &'a Bundle,
    annotator: Annotator<'a>,
    /// Site tables, each with its fields, in the order of the columns.
    tables: Vec<(String, Vec<String>)>,
    format: RowFormat,
    /// The input's own name of each contig.
    names: Vec<String>,
    /// What alleles do together.
    notes: &'a Notes,
}

/// Annotates every allele of a file; `notes` holds what its samples' alleles do together.
///
/// # Errors
/// When the input is refused or the output cannot be written.
pub fn annotate_file(
    bundle: &Bundle,
    input: &Path,
    format: RowFormat,
    notes: &Notes,
    out: &mut impl Write,
) -> Result<AnnotateSummary, AnnotateError> {
    let genome = bundle.genome();
    let contigs = ContigSource::reference(genome.contigs(), bundle.assembly());
    let reader = VariantReader::open(input, &contigs, &[], ReadOptions::default())?;
    let rows = Rows {
        bundle,
        annotator: Annotator::new(genome, bundle.transcripts(), Options::new(bundle.assembly().clone())),
        tables: bundle
            .site_tables()
            .iter()
            .map(|table| {
                let fields = table.fields().iter().map(|field| field.name.clone()).collect();
                (table.name().to_owned(), fields)
            })
            .collect(),
        format,
        names: names_in(&reader, bundle),
        notes,
    };
    let mut summary = AnnotateSummary { warnings: reader.warnings().to_vec(), ..AnnotateSummary::default() };
    if format == RowFormat::Tsv {
        out.write_all(rows.heading().as_bytes())?;
    }
    summary.read = reader.process::<_, AnnotateError>(
        |records| rows.batch(&records),
        |done| {
            summary.alleles += done.alleles;
            summary.not_evaluable += done.not_evaluable;
            summary.mismatches += done.mismatches;
            bundle.intact()?;
            Ok(out.write_all(done.text.as_bytes())?)
        },
    )?;
    out.flush()?;
    if is_another_build(summary.mismatches, summary.alleles, MISMATCHES_PER_10000) {
        return Err(AnnotateError::WrongBuild {
            file: input.to_path_buf(),
            assembly: bundle.assembly().to_string(),
            mismatches: summary.mismatches,
            alleles: summary.alleles,
        });
    }
    Ok(summary)
}

/// The name of every contig as the input writes it; the reference's where the header does not say.
fn names_in(reader: &VariantReader, bundle: &Bundle) -> Vec<String> {
    let renamed = reader.contigs().renamed();
    let own = |name: &str| renamed.iter().find(|(_, to)| to == name).map(|(from, _)| from.clone());
    let contigs = bundle.genome().contigs();
    contigs.iter().map(|contig| own(&contig.name).unwrap_or_else(|| contig.name.clone())).collect()
}

impl Rows<'_> {
    fn heading(&self) -> String {
        let mut names: Vec<String> = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        for (table, fields) in &self.tables {
            names.extend(fields.iter().map(|field| format!("{table}_{field}")));
        }
        names.join("\t") + "\n"
    }

    fn batch(&self, records: &[VariantRecord]) -> Done {
        let mut done = Done::default();
        let mut scratch = Scratch::new();
        let mut cursors: Vec<SiteCursor<'_>> =
            self.bundle.site_tables().iter().map(SiteTable::cursor).collect();
        let mut cells = AlleleCells::default();
        for (i, record) in records.iter().enumerate() {
            if i == SAMPLED {
                // What the first records took tells what the rest will take: growing by doubling copies it all.
                done.text.reserve(done.text.len() / SAMPLED * (records.len() - SAMPLED) * 5 / 4);
            }
            for alternate in &record.alternates {
                let outcome = match self.format {
                    RowFormat::Tsv => self.push_rows(
                        &mut done.text,
                        record,
                        alternate,
                        &mut scratch,
                        &mut cursors,
                        &mut cells,
                    ),
                    RowFormat::JsonLines => {
                        self.push_json(&mut done.text, record, alternate, &mut scratch, &mut cursors)
                    }
                };
                done.alleles += 1;
                done.not_evaluable += u64::from(outcome.is_err());
                done.mismatches += u64::from(outcome == Err(NotEvaluable::ReferenceMismatch));
            }
        }
        done
    }

    /// The values of every field of every table; records come in order, and so do the cursors.
    fn sites(&self, allele: &Allele, cursors: &mut [SiteCursor<'_>]) -> Vec<Option<SiteValue>> {
        let normalised = placement::left_align(self.bundle.genome(), allele);
        let mut values = Vec::new();
        for cursor in cursors {
            let (row, table) = (cursor.find(&normalised), cursor.table());
            for at in 0..table.fields().len() {
                values.push(row.and_then(|row| table.value(row, at)).map(SiteValue::from));
            }
        }
        values
    }

    /// Appends the rows of one allele, one for each transcript.
    fn push_rows(
        &self,
        out: &mut String,
        record: &VariantRecord,
        alternate: &Alternate,
        scratch: &mut Scratch,
        cursors: &mut [SiteCursor<'_>],
        cells: &mut AlleleCells,
    ) -> Result<(), NotEvaluable> {
        let columns: usize = self.tables.iter().map(|(_, fields)| fields.len()).sum();
        cells.place.clear();
        push_cell(&mut cells.place, &self.names[record.contig.index()]);
        push_number(&mut cells.place, Position1::from_offset(record.start).0);
        cells.place.push('\t');
        push_cell(&mut cells.place, &String::from_utf8_lossy(&record.reference));
        push_cell(&mut cells.place, &written(alternate));
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
        push_sites(&mut cells.sites, &self.sites(&allele, cursors), columns);
        cells.in_cis.clear();
        let notes = self.notes.of(&allele);
        cells.in_cis.extend(notes.iter().map(|note| (note.transcript_index, note.flag())));
        let before = out.len();
        let edit = self.annotator.visit(&allele, scratch, |on| {
            if cells.hgvsg.is_empty() {
                self.annotator.push_hgvsg(&mut cells.hgvsg, on.edit());
            }
            push_row(out, cells, on);
        });
        match edit {
            Err(reason) => {
                push_not_evaluable(out, cells, reason);
                return Err(reason);
            }
            Ok(edit) if out.len() == before => {
                self.annotator.push_hgvsg(&mut cells.hgvsg, &edit);
                push_intergenic(out, cells);
            }
            Ok(_) => {}
        }
        Ok(())
    }

    /// Appends one allele as a JSON object.
    fn push_json(
        &self,
        out: &mut String,
        record: &VariantRecord,
        alternate: &Alternate,
        scratch: &mut Scratch,
        cursors: &mut [SiteCursor<'_>],
    ) -> Result<(), NotEvaluable> {
        let (mut annotation, sites, notes) = match allele(record, alternate) {
            Ok(allele) => (
                self.annotator.annotate(&allele, scratch),
                self.sites(&allele, cursors),
                self.notes.of(&allele),
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
                consequence.flags.push(note.flag());
            }
        }
        let names = self
            .tables
            .iter()
            .flat_map(|(table, fields)| fields.iter().map(move |field| format!("{table}_{field}")));
        let values = sites
            .iter()
            .zip(names)
            .filter_map(|(value, name)| Some((name, serde_json::to_value(value.as_ref()?).ok()?)));
        let row = JsonRow {
            chrom: &self.names[record.contig.index()],
            pos: Position1::from_offset(record.start).0,
            reference: &String::from_utf8_lossy(&record.reference),
            alt: &written(alternate),
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
        annotation.not_evaluable.map_or(Ok(()), Err)
    }
}

/// The allele, where ALT is a sequence.
fn allele(record: &VariantRecord, alternate: &Alternate) -> Result<Allele, NotEvaluable> {
    match alternate {
        Alternate::Bases(bases) => Ok(Allele {
            contig: record.contig,
            start: record.start,
            reference: record.reference.clone(),
            alternate: bases.clone(),
        }),
        Alternate::Ambiguous(_) => Err(NotEvaluable::AmbiguousBases),
        _ => Err(NotEvaluable::NotASequence),
    }
}

/// ALT as the record writes it.
fn written(alternate: &Alternate) -> Cow<'_, str> {
    match alternate {
        Alternate::Bases(bases) | Alternate::Ambiguous(bases) => String::from_utf8_lossy(bases),
        Alternate::SpanningDeletion => "*".into(),
        Alternate::NonReference => "<NON_REF>".into(),
        Alternate::Symbolic(name) => format!("<{name}>").into(),
        Alternate::Breakend(text) => text.into(),
    }
}
