//! A read as it is in the file, whichever format it came from, and the filter that says which count.

use std::path::{Path, PathBuf};

use crate::model::alignment::{AlignedRead, Blocks};
use crate::model::pipeline::CoveragePolicy;
use crate::model::position::Interval;

use super::AlignmentError;

const UNMAPPED: u16 = 0x4;
const SECONDARY: u16 = 0x100;
const QUALITY_CHECK_FAILED: u16 = 0x200;
const DUPLICATE: u16 = 0x400;
const SUPPLEMENTARY: u16 = 0x800;

/// Which records count, by flags and mapping quality.
#[derive(Clone, Copy, Debug)]
pub struct ReadFilter {
    excluded: u16,
    mapping_quality: u8,
}

impl ReadFilter {
    /// The filter of a policy.
    pub fn new(policy: &CoveragePolicy) -> Self {
        let mut excluded = UNMAPPED | SECONDARY | QUALITY_CHECK_FAILED | DUPLICATE;
        if !policy.count_supplementary {
            excluded |= SUPPLEMENTARY;
        }
        Self { excluded, mapping_quality: policy.mapping_quality }
    }

    pub(super) fn counts(self, flags: u16, mapping_quality: u8) -> bool {
        flags & self.excluded == 0 && mapping_quality >= self.mapping_quality
    }
}

/// A placed record.
pub(super) struct PlacedRead<'a> {
    /// Place of its contig in the file's list.
    pub(super) contig: usize,
    /// The read itself.
    pub(super) read: AlignedRead<'a>,
    /// It runs past the end of its contig.
    pub(super) past_end: bool,
}

/// One CIGAR operation's effect: does it consume the reference, and does it cover it?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// `M`, `=`, `X`.
    Covers,
    /// `D`, `N`.
    Skips,
    /// `I`, `S`, `H`, `P`.
    Nothing,
}

/// Collects the aligned blocks of a read that starts at `start` on a contig of `length` bases. True when
/// the read runs past the contig's end.
pub(super) fn aligned_blocks(
    start: u32,
    length: u64,
    operations: impl Iterator<Item = (Effect, u64)>,
    blocks: &mut Blocks,
) -> bool {
    blocks.clear();
    let mut at = u64::from(start);
    for (effect, bases) in operations {
        let end = at.saturating_add(bases);
        match effect {
            Effect::Nothing => continue,
            Effect::Covers => push(blocks, at.min(length), end.min(length)),
            Effect::Skips => {}
        }
        at = end;
    }
    at > length
}

/// Adds a block, joined to the last one where they touch.
fn push(blocks: &mut Blocks, start: u64, end: u64) {
    let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
    if start >= end {
        return;
    }
    match blocks.last_mut() {
        Some(last) if last.end == start => last.end = end,
        _ => blocks.push(Interval::new(start, end)),
    }
}

/// Turns a decoder's error into ours, with the place.
pub(super) fn damaged(
    path: &Path,
    place: impl Into<String>,
) -> impl FnOnce(std::io::Error) -> AlignmentError {
    let (path, place) = (path.to_owned(), place.into());
    move |source| AlignmentError::Damaged { path, place, source }
}

/// Turns an error of the file system into ours.
pub(super) fn unreadable(path: &Path) -> impl FnOnce(std::io::Error) -> AlignmentError {
    let path: PathBuf = path.to_owned();
    move |source| AlignmentError::Unreadable { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_aligned_bases_cover() {
        let operations = [
            (Effect::Nothing, 5),
            (Effect::Covers, 10),
            (Effect::Nothing, 2),
            (Effect::Covers, 5),
            (Effect::Skips, 3),
            (Effect::Covers, 4),
        ];
        let mut blocks = Blocks::new();
        assert!(!aligned_blocks(100, 1000, operations.into_iter(), &mut blocks));
        assert_eq!(blocks.as_slice(), [Interval::new(100, 115), Interval::new(118, 122)]);
        assert!(aligned_blocks(100, 110, operations.into_iter(), &mut blocks));
        assert_eq!(blocks.as_slice(), [Interval::new(100, 110)]);
        assert!(aligned_blocks(
            5,
            10,
            [(Effect::Skips, u64::MAX), (Effect::Covers, 9)].into_iter(),
            &mut blocks
        ));
        assert!(blocks.is_empty());
    }

    #[test]
    fn the_filter_follows_the_policy() {
        let mut policy = CoveragePolicy {
            depth: 20,
            mapping_quality: 10,
            count_supplementary: false,
            exon_padding: 0,
            report_below_percent: 95.0,
        };
        let filter = ReadFilter::new(&policy);
        assert!(filter.counts(0x63, 10) && filter.counts(0, 255));
        assert!(!filter.counts(0x63, 9));
        for flag in [0x4, 0x100, 0x200, 0x400, 0x800] {
            assert!(!filter.counts(flag, 60), "{flag:#x}");
        }
        policy.count_supplementary = true;
        assert!(ReadFilter::new(&policy).counts(0x800, 60));
    }
}
