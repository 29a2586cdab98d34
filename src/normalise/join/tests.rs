//! What a member is said to have where another member has an allele.

use std::collections::BTreeMap;

use super::*;
use crate::model::record::{InputSpelling, RecordCall};

const CONTIG: ContigId = ContigId(0);

fn entry(start: u32, reference: &str, alternate: &str, copies: &[Copy], alt_depth: u32) -> NormalisedAllele {
    let allele = Allele {
        contig: CONTIG,
        start,
        reference: reference.as_bytes().to_vec(),
        alternate: alternate.as_bytes().to_vec(),
    };
    let spelling = InputSpelling {
        file: 0,
        record: 1,
        alternate_number: 1,
        start,
        reference: allele.reference.clone(),
        alternate: allele.alternate.clone(),
    };
    let call = Call { allele_depths: Some((10, alt_depth)), ..Call::of(copies) };
    NormalisedAllele { allele, spelling, filters: Some(vec![]), quality: None, calls: vec![call] }
}

fn block(start: u32, end: u32, alleles: &[Option<u8>], depth: u32, quality: u32) -> Cover {
    let record = VariantRecord {
        contig: CONTIG,
        start,
        reference: b"A".to_vec(),
        alternates: vec![Alternate::NonReference],
        quality: None,
        filters: None,
        end: Some(end),
        calls: vec![RecordCall {
            alleles: alleles.iter().copied().collect(),
            depth: Some(depth),
            quality: Some(quality),
            ..RecordCall::default()
        }],
        number: 1,
    };
    Cover::of(&record, &[])
}

fn covers(list: Vec<Cover>) -> BTreeMap<ContigId, CoverList> {
    let mut covers = CoverList::default();
    covers.extend(list);
    covers.settle();
    [(CONTIG, covers)].into()
}

const HET: [Copy; 2] = [Copy::Alternate, Copy::Other];
const REF: [Option<u8>; 2] = [Some(0), Some(0)];

fn child_and_mother(child: NormalisedAllele, mother: Vec<Cover>, is_gvcf: bool) -> Call {
    let none = covers(Vec::new());
    let mother = covers(mother);
    let files = vec![
        FileWindow { members: &[0], alleles: vec![child], covers: Some(&none), is_gvcf: false },
        FileWindow { members: &[1], alleles: vec![], covers: Some(&mother), is_gvcf },
    ];
    let (mut joined, duplicates) = join(files, 3, AbsentMeans::NotCovered);
    assert_eq!((joined.len(), duplicates), (1, 0));
    assert_eq!(joined[0].calls[2].missing, Some(MissingReason::NotSequenced));
    joined[0].calls.remove(1)
}

#[test]
fn a_block_gives_a_reference_call_with_its_depth_and_quality() {
    let call = child_and_mother(entry(50, "A", "C", &HET, 9), vec![block(10, 80, &REF, 22, 50)], true);
    assert_eq!(call.copies.as_slice(), [Copy::Other, Copy::Other]);
    assert!(call.from_reference_block && call.missing.is_none());
    assert_eq!((call.depth, call.quality, call.allele_depths), (Some(22), Some(50), None));
}

#[test]
fn a_deletion_needs_all_its_bases_covered() {
    let deletion = || entry(50, "ACGT", "", &HET, 9);
    let both = vec![block(10, 52, &REF, 22, 50), block(52, 80, &REF, 15, 60)];
    let call = child_and_mother(deletion(), both, true);
    assert_eq!((call.depth, call.quality), (Some(15), Some(50)));
    let gap = vec![block(10, 52, &REF, 22, 50), block(53, 80, &REF, 15, 60)];
    assert_eq!(child_and_mother(deletion(), gap, true).missing, Some(MissingReason::NotCovered));
    let short = vec![block(10, 53, &REF, 22, 50)];
    assert_eq!(child_and_mother(deletion(), short, true).missing, Some(MissingReason::NotCovered));
    let half_called = vec![block(10, 52, &REF, 22, 50), block(52, 80, &[None, None], 0, 0)];
    assert_eq!(child_and_mother(deletion(), half_called, true).missing, Some(MissingReason::NoCall));
}

#[test]
fn an_insertion_needs_the_base_before_it() {
    let call = child_and_mother(entry(50, "", "GG", &HET, 9), vec![block(49, 50, &REF, 22, 50)], true);
    assert_eq!(call.missing, None);
    let call = child_and_mother(entry(50, "", "GG", &HET, 9), vec![block(50, 60, &REF, 22, 50)], true);
    assert_eq!(call.missing, Some(MissingReason::NotCovered));
    let call = child_and_mother(entry(0, "", "GG", &HET, 9), vec![block(0, 60, &REF, 22, 50)], true);
    assert_eq!(call.missing, None);
}

#[test]
fn an_unspecified_other_allele_is_unknown_and_not_reference() {
    let call =
        child_and_mother(entry(50, "A", "C", &HET, 9), vec![block(50, 51, &[Some(0), Some(1)], 9, 9)], true);
    assert_eq!(call.copies.as_slice(), [Copy::Other, Copy::Unknown]);
}

#[test]
fn silence_is_missing_unless_the_policy_says_otherwise() {
    let files = |is_gvcf| {
        vec![
            FileWindow {
                members: &[1],
                alleles: vec![entry(5, "A", "C", &HET, 9)],
                covers: None,
                is_gvcf: false,
            },
            FileWindow { members: &[0], alleles: vec![], covers: None, is_gvcf },
        ]
    };
    let call = |is_gvcf, absent| join(files(is_gvcf), 2, absent).0.remove(0).calls.remove(0);
    assert_eq!(call(false, AbsentMeans::NotCovered).missing, Some(MissingReason::NotCovered));
    assert_eq!(call(false, AbsentMeans::Reference).missing, None);
    assert_eq!(call(true, AbsentMeans::Reference).missing, Some(MissingReason::NotCovered));
}

#[test]
fn duplicates_keep_the_better_supported_call() {
    let weak = NormalisedAllele {
        filters: Some(vec!["q10".into()]),
        ..entry(5, "A", "C", &[Copy::Other, Copy::Other], 0)
    };
    let strong = entry(5, "A", "C", &HET, 12);
    for alleles in [vec![weak.clone(), strong.clone()], vec![strong.clone(), weak.clone()]] {
        let file = FileWindow { members: &[0], alleles, covers: None, is_gvcf: false };
        let (joined, duplicates) = join(vec![file], 1, AbsentMeans::NotCovered);
        assert_eq!((joined.len(), duplicates), (1, 1));
        assert_eq!(joined[0].calls[0].copies.as_slice(), HET);
        assert_eq!(joined[0].filters, Some(vec![]));
    }
}

#[test]
fn alleles_of_several_files_come_out_in_order() {
    let all =
        |list: &[(u32, &str)]| list.iter().map(|(s, alt)| entry(*s, "A", alt, &HET, 5)).collect::<Vec<_>>();
    let none = covers(Vec::new());
    let files = vec![
        FileWindow {
            members: &[0],
            alleles: all(&[(5, "C"), (9, "T")]),
            covers: Some(&none),
            is_gvcf: false,
        },
        FileWindow {
            members: &[1],
            alleles: all(&[(5, "C"), (5, "G"), (7, "C")]),
            covers: Some(&none),
            is_gvcf: false,
        },
    ];
    let (joined, duplicates) = join(files, 2, AbsentMeans::NotCovered);
    let order: Vec<_> = joined.iter().map(|e| (e.allele.start, e.allele.alternate[0] as char)).collect();
    assert_eq!((order, duplicates), (vec![(5, 'C'), (5, 'G'), (7, 'C'), (9, 'T')], 0));
    assert!(joined[0].calls.iter().all(Call::carries));
    assert_eq!(joined[3].calls[1].missing, Some(MissingReason::NotCovered));
}

#[test]
fn a_look_up_agrees_with_asking_every_cover() {
    let list: Vec<Cover> =
        (0..60u32).map(|n| block((n * 37) % 200, (n * 37) % 200 + 1 + n % 23, &REF, n, n)).collect();
    let settled = &covers(list.clone())[&CONTIG];
    for start in 0..230 {
        for length in 1..6 {
            let footprint = Interval::new(start, start + length);
            let covered = (start..start + length).all(|b| list.iter().any(|c| c.interval.contains(b)));
            let depth = list
                .iter()
                .filter(|c| c.interval.overlaps(footprint))
                .map(|c| c.calls[0].depth.unwrap())
                .min();
            let call = settled.call(footprint, 0);
            assert_eq!(call.is_some(), covered, "{footprint:?}");
            assert_eq!(call.and_then(|c| c.depth), depth.filter(|_| covered), "{footprint:?}");
        }
    }
}
