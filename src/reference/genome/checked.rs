//! Checksums of the genome's file: of the small arrays as a whole when it is opened, of the bases in blocks
//! when they are first used.
//!
//! A panel looks at a hundredth of the genome: checking all of it at every start would cost more than the
//! analysis. A damaged block gives unknown bases, never wrong ones, and is remembered (see [`Checked::damage`]).

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of packed bases that share a checksum, as a power of two: 64 KiB, which is 262,144 bases.
const BLOCK_BITS: u32 = 16;

/// The checksums of a file: one for each block of the packed bases, one for the other arrays, and one for all of
/// these.
pub(super) fn sums(packed: &[u8], others: &[&[u8]]) -> Vec<u32> {
    let mut sums: Vec<u32> = packed.chunks(1 << BLOCK_BITS).map(crc32fast::hash).collect();
    sums.push(of_others(others));
    sums.push(of_sums(&sums));
    sums
}

fn of_others(others: &[&[u8]]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for array in others {
        hasher.update(&(array.len() as u64).to_le_bytes());
        hasher.update(array);
    }
    hasher.finalize()
}

fn of_sums(sums: &[u32]) -> u32 {
    crc32fast::hash(bytemuck::cast_slice(sums))
}

/// Which blocks of the packed bases were found sound, and what was found damaged.
#[derive(Debug)]
pub(super) struct Checked {
    sound: Vec<AtomicU64>,
    damage: OnceLock<String>,
}

impl Checked {
    /// Holds the checksums against each other and against the small arrays.
    ///
    /// # Errors
    /// When any of these was changed.
    pub(super) fn new(sums: &[u32], packed: usize, others: &[&[u8]]) -> Result<Self, String> {
        let blocks = packed.div_ceil(1 << BLOCK_BITS);
        let sound = match sums {
            [head @ .., all] if head.len() == blocks + 1 => {
                head.last() == Some(&of_others(others)) && *all == of_sums(head)
            }
            _ => false,
        };
        if !sound {
            return Err(
                "its index differs from what was built: download or build the bundle again".to_owned()
            );
        }
        let sound = std::iter::repeat_with(|| AtomicU64::new(0)).take(blocks.div_ceil(64)).collect();
        Ok(Self { sound, damage: OnceLock::new() })
    }

    /// A genome without bases.
    pub(super) fn nothing() -> Self {
        Self { sound: Vec::new(), damage: OnceLock::new() }
    }

    /// What of the bases used so far was damaged.
    pub(super) fn damage(&self) -> Option<&str> {
        self.damage.get().map(String::as_str)
    }

    /// True where the bytes of this range are as built. `sums` and `packed` are those of the file.
    #[inline]
    pub(super) fn sound(&self, sums: &[u32], packed: &[u8], bytes: Range<usize>) -> bool {
        let last = bytes.end.saturating_sub(1).max(bytes.start) >> BLOCK_BITS;
        (bytes.start >> BLOCK_BITS..=last).all(|block| {
            let known = self.sound.get(block / 64).map_or(0, |word| word.load(Ordering::Relaxed));
            known >> (block % 64) & 1 == 1 || self.check(sums, packed, block)
        })
    }

    #[cold]
    fn check(&self, sums: &[u32], packed: &[u8], block: usize) -> bool {
        let start = block << BLOCK_BITS;
        let end = packed.len().min(start + (1 << BLOCK_BITS));
        let sound = packed.get(start..end).map(crc32fast::hash) == sums.get(block).copied();
        match (sound, self.sound.get(block / 64)) {
            (true, Some(word)) => {
                word.fetch_or(1 << (block % 64), Ordering::Relaxed);
                true
            }
            _ => {
                self.damage.get_or_init(|| format!("block {block} of its bases is damaged"));
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_base_is_found_when_its_block_is_used_and_not_before() {
        let mut packed = vec![27_u8; 200_000];
        let names: &[u8] = b"1\n2";
        let stored = sums(&packed, &[names]);
        packed[70_000] ^= 4;
        let checked = Checked::new(&stored, packed.len(), &[names]).unwrap();
        assert!(checked.sound(&stored, &packed, 0..65_536));
        assert!(checked.sound(&stored, &packed, 131_072..200_000));
        assert_eq!(checked.damage(), None);
        assert!(!checked.sound(&stored, &packed, 65_000..65_537));
        assert!(!checked.sound(&stored, &packed, 70_000..70_001));
        assert_eq!(checked.damage(), Some("block 1 of its bases is damaged"));
    }

    #[test]
    fn a_changed_name_sum_or_length_is_found_at_once() {
        let packed = [1_u8; 10];
        let stored = sums(&packed, &[b"chr1"]);
        assert!(Checked::new(&stored, packed.len(), &[b"chr1"]).is_ok());
        assert!(Checked::new(&stored, packed.len(), &[b"chr2"]).is_err());
        assert!(Checked::new(&stored, packed.len(), &[b"chr", b"1"]).is_err());
        assert!(Checked::new(&stored, 70_000, &[b"chr1"]).is_err());
        for at in 0..stored.len() {
            let mut changed = stored.clone();
            changed[at] ^= 1;
            assert!(Checked::new(&changed, packed.len(), &[b"chr1"]).is_err(), "{at}");
        }
        assert!(Checked::new(&[], 0, &[]).is_err());
    }
}
