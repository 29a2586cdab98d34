//! Site tables: what a public resource says about exact alleles (frequencies, assertions, scores).
//!
//! Every allele is trimmed and left-aligned when the table is built (see [`super::placement`]), so that one
//! change of the genome is one row whatever its spelling in the source. Rows stand in blocks of 128 whose
//! positions are bisected, and whose values are read, without unpacking the block. Alleles lie apart from
//! values, and each field apart from the others: a look-up touches the alleles and the fields asked for,
//! nothing else.
//!
//! # Damage
//! The index is checked when a table is opened, each block when it is first used. A damaged block has no rows
//! and no values, so that no wrong value is ever given; but "no row" is not true either. Whoever gives results
//! out asks [`SiteTable::damage`] (or [`super::bundle::Bundle::intact`]) first, and gives none out where there
//! is any.

pub(crate) mod alleles;
pub(crate) mod bits;
pub(crate) mod blocks;
pub(crate) mod cell;
mod check;
mod cursor;
pub(crate) mod dictionary;
pub(crate) mod file;
pub(crate) mod key;
pub(crate) mod lane;
pub(crate) mod meta;
mod value;

use std::ops::Range;

use crate::model::allele::Allele;
use crate::model::contig::ContigId;
use crate::model::position::Interval;

use super::placement;
use super::sections::{FileKind, Sections};
use alleles::{AlleleBlock, Search};
use blocks::{Blocks, Place};
pub use cursor::SiteCursor;
use file::Index;
use lane::ROWS;
pub use meta::{Quotient, SiteField, SiteFieldKind, SiteTableMeta, output_key};
pub use value::SiteValue;

/// Rows of a block, as a power of two.
const BLOCK_BITS: u32 = ROWS.trailing_zeros();

/// One resource.
pub struct SiteTable {
    meta: SiteTableMeta,
    sections: Sections,
    index: Index,
    blocks: Blocks,
    covered: Option<Vec<(ContigId, Interval)>>,
}

impl std::fmt::Debug for SiteTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SiteTable({}, {} rows)", self.meta.name, self.meta.rows)
    }
}

impl SiteTable {
    /// Checks the index of a table; the data are not read.
    pub(crate) fn from_sections(sections: Sections, meta: SiteTableMeta) -> Result<Self, String> {
        let index = Index::new(&sections, &meta)?;
        let superblocks = sections.array::<u32>(file::OWNERS).len();
        let most = 1usize << (meta.superblock_bits - BLOCK_BITS);
        let blocks = Blocks::new(meta.salt(), meta.fields.len(), superblocks, most);
        let covered = file::covered(&sections);
        Ok(Self { meta, sections, index, blocks, covered })
    }

    /// A table held in memory, from the bytes of its file.
    ///
    /// # Errors
    /// When the bytes are not those of a table, or its index is damaged. The data are checked as they are used.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let sections = Sections::from_bytes(bytes, FileKind::Sites, file::ARRAYS)?;
        let meta = serde_json::from_slice(sections.array(file::META))
            .map_err(|_| "the index of the table is damaged".to_owned())?;
        Self::from_sections(sections, meta)
    }

    /// The name given in the manifest: `gnomad_genomes`, `clinvar`.
    pub fn name(&self) -> &str {
        &self.meta.name
    }

    /// Source, version, licence and fields.
    pub fn meta(&self) -> &SiteTableMeta {
        &self.meta
    }

    /// The fields, in the order of the table.
    pub fn fields(&self) -> &[SiteField] {
        &self.meta.fields
    }

    /// The place of a field in [`SiteTable::fields`].
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.meta.fields.iter().position(|f| f.name == name)
    }

    /// Number of alleles.
    pub fn len(&self) -> usize {
        self.meta.rows as usize
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.meta.rows == 0
    }

    /// What of the table was found damaged so far. Where it is something, answers given before may lack rows
    /// or values, and must not be used.
    pub fn damage(&self) -> Option<&str> {
        self.blocks.damage()
    }

    /// True when the table has any allele on the contig, or covers any of it. An allele that is not found on a
    /// contig the table does not cover is not known to be absent from the resource.
    pub fn covers(&self, contig: ContigId) -> bool {
        !self.rows(contig).is_empty() || self.covered.iter().flatten().any(|(other, _)| *other == contig)
    }

    /// The regions in which absence of an allele means that it was looked for and not seen, in order;
    /// `None`: the resource does not say.
    pub fn covered_regions(&self) -> Option<&[(ContigId, Interval)]> {
        self.covered.as_deref()
    }

    /// Whether the resource looked at the place of an allele; `None` where it does not say. Every reference
    /// base of the allele counts, and for an insertion the bases on both sides.
    pub fn covers_allele(&self, allele: &Allele) -> Option<bool> {
        let covered = self.covered.as_deref()?;
        let trimmed = placement::trim(allele);
        let needed = match trimmed.reference.is_empty() {
            true => Interval::new(trimmed.start.saturating_sub(1), trimmed.start.saturating_add(1)),
            false => trimmed.interval(),
        };
        let next = covered.partition_point(|(c, r)| (*c, r.start) <= (trimmed.contig, needed.start));
        let region = covered[..next].last();
        Some(region.is_some_and(|(contig, r)| *contig == trimmed.contig && needed.end <= r.end))
    }

    /// The row of an allele. It must be left-aligned; it may carry an anchor base, which is trimmed here.
    pub fn find(&self, allele: &Allele) -> Option<u32> {
        self.cursor().find(allele)
    }

    /// Looks up alleles that come in order, or nearly so, at the least cost.
    pub fn cursor(&self) -> SiteCursor<'_> {
        SiteCursor::new(self)
    }

    /// The rows of all alleles of a contig: the numbers of rows are dense within a contig, not between contigs.
    pub fn rows(&self, contig: ContigId) -> Range<u32> {
        let Some(&[_, _, superblock, rows]) = self.index.contigs.get(contig.index()) else { return 0..0 };
        let first = u64::from(superblock) << self.meta.superblock_bits;
        let end = first + u64::from(rows);
        // The last row of all may be the last that 32 bits can count.
        first as u32..u32::try_from(end).unwrap_or(u32::MAX)
    }

    /// The rows of all alleles that start at a 0-based offset once trimmed and left-aligned.
    pub fn rows_at(&self, contig: ContigId, start: u32) -> Range<u32> {
        self.rows_within(contig, start, start.saturating_add(1))
    }

    /// The rows of all alleles that start within a 0-based half-open interval.
    pub fn rows_within(&self, contig: ContigId, start: u32, end: u32) -> Range<u32> {
        let from = self.first_row_from(contig, start);
        from..self.first_row_from(contig, end).max(from)
    }

    /// The allele of a row, trimmed and left-aligned; `None` where there is no such row.
    pub fn allele(&self, row: u32) -> Option<Allele> {
        let (superblock, slot) = self.split(row);
        let contig = self.index.owner(&self.sections, superblock)?;
        let &[first_block, blocks, first_superblock, rows] = self.index.contigs.get(contig.index())?;
        let before = superblock.checked_sub(first_superblock as usize)?;
        if (before << self.meta.superblock_bits) + slot >= rows as usize {
            return None;
        }
        let block = (before << (self.meta.superblock_bits - BLOCK_BITS)) + (slot >> BLOCK_BITS);
        if block >= blocks as usize {
            return None;
        }
        let (block, _) = self.allele_block(contig, first_block + block as u32)?;
        let within = slot & (ROWS - 1);
        let (reference, alternate) = block.allele(within)?;
        Some(Allele { contig, start: block.start(within), reference, alternate })
    }

    /// The value of a field; `None` where the source gives none for the allele.
    #[inline]
    pub fn value(&self, row: u32, field: usize) -> Option<SiteValue<'_>> {
        let described = self.meta.fields.get(field)?;
        let cell = self.cell(row, field)?;
        match (described.kind, cell) {
            (_, cell::MISSING) => None,
            (_, cell::DERIVED) => self.quotient(row, described.quotient?).map(SiteValue::Float),
            (SiteFieldKind::Integer, cell) => Some(SiteValue::Integer(cell as i64)),
            (SiteFieldKind::Float, cell) => Some(SiteValue::Float(f64::from_bits(cell))),
            (SiteFieldKind::Flag, _) => Some(SiteValue::Flag),
            (SiteFieldKind::Text, cell) => self.text(row, field, cell).map(SiteValue::Text),
        }
    }

    /// A value as it was encoded.
    #[inline]
    pub(crate) fn cell(&self, row: u32, field: usize) -> Option<u64> {
        let kind = self.meta.fields.get(field)?.kind;
        let (superblock, slot) = self.split(row);
        let place = Place { lane: blocks::values_lane(field), superblock, block: slot >> BLOCK_BITS };
        lane::cell(self.block(place)?, kind, slot & (ROWS - 1))
    }

    /// The text of a cell.
    pub(crate) fn text(&self, row: u32, field: usize, cell: u64) -> Option<&str> {
        let superblock = self.split(row).0;
        let place =
            Place { lane: blocks::texts_lane(field), superblock, block: (cell >> BLOCK_BITS) as usize };
        dictionary::text(self.block(place)?, cell as usize & (ROWS - 1))
    }

    fn quotient(&self, row: u32, of: Quotient) -> Option<f64> {
        let number = |field| self.cell(row, field).filter(|&c| cell::is_value(c)).map(|c| c as i64 as f64);
        let (count, total) = (number(of.count)?, number(of.number)?);
        (total > 0.0).then_some(count / total)
    }

    /// Reads every block: each is sound, and every row in order.
    ///
    /// # Errors
    /// Names what is damaged.
    pub fn check_rows(&self) -> Result<(), String> {
        check::check(self)
    }

    fn split(&self, row: u32) -> (usize, usize) {
        let bits = self.meta.superblock_bits;
        ((row >> bits) as usize, (row & ((1 << bits) - 1)) as usize)
    }

    /// The number of the first row of a block, which is counted over the table, of a contig.
    fn first_row(&self, contig: ContigId, block: u32) -> Option<(usize, usize, u32)> {
        let &[first_block, _, first_superblock, _] = self.index.contigs.get(contig.index())?;
        let shift = self.meta.superblock_bits - BLOCK_BITS;
        let local = block.checked_sub(first_block)?;
        let superblock = first_superblock + (local >> shift);
        let within = local & ((1 << shift) - 1);
        let row = superblock.checked_shl(self.meta.superblock_bits)? + (within << BLOCK_BITS);
        Some((superblock as usize, within as usize, row))
    }

    #[inline]
    fn block(&self, place: Place) -> Option<&[u64]> {
        let words = self.blocks.get(&self.sections, &self.index, place);
        if words.is_none() && self.has(place) {
            self.blocks.note_damage(place);
        }
        words
    }

    /// True for a block that the table has; of a dictionary, only those are asked for that some row names.
    fn has(&self, place: Place) -> bool {
        let shift = self.meta.superblock_bits - BLOCK_BITS;
        let owner = self.index.owner(&self.sections, place.superblock);
        let entry = owner.and_then(|contig| self.index.contigs.get(contig.index()));
        let is_text = place.lane > blocks::ALLELES && place.lane.is_multiple_of(2);
        entry.is_some_and(|&[_, own, first, _]| {
            let before = place.superblock.saturating_sub(first as usize) << shift;
            is_text || before + place.block < own as usize
        })
    }

    /// A block of alleles, which is counted over the table, and the number of its first row.
    #[inline]
    fn allele_block(&self, contig: ContigId, block: u32) -> Option<(AlleleBlock<'_>, u32)> {
        let (superblock, within, row) = self.first_row(contig, block)?;
        let words = self.block(Place { lane: blocks::ALLELES, superblock, block: within })?;
        let first = *self.index.first(&self.sections).get(block as usize)?;
        Some((AlleleBlock::new(words, first)?, row))
    }

    /// Of the blocks of a contig, counted over the table, the last that starts before an offset; the first
    /// where none does.
    fn block_before(&self, contig: ContigId, start: u32) -> Option<Range<u32>> {
        let &[first_block, blocks, ..] = self.index.contigs.get(contig.index())?;
        let own =
            self.index.first(&self.sections).get(first_block as usize..(first_block + blocks) as usize)?;
        let at = own.partition_point(|&first| first < start).saturating_sub(1) as u32;
        (blocks > 0).then_some(first_block + at..first_block + blocks)
    }

    /// The first row of a contig that starts at or after an offset; one past its last where there is none.
    fn first_row_from(&self, contig: ContigId, start: u32) -> u32 {
        let end = self.rows(contig).end;
        let Some(blocks) = self.block_before(contig, start) else { return end };
        match self.allele_block(contig, blocks.start) {
            // Past the block's last row is the next block's first.
            Some((block, row)) => row + block.first_from(start) as u32,
            None => end,
        }
    }

    /// Looks for an allele in some blocks of its contig, one after the other.
    #[inline]
    fn find_from(&self, blocks: Range<u32>, allele: &Allele) -> Option<u32> {
        for block in blocks {
            let (rows, first) = self.allele_block(allele.contig, block)?;
            match rows.find(allele) {
                Search::Found(row) => return Some(first + row as u32),
                Search::NotThere => return None,
                Search::Onwards => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
