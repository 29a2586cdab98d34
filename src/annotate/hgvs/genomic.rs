//! `g.` and `m.` descriptions: 3'-most on the forward strand of the genome.

use super::{Kind, accession, description, kind};
use crate::annotate::edit::{Edit, roll};
use crate::model::assembly::Assembly;
use crate::model::contig::ContigKind;
use crate::reference::genome::Genome;

/// The description of an edit on its contig, with the contig's RefSeq accession where one is known and its
/// name in the reference otherwise.
///
/// Source: HGVS nomenclature, "General recommendations", 3' rule; "Reference sequences" for `m.`.
pub fn describe(genome: &Genome, assembly: &Assembly, edit: &Edit) -> String {
    let contig = genome.contig(edit.contig);
    let name = accession::accession(assembly, contig).unwrap_or_else(|| contig.name.clone());
    let letter = if contig.kind() == ContigKind::Mitochondrion { 'm' } else { 'g' };
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
    if from == 0 || to > contig.length {
        return beyond_the_end(&name, letter, contig.length, from, &inserted);
    }
    let (from, to) = (from.to_string(), (to != from).then(|| to.to_string()));
    format!("{name}:{letter}.{}", description(&kind, &from, to.as_deref(), &edit.removed, &inserted))
}

/// An insertion at an end of the contig has only one neighbouring base; `pter` and `qter` stand for the other.
fn beyond_the_end(name: &str, letter: char, length: u32, from: u32, inserted: &[u8]) -> String {
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
}
