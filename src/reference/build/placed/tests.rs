use super::*;

#[test]
fn offsets_count_against_the_contig_on_the_reverse_strand() {
    let exons = spliced(&[Interval::new(10, 20), Interval::new(30, 35)], Strand::Reverse);
    assert_eq!(exons[0], Exon { start: 30, end: 35, cdna_start: 0 });
    assert_eq!(spliced_offset(&exons, Strand::Reverse, 34), Some(0));
    assert_eq!(spliced_offset(&exons, Strand::Reverse, 19), Some(5));
    assert_eq!(spliced_offset(&exons, Strand::Reverse, 25), None);
}

#[test]
fn exons_come_from_touching_coding_rows() {
    let mut placed = Placed::new("t".to_owned(), ContigId(0), Strand::Forward);
    placed.untranslated = vec![Interval::new(0, 5)];
    placed.segments = [(5, 10), (20, 31)]
        .map(|(start, end)| Segment { interval: Interval::new(start, end), phase: Some(0) })
        .to_vec();
    placed.stops = vec![Interval::new(31, 34)];
    let genome = Genome::from_sequences(vec![("1".to_owned(), vec![b'N'; 100])]);
    let mut report = BuildReport::default();
    let transcript = placed.assemble(&genome, &mut report).unwrap();
    assert_eq!(transcript.exons.len(), 2);
    let coding = transcript.coding.unwrap();
    assert_eq!(coding.cds, Interval::new(5, 24));
    assert_eq!(report.count(Remark::StopCodonAdded), 1);
    assert!(coding.end_incomplete);
}
