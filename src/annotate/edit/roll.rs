//! How far an insertion or deletion can be moved along the reference without changing the outcome.

use super::{Bases, Edit};
use crate::reference::genome::Genome;

/// Bases an edit can move to the left and to the right. An unknown reference base stops it, and an edit that
/// both removes and inserts bases does not move.
pub fn range(genome: &Genome, edit: &Edit) -> (u32, u32) {
    if !edit.is_movable() {
        return (0, 0);
    }
    let length = genome.contig(edit.contig).length;
    let base = |offset: u32| genome.base(edit.contig, offset);
    let removed = edit.removed_length();
    let moving: &[u8] = if removed == 0 { &edit.inserted } else { &edit.removed };
    let n = moving.len() as u32;
    let mut right = 0;
    while edit.start + removed + right < length {
        let entering = base(edit.start + removed + right);
        if entering == b'N' || entering != moving[(right % n) as usize] {
            break;
        }
        right += 1;
    }
    let mut left = 0;
    while left < edit.start {
        let entering = base(edit.start - 1 - left);
        if entering == b'N' || entering != moving[(n - 1 - left % n) as usize] {
            break;
        }
        left += 1;
    }
    (left, right)
}

/// Bases an insertion or deletion can move to the right where the contig is a circle, its first base following on its
/// last. One that can go all the way around, on a circle that repeats it throughout, is left at the 3' end of the
/// contig as it is written: a circle has no 3'-most place for it, and every spelling must find the same one.
pub fn across_the_origin(genome: &Genome, edit: &Edit) -> u32 {
    let length = u64::from(genome.contig(edit.contig).length);
    let moving: &[u8] = if edit.removed.is_empty() { &edit.inserted } else { &edit.removed };
    let behind = u64::from(edit.start) + u64::from(edit.removed_length());
    let mut right = 0;
    while right < length {
        let entering = genome.base(edit.contig, ((behind + right) % length) as u32);
        if entering == b'N' || entering != moving[(right % moving.len() as u64) as usize] {
            break;
        }
        right += 1;
    }
    if right == length { edit.right } else { right as u32 }
}

/// The bases of an insertion after it has moved `shift` bases to the right (negative: left).
pub fn rotated(bases: &[u8], shift: i64) -> Bases {
    let mut out = Bases::from_slice(bases);
    if !out.is_empty() {
        let n = out.len() as i64;
        out.rotate_left(shift.rem_euclid(n) as usize);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotation_follows_the_shift() {
        assert_eq!(&rotated(b"CAG", 1)[..], b"AGC");
        assert_eq!(&rotated(b"CAG", -1)[..], b"GCA");
        assert_eq!(&rotated(b"CAG", 6)[..], b"CAG");
        assert!(rotated(b"", 3).is_empty());
    }
}
