//! `g.` and `m.` descriptions: 3'-most on the forward strand of the genome.

use super::{Kind, accession, description, kind};
use crate::annotate::edit::{Edit, roll};
use crate::model::assembly::Assembly;
use crate::model::contig::ContigKind;
use crate::reference::genome::Genome;

/// The description of an edit on its contig, with the contig's RefSeq accession where one is known and its
/// name in the reference otherwise. The mitochondrial genome is a circle: the base behind its last one is its first,
/// changes are moved across the origin, and a range may run from a high to a low number (`m.16563_13del`).
///
/// Source: HGVS nomenclature, "General recommendations", 3' rule; "Reference sequences" for `m.`; "Numbering",
/// circular genomic reference sequences.
pub fn describe(genome: &Genome, assembly: &Assembly, edit: &Edit) -> String {
    let contig = genome.contig(edit.contig);
    let name = accession::accession(assembly, contig).unwrap_or_else(|| contig.name.clone());
    let circular = contig.kind() == ContigKind::Mitochondrion;
    let letter = if circular { 'm' } else { 'g' };
    let mut shift = if edit.is_movable() { edit.right } else { 0 };
    if circular && edit.is_movable() {
        shift = roll::across_the_origin(genome, edit);
    }
    let start = edit.start + shift;
    let inserted = roll::rotated(&edit.inserted, if edit.is_movable() { i64::from(shift) } else { 0 });
    let before = |i: usize| match (start as usize).checked_sub(i) {
        Some(at) if circular => genome.base(edit.contig, at as u32 % contig.length),
        Some(at) => genome.base(edit.contig, at as u32),
        None if circular && i <= contig.length as usize => {
            genome.base(edit.contig, contig.length + start - i as u32)
        }
        None => b'N',
    };
    let removed: super::Bases =
        roll::rotated(&edit.removed, if edit.is_movable() { i64::from(shift) } else { 0 });
    let kind = kind(&removed, &inserted, before);
    // 1-based first and last base of the range that is printed; 0 or less before the first base of a circle.
    let (start, length) = (i64::from(start), i64::from(contig.length));
    let (from, to) = match kind {
        Kind::Insertion => (start, start + 1),
        Kind::Duplication => (start - inserted.len() as i64 + 1, start),
        _ => (start + 1, start + i64::from(edit.removed_length())),
    };
    if !circular && (from == 0 || to > length) {
        return beyond_the_end(&name, letter, contig.length, from, &inserted);
    }
    let on_circle = |at: i64| if circular { (at - 1).rem_euclid(length) + 1 } else { at };
    let (from, to) = (on_circle(from), on_circle(to));
    let (from, to) = (from.to_string(), (to != from).then(|| to.to_string()));
    format!("{name}:{letter}.{}", description(&kind, &from, to.as_deref(), &removed, &inserted))
}

/// An insertion at an end of the contig has only one neighbouring base; `pter` and `qter` stand for the other.
fn beyond_the_end(name: &str, letter: char, length: u32, from: i64, inserted: &[u8]) -> String {
    let at = if from == 0 { "pter_1".to_owned() } else { format!("{length}_qter") };
    format!("{name}:{letter}.{at}ins{}", String::from_utf8_lossy(inserted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::allele::Allele;
    use crate::model::contig::ContigId;

    fn named(start: u32, reference: &[u8], alternate: &[u8]) -> String {
        let genome = Genome::from_sequences(vec![("1".to_owned(), b"ACGTTTTACAGCAGCATGG".to_vec())]);
        let allele = Allele {
            contig: ContigId(0),
            start,
            reference: reference.to_vec(),
            alternate: alternate.to_vec(),
        };
        let edit = Edit::new(&genome, &allele).unwrap();
        describe(&genome, &Assembly::GRCh38, &edit)
    }

    #[test]
    fn names_follow_the_three_prime_rule() {
        assert_eq!(named(0, b"A", b"C"), "NC_000001.11:g.1A>C");
        assert_eq!(named(2, b"GT", b"G"), "NC_000001.11:g.7del");
        assert_eq!(named(2, b"GTT", b"G"), "NC_000001.11:g.6_7del");
        assert_eq!(named(2, b"G", b"GT"), "NC_000001.11:g.7dup");
        assert_eq!(named(8, b"C", b"CAGC"), "NC_000001.11:g.14_16dup");
        assert_eq!(named(0, b"AC", b"GT"), "NC_000001.11:g.1_2inv");
        assert_eq!(named(0, b"AC", b"TTT"), "NC_000001.11:g.1_2delinsTTT");
        assert_eq!(named(0, b"A", b"AGG"), "NC_000001.11:g.1_2insGG");
    }

    /// A circle of 19 bases, `GATGCCTTACAGCAGTTAG`.
    fn on_the_circle(start: u32, reference: &[u8], alternate: &[u8]) -> String {
        let genome = Genome::from_sequences(vec![("chrM".to_owned(), b"GATGCCTTACAGCAGTTAG".to_vec())]);
        let allele = Allele {
            contig: ContigId(0),
            start,
            reference: reference.to_vec(),
            alternate: alternate.to_vec(),
        };
        describe(&genome, &Assembly::GRCh38, &Edit::new(&genome, &allele).unwrap())
    }

    #[test]
    fn a_change_moves_across_the_origin_of_the_mitochondrial_genome() {
        // The last and the first base are both G.
        assert_eq!(on_the_circle(17, b"AG", b"A"), "chrM:m.1del");
        assert_eq!(on_the_circle(0, b"GA", b"A"), "chrM:m.1del");
        assert_eq!(on_the_circle(18, b"G", b"GG"), "chrM:m.1dup");
        assert_eq!(on_the_circle(0, b"G", b"GG"), "chrM:m.1dup");
        // The last two bases AG, then GA: a copy of AG moves one base on.
        assert_eq!(on_the_circle(18, b"G", b"GAG"), "chrM:m.18_19dup");
        assert_eq!(on_the_circle(18, b"G", b"GGA"), "chrM:m.1_2dup");
        assert_eq!(on_the_circle(18, b"G", b"GT"), "chrM:m.19_1insT");
        assert_eq!(on_the_circle(0, b"G", b"TG"), "chrM:m.19_1insT");
    }

    #[test]
    fn a_range_over_the_origin_runs_from_a_high_to_a_low_number() {
        // REF written on behind the last base: 17, 18, 19, 1, 2; the base behind is the T that stands first.
        assert_eq!(on_the_circle(15, b"TTAGGA", b"T"), "chrM:m.18_3del");
        assert_eq!(on_the_circle(17, b"AGGA", b"TTTT"), "chrM:m.18_2delinsTTTT");
        assert_eq!(on_the_circle(1, b"A", b"AAGGA"), "chrM:m.18_2dup");
        // Turned round: the reverse complement of AGG is CCT.
        assert_eq!(on_the_circle(17, b"AGG", b"CCT"), "chrM:m.18_1inv");
    }

    #[test]
    fn only_a_circle_goes_on_behind_its_last_base() {
        assert_eq!(named(18, b"G", b"GT"), "NC_000001.11:g.19_qterinsT");
        let genome = Genome::from_sequences(vec![("1".to_owned(), b"ACGT".to_vec())]);
        let allele =
            Allele { contig: ContigId(0), start: 3, reference: b"TA".to_vec(), alternate: b"T".to_vec() };
        assert!(Edit::new(&genome, &allele).is_err());
    }
}
