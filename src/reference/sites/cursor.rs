//! Looking up alleles that come in order: each search begins where the last one ended.

use std::ops::Range;

use crate::model::allele::Allele;
use crate::model::contig::ContigId;
use crate::reference::placement;

use super::SiteTable;
use super::alleles::{AlleleBlock, Search};

/// A place in a table. Alleles may come in any order: one that lies before the last is searched for from
/// the start, one behind it by steps that double, so that sorted alleles cost next to nothing.
#[derive(Clone, Debug)]
pub struct SiteCursor<'t> {
    table: &'t SiteTable,
    contig: ContigId,
    /// Blocks of the contig, counted over the table, from the one used last.
    blocks: Range<u32>,
    /// The block used last, by its number, with the number of its first row.
    open: Option<(u32, AlleleBlock<'t>, u32)>,
}

impl<'t> SiteCursor<'t> {
    pub(super) fn new(table: &'t SiteTable) -> Self {
        Self { table, contig: ContigId(u16::MAX), blocks: 0..0, open: None }
    }

    /// The table.
    pub fn table(&self) -> &'t SiteTable {
        self.table
    }

    /// The row of an allele, as [`SiteTable::find`] gives it.
    #[inline]
    pub fn find(&mut self, allele: &Allele) -> Option<u32> {
        if needs_trimming(allele) {
            return self.find(&placement::trim(allele));
        }
        self.seek(allele.contig, allele.start)?;
        let number = self.blocks.start;
        let (block, row) = match self.open {
            Some((open, block, row)) if open == number => (block, row),
            _ => {
                let (block, row) = self.table.allele_block(allele.contig, number)?;
                self.open = Some((number, block, row));
                (block, row)
            }
        };
        match block.find(allele) {
            Search::Found(within) => Some(row + within as u32),
            Search::NotThere => None,
            Search::Onwards => self.table.find_from(number + 1..self.blocks.end, allele),
        }
    }

    /// Moves to the last block that starts before an offset, or the first of the contig.
    #[inline]
    fn seek(&mut self, contig: ContigId, start: u32) -> Option<()> {
        let first = self.table.index.first(&self.table.sections);
        let here = first.get(self.blocks.start as usize..self.blocks.end as usize)?;
        match here.first() {
            Some(&at) if contig == self.contig && at < start => {
                let ahead = gallop(here, start);
                self.blocks.start += ahead;
            }
            _ => {
                self.contig = contig;
                self.blocks = self.table.block_before(contig, start).unwrap_or(0..0);
            }
        }
        (!self.blocks.is_empty()).then_some(())
    }
}

/// How many blocks on from the first the last one is that starts before an offset; the first does.
#[inline]
fn gallop(first: &[u32], start: u32) -> u32 {
    let mut step = 1;
    while first.get(step).is_some_and(|&at| at < start) {
        step *= 2;
    }
    let from = step / 2;
    let window = &first[from..first.len().min(step)];
    (from + window.partition_point(|&at| at < start)).saturating_sub(1) as u32
}

/// True where the two sides share a base at either end.
#[inline]
fn needs_trimming(allele: &Allele) -> bool {
    match (allele.reference.as_slice(), allele.alternate.as_slice()) {
        ([a, ..], [b, ..]) => a == b || allele.reference.last() == allele.alternate.last(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn galloping_ends_where_bisecting_does(
            mut first in prop::collection::vec(0u32..500, 1..100), start in 1u32..600,
        ) {
            first.sort_unstable();
            first[0] = 0;
            let expected = first.partition_point(|&at| at < start) - 1;
            prop_assert_eq!(gallop(&first, start) as usize, expected);
        }
    }
}
