//! The blocks of a table's file, each checked when it is first used.
//!
//! The rows of a contig lie in superblocks, all of the same number of rows but the last of a contig. In the
//! data, each superblock has one segment a lane: the alleles, then for every field its values and its
//! dictionary. A segment begins with the place of each of its blocks, 32 bits each, one more than there are
//! blocks; then come the blocks.
//!
//! Every block has a CRC-32 of itself, its place and the table's own salt: a damaged block, and a sound block
//! in the wrong place, are found before any value of them is used. Checking a whole table of many gigabytes
//! when it is opened would cost more than using it. A damaged block gives no value, and the table remembers it
//! (see [`Blocks::damage`]).

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::file::Index;
use crate::reference::sections::Sections;

/// The lane of positions and alleles.
pub(crate) const ALLELES: usize = 0;

/// The lane of a field's values.
pub(crate) fn values_lane(field: usize) -> usize {
    1 + 2 * field
}

/// The lane of a field's texts.
pub(crate) fn texts_lane(field: usize) -> usize {
    2 + 2 * field
}

/// Number of lanes of a table with so many fields.
pub(crate) fn lanes(fields: usize) -> usize {
    1 + 2 * fields
}

/// Where a block belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The lane.
    pub lane: usize,
    /// The superblock, counted over the table.
    pub superblock: usize,
    /// The block, counted within the segment.
    pub block: usize,
}

/// The checksum of a block. Its own place in the first word is taken as 0.
pub(crate) fn checksum(words: &[u64], place: Place, salt: u64) -> u32 {
    let head = words.first().map_or(0, |word| word >> 32);
    let place = [salt, place.lane as u64, place.superblock as u64, place.block as u64, head];
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(bytemuck::cast_slice(&place));
    hasher.update(bytemuck::cast_slice(words.get(1..).unwrap_or_default()));
    hasher.finalize()
}

/// The blocks of one table.
pub(crate) struct Blocks {
    salt: u64,
    lanes: usize,
    /// A bit a block that was found sound.
    sound: Vec<AtomicU64>,
    /// Words of `sound` for each segment.
    stride: usize,
    damage: OnceLock<String>,
}

impl Blocks {
    /// For a table of so many superblocks, each of at most so many blocks.
    pub(crate) fn new(salt: u64, fields: usize, superblocks: usize, most: usize) -> Self {
        let stride = most.div_ceil(64);
        let words = lanes(fields) * superblocks * stride;
        let sound = std::iter::repeat_with(|| AtomicU64::new(0)).take(words).collect();
        Self { salt, lanes: lanes(fields), sound, stride, damage: OnceLock::new() }
    }

    /// What was found damaged, if anything was.
    pub(crate) fn damage(&self) -> Option<&str> {
        self.damage.get().map(String::as_str)
    }

    /// The words of a block; `None` where it is damaged, or where there is none.
    #[inline]
    pub(crate) fn get<'a>(&self, sections: &'a Sections, index: &Index, place: Place) -> Option<&'a [u64]> {
        let words = self.unchecked(sections, index, place);
        let at = (place.superblock * self.lanes + place.lane) * self.stride + place.block / 64;
        let bit = 1 << (place.block % 64);
        let sound = self.sound.get(at);
        match (words, sound) {
            (Some(words), Some(sound)) if sound.load(Ordering::Relaxed) & bit != 0 => Some(words),
            (Some(words), Some(sound))
                if words.first().is_some_and(|&w| w as u32 == checksum(words, place, self.salt)) =>
            {
                sound.fetch_or(bit, Ordering::Relaxed);
                Some(words)
            }
            _ => None,
        }
    }

    /// Remembers that a block which the table has is not sound.
    #[cold]
    pub(crate) fn note_damage(&self, Place { lane, superblock, block }: Place) {
        let describe = || format!("block {block} of lane {lane} in superblock {superblock} is damaged");
        self.damage.get_or_init(describe);
    }

    #[inline]
    fn unchecked<'a>(&self, sections: &'a Sections, index: &Index, place: Place) -> Option<&'a [u64]> {
        if place.lane >= self.lanes {
            return None;
        }
        let segments = index.segments(sections);
        let segment = *segments.get(place.superblock * self.lanes + place.lane)?;
        let words = index.data(sections).get(usize::try_from(segment).ok()?..)?;
        let entry = |at: usize| {
            let word = *words.get(at / 2)?;
            Some((word >> (32 * (at % 2))) as u32 as usize)
        };
        words.get(entry(place.block)?..entry(place.block + 1)?)
    }
}
