//! Spellings of one allele meet, and the sequence stays what it was.

use proptest::prelude::*;

use super::*;
use crate::model::allele::{Allele, Alternate};
use crate::model::contig::ContigId;

fn genome(bases: &str) -> Genome {
    Genome::from_sequences(vec![("chr1".to_owned(), bases.as_bytes().to_vec())])
}

fn record(start: u32, reference: &[u8], alternates: &[&[u8]]) -> VariantRecord {
    VariantRecord {
        contig: ContigId(0),
        start,
        reference: reference.to_vec(),
        alternates: alternates.iter().map(|a| Alternate::Bases(a.to_vec())).collect(),
        quality: None,
        filters: None,
        end: None,
        calls: Vec::new(),
        number: 1,
    }
}

fn alleles(genome: &Genome, record: &VariantRecord) -> (Vec<Allele>, Counts) {
    let (mut counts, mut out) = (Counts::default(), Vec::new());
    normalise(record, 0, Some(genome), &mut counts, &mut out);
    (out.into_iter().map(|entry| entry.allele).collect(), counts)
}

/// The sequence after the change.
fn applied(bases: &[u8], allele: &Allele) -> Vec<u8> {
    let (start, end) = (allele.start as usize, allele.start as usize + allele.reference.len());
    [&bases[..start], &allele.alternate, &bases[end..]].concat()
}

#[test]
fn equivalent_spellings_meet() {
    let genome = genome("GGGCACACACAGGG");
    let deletions = [(2, "GCA", "G"), (4, "ACA", "A"), (2, "GCACACACAG", "GCACACAG"), (8, "ACAG", "AG")];
    let (expected, _) = alleles(&genome, &record(2, b"GCA", &[b"G"]));
    assert_eq!((expected[0].start, expected[0].reference.as_slice()), (3, b"CA".as_slice()));
    for (start, reference, alternate) in deletions {
        let (found, counts) = alleles(&genome, &record(start, reference.as_bytes(), &[alternate.as_bytes()]));
        assert_eq!(found, expected, "{start} {reference} {alternate}");
        assert_eq!(counts.respelt, u64::from(start != 2 || reference.len() > 3));
    }
}

#[test]
fn each_alternate_is_trimmed_by_itself() {
    let (found, _) = alleles(&genome("TTCAGTT"), &record(2, b"CAG", &[b"CTG", b"C", b"CAGG"]));
    let spelt: Vec<_> =
        found.iter().map(|a| (a.start, a.reference.as_slice(), a.alternate.as_slice())).collect();
    assert_eq!(spelt, [(3, b"A".as_slice(), b"T".as_slice()), (3, b"AG", b""), (4, b"", b"G")]);
}

#[test]
fn reference_is_compared_and_a_wrong_one_is_not_moved() {
    let genome = genome("AAAANNNAAA");
    let (found, counts) = alleles(&genome, &record(2, b"CA", &[b"C"]));
    assert_eq!((counts.reference_checked, counts.reference_mismatches), (1, 1));
    assert_eq!(found[0].start, 3, "trimmed only");
    let (_, counts) = alleles(&genome, &record(4, b"G", &[b"C"]));
    assert_eq!((counts.reference_checked, counts.reference_unknown), (0, 1));
}

proptest! {
    #[test]
    fn normalising_keeps_the_sequence_and_is_its_own_fixed_point(
        bases in "[ACG]{20,40}",
        start in 0usize..15,
        length in 1usize..5,
        alternate in "[ACG]{1,5}",
    ) {
        let genome = genome(&bases);
        let reference = &bases.as_bytes()[start..start + length];
        let (found, _) = alleles(&genome, &record(start as u32, reference, &[alternate.as_bytes()]));
        let Some(allele) = found.first() else {
            prop_assert_eq!(reference, alternate.as_bytes());
            return Ok(());
        };
        let as_read =
            Allele { contig: ContigId(0), start: start as u32, reference: reference.to_vec(), alternate: alternate.clone().into_bytes() };
        prop_assert_eq!(applied(bases.as_bytes(), allele), applied(bases.as_bytes(), &as_read));
        prop_assert_eq!(&left_align(&genome, allele), allele);
    }
}
