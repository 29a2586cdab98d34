//! Runs: sorted parts of an unsorted source, each a table beside the one being built.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::Path;

use crate::model::allele::Allele;
use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::reference::error::ReferenceError;
use crate::reference::sites::{SiteTable, SiteTableMeta, cell};

use super::report::SiteReport;
use super::rows::Rows;
use super::sorter::{Shape, Sorter};
use super::table;

/// Rows decoded before they are sorted in.
const BATCH: usize = if cfg!(test) { 500 } else { 65_536 };

/// Writes rows as a run. Its file has no name any more once it is open: nothing is left behind.
pub(super) fn write(
    shape: &Shape,
    rows: Rows,
    path: &Path,
    report: &mut SiteReport,
) -> Result<SiteTable, ReferenceError> {
    let order = rows.order();
    let mut sorted = Rows::new(&shape.text);
    sorted.append(&rows, order.iter().map(|&row| row as usize), |place| place);
    drop(rows);
    let mut sorter = Sorter::create(path, shape)?;
    sorter.push(&sorted, report)?;
    drop(sorted);
    let meta = sorter.finish(None, report)?;
    let table = table::open(path, &meta).map_err(|m| ReferenceError::source_file(path, m))?;
    std::fs::remove_file(path).map_err(|e| ReferenceError::write(path, e))?;
    Ok(table)
}

/// Merges runs into one table.
pub(super) fn merge(
    runs: &[SiteTable],
    shape: &Shape,
    path: &Path,
    covered: Option<&[(ContigId, Interval)]>,
    report: &mut SiteReport,
) -> Result<SiteTableMeta, ReferenceError> {
    let mut sorter = Sorter::create(path, shape)?;
    let mut batch = Rows::new(&shape.text);
    let late = report.late;
    for contig in 0..shape.contigs.len() {
        let contig = ContigId(contig as u16);
        let mut next: Vec<std::ops::Range<u32>> = runs.iter().map(|run| run.rows(contig)).collect();
        let mut heap = BinaryHeap::new();
        for (at, rows) in next.iter_mut().enumerate() {
            heap.extend(take(runs, at, rows));
        }
        while let Some(Reverse((allele, at, row))) = heap.pop() {
            push(&mut batch, &allele, &runs[at], row);
            heap.extend(take(runs, at, &mut next[at]));
            if batch.len() >= BATCH {
                sorter.push(&batch, report)?;
                sorter.flush(false, report)?;
                batch = Rows::new(&shape.text);
            }
        }
    }
    sorter.push(&batch, report)?;
    let damage = runs.iter().find_map(SiteTable::damage);
    if let Some(damage) = damage {
        return Err(ReferenceError::source_file(path, format!("a part written a moment ago: {damage}")));
    }
    let meta = sorter.finish(covered, report)?;
    report.late = late;
    Ok(meta)
}

type Next = Reverse<(Allele, usize, u32)>;

fn take(runs: &[SiteTable], at: usize, rows: &mut std::ops::Range<u32>) -> Option<Next> {
    let row = rows.next()?;
    Some(Reverse((runs[at].allele(row)?, at, row)))
}

fn push(rows: &mut Rows, allele: &Allele, run: &SiteTable, row: u32) {
    rows.push(
        u64::from(allele.contig.0) << 32 | u64::from(allele.start),
        &allele.reference,
        &allele.alternate,
    );
    for (field, column) in rows.columns.iter_mut().enumerate() {
        let cell = run.cell(row, field).unwrap_or(cell::MISSING);
        column.push(match &mut rows.texts[field] {
            Some(texts) if cell::is_value(cell) => {
                run.text(row, field, cell).map_or(cell::MISSING, |text| texts.number(text.as_bytes()))
            }
            _ => cell,
        });
    }
}
