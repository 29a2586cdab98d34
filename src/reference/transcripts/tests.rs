use proptest::prelude::*;

use super::*;
use crate::model::transcript::Coding;

fn transcript(contig: u16, start: u32, length: u32, name: usize) -> Transcript {
    Transcript {
        accession: format!("T{name}"),
        gene: 0,
        biotype: "protein_coding".to_owned(),
        contig: ContigId(contig),
        strand: Strand::Reverse,
        exons: vec![Exon { start, end: start + length, cdna_start: 0 }],
        coding: None,
        own_bases: Vec::new(),
        differs_somewhere: false,
        mane: None,
        canonical: false,
    }
}

fn gene() -> Gene {
    Gene { hgnc_id: Some(HgncId(5)), symbol: "G".to_owned(), source_id: "ENSG1".to_owned() }
}

#[test]
fn everything_comes_back() {
    let mut full = transcript(3, 10, 20, 1);
    full.mane = Some(Mane::PlusClinical);
    full.coding = Some(Coding {
        cds: Interval::new(2, 17),
        phase: 2,
        start_incomplete: true,
        end_incomplete: false,
        selenocysteines: vec![4, 7],
        slippage: vec![9],
        skipped: Vec::new(),
        protein: Some("NP_1.1".to_owned()),
    });
    let store = Transcripts::from_records(vec![gene()], vec![full, transcript(0, 5, 1, 2)]);
    assert_eq!((store.len(), store.gene_count(), store.gene(0)), (2, 1, gene()));
    let view = store.get(1);
    assert_eq!((view.accession, view.contig, view.strand), ("T1", ContigId(3), Strand::Reverse));
    assert_eq!(
        (view.mane, view.canonical, view.interval),
        (Some(Mane::PlusClinical), false, Interval::new(10, 30))
    );
    let coding = view.coding.unwrap();
    assert_eq!((coding.cds, coding.phase, coding.start_incomplete), (Interval::new(2, 17), 2, true));
    assert_eq!((coding.selenocysteines, coding.slippage), ([4, 7].as_slice(), [9].as_slice()));
    assert_eq!((coding.protein, coding.end_incomplete), (Some("NP_1.1"), false));
    assert!(store.get(0).coding.is_none());
}

#[test]
fn an_insertion_point_is_the_two_bases_beside_it() {
    let store = Transcripts::from_records(vec![gene()], vec![transcript(0, 10, 10, 1)]);
    let hit = |at: u32| {
        let mut hits = 0;
        store.overlapping(ContigId(0), Interval::new(at, at), |_| hits += 1);
        hits
    };
    assert_eq!([9, 10, 20, 21].map(hit), [0, 1, 1, 0]);
    store.overlapping(ContigId(9), Interval::new(0, 5), |_| panic!("no such contig"));
}

#[test]
fn damaged_bytes_never_lead_outside() {
    let mut full = transcript(0, 10, 20, 1);
    full.coding = Some(Coding {
        cds: Interval::new(2, 17),
        phase: 0,
        start_incomplete: false,
        end_incomplete: false,
        selenocysteines: vec![4],
        slippage: Vec::new(),
        skipped: Vec::new(),
        protein: None,
    });
    let contigs = [Contig { name: "1".to_owned(), length: 100 }];
    let bytes = encode::encode(&[gene()], vec![full]);
    for at in 0..bytes.len() {
        for flip in [1u8, 0x80] {
            let mut damaged = bytes.clone();
            damaged[at] ^= flip;
            let sections = Sections::from_bytes(&damaged, FileKind::Transcripts, Transcripts::ARRAYS);
            let Ok(store) = sections.and_then(|s| Transcripts::from_sections(s, &contigs)) else { continue };
            for index in 0..store.len() as u32 {
                let view = store.get(index);
                let _ = store.gene(view.gene);
            }
            store.overlapping(ContigId(0), Interval::new(0, 100), |_| {});
        }
    }
}

proptest! {
    #[test]
    fn overlaps_are_those_a_scan_finds(
        placed in prop::collection::vec((0u16..3, 0u32..100, 1u32..40), 0..30),
        contig in 0u16..4, start in 0u32..120, length in 0u32..30,
    ) {
        let all: Vec<Transcript> =
            placed.iter().enumerate().map(|(n, &(c, s, l))| transcript(c, s, l, n)).collect();
        let store = Transcripts::from_records(vec![gene()], all.clone());
        let (from, to) = if length == 0 { (start.saturating_sub(1), start + 1) } else { (start, start + length) };
        let mut wanted: Vec<String> = all.iter()
            .filter(|t| t.contig.0 == contig && t.interval().overlaps(Interval::new(from, to)))
            .map(|t| t.accession.clone()).collect();
        let mut found = Vec::new();
        let mut order = Vec::new();
        store.overlapping(ContigId(contig), Interval::new(start, start + length), |index| {
            found.push(store.get(index).accession.to_owned());
            order.push(index);
        });
        prop_assert!(order.is_sorted());
        wanted.sort();
        found.sort();
        prop_assert_eq!(found, wanted);
    }
}
