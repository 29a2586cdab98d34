//! The verdicts of inheritance over a file that is given by itself: no plan, no filters, no tiers.
//!
//! The events of the family are read, judged and paired by the same code as in a referral; only the genes come from a
//! BED file, and the pseudoautosomal regions from the contig lengths. Rows of a contig's small variants come in the
//! order of their places, those of its structural variants after them, and the rows of a gene's pairs once the gene is
//! passed.

pub mod groups;
mod pairs;
mod places;
mod rows;

use std::cell::RefCell;
use std::path::Path;

use crate::family::FamilyPolicy;
use crate::interpret::family_reader::{FamilyInput, FamilyOptions, FamilyReader, FamilySummary};
use crate::model::contig::ContigId;
use crate::model::event::CarriedEvent;
use crate::model::family::Family;
use crate::model::pipeline::QualityPolicy;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::SampleWanted;
use crate::reference::bundle::Bundle;
use groups::{BedError, Groups};
use pairs::OpenGroups;
use places::Places;
use rows::{Batch, Judged, Worker};

/// The heading of the table.
pub const HEADING: &str = "chrom\tpos\tref\talt\tgroup\tmode\tverdict\tpartner\treason\n";

/// What is asked.
pub struct GivenFile<'a> {
    /// VCF, gVCF or BCF with the genotypes of one family.
    pub input: &'a Path,
    /// The family.
    pub family: &'a Family,
    /// Genes within which pairs are tested.
    pub groups: Groups,
    /// BED file of pseudoautosomal regions; those of the build by the contig lengths when absent.
    pub pseudoautosomal: Option<&'a Path>,
    /// How the pedigree is read.
    pub policy: FamilyPolicy,
    /// Reference against which alleles are left-aligned, as in a run; each is taken as written when absent.
    pub bundle: Option<&'a Bundle>,
    /// Floors below which a call says nothing; genotypes are taken as called when absent.
    pub quality: Option<&'a QualityPolicy>,
}

/// Why no table can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GivenFileError {
    /// The variant file.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A BED file.
    #[error(transparent)]
    Bed(#[from] BedError),
    /// The table cannot be written.
    #[error("writing the table: {0}")]
    Output(#[from] std::io::Error),
}

impl GivenFile<'_> {
    /// Writes the table, heading and all, in pieces; gives what is to be said of the file.
    ///
    /// # Errors
    /// A file that is refused, and whatever `write` returns.
    pub fn table(
        &self,
        mut write: impl FnMut(&str) -> std::io::Result<()>,
    ) -> Result<Vec<String>, GivenFileError> {
        let wanted = self.family.members.iter().map(|m| SampleWanted::Named(m.id.clone())).enumerate();
        let names = crate::read::variants::sample_names(self.input)?;
        let members = wanted.filter(|(i, _)| names.contains(&self.family.members[*i].id)).collect();
        let input = FamilyInput { file: self.input.to_path_buf(), members };
        let options = FamilyOptions { keep_uncarried: true, ..FamilyOptions::default() };
        let count = self.family.members.len();
        let source = match self.bundle {
            Some(bundle) => ContigSource::reference(bundle.genome().contigs(), bundle.assembly()),
            None => ContigSource::File,
        };
        let reader = FamilyReader::open(&[input], count, &source, &options)?;
        let contigs = reader.contigs().to_vec();
        let places = Places::new(&contigs, self.pseudoautosomal)?;
        let worker = Worker { given: self, contigs: &contigs, places: &places };
        let mut notes: Vec<String> = reader.warnings().into_iter().flatten().collect();
        notes.extend(places.note());

        write(HEADING)?;
        let mut table = Table::new(self, &worker);
        let waiting = RefCell::new(Vec::new());
        let summary = reader.process_watched::<_, _, GivenFileError>(
            self.bundle.map(Bundle::genome),
            &(),
            |alleles| worker.batch(alleles),
            |()| (),
            |event| waiting.borrow_mut().push(event),
            |batch| Ok(write(&table.take(batch, &mut waiting.borrow_mut()))?),
        )?;
        write(&table.finish(waiting.into_inner()))?;
        notes.extend(said_of(&summary));
        Ok(notes)
    }
}

/// What the file held that a reader of the table should know.
fn said_of(summary: &FamilySummary) -> Vec<String> {
    let findings = summary.files.iter().flat_map(|file| &file.findings);
    let mut notes: Vec<String> = findings.map(|(finding, count)| format!("{finding}: {count}")).collect();
    if summary.reference_mismatches > 0 {
        notes.push(format!(
            "REF differs from the reference in {} of {} alleles; check that the file and the reference are of one build",
            summary.reference_mismatches, summary.reference_checked
        ));
    }
    if summary.duplicates > 0 {
        notes.push(format!(
            "records of an allele that an earlier record also lists; the better supported call was used: {}",
            summary.duplicates
        ));
    }
    notes
}

/// Puts the rows in order.
struct Table<'a> {
    worker: &'a Worker<'a>,
    open: OpenGroups<'a>,
    contig: Option<ContigId>,
    /// Rows of the contig's structural variants.
    structural: String,
}

impl<'a> Table<'a> {
    fn new(given: &'a GivenFile<'a>, worker: &'a Worker<'a>) -> Self {
        let open = OpenGroups::new(given.family, &given.groups, &given.policy);
        Self { worker, open, contig: None, structural: String::new() }
    }

    /// The rows of a batch, all of one contig or of several, with what they leave behind. Structural variants wait
    /// until the small variants of their contig are reached: they are read ahead of these.
    fn take(&mut self, batch: Batch, waiting: &mut Vec<CarriedEvent>) -> String {
        let mut rows = String::new();
        let mut from = 0;
        for Judged { contig, start, end, grouped } in batch.alleles {
            if self.contig != Some(contig) {
                self.turn_to(contig, waiting, &mut rows);
            }
            self.take_structural(contig, start, waiting, &mut rows);
            rows.push_str(&batch.rows[from..end]);
            from = end;
            if let Some(grouped) = grouped {
                self.open.add(grouped, &mut rows);
            }
        }
        rows
    }

    /// Ends the rows of a contig.
    fn turn_to(&mut self, contig: ContigId, waiting: &mut Vec<CarriedEvent>, rows: &mut String) {
        if let Some(before) = self.contig.replace(contig) {
            self.take_structural(before, u32::MAX, waiting, rows);
            rows.push_str(&std::mem::take(&mut self.structural));
        }
    }

    /// Takes the structural variants of a contig up to a place. One that lies further on stays behind: it would close
    /// the genes that the small variants have not yet passed.
    fn take_structural(
        &mut self,
        contig: ContigId,
        place: u32,
        waiting: &mut Vec<CarriedEvent>,
        rows: &mut String,
    ) {
        let is_here = |e: &CarriedEvent| e.event.contig() == contig && e.spelling.start <= place;
        if !waiting.iter().any(is_here) {
            return;
        }
        let (here, rest): (Vec<_>, Vec<_>) = std::mem::take(waiting).into_iter().partition(is_here);
        *waiting = rest;
        for entry in here {
            if let Some(grouped) = self.worker.event(entry, &mut self.structural) {
                self.open.add(grouped, rows);
            }
        }
    }

    fn finish(mut self, mut waiting: Vec<CarriedEvent>) -> String {
        let mut rows = String::new();
        if let Some(contig) = self.contig {
            self.take_structural(contig, u32::MAX, &mut waiting, &mut rows);
        }
        // Contigs that have structural variants and nothing else.
        while let Some(contig) = waiting.first().map(|entry| entry.event.contig()) {
            self.turn_to(contig, &mut waiting, &mut rows);
            self.take_structural(contig, u32::MAX, &mut waiting, &mut rows);
        }
        rows.push_str(&self.structural);
        self.open.finish(&mut rows);
        rows
    }
}
