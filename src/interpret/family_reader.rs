//! The alleles of a family, from one joint file or several, with a call for each member.
//!
//! Files are read in step, a wave of the one that is furthest behind at a time. What all of them have passed is
//! cut into windows, and the windows are joined and worked on in parallel. An allele may stand left of its record
//! once it is left-aligned, so what lies less than [`LONGEST_MOVE`] behind the reading stays back.

mod file;
mod structural;
mod windows;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::model::contig::Contig;
use crate::model::event::CarriedEvent;
use crate::model::read_summary::ReadSummary;
use crate::model::record::NormalisedAllele;
use crate::model::regions::Regions;
use crate::normalise::align::Counts;
pub use crate::normalise::join::AbsentMeans;
use crate::normalise::join::{FileWindow, join};
use crate::normalise::split::NotSequence;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::SampleWanted;
use crate::reference::genome::Genome;
pub use file::Onlooker;
use file::{FamilyFile, Place};
use structural::join_structural;

/// Furthest that an allele can be moved to the left of its record. Longer perfect repeats do not occur in a
/// genome; a file that has one is refused rather than joined wrongly.
pub const LONGEST_MOVE: u32 = 1_000_000;

/// Alleles in a window: small enough to share out, large enough to be worth it.
const WINDOW: usize = 500;

/// One file of a family and whom it holds.
#[derive(Clone, Debug)]
pub struct FamilyInput {
    /// The file as opened (already resolved).
    pub file: PathBuf,
    /// Index of the family member, and the member's column.
    pub members: Vec<(usize, SampleWanted)>,
}

/// How to read a family.
#[derive(Clone, Debug, Default)]
pub struct FamilyOptions {
    /// Only alleles that overlap these, as written or as left-aligned; all when absent.
    pub regions: Option<Regions>,
    /// See [`AbsentMeans`].
    pub absent: AbsentMeans,
    /// Alleles that nobody carries are handed on too. A lone file's are left out otherwise: it has a genotype for
    /// everybody, so that nothing can come of them.
    pub keep_uncarried: bool,
}

/// What was read of a family, per file and in all.
#[derive(Clone, Debug, Default)]
pub struct FamilySummary {
    /// One per input file, in their order.
    pub files: Vec<ReadSummary>,
    /// Remarks per input file, in their order.
    pub warnings: Vec<Vec<String>>,
    /// Alleles handed on.
    pub alleles: u64,
    /// ALTs that offer no allele of known sequence, by kind: structural variants and breakends among them.
    pub not_sequence: Vec<(String, u64)>,
    /// Records of an allele that a member's file had already given; the better supported was kept.
    pub duplicates: u64,
    /// Alleles whose REF base was compared with the reference.
    pub reference_checked: u64,
    /// Of those, alleles whose REF is not the reference's.
    pub reference_mismatches: u64,
    /// Alleles at a place where the reference is not known (N).
    pub reference_unknown: u64,
}

/// A family's files, opened.
#[derive(Debug)]
pub struct FamilyReader {
    files: Vec<FamilyFile>,
    member_count: usize,
    options: FamilyOptions,
}

impl FamilyReader {
    /// Opens every file of a family of `member_count` members and checks headers, samples and contigs.
    ///
    /// # Errors
    /// The first [`ReadError`] of any file.
    pub fn open(
        inputs: &[FamilyInput],
        member_count: usize,
        contigs: &ContigSource,
        options: &FamilyOptions,
    ) -> Result<Self, ReadError> {
        let mut files: Vec<FamilyFile> = Vec::with_capacity(inputs.len());
        let lone_family = (inputs.len() == 1).then_some(member_count);
        for (number, input) in inputs.iter().enumerate() {
            let contigs = match files.first() {
                Some(first) => &first.contigs_for_the_next(contigs),
                None => contigs,
            };
            files.push(FamilyFile::open(input, number as u16, contigs, options, lone_family)?);
        }
        Ok(Self { files, member_count, options: options.clone() })
    }

    /// The contigs of its alleles, by identifier.
    pub fn contigs(&self) -> &[Contig] {
        self.files.first().map_or(&[], FamilyFile::contigs)
    }

    /// The sample names of an input file, in column order.
    pub fn sample_names(&self, file: usize) -> &[String] {
        self.files.get(file).map_or(&[], FamilyFile::sample_names)
    }

    /// Remarks per input file, in their order.
    pub fn warnings(&self) -> Vec<Vec<String>> {
        self.files.iter().map(FamilyFile::warnings).collect()
    }

    /// Reads everything: `work` runs on sorted batches of alleles in the rayon workers, `sink` takes its results
    /// in order on the calling thread. Alleles of a contig come in order of start, ref and alt; contigs in the
    /// order of the files.
    ///
    /// # Errors
    /// The first [`ReadError`] of any file, or what `sink` returns.
    pub fn process<T: Send, E: From<ReadError>>(
        self,
        genome: Option<&Genome>,
        work: impl Fn(Vec<NormalisedAllele>) -> T + Sync,
        sink: impl FnMut(T) -> Result<(), E>,
    ) -> Result<FamilySummary, E> {
        self.process_watched(genome, &(), work, |()| (), |_| (), sink)
    }

    /// As [`FamilyReader::process`], with somebody looking on: `gather` takes what the onlooker gathered, batch by
    /// batch, in the order of each file. `structural` takes the variants that are given by their breakpoints: those of
    /// a lone file before the alleles that lie within them, those of several files at the end, joined.
    ///
    /// # Errors
    /// As [`FamilyReader::process`].
    pub fn process_watched<O: Onlooker, T: Send, E: From<ReadError>>(
        mut self,
        genome: Option<&Genome>,
        onlooker: &O,
        work: impl Fn(Vec<NormalisedAllele>) -> T + Sync,
        mut gather: impl FnMut(O::Gathered),
        mut structural: impl FnMut(CarriedEvent),
        mut sink: impl FnMut(T) -> Result<(), E>,
    ) -> Result<FamilySummary, E> {
        let mut summary = FamilySummary { warnings: self.warnings(), ..FamilySummary::default() };
        loop {
            let (done, gathered) = self.read_on(genome, onlooker)?;
            gathered.into_iter().for_each(&mut gather);
            if let [lone] = self.files.as_mut_slice() {
                lone.structural.drain(..).for_each(&mut structural);
            }
            let safe = self.safe_place();
            let windows = self.take_until(safe);
            let join_and_work = |window: Vec<FileWindow<'_>>| {
                let (alleles, duplicates) = join(window, self.member_count, self.options.absent);
                (alleles.len() as u64, duplicates, work(alleles))
            };
            let worked: Vec<_> = windows.0.into_par_iter().map(|w| join_and_work(self.borrow(w))).collect();
            for (alleles, duplicates, result) in worked {
                summary.alleles += alleles;
                summary.duplicates += duplicates;
                sink(result)?;
            }
            if done {
                break;
            }
            self.files.iter_mut().for_each(|file| file.forget_before(safe));
        }
        if self.files.len() > 1 {
            join_structural(&mut self.files, self.member_count).into_iter().for_each(&mut structural);
        }
        self.finish(&mut summary);
        Ok(summary)
    }

    /// Reads a wave of every file that is furthest behind; true when all are at their end, and what was gathered.
    fn read_on<O: Onlooker>(
        &mut self,
        genome: Option<&Genome>,
        onlooker: &O,
    ) -> Result<(bool, Vec<O::Gathered>), ReadError> {
        let behind = self.files.iter().filter(|f| !f.done).map(|f| f.reached).min();
        let several = self.files.len() > 1;
        let mut gathered = Vec::new();
        for file in self.files.iter_mut().filter(|f| !f.done && Some(f.reached) == behind) {
            gathered.extend(file.read_on(genome, &self.options, several, onlooker)?);
        }
        Ok((self.files.iter().all(|file| file.done), gathered))
    }

    /// Everything before this place has been read in all files and cannot be moved any more; none at the end.
    fn safe_place(&self) -> Option<Place> {
        let reached = self.files.iter().filter(|f| !f.done).map(|f| f.reached).min()?;
        Some(reached.map_or(Place::START, |place| place.back(LONGEST_MOVE)))
    }

    fn finish(self, summary: &mut FamilySummary) {
        let mut counts = Counts::default();
        for file in self.files {
            counts.add(&file.counts);
            summary.files.push(file.summary());
        }
        summary.reference_checked = counts.reference_checked;
        summary.reference_mismatches = counts.reference_mismatches;
        summary.reference_unknown = counts.reference_unknown;
        let kinds = NotSequence::ALL.iter().zip(counts.not_sequence).filter(|(_, count)| *count > 0);
        summary.not_sequence = kinds.map(|(kind, count)| (kind.text().to_owned(), count)).collect();
    }
}

/// Streams the alleles of a family: [`FamilyReader::open`] and [`FamilyReader::process`] in one.
///
/// # Errors
/// The first [`ReadError`] of any file, or what `sink` returns.
pub fn read_family<T: Send, E: From<ReadError>>(
    inputs: &[FamilyInput],
    member_count: usize,
    contigs: &ContigSource,
    genome: Option<&Genome>,
    options: &FamilyOptions,
    work: impl Fn(Vec<NormalisedAllele>) -> T + Sync,
    sink: impl FnMut(T) -> Result<(), E>,
) -> Result<FamilySummary, E> {
    FamilyReader::open(inputs, member_count, contigs, options)?.process(genome, work, sink)
}
