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

/// Appends the description of an edit on its contig to `out`, which ends with the contig's prefix.
///
/// Source: HGVS nomenclature, "General recommendations", 3' rule; "Reference sequences" for `m.`.
pub fn write(out: &mut String, genome: &Genome, edit: &Edit) {
    let length = genome.contig(edit.contig).length;
    let shift = if edit.is_movable() { edit.right } else { 0 };
    let start = edit.start + shift;
    let inserted = roll::rotated(&edit.inserted, if edit.is_movable() { i64::from(shift) } else { 0 });
    let before =
        |i: usize| (start as usize).checked_sub(i).map_or(b'N', |at| genome.base(edit.contig, at as u32));
    let kind = kind(&edit.removed, &inserted, before);
    // 1-based first and last base of the range that is printed.
    let (from, to) = match kind {
        Kind::Insertion => (start, start + 1),
        Kind::Duplication => (start - inserted.len() as u32 + 1, start),
        _ => (start + 1, start + edit.removed_length()),
    };
    if from == 0 || to > length {
        // An insertion at an end of the contig has only one neighbouring base; `pter` and `qter` stand for the other.
        if from == 0 {
            out.push_str("pter_1");
        } else {
            push_number(out, length);
            out.push_str("_qter");
        }
        return push_change(out, &Kind::Insertion, &[], &inserted);
    }
    push_number(out, from);
    if to != from {
        out.push('_');
        push_number(out, to);
    }
    push_change(out, &kind, &edit.removed, &inserted);
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
}
