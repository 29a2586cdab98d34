use proptest::prelude::*;

use super::*;

fn genome(bases: &str) -> Genome {
    Genome::from_sequences(vec![("1".to_owned(), bases.as_bytes().to_vec())])
}

fn allele(start: u32, reference: &str, alternate: &str) -> Allele {
    Allele {
        contig: ContigId(0),
        start,
        reference: reference.as_bytes().to_vec(),
        alternate: alternate.as_bytes().to_vec(),
    }
}

/// The whole contig with the allele in place.
fn apply(bases: &[u8], allele: &Allele) -> Vec<u8> {
    let mut out = bases[..allele.start as usize].to_vec();
    out.extend(&allele.alternate);
    out.extend(&bases[allele.start as usize + allele.reference.len()..]);
    out
}

/// Every trimmed spelling that gives the same contig, found by trying them all, leftmost first.
fn all_spellings(bases: &[u8], allele: &Allele) -> Vec<Allele> {
    let wanted = apply(bases, allele);
    let trimmed = trim(allele);
    let (removed, added) = (trimmed.reference.len(), trimmed.alternate.len());
    (0..=bases.len() - removed)
        .map(|start| Allele {
            contig: allele.contig,
            start: start as u32,
            reference: bases[start..start + removed].to_vec(),
            alternate: wanted.get(start..start + added).unwrap_or_default().to_vec(),
        })
        .filter(|other| other.alternate.len() == added && apply(bases, other) == wanted)
        .collect()
}

#[test]
fn a_deletion_in_a_repeat_has_one_leftmost_and_one_rightmost_place() {
    let genome = genome("GTCACACACATTT");
    let spelled = allele(5, "ACA", "A");
    assert_eq!(left_align(&genome, &spelled), allele(2, "CA", ""));
    assert_eq!(right_align(&genome, &spelled), allele(8, "CA", ""));
    assert_eq!(vcf_spelling(&genome, &spelled), allele(1, "TCA", "T"));
}

#[test]
fn the_first_base_of_a_contig_takes_its_anchor_from_behind() {
    let genome = genome("AAAAC");
    assert_eq!(left_align(&genome, &allele(3, "A", "")), allele(0, "A", ""));
    assert_eq!(vcf_spelling(&genome, &allele(2, "AA", "A")), allele(0, "AA", "A"));
    assert_eq!(vcf_spelling(&genome, &allele(4, "", "A")), allele(0, "A", "AA"));
}

#[test]
fn an_unknown_base_stops_a_shift_and_is_no_mismatch() {
    let genome = genome("AANAAA");
    assert_eq!(left_align(&genome, &allele(5, "A", "")).start, 3);
    assert_eq!(right_align(&genome, &allele(0, "A", "")).start, 1);
    assert_eq!(compare_reference(&genome, &allele(1, "ATA", "A")), ReferenceMatch::Unknown);
    assert_eq!(compare_reference(&genome, &allele(1, "T", "A")), ReferenceMatch::Differs);
    assert_eq!(compare_reference(&genome, &allele(5, "AA", "A")), ReferenceMatch::Differs);
    assert_eq!(compare_reference(&genome, &allele(3, "AAA", "A")), ReferenceMatch::Same);
}

#[test]
fn a_homopolymer_longer_than_the_window_is_crossed_whole() {
    let bases = format!("C{}C", "A".repeat(100_000));
    let genome = genome(&bases);
    assert_eq!(left_align(&genome, &allele(90_000, "A", "AA")), allele(1, "", "A"));
    assert_eq!(right_align(&genome, &allele(1, "AAA", "A")), allele(99_999, "AA", ""));
}

#[test]
fn the_last_base_of_a_contig_can_be_reached() {
    let genome = genome("CAAA");
    assert_eq!(right_align(&genome, &allele(1, "", "A")), allele(4, "", "A"));
}

fn cases() -> impl Strategy<Value = (Vec<u8>, Allele)> {
    let bases = prop::collection::vec(prop::sample::select(b"AC".to_vec()), 4..24);
    (bases, any::<prop::sample::Index>(), 0usize..5).prop_flat_map(|(bases, at, removed)| {
        let start = at.index(bases.len() + 1);
        let removed = removed.min(bases.len() - start);
        let reference = bases[start..start + removed].to_vec();
        let alternate = prop::collection::vec(prop::sample::select(b"ACG".to_vec()), 0..5);
        alternate.prop_map(move |alternate| {
            let allele =
                Allele { contig: ContigId(0), start: start as u32, reference: reference.clone(), alternate };
            (bases.clone(), allele)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn all_spellings_of_a_change_meet_at_the_first_and_the_last((bases, allele) in cases()) {
        let genome = Genome::from_sequences(vec![("1".to_owned(), bases.clone())]);
        let (left, right) = (left_align(&genome, &allele), right_align(&genome, &allele));
        let applied = apply(&bases, &allele);
        prop_assert_eq!(&apply(&bases, &left), &applied);
        prop_assert_eq!(&apply(&bases, &right), &applied);
        prop_assert_eq!(&apply(&bases, &vcf_spelling(&genome, &allele)), &applied);
        if applied == bases {
            return Ok(());
        }
        let spellings = all_spellings(&bases, &allele);
        prop_assert_eq!(Some(&left), spellings.first());
        prop_assert_eq!(Some(&right), spellings.last());
        for other in &spellings {
            prop_assert_eq!(&left_align(&genome, other), &left);
            prop_assert_eq!(&right_align(&genome, other), &right);
        }
        prop_assert_eq!(&left_align(&genome, &left), &left);
        prop_assert_eq!(&left_align(&genome, &right), &left);
    }
}

/// A loss of unknown bases has one place, with its anchor base and without.
#[test]
fn a_loss_beside_unknown_bases_keeps_its_place_when_it_is_anchored() {
    let genome = Genome::from_sequences(vec![("1".into(), b"ACGNNNNNACGT".to_vec())]);
    for start in 1..12u32 {
        for end in start + 1..=12 {
            let contig = ContigId(0);
            let reference = genome.bases(contig, Interval::new(start, end));
            let allele = left_align(&genome, &Allele { contig, start, reference, alternate: Vec::new() });
            let anchored = vcf_spelling(&genome, &allele);
            assert_eq!(trim(&anchored), allele, "{start}-{end}");
            assert_eq!(left_align(&genome, &anchored), allele, "{start}-{end}");
        }
    }
}
