//! The full check of a table: every block is read.

use crate::model::contig::ContigId;

use super::blocks::{Place, texts_lane, values_lane};
use super::lane::ROWS;
use super::{BLOCK_BITS, SiteFieldKind, SiteTable};

/// Reads every block, and compares the order of all rows.
pub(super) fn check(table: &SiteTable) -> Result<(), String> {
    for contig in 0..table.index.contigs.len() {
        let contig = ContigId(contig as u16);
        check_contig(table, contig).map_err(|message| table.damage().map_or(message, str::to_owned))?;
    }
    Ok(())
}

fn check_contig(table: &SiteTable, contig: ContigId) -> Result<(), String> {
    let [first_block, blocks, ..] = table.index.contigs[contig.index()];
    let mut left = table.rows(contig).len();
    let mut last = 0;
    for block in first_block..first_block + blocks {
        let (rows, first_row) = table.allele_block(contig, block).ok_or("a block is damaged")?;
        if rows.count != left.min(ROWS) {
            return Err(format!("block {block} has {} rows, which is inconsistent", rows.count));
        }
        left -= rows.count;
        for row in 0..rows.count {
            let start = rows.start(row);
            if start < last || rows.allele(row).is_none() {
                return Err(format!("row {row} of block {block} is out of order or has no allele"));
            }
            last = start;
        }
        (0..table.fields().len()).try_for_each(|field| check_values(table, first_row, rows.count, field))?;
    }
    Ok(())
}

fn check_values(table: &SiteTable, first_row: u32, count: usize, field: usize) -> Result<(), String> {
    let (superblock, slot) = table.split(first_row);
    let place = Place { lane: values_lane(field), superblock, block: slot >> BLOCK_BITS };
    table.block(place).ok_or_else(|| format!("the values of lane {} are damaged", values_lane(field)))?;
    let text = table.fields()[field].kind == SiteFieldKind::Text;
    for row in (first_row..).take(count) {
        let cell =
            table.cell(row, field).ok_or_else(|| format!("row {row} of field {field} has no position"))?;
        if text && super::cell::is_value(cell) && table.text(row, field, cell).is_none() {
            return Err(format!("a text of lane {} is damaged", texts_lane(field)));
        }
    }
    Ok(())
}
