//! `g.` and `m.` descriptions: 3'-most on the forward strand of the genome.

use super::{Kind, accession, kind, push_change};
use crate::annotate::edit::{Edit, roll};
use crate::model::assembly::Assembly;
use crate::model::contig::{Contig, ContigKind};
use crate::model::text::push_number;
use crate::reference::genome::Genome;

/// What names on each contig begin with: the contig's RefSeq accession where one is known and its name in the
/// reference otherwise, and the letter of the kind of sequence.
///
/// Source: HGVS nomenclature, "Reference sequences".
pub fn prefixes(genome: &Genome, assembly: &Assembly) -> Vec<String> {
    let prefix = |contig: &Contig| {
        let name = accession::accession(assembly, contig).unwrap_or_else(|| contig.name.clone());
        let letter = if contig.kind() == ContigKind::Mitochondrion { 'm' } else { 'g' };
        format!("{name}:{letter}.")
    };
    genome.contigs().iter().map(prefix).collect()
}

/// Appends the description of an edit on its contig to `out`, which ends with the contig's prefix. The mitochondrial
/// genome is a circle: the base behind its last one is its first, changes are moved across the origin, and a range
/// may run from a high to a low number (`m.16563_13del`).
///
/// Source: HGVS nomenclature, "General recommendations", 3' rule; "Reference sequences" for `m.`; "Numbering",
/// circular genomic reference sequences.
pub fn write(out: &mut String, genome: &Genome, edit: &Edit) {
    let contig = genome.contig(edit.contig);
    let circular = contig.kind() == ContigKind::Mitochondrion;
    let shift = match edit.is_movable() {
        true if circular => roll::across_the_origin(genome, edit),
        true => edit.right,
        false => 0,
    };
    let start = edit.start + shift;
    let inserted = roll::rotated(&edit.inserted, i64::from(shift));
    let removed = roll::rotated(&edit.removed, i64::from(shift));
    let (first, length) = (i64::from(start), i64::from(contig.length));
    let before = |i: usize| match first - i as i64 {
        at if circular => genome.base(edit.contig, at.rem_euclid(length) as u32),
        at => u32::try_from(at).map_or(b'N', |at| genome.base(edit.contig, at)),
    };
    let kind = kind(&removed, &inserted, before);
    // 1-based first and last base of the range that is printed; beyond the ends of a circle they go on counting.
    let (from, to) = match kind {
        Kind::Insertion => (first, first + 1),
        Kind::Duplication => (first - inserted.len() as i64 + 1, first),
        _ => (first + 1, first + i64::from(edit.removed_length())),
    };
    if !circular && (from == 0 || to > length) {
        // An insertion at an end of the contig has only one neighbouring base; `pter` and `qter` stand for the other.
        if from == 0 {
            out.push_str("pter_1");
        } else {
            push_number(out, length);
            out.push_str("_qter");
        }
        return push_change(out, &Kind::Insertion, &[], &inserted);
    }
    let on_circle = |at: i64| if circular { (at - 1).rem_euclid(length) + 1 } else { at };
    push_number(out, on_circle(from));
    if to != from {
        out.push('_');
        push_number(out, on_circle(to));
    }
    push_change(out, &kind, &removed, &inserted);
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
        let mut out = prefixes(&genome, &Assembly::GRCh38).swap_remove(0);
        write(&mut out, &genome, &edit);
        out
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
        on_circle(b"GATGCCTTACAGCAGTTAG", start, reference, alternate)
    }

    fn on_circle(circle: &[u8], start: u32, reference: &[u8], alternate: &[u8]) -> String {
        let genome = Genome::from_sequences(vec![("chrM".to_owned(), circle.to_vec())]);
        let allele = Allele {
            contig: ContigId(0),
            start,
            reference: reference.to_vec(),
            alternate: alternate.to_vec(),
        };
        let mut out = prefixes(&genome, &Assembly::GRCh38).swap_remove(0);
        write(&mut out, &genome, &Edit::new(&genome, &allele).unwrap());
        out
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

    /// Ten million generated cases found one circle short enough for an insertion to go all the way around it.
    #[test]
    fn a_change_that_can_go_around_the_whole_circle_has_one_name() {
        assert_eq!(on_circle(b"CACACACA", 1, b"A", b"ACA"), "chrM:m.7_8dup");
        assert_eq!(on_circle(b"CACACACA", 4, b"C", b"CAC"), "chrM:m.7_8dup");
        assert_eq!(on_circle(b"CACACACA", 7, b"A", b"ACA"), "chrM:m.7_8dup");
        assert_eq!(on_circle(b"CACACACA", 0, b"CAC", b"C"), "chrM:m.7_8del");
        assert_eq!(on_circle(b"CACACACA", 5, b"ACA", b"A"), "chrM:m.7_8del");
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
