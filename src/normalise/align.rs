//! From records to alleles in their one spelling, with what was found about REF on the way.

use super::split::{NotSequence, split};
use crate::model::record::{NormalisedAllele, VariantRecord};
use crate::reference::genome::Genome;
use crate::reference::placement::{ReferenceMatch, compare_reference, left_align, trim};

/// What normalising met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Alleles of known sequence.
    pub alleles: u64,
    /// Alleles that were spelt otherwise than trimmed and leftmost.
    pub respelt: u64,
    /// Alleles whose REF was compared with the reference, known bases at least in part.
    pub reference_checked: u64,
    /// Of those, alleles whose REF is not the reference's. They are not moved.
    pub reference_mismatches: u64,
    /// Alleles where the reference is not known (N).
    pub reference_unknown: u64,
    /// ALTs that offer no allele, in the order of [`NotSequence::ALL`].
    pub not_sequence: [u64; NotSequence::ALL.len()],
}

impl Counts {
    /// Adds the counts of another part.
    pub fn add(&mut self, other: &Self) {
        self.alleles += other.alleles;
        self.respelt += other.respelt;
        self.reference_checked += other.reference_checked;
        self.reference_mismatches += other.reference_mismatches;
        self.reference_unknown += other.reference_unknown;
        for (mine, theirs) in self.not_sequence.iter_mut().zip(other.not_sequence) {
            *mine += theirs;
        }
    }
}

/// Appends the alleles of a record, trimmed and left-aligned; without a genome they are only trimmed.
///
/// ```
/// use ithaca::model::allele::Alternate;
/// use ithaca::model::contig::ContigId;
/// use ithaca::model::record::VariantRecord;
/// use ithaca::normalise::align::{Counts, normalise};
/// use ithaca::reference::genome::Genome;
///
/// let genome = Genome::from_sequences(vec![("1".to_owned(), b"GATTTTC".to_vec())]);
/// // One T less, written at the right end of the run of four.
/// let record = VariantRecord {
///     contig: ContigId(0),
///     start: 4,
///     reference: b"TT".to_vec(),
///     alternates: vec![Alternate::Bases(b"T".to_vec())],
///     quality: None,
///     filters: None,
///     end: None,
///     calls: Vec::new(),
///     number: 1,
/// };
/// let (mut counts, mut alleles) = (Counts::default(), Vec::new());
/// normalise(&record, 0, Some(&genome), &mut counts, &mut alleles);
/// let allele = &alleles[0].allele;
/// assert_eq!((allele.start, &*allele.reference, &*allele.alternate), (2, &b"T"[..], &b""[..]));
/// assert_eq!((counts.alleles, counts.respelt, counts.reference_mismatches), (1, 1, 0));
/// ```
pub fn normalise(
    record: &VariantRecord,
    file: u16,
    genome: Option<&Genome>,
    counts: &mut Counts,
    out: &mut Vec<NormalisedAllele>,
) {
    let not_sequence = &mut counts.not_sequence;
    let skip = |reason: NotSequence| not_sequence[reason as usize] += 1;
    let first = out.len();
    out.extend(split(record, file, skip));
    for entry in &mut out[first..] {
        counts.alleles += 1;
        let matched = genome.map(|genome| compare_reference(genome, &entry.allele));
        match matched {
            Some(ReferenceMatch::Same) => counts.reference_checked += 1,
            Some(ReferenceMatch::Differs) => {
                counts.reference_checked += 1;
                counts.reference_mismatches += 1;
            }
            Some(ReferenceMatch::Unknown) => counts.reference_unknown += 1,
            None => {}
        }
        if entry.allele.is_snv() {
            continue;
        }
        let placed = match (genome, matched) {
            (Some(genome), Some(ReferenceMatch::Same | ReferenceMatch::Unknown)) => {
                left_align(genome, &entry.allele)
            }
            // A REF that is not there says nothing about where else the allele could stand.
            _ => trim(&entry.allele),
        };
        let anchored = placed.start == entry.spelling.start + 1
            && placed.reference.len() + 1 == entry.spelling.reference.len();
        counts.respelt += u64::from(!anchored && placed != entry.allele);
        entry.allele = placed;
    }
}

#[cfg(test)]
mod tests;
