//! One change of the genome in its shortest form, and the places it may equally well be written at.

pub mod change;
pub mod oriented;
pub mod protein_effect;
pub mod roll;

use smallvec::SmallVec;

use crate::model::allele::Allele;
use crate::model::annotation::NotEvaluable;
use crate::model::contig::{ContigId, ContigKind};
use crate::reference::genome::Genome;

/// Bases of an allele; most are short.
pub type Bases = SmallVec<[u8; 24]>;

/// A change in its shortest form: bases common to both alleles are cut from both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The contig.
    pub contig: ContigId,
    /// 0-based offset of the first base removed; for an insertion, the base it goes in front of.
    pub start: u32,
    /// Bases removed, forward strand.
    pub removed: Bases,
    /// Bases put in their place, forward strand.
    pub inserted: Bases,
    /// How many bases an insertion or deletion can be moved left without changing the outcome.
    pub left: u32,
    /// How many bases it can be moved right.
    pub right: u32,
}

impl Edit {
    /// Checks an allele against the reference and cuts it to its shortest form. Trailing bases are cut first,
    /// as for VCF normalisation; for insertions and deletions [`Edit::left`] and [`Edit::right`] then tell
    /// all equivalent placements, so that the order of cutting does not matter.
    ///
    /// # Errors
    /// [`NotEvaluable`] where the allele holds bases other than A, C, G, T, changes nothing, runs past the
    /// end of the contig (the mitochondrial genome is a circle and may be run past once), or does not fit the reference.
    pub fn new(genome: &Genome, allele: &Allele) -> Result<Self, NotEvaluable> {
        if usize::from(allele.contig.0) >= genome.contigs().len() {
            return Err(NotEvaluable::UnknownContig);
        }
        let known = |bases: &[u8]| bases.iter().all(|b| matches!(b, b'A' | b'C' | b'G' | b'T'));
        if !allele.alternate.iter().all(u8::is_ascii_uppercase) {
            return Err(NotEvaluable::NotASequence);
        }
        if !known(&allele.alternate) {
            return Err(NotEvaluable::AmbiguousBases);
        }
        let contig = genome.contig(allele.contig);
        let end = u64::from(allele.start) + allele.reference.len() as u64;
        // On a circle a reference allele may be written on behind the last base.
        let room = if contig.kind() == ContigKind::Mitochondrion { 2 } else { 1 };
        if contig.length == 0 || allele.start > contig.length || end > room * u64::from(contig.length) {
            return Err(NotEvaluable::PastContigEnd);
        }
        let mut unknown = false;
        for (i, &base) in allele.reference.iter().enumerate() {
            let truth = genome.base(allele.contig, (allele.start + i as u32) % contig.length);
            if truth == b'N' {
                unknown = true;
            } else if truth != base {
                return Err(if known(&[base]) {
                    NotEvaluable::ReferenceMismatch
                } else {
                    NotEvaluable::AmbiguousBases
                });
            }
        }
        if unknown {
            return Err(NotEvaluable::ReferenceBaseUnknown);
        }
        if allele.reference == allele.alternate {
            return Err(NotEvaluable::NotASequence);
        }
        Ok(Self::trimmed(genome, allele.contig, allele.start, &allele.reference, &allele.alternate))
    }

    /// The shortest form of a change that is known to fit the reference.
    fn trimmed(genome: &Genome, contig: ContigId, start: u32, reference: &[u8], alternate: &[u8]) -> Self {
        let (mut r, mut a) = (reference, alternate);
        while let (Some((x, rest_r)), Some((y, rest_a))) = (r.split_last(), a.split_last()) {
            if x != y {
                break;
            }
            (r, a) = (rest_r, rest_a);
        }
        let mut cut = 0;
        while let (Some((x, rest_r)), Some((y, rest_a))) = (r.split_first(), a.split_first()) {
            if x != y {
                break;
            }
            (r, a) = (rest_r, rest_a);
            cut += 1;
        }
        let mut edit = Self {
            contig,
            start: start + cut,
            removed: Bases::from_slice(r),
            inserted: Bases::from_slice(a),
            left: 0,
            right: 0,
        };
        (edit.left, edit.right) = roll::range(genome, &edit);
        edit
    }

    /// The number of bases removed.
    pub fn removed_length(&self) -> u32 {
        self.removed.len() as u32
    }

    /// True where no base is removed.
    pub fn is_insertion(&self) -> bool {
        self.removed.is_empty()
    }

    /// True for a pure insertion or deletion, which may have several equivalent placements.
    pub fn is_movable(&self) -> bool {
        self.removed.is_empty() || self.inserted.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn genome() -> Genome {
        Genome::from_sequences(vec![("1".to_owned(), b"ACGTTTTACANNACGT".to_vec())])
    }

    fn allele(start: u32, reference: &[u8], alternate: &[u8]) -> Allele {
        Allele { contig: ContigId(0), start, reference: reference.to_vec(), alternate: alternate.to_vec() }
    }

    #[test]
    fn padding_is_cut_from_both_ends() {
        let edit = Edit::new(&genome(), &allele(0, b"ACGTT", b"ACCTT")).unwrap();
        assert_eq!((edit.start, &edit.removed[..], &edit.inserted[..]), (2, &b"G"[..], &b"C"[..]));
    }

    #[test]
    fn every_spelling_of_a_deletion_has_the_same_span() {
        let span = |a: &Allele| {
            let edit = Edit::new(&genome(), a).unwrap();
            (edit.start - edit.left, edit.start + edit.right)
        };
        assert_eq!(span(&allele(2, b"GT", b"G")), (3, 6));
        assert_eq!(span(&allele(5, b"TT", b"T")), (3, 6));
        assert_eq!(span(&allele(6, b"TA", b"A")), (3, 6));
        assert_eq!(span(&allele(4, b"T", b"")), (3, 6));
    }

    #[test]
    fn what_cannot_be_judged_says_why() {
        let outcome = |start, r: &[u8], a: &[u8]| Edit::new(&genome(), &allele(start, r, a)).unwrap_err();
        assert_eq!(outcome(0, b"C", b"A"), NotEvaluable::ReferenceMismatch);
        assert_eq!(outcome(10, b"A", b"C"), NotEvaluable::ReferenceBaseUnknown);
        assert_eq!(outcome(9, b"AN", b"A"), NotEvaluable::ReferenceBaseUnknown);
        assert_eq!(outcome(0, b"A", b"N"), NotEvaluable::AmbiguousBases);
        assert_eq!(outcome(0, b"R", b"C"), NotEvaluable::AmbiguousBases);
        assert_eq!(outcome(15, b"TA", b"T"), NotEvaluable::PastContigEnd);
        assert_eq!(outcome(u32::MAX, b"TA", b"T"), NotEvaluable::PastContigEnd);
        assert_eq!(outcome(0, b"A", b"A"), NotEvaluable::NotASequence);
        assert_eq!(outcome(0, b"A", b"<DEL>"), NotEvaluable::NotASequence);
        assert_eq!(outcome(0, b"A", b"*"), NotEvaluable::NotASequence);
    }
}
