//! The records of one variant file, in parallel batches.

mod asked;
pub mod bcf;
mod chunk;
pub mod index;
mod names;
mod open;
mod order;
mod raw;
pub mod vcf;

use std::path::PathBuf;

use rayon::prelude::*;

use super::contigs::ContigMap;
use super::error::ReadError;
use super::source::{RawBatch, Source};
use crate::model::contig::ContigId;
use crate::model::read_summary::ReadSummary;
use crate::model::record::VariantRecord;
pub use asked::{ReadOptions, SampleWanted};
use bcf::record::Dictionary;
use chunk::{Chunk, Cutter};
pub use names::sample_names;
use order::{Order, Run};
pub use raw::RawRecord;
use vcf::finding::{Finding, Findings};
use vcf::header::Header;
pub use vcf::record::Outcome;
use vcf::record::{Layout, Memory, RecordFault, show};

/// What a worker says of its chunk beside the caller's result.
#[derive(Default)]
struct Report {
    summary: ReadSummary,
    findings: Findings,
    runs: Vec<Run>,
    fault: Option<(u64, RecordFault)>,
}

/// A variant file opened for reading.
///
/// ```
/// use ithaca::read::contigs::ContigSource;
/// use ithaca::read::error::ReadError;
/// use ithaca::read::variants::{ReadOptions, SampleWanted, VariantReader};
///
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("child.vcf");
/// let text = [
///     "##fileformat=VCFv4.2",
///     "##contig=<ID=chr1,length=1000>",
///     "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">",
///     "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tchild",
///     "chr1\t101\t.\tA\tG,T\t50\tPASS\t.\tGT\t1/2\n",
/// ];
/// std::fs::write(&path, text.join("\n")).unwrap();
///
/// let child = [SampleWanted::Named("child".to_owned())];
/// let reader =
///     VariantReader::open(&path, &ContigSource::File, &child, ReadOptions::default()).unwrap();
/// let mut records = Vec::new();
/// let summary = reader.process(
///     |batch| batch,
///     |batch| {
///         records.extend(batch);
///         Ok::<_, ReadError>(())
///     },
/// );
/// assert_eq!(summary.unwrap().records, 1);
/// assert_eq!((records[0].start, records[0].alternates.len()), (100, 2));
/// assert_eq!(records[0].calls[0].alleles.as_slice(), [Some(1), Some(2)]);
/// ```
#[derive(Debug)]
pub struct VariantReader {
    path: PathBuf,
    header: Header,
    /// The header as written, up to and including the `#CHROM` line.
    header_text: Vec<u8>,
    layout: Layout,
    /// Present for BCF.
    dictionary: Option<Dictionary>,
    source: Source,
    cutter: Cutter,
    warnings: Vec<String>,
    /// Read from the file, still compressed.
    raw: Vec<RawBatch>,
    /// Inflated and cut at record edges.
    ready: Vec<Chunk>,
    order: Order,
    /// Number of the last record, where it is a line without line feed.
    last_line: Option<u64>,
    accept_unsorted: bool,
    summary: ReadSummary,
    findings: Findings,
    /// Raised once everything before it has been handed on.
    failure: Option<ReadError>,
    exhausted: bool,
}

impl VariantReader {
    /// What was accepted with a remark on opening.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The contigs of its records.
    pub fn contigs(&self) -> &ContigMap {
        &self.layout.contigs
    }

    /// All sample names of the file, in column order.
    pub fn sample_names(&self) -> &[String] {
        &self.header.samples
    }

    /// True when the header declares `<NON_REF>`, `<*>` or reference blocks.
    pub fn is_gvcf(&self) -> bool {
        self.header.is_gvcf
    }

    /// The header as the file writes it, up to and including the `#CHROM` line and its line end.
    pub fn header_text(&self) -> &[u8] {
        &self.header_text
    }

    /// True for BCF.
    pub fn is_bcf(&self) -> bool {
        self.dictionary.is_some()
    }

    /// Names of FILTER, INFO and FORMAT keys by their number in BCF.
    pub fn strings(&self) -> &std::collections::BTreeMap<usize, String> {
        &self.header.strings
    }

    /// Contig names by their number in BCF.
    pub fn contig_numbers(&self) -> &std::collections::BTreeMap<usize, String> {
        &self.header.contig_numbers
    }

    /// What has been read so far; the whole after [`Self::next_wave`] has returned nothing.
    pub fn summary(&self) -> ReadSummary {
        let mut contigs: Vec<ContigId> =
            self.order.contigs().filter_map(|name| self.layout.contigs.id(name)).collect();
        contigs.sort_unstable();
        ReadSummary {
            findings: self.findings.list(),
            renamed: self.layout.contigs.renamed().to_vec(),
            contigs,
            last: self.order.last().map(|(name, position)| (show(name), position)),
            unfinished: self.last_line.is_some(),
            ..self.summary.clone()
        }
    }

    /// Reads all records: `work` runs on batches of records in the rayon workers, `sink` takes its results
    /// in file order on the calling thread.
    ///
    /// # Errors
    /// A [`ReadError`] for the first record that cannot be understood, or what `sink` returns.
    pub fn process<T: Send, E: From<ReadError>>(
        mut self,
        work: impl Fn(Vec<VariantRecord>) -> T + Sync,
        mut sink: impl FnMut(T) -> Result<(), E>,
    ) -> Result<ReadSummary, E> {
        let collect = |records: &mut Vec<VariantRecord>, record| records.push(record);
        while let Some(results) = self.next_wave(&collect, &work)? {
            results.into_iter().try_for_each(&mut sink)?;
        }
        Ok(self.summary())
    }

    /// As [`Self::process`], but `each` sees every record as it stands in the file, with what became of it: also
    /// those that are not handed on.
    ///
    /// # Errors
    /// As [`Self::process`].
    pub fn process_raw<S: Default, T: Send, E: From<ReadError>>(
        &mut self,
        each: impl Fn(&mut S, RawRecord<'_>, Outcome) + Sync,
        finish: impl Fn(S) -> T + Sync,
        mut sink: impl FnMut(T) -> Result<(), E>,
    ) -> Result<ReadSummary, E> {
        while let Some(results) = self.next_raw_wave(&each, &finish)? {
            results.into_iter().try_for_each(&mut sink)?;
        }
        Ok(self.summary())
    }

    /// Reads on by one wave and returns the results of its batches in file order; nothing at the end. `each` takes
    /// the records of a batch one by one, while they are still warm, and `finish` makes of what was gathered the
    /// batch's result; both run in the rayon workers. While a wave is parsed the next is inflated and the one
    /// after it read.
    ///
    /// # Errors
    /// As [`Self::process`]; results that stand before the fault in the file are returned first.
    pub fn next_wave<S: Default, T: Send>(
        &mut self,
        each: &(impl Fn(&mut S, VariantRecord) + Sync),
        finish: &(impl Fn(S) -> T + Sync),
    ) -> Result<Option<Vec<T>>, ReadError> {
        let kept = |gathered: &mut S, _: RawRecord<'_>, outcome| {
            if let Outcome::Kept(record) = outcome {
                each(gathered, record);
            }
        };
        self.next_raw_wave(&kept, finish)
    }

    /// As [`Self::next_wave`], with every record as it stands in the file.
    fn next_raw_wave<S: Default, T: Send>(
        &mut self,
        each: &(impl Fn(&mut S, RawRecord<'_>, Outcome) + Sync),
        finish: &(impl Fn(S) -> T + Sync),
    ) -> Result<Option<Vec<T>>, ReadError> {
        loop {
            if self.ready.is_empty() && self.raw.is_empty() && self.exhausted {
                return self.failure.take().map_or(Ok(None), Err);
            }
            let ready = std::mem::take(&mut self.ready);
            let raw = std::mem::take(&mut self.raw);
            let (path, layout, dictionary) = (&self.path, &self.layout, self.dictionary.as_ref());
            let buffers = std::sync::Arc::clone(self.source.buffers());
            let (source, exhausted) = (&mut self.source, self.exhausted);
            let (parsed, (inflated, next)) = rayon::join(
                || {
                    let parse = |chunk: Chunk| {
                        let result = parse(&chunk, layout, dictionary, each, finish);
                        buffers.give_inflated(chunk.into_body());
                        result
                    };
                    ready.into_par_iter().map(parse).collect::<Vec<_>>()
                },
                || {
                    rayon::join(
                        || {
                            let inflate =
                                |batch: RawBatch| (batch.starts_stretch, batch.inflate(path, &buffers));
                            raw.into_par_iter().map(inflate).collect::<Vec<_>>()
                        },
                        || if exhausted { (Vec::new(), None) } else { read_wave(source) },
                    )
                },
            );
            self.take_raw(next);
            self.cut(inflated);
            let results = self.accept(parsed);
            if !results.is_empty() {
                return Ok(Some(results));
            }
        }
    }

    fn take_raw(&mut self, (batches, failure): (Vec<RawBatch>, Option<ReadError>)) {
        self.exhausted |= batches.is_empty() || failure.is_some();
        self.raw = batches;
        if failure.is_some() {
            self.failure = failure;
        }
    }

    /// Stops reading: what is in `ready` is still to be handed on, what comes after it is not.
    fn fail(&mut self, error: ReadError) {
        self.raw.clear();
        self.exhausted = true;
        self.failure = Some(error);
    }

    fn cut(&mut self, inflated: Vec<(bool, Result<Vec<u8>, ReadError>)>) {
        for (starts_stretch, data) in inflated {
            let chunk = data.and_then(|data| self.cutter.cut(data, starts_stretch, &self.path));
            match chunk {
                Ok(chunks) => self.ready.extend(chunks),
                Err(error) => return self.fail(error),
            }
        }
        if self.exhausted && self.raw.is_empty() && self.failure.is_none() {
            match self.cutter.finish(&self.path) {
                Ok(Some((chunk, unfinished))) => {
                    if unfinished {
                        self.findings.add(Finding::NoFinalNewline);
                        self.last_line = Some(chunk.first_number());
                    }
                    self.ready.push(chunk);
                }
                Ok(None) => {}
                Err(error) => self.fail(error),
            }
        }
    }

    /// Checks what the workers report in file order, and keeps the results up to the first fault.
    fn accept<T>(&mut self, parsed: Vec<(Report, T)>) -> Vec<T> {
        let mut results = Vec::with_capacity(parsed.len());
        for (report, result) in parsed {
            let ordered = match self.order.follow(&report.runs, &self.path) {
                Err(_) if self.accept_unsorted => {
                    self.findings.add(Finding::Unsorted);
                    Ok(())
                }
                ordered => ordered,
            };
            let fault = report.fault.map(|(record, fault)| ReadError::Record {
                file: self.path.clone(),
                record,
                place: fault.place,
                reason: match self.last_line {
                    Some(last) if last == record => format!(
                        "{}; it is the last line and has no line feed, so the file may be truncated: copy \
                         it again",
                        fault.reason
                    ),
                    _ => fault.reason,
                },
            });
            if let Some(error) = ordered.err().or(fault) {
                self.ready.clear();
                self.fail(error);
                break;
            }
            self.summary.add(&report.summary);
            self.findings.merge(&report.findings);
            results.push(result);
        }
        results
    }
}

/// Reads a wave's batches, and the error that ends them.
fn read_wave(source: &mut Source) -> (Vec<RawBatch>, Option<ReadError>) {
    let wanted = match rayon::current_num_threads() {
        1 => 2,
        // So many that workers seldom wait for the last of a wave, and not so many that memory is felt.
        threads => (8 * threads).min(64).max(2 * threads),
    };
    let mut batches = Vec::with_capacity(wanted);
    while batches.len() < wanted {
        match source.next_batch() {
            Ok(Some(batch)) => batches.push(batch),
            Ok(None) => break,
            Err(error) => return (batches, Some(error)),
        }
    }
    (batches, None)
}

fn parse<S: Default, T>(
    chunk: &Chunk,
    layout: &Layout,
    dictionary: Option<&Dictionary>,
    each: &impl Fn(&mut S, RawRecord<'_>, Outcome),
    finish: &impl Fn(S) -> T,
) -> (Report, T) {
    let mut report = Report::default();
    let mut memory = Memory::default();
    let mut gathered = S::default();
    for (number, bytes) in chunk.records(dictionary.is_some()) {
        if bytes.is_empty() || bytes == b"\r" {
            memory.findings.add(Finding::EmptyLine);
            continue;
        }
        let read = match dictionary {
            None => layout.parse(bytes, number, &mut memory),
            Some(dictionary) => layout.parse_bcf(bytes, number, dictionary, &mut memory),
        };
        let (place, outcome) = match read {
            Ok(read) => read,
            Err(fault) => {
                report.fault = Some((number, fault));
                break;
            }
        };
        order::note(&mut report.runs, place, number);
        let summary = &mut report.summary;
        summary.records += 1;
        match outcome {
            Outcome::Kept(_) => summary.kept += 1,
            Outcome::UnknownContig => summary.unknown_contig += 1,
            Outcome::Outside => summary.outside_regions += 1,
            Outcome::Uncarried => summary.uncarried += 1,
            Outcome::Unplaced => summary.unplaced += 1,
        }
        each(&mut gathered, RawRecord { bytes, chrom: place.0, position: place.1, number }, outcome);
    }
    report.findings = memory.findings;
    (report, finish(gathered))
}
