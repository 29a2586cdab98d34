//! The arrays of a site table's file.
//!
//! The index (everything but the data) is small: eight bytes for 128 rows and a field's share for each
//! superblock. It has a checksum an array, and opening a table checks it whole; the data are checked block by
//! block (see [`super::blocks`]).

use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::reference::sections::Sections;

use super::blocks::lanes;
use super::lane::ROWS;
use super::meta::SiteTableMeta;

/// The data; written first.
pub(crate) const DATA: usize = 0;
/// [`SiteTableMeta`] as JSON.
pub(crate) const META: usize = 1;
/// A [`ContigEntry`] a contig.
pub(crate) const CONTIGS: usize = 2;
/// The start of the first row of every block.
pub(crate) const FIRST: usize = 3;
/// The contig of every superblock.
pub(crate) const OWNERS: usize = 4;
/// Where in the data each segment begins, in words: superblock by superblock, lane by lane.
pub(crate) const SEGMENTS: usize = 5;
/// Contig, start and end of every covered region, in order.
pub(crate) const COVERED: usize = 6;
/// CRC-32 of the arrays from [`META`] to [`COVERED`], and whether covered regions are known.
pub(crate) const SUMS: usize = 7;
/// Number of arrays.
pub(crate) const ARRAYS: usize = 8;

/// Where the rows of a contig are: first block, number of blocks, first superblock, number of rows.
pub(crate) type ContigEntry = [u32; 4];

/// The smallest and the largest superblock, as powers of two of rows.
pub(crate) const SUPERBLOCK_BITS: std::ops::RangeInclusive<u32> = 10..=16;

/// What of the index is used with every look-up.
#[derive(Debug)]
pub(crate) struct Index {
    /// Of every contig.
    pub contigs: Vec<ContigEntry>,
}

/// The checksums of the index, and whether covered regions are known.
pub(crate) fn sums(arrays: [&[u8]; 6], covered_known: bool) -> Vec<u32> {
    let mut sums: Vec<u32> = arrays.iter().map(|array| crc32fast::hash(array)).collect();
    sums.push(u32::from(covered_known));
    let all = crc32fast::hash(bytemuck::cast_slice(&sums));
    sums.push(all);
    sums
}

impl Index {
    /// Checks the index as a whole: its checksums, that it is of this table, and that its parts fit.
    pub(crate) fn new(sections: &Sections, meta: &SiteTableMeta) -> Result<Self, String> {
        let damaged = || "the index of the table is damaged: download or build the bundle again".to_owned();
        let bytes = |array: usize| sections.array::<u8>(array);
        let arrays = [META, CONTIGS, FIRST, OWNERS, SEGMENTS, COVERED].map(bytes);
        sections.check::<u32>(SUMS, Some(arrays.len() + 2))?;
        let stored = sections.array::<u32>(SUMS);
        let known = stored.get(arrays.len()) == Some(&1);
        if stored != sums(arrays, known).as_slice() {
            return Err(damaged());
        }
        let own: SiteTableMeta = serde_json::from_slice(bytes(META)).map_err(|_| damaged())?;
        if own != *meta {
            return Err(format!(
                "holds the table '{}' of {} version '{}', which is not the one the header names",
                own.name, own.source, own.version
            ));
        }
        sections.check::<ContigEntry>(CONTIGS, None)?;
        sections.check::<[u32; 3]>(COVERED, None)?;
        sections.check::<u64>(DATA, None)?;
        let contigs = sections.array::<ContigEntry>(CONTIGS).to_vec();
        if !SUPERBLOCK_BITS.contains(&meta.superblock_bits) {
            return Err(damaged());
        }
        let per_superblock = 1u64 << meta.superblock_bits;
        let (mut rows, mut blocks, mut superblocks) = (0u64, 0u64, 0u64);
        for [first_block, own_blocks, first_superblock, own_rows] in contigs.iter().map(|c| c.map(u64::from))
        {
            rows += own_rows;
            blocks += own_blocks;
            superblocks += own_rows.div_ceil(per_superblock);
            let inside = first_block + own_blocks <= sections.array::<u32>(FIRST).len() as u64
                && first_superblock + own_rows.div_ceil(per_superblock)
                    <= sections.array::<u32>(OWNERS).len() as u64;
            if own_blocks != own_rows.div_ceil(ROWS as u64) || own_rows > 0 && !inside {
                return Err(damaged());
            }
        }
        sections.check::<u32>(FIRST, usize::try_from(blocks).ok())?;
        sections.check::<u32>(OWNERS, usize::try_from(superblocks).ok())?;
        let segments = superblocks.checked_mul(lanes(meta.fields.len()) as u64).ok_or_else(damaged)?;
        sections.check::<u64>(SEGMENTS, usize::try_from(segments).ok())?;
        if rows != meta.rows || superblocks << meta.superblock_bits > 1 << u32::BITS {
            return Err(damaged());
        }
        Ok(Self { contigs })
    }

    /// The start of the first row of every block.
    pub(crate) fn first<'a>(&self, sections: &'a Sections) -> &'a [u32] {
        sections.array(FIRST)
    }

    /// The contig of a superblock.
    pub(crate) fn owner(&self, sections: &Sections, superblock: usize) -> Option<ContigId> {
        let owner = *sections.array::<u32>(OWNERS).get(superblock)?;
        Some(ContigId(u16::try_from(owner).ok()?))
    }

    /// Where each segment begins.
    pub(crate) fn segments<'a>(&self, sections: &'a Sections) -> &'a [u64] {
        sections.array(SEGMENTS)
    }

    /// The data.
    pub(crate) fn data<'a>(&self, sections: &'a Sections) -> &'a [u64] {
        sections.array(DATA)
    }
}

/// The covered regions, where the source says which they are.
pub(crate) fn covered(sections: &Sections) -> Option<Vec<(ContigId, Interval)>> {
    let known = sections.array::<u32>(SUMS).get(6) == Some(&1);
    let region = |&[contig, start, end]: &[u32; 3]| {
        Some((ContigId(u16::try_from(contig).ok()?), Interval::new(start.min(end), end)))
    };
    known.then(|| sections.array::<[u32; 3]>(COVERED).iter().filter_map(region).collect())
}
