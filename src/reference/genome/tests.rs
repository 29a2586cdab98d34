use proptest::prelude::*;

use super::*;

#[test]
fn contigs_go_by_all_their_names() {
    let genome =
        Genome::from_sequences(vec![("chr1".into(), b"acgt".to_vec()), ("chrM".into(), b"GG".to_vec())]);
    for name in ["1", "chr1", "NC_000001.11"] {
        assert_eq!(genome.contig_id(name), Some(ContigId(0)));
    }
    assert_eq!(genome.contig_id("MT"), Some(ContigId(1)));
    assert_eq!(genome.contig_id("2"), None);
    assert_eq!(genome.bases(ContigId(1), Interval::new(0, 4)), b"GGNN");
    assert_eq!(genome.bases(ContigId(1), Interval::new(7, 9)), b"NN");
}

#[test]
fn ambiguity_codes_are_unknown() {
    let genome = Genome::from_sequences(vec![("1".into(), b"ARNaYT".to_vec()), ("2".into(), b"NA".to_vec())]);
    assert_eq!(genome.bases(ContigId(0), Interval::new(0, 6)), b"ANNANT");
    let unknown: Vec<Interval> = genome.unknown(ContigId(0)).collect();
    assert_eq!(unknown, [Interval::new(1, 3), Interval::new(4, 5)]);
    assert_eq!(genome.bases(ContigId(1), Interval::new(0, 2)), b"NA");
}

proptest! {
    #[test]
    fn every_window_is_what_was_put_in(
        sequences in prop::collection::vec(prop::collection::vec(prop::sample::select(b"ACGTN".to_vec()), 0..40), 1..4),
        start in 0u32..50, length in 0u32..50,
    ) {
        let named = sequences.iter().enumerate().map(|(i, s)| (format!("c{i}"), s.clone())).collect();
        let genome = Genome::from_sequences(named);
        for (at, bases) in sequences.iter().enumerate() {
            let id = ContigId(at as u16);
            let wanted: Vec<u8> = (start..start + length)
                .map(|o| bases.get(o as usize).copied().unwrap_or(b'N'))
                .collect();
            prop_assert_eq!(&genome.bases(id, Interval::new(start, start + length)), &wanted);
            for (o, base) in (start..).zip(wanted) {
                prop_assert_eq!(genome.base(id, o), base);
            }
        }
    }
}
