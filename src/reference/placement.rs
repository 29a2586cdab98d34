//! Where an allele is written: one change of the genome has many spellings, and each use wants its own.
//!
//! Matching wants the leftmost spelling (Tan, Abecasis and Kang 2015, "Unified representation of genetic
//! variants", Bioinformatics 31:2202), HGVS the most 3' one (HGVS nomenclature 21.0, general
//! recommendations, "3' rule"). Both are trimmed here to the fewest bases, so that an insertion has no
//! reference base and a deletion no alternate base. An allele in which bases remain on both sides has one
//! spelling only.
//!
//! A reference base that is not known (`N`) is equal to nothing: a shift stops there.

use crate::model::allele::Allele;
use crate::model::contig::ContigId;
use crate::model::position::Interval;

use super::genome::Genome;

/// How many reference bases are fetched at a time while shifting.
const WINDOW: u32 = 128;

/// What the genome says about the bases an allele claims to replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferenceMatch {
    /// They are there.
    Same,
    /// Where both are known they agree, but at least one reference base is unknown.
    Unknown,
    /// At least one known base differs, or the allele reaches past the contig's end.
    Differs,
}

/// Compares the reference bases of an allele with the genome.
pub fn compare_reference(genome: &Genome, allele: &Allele) -> ReferenceMatch {
    let length = genome.contig(allele.contig).length;
    let end = u64::from(allele.start) + allele.reference.len() as u64;
    if end > u64::from(length) {
        return ReferenceMatch::Differs;
    }
    // One base, as nearly always, needs no copy.
    if let [claimed] = allele.reference[..] {
        return compare(&[claimed], &[genome.base(allele.contig, allele.start)]);
    }
    compare(&allele.reference, &genome.bases(allele.contig, Interval::new(allele.start, end as u32)))
}

fn compare(claimed: &[u8], there: &[u8]) -> ReferenceMatch {
    let mut known = ReferenceMatch::Same;
    for (&claimed, &there) in claimed.iter().zip(there) {
        if there == b'N' || claimed == b'N' {
            known = ReferenceMatch::Unknown;
        } else if claimed != there {
            return ReferenceMatch::Differs;
        }
    }
    known
}

/// Removes the bases both sides share: first at the end, then at the start. Needs no genome.
///
/// An unknown base is taken off the start sooner than off the end: nothing is moved across it (see [`left_align`]), so
/// that a loss behind one keeps its place whatever base anchors it.
pub fn trim(allele: &Allele) -> Allele {
    let (mut reference, mut alternate) = (allele.reference.as_slice(), allele.alternate.as_slice());
    let mut start = allele.start;
    while let (&[first, ref behind @ ..], &[other_first, ref other_behind @ ..]) = (reference, alternate) {
        let (last, other_last) = (reference[reference.len() - 1], alternate[alternate.len() - 1]);
        if last == other_last && (last != b'N' || first != other_first) {
            (reference, alternate) = (&reference[..reference.len() - 1], &alternate[..alternate.len() - 1]);
        } else if first == other_first {
            (reference, alternate) = (behind, other_behind);
            start += 1;
        } else {
            break;
        }
    }
    Allele { contig: allele.contig, start, reference: reference.to_vec(), alternate: alternate.to_vec() }
}

/// The trimmed allele at its leftmost place: the one spelling in which alleles are matched.
pub fn left_align(genome: &Genome, allele: &Allele) -> Allele {
    let mut allele = trim(allele);
    let Some(moving) = moving_bases(&allele) else { return allele };
    let steps = steps_left(genome, allele.contig, allele.start, moving);
    let turn = steps as usize % moving.len();
    moving_bases_mut(&mut allele).rotate_right(turn);
    allele.start -= steps;
    allele
}

/// The trimmed allele at its rightmost place: the 3' end for `g.` and for transcripts on the forward strand.
pub fn right_align(genome: &Genome, allele: &Allele) -> Allele {
    let mut allele = trim(allele);
    let Some(moving) = moving_bases(&allele) else { return allele };
    let next = allele.start + allele.reference.len() as u32;
    let steps = steps_right(genome, allele.contig, next, moving);
    let turn = steps as usize % moving.len();
    moving_bases_mut(&mut allele).rotate_left(turn);
    allele.start += steps;
    allele
}

/// The first and the last start at which the trimmed allele may be written, 0-based, both inclusive.
pub fn equivalent_starts(genome: &Genome, allele: &Allele) -> (u32, u32) {
    (left_align(genome, allele).start, right_align(genome, allele).start)
}

/// The spelling VCF asks for: trimmed, leftmost, and where a side is empty with the base before it (at the
/// start of a contig, the base after it; VCF 4.5, section 1.6.1, REF). The loss of a whole contig has no such base and stays bare.
pub fn vcf_spelling(genome: &Genome, allele: &Allele) -> Allele {
    let mut allele = left_align(genome, allele);
    if !allele.reference.is_empty() && !allele.alternate.is_empty() {
        return allele;
    }
    if allele.start > 0 {
        let anchor = genome.base(allele.contig, allele.start - 1);
        allele.reference.insert(0, anchor);
        allele.alternate.insert(0, anchor);
        allele.start -= 1;
    } else if allele.reference.len() < genome.contig(allele.contig).length as usize {
        let anchor = genome.base(allele.contig, allele.reference.len() as u32);
        allele.reference.push(anchor);
        allele.alternate.push(anchor);
    }
    allele
}

/// The bases of a trimmed pure insertion or deletion; nothing for any other allele.
fn moving_bases(allele: &Allele) -> Option<&[u8]> {
    match (allele.reference.is_empty(), allele.alternate.is_empty()) {
        (true, false) => Some(&allele.alternate),
        (false, true) => Some(&allele.reference),
        _ => None,
    }
}

fn moving_bases_mut(allele: &mut Allele) -> &mut [u8] {
    if allele.reference.is_empty() { &mut allele.alternate } else { &mut allele.reference }
}

/// Bases by which `moving` can go left from `start`. The sequence turns by one base with every step, so its
/// last base after `n` steps is found by counting back: no step copies it.
fn steps_left(genome: &Genome, contig: ContigId, start: u32, moving: &[u8]) -> u32 {
    // Most alleles cannot move at all, which one base tells.
    if start == 0 || moving.last() != Some(&genome.base(contig, start - 1)) {
        return 0;
    }
    let mut steps = 0;
    let mut window = Vec::with_capacity(WINDOW as usize);
    loop {
        let end = start - steps;
        let begin = end.saturating_sub(WINDOW);
        if begin == end {
            return steps;
        }
        window.clear();
        genome.bases_into(contig, Interval::new(begin, end), &mut window);
        for &base in window.iter().rev() {
            let back = steps as usize % moving.len();
            if base == b'N' || base != moving[moving.len() - 1 - back] {
                return steps;
            }
            steps += 1;
        }
    }
}

/// Bases by which `moving` can go right, where `next` is the first base behind it.
fn steps_right(genome: &Genome, contig: ContigId, next: u32, moving: &[u8]) -> u32 {
    if moving.first() != Some(&genome.base(contig, next)) {
        return 0;
    }
    let length = genome.contig(contig).length;
    let mut steps = 0;
    let mut window = Vec::with_capacity(WINDOW as usize);
    loop {
        let begin = next.saturating_add(steps).min(length);
        let end = begin.saturating_add(WINDOW).min(length);
        if begin == end {
            return steps;
        }
        window.clear();
        genome.bases_into(contig, Interval::new(begin, end), &mut window);
        for &base in &window {
            if base == b'N' || base != moving[steps as usize % moving.len()] {
                return steps;
            }
            steps += 1;
        }
    }
}

#[cfg(test)]
mod tests;
