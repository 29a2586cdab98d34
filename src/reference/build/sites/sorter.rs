//! Rows in the order of the source become superblocks in the order of the genome.
//!
//! A source is sorted, or nearly: left-aligning moves an allele back by a few bases. So a window of the last
//! rows is kept open, and what lies before it is sorted, merged, encoded and written. Memory does not grow with
//! the source. A row that comes too late for the window goes into a run of its own, written as a table beside;
//! at the end all runs are merged. That way an unsorted source is sorted too, at the price of a second pass.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::reference::error::ReferenceError;
use crate::reference::sites::{SiteTable, SiteTableMeta};

use super::merge::MergeRule;
use super::report::SiteReport;
use super::rows::{Rows, START};
use super::runs;
use super::superblock::{self, Job};
use super::table::{self, TableWriter};

// In tests all sizes are small, so that few rows meet every edge.

/// Rows that stay open behind the last one: alleles that left-aligning moves farther are late.
const OPEN_ROWS: usize = if cfg!(test) { 64 } else { 8_192 };
/// Bytes of late rows that are held before they become a run.
const MOST_LATE: usize = if cfg!(test) { 32 << 10 } else { 64 << 20 };

/// What all parts of the sorting need to know.
#[derive(Clone)]
pub(super) struct Shape {
    /// The table; the number of rows is not known yet.
    pub meta: SiteTableMeta,
    /// Which columns are text.
    pub text: Vec<bool>,
    /// How rows of one allele are merged.
    pub merge: MergeRule,
    /// Names of the contigs, for messages.
    pub contigs: Vec<String>,
}

/// Takes rows, and writes superblocks.
pub(super) struct Sorter<'a> {
    shape: &'a Shape,
    path: PathBuf,
    out: TableWriter,
    /// Contigs in the order in which the source brings them, and the place of each in it.
    ranks: Vec<u32>,
    rank_of: Vec<Option<u32>>,
    open: Rows,
    /// Every row before this place is written.
    floor: u64,
    late: Rows,
    runs: Vec<SiteTable>,
    /// Rows that were late.
    late_rows: u64,
}

impl<'a> Sorter<'a> {
    /// Begins a table in a file.
    pub(super) fn create(path: &Path, shape: &'a Shape) -> Result<Self, ReferenceError> {
        let out =
            TableWriter::create(path, shape.contigs.len()).map_err(|e| ReferenceError::write(path, e))?;
        Ok(Self {
            shape,
            path: path.to_owned(),
            out,
            ranks: Vec::new(),
            rank_of: vec![None; shape.contigs.len()],
            open: Rows::new(&shape.text),
            floor: 0,
            late: Rows::new(&shape.text),
            runs: Vec::new(),
            late_rows: 0,
        })
    }

    /// Takes rows as they come in the source, their places by contig.
    pub(super) fn push(&mut self, rows: &Rows, report: &mut SiteReport) -> Result<(), ReferenceError> {
        for place in &rows.places {
            let contig = (place >> 32) as usize;
            if self.rank_of[contig].is_none() {
                self.rank_of[contig] = Some(self.ranks.len() as u32);
                self.ranks.push(contig as u32);
            }
        }
        let ranks: Vec<u64> = self.rank_of.iter().map(|r| u64::from(r.unwrap_or(0))).collect();
        let ranked = |place: u64| ranks[(place >> 32) as usize] << 32 | place & START;
        if rows.places.iter().all(|&place| ranked(place) >= self.floor) {
            self.open.append(rows, 0..rows.len(), ranked);
            return Ok(());
        }
        let is_late = |row: &usize| ranked(rows.places[*row]) < self.floor;
        let late: Vec<usize> = (0..rows.len()).filter(is_late).collect();
        let timely: Vec<usize> = (0..rows.len()).filter(|row| !is_late(row)).collect();
        self.late_rows += late.len() as u64;
        self.open.append(rows, timely.into_iter(), ranked);
        self.late.append(rows, late.into_iter(), |place| place);
        if self.late.size() > MOST_LATE { self.late_run(report) } else { Ok(()) }
    }

    /// Writes what can be written: all rows before the open ones, in full superblocks; with `all`, everything.
    pub(super) fn flush(&mut self, all: bool, report: &mut SiteReport) -> Result<(), ReferenceError> {
        let order = self.merged_order(report);
        let closed = if all { order.len() } else { self.closed(&order) };
        let size = 1usize << self.shape.meta.superblock_bits;
        let mut jobs: Vec<(usize, usize)> = Vec::new();
        let (mut from, mut written) = (0, 0);
        while from < closed {
            let rank = self.open.places[order[from] as usize] >> 32;
            let same = |&row: &u32| self.open.places[row as usize] >> 32 == rank;
            let whole = order[from..].iter().take(size).take_while(|row| same(row)).count();
            let to = from + whole.min(closed - from);
            let ends_contig = all && to == order.len() || order.get(to).is_some_and(|row| !same(row));
            if to - from == size || ends_contig {
                jobs.push((from, to));
                written = to;
            }
            from = to;
        }
        self.write(&order, &jobs)?;
        if let Some(&last) = order[..written].last() {
            // Another allele at the last row's place is late too: it may be one that is written. So is all of
            // a contig that is left behind: its superblocks lie together.
            let place = |row: u32| self.open.places[row as usize];
            let next = order.get(written).map_or(0, |&row| place(row) & !START);
            self.floor = next.max(place(last) + 1);
        }
        let mut rest = Rows::new(&self.shape.text);
        rest.append(&self.open, order[written..].iter().map(|&row| row as usize), |place| place);
        self.open = rest;
        Ok(())
    }

    /// How many rows lie before the open ones; rows of one start stay together.
    fn closed(&self, order: &[u32]) -> usize {
        let Some(last) = order.len().checked_sub(OPEN_ROWS) else { return 0 };
        let place = |at: usize| self.open.places[order[at] as usize];
        order.partition_point(|&row| self.open.places[row as usize] < place(last))
    }

    /// The order of the open rows, each allele once.
    fn merged_order(&mut self, report: &mut SiteReport) -> Vec<u32> {
        let mut order = self.open.order();
        let rows = &mut self.open;
        let (ranks, contigs) = (&self.ranks, &self.shape.contigs);
        order.dedup_by(|row, kept| {
            let (row, kept) = (*row as usize, *kept as usize);
            if !rows.same_allele(row, kept) {
                return false;
            }
            if self.shape.merge.merge(rows, kept, row) {
                report.repeated += 1;
            } else {
                let contig = ranks.get((rows.places[kept] >> 32) as usize).copied().unwrap_or(0);
                report.conflicting.add(|| described(&contigs[contig as usize], rows, kept));
            }
            true
        });
        order
    }

    /// Encodes superblocks in parallel and writes them in order.
    fn write(&mut self, order: &[u32], jobs: &[(usize, usize)]) -> Result<(), ReferenceError> {
        let kinds: Vec<_> = self.shape.meta.fields.iter().map(|f| f.kind).collect();
        let salt = self.shape.meta.salt();
        let first = self.out.superblocks();
        if first + jobs.len() > 1 << (u32::BITS - self.shape.meta.superblock_bits) {
            return Err(ReferenceError::source_file(&self.path, "more rows than a table can have"));
        }
        let encoded: Vec<_> = jobs
            .par_iter()
            .enumerate()
            .map(|(at, &(from, to))| {
                let order = &order[from..to];
                let rank = order.first().map_or(0, |&row| self.open.places[row as usize] >> 32);
                let contig = self.ranks.get(rank as usize).copied().unwrap_or(0);
                let job = Job { rows: &self.open, order, contig, number: first + at };
                superblock::encode(job, &kinds, salt)
            })
            .collect();
        for superblock in encoded {
            let superblock = superblock.map_err(|m| ReferenceError::source_file(&self.path, m))?;
            self.out.push(&superblock).map_err(|e| ReferenceError::write(&self.path, e))?;
        }
        Ok(())
    }

    /// Writes the late rows held so far as a table of its own.
    fn late_run(&mut self, report: &mut SiteReport) -> Result<(), ReferenceError> {
        let rows = std::mem::replace(&mut self.late, Rows::new(&self.shape.text));
        self.runs.push(runs::write(self.shape, rows, &self.run_path(), report)?);
        Ok(())
    }

    fn run_path(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(format!(".run{}", self.runs.len()));
        name.into()
    }

    /// Writes the rest of the rows and the index; gives the finished description of the table.
    pub(super) fn finish(
        mut self,
        covered: Option<&[(ContigId, Interval)]>,
        report: &mut SiteReport,
    ) -> Result<SiteTableMeta, ReferenceError> {
        self.flush(true, report)?;
        if self.late.len() > 0 {
            self.late_run(report)?;
        }
        report.late = self.late_rows;
        let mut meta = self.shape.meta.clone();
        let failed = |e| ReferenceError::write(&self.path, e);
        if self.runs.is_empty() {
            self.out.finish(&mut meta, covered).map_err(failed)?;
        } else {
            // Among equal alleles, those written first came first in the source.
            self.out.finish(&mut meta, None).map_err(failed)?;
            let main = self.path.with_extension("run");
            std::fs::rename(&self.path, &main).map_err(failed)?;
            let opened = table::open(&main, &meta).map_err(|m| ReferenceError::source_file(&main, m))?;
            std::fs::remove_file(&main).map_err(failed)?;
            self.runs.insert(0, opened);
            meta = runs::merge(&self.runs, self.shape, &self.path, covered, report)?;
        }
        report.rows = meta.rows;
        Ok(meta)
    }
}

/// `1:100 A>C`, with `-` for no bases.
fn described(contig: &str, rows: &Rows, row: usize) -> String {
    let mut spelled = Vec::new();
    let (reference, alternate) = match rows.long(rows.keys[row]) {
        Some(bases) => bases,
        None => {
            let middle = crate::reference::sites::key::spell(rows.keys[row], &mut spelled);
            spelled.split_at(middle)
        }
    };
    let side = |bases: &[u8]| {
        if bases.is_empty() { "-".to_owned() } else { String::from_utf8_lossy(bases).into_owned() }
    };
    format!("{contig}:{} {}>{}", (rows.places[row] & START) + 1, side(reference), side(alternate))
}
