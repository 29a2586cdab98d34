//! The same reads counted base by base, the slow and obvious way.

use std::collections::BTreeSet;
use std::path::Path;

use ithaca::measure::{CoverageResult, coverage};
use ithaca::model::contig::ContigId;
use ithaca::model::pipeline::CoveragePolicy;
use ithaca::model::position::Interval;
use ithaca::quality::coverage::{THRESHOLDS, Target};
use ithaca::read::alignments::Alignments;
use noodles::sam::alignment::record::cigar::op::Kind;
use proptest::prelude::*;

use super::alignments::*;

/// Depth of one base: names of the reads that align a base to it.
fn depth(reads: &[Read], policy: &CoveragePolicy, contig: usize, base: u32) -> u32 {
    let mut names = BTreeSet::new();
    for read in reads {
        let left_out = [0x4, 0x100, 0x200, 0x400].iter().any(|flag| read.flags & flag != 0)
            || (read.flags & 0x800 != 0 && !policy.count_supplementary)
            || read.mapping_quality < policy.mapping_quality;
        if left_out || read.contig != contig {
            continue;
        }
        let mut at = read.start;
        for (kind, length) in &read.cigar {
            let length = *length as u32;
            let covers = matches!(kind, Kind::Match | Kind::SequenceMatch | Kind::SequenceMismatch);
            if covers && (at..at + length).contains(&base) {
                names.insert(&read.name);
            }
            if kind.consumes_reference() {
                at += length;
            }
        }
    }
    names.len() as u32
}

fn depths(reads: &[Read], policy: &CoveragePolicy, contig: ContigId, interval: Interval) -> Vec<u32> {
    (interval.start..interval.end).map(|base| depth(reads, policy, contig.index(), base)).collect()
}

fn measure(path: &Path, targets: &[Target], policy: &CoveragePolicy) -> CoverageResult {
    let (contigs, genome) = (contigs(), genome());
    let alignments = Alignments { path, contigs: &contigs, genome: Some(&genome), sample: Some("S1") };
    coverage(&alignments, targets, policy).unwrap()
}

fn check(result: &CoverageResult, reads: &[Read], policy: &CoveragePolicy) {
    let mut expected_gaps = Vec::new();
    let mut every_base = BTreeSet::new();
    for row in &result.targets {
        let contig = row.target.contig;
        let depths = depths(reads, policy, contig, row.measured);
        let figures = &row.depth;
        assert_eq!(figures.bases, depths.len() as u64);
        assert_eq!(figures.min, depths.iter().copied().min().unwrap_or(0), "{row:?}");
        assert_eq!(figures.max, depths.iter().copied().max().unwrap_or(0), "{row:?}");
        assert_eq!(figures.sum, depths.iter().copied().map(u64::from).sum::<u64>(), "{row:?}");
        for (count, threshold) in figures.at_least.iter().zip(THRESHOLDS) {
            assert_eq!(*count, depths.iter().filter(|depth| **depth >= threshold).count() as u64);
        }
        let covered = depths.iter().filter(|depth| **depth >= policy.depth).count();
        assert_eq!(figures.covered, covered as u64);
        every_base.extend((row.measured.start..row.measured.end).map(|base| (contig, base)));

        let mut start = None;
        for (base, depth) in (row.measured.start..).zip(depths.iter().copied().chain([u32::MAX])) {
            match (depth < policy.depth, start) {
                (true, None) => start = Some((base, depth)),
                (true, Some((from, min))) => start = Some((from, min.min(depth))),
                (false, Some((from, min))) => {
                    expected_gaps.push((contig, Interval::new(from, base), row.target.gene.clone(), min));
                    start = None;
                }
                (false, None) => {}
            }
        }
    }
    let gaps: Vec<_> =
        result.gaps.iter().map(|gap| (gap.contig, gap.interval, gap.gene.clone(), gap.min)).collect();
    expected_gaps.sort();
    let mut sorted_gaps = gaps.clone();
    sorted_gaps.sort();
    assert_eq!(sorted_gaps, expected_gaps);
    assert!(gaps.is_sorted_by_key(|(contig, interval, ..)| (*contig, *interval)));

    assert_eq!(result.overall.bases, every_base.len() as u64);
    let sum: u64 =
        every_base.iter().map(|(contig, base)| u64::from(depth(reads, policy, contig.index(), *base))).sum();
    assert_eq!(result.overall.sum, sum);
    for gene in &result.genes {
        let bases: BTreeSet<_> = result
            .targets
            .iter()
            .filter(|row| row.target.gene == gene.gene)
            .flat_map(|row| (row.measured.start..row.measured.end).map(|base| (row.target.contig, base)))
            .collect();
        assert_eq!(gene.depth.bases, bases.len() as u64);
    }
}

fn operation() -> impl Strategy<Value = (Kind, usize)> {
    let kinds = prop_oneof![
        4 => Just(Kind::Match),
        1 => Just(Kind::SequenceMatch),
        1 => Just(Kind::SequenceMismatch),
        2 => Just(Kind::Deletion),
        1 => Just(Kind::Skip),
        2 => Just(Kind::Insertion),
    ];
    (kinds, 1_usize..25)
}

/// Reads around 0–400 and around a tile's edge, some of them of one fragment.
fn any_read() -> impl Strategy<Value = Read> {
    let start = prop_oneof![0_u32..300, 65_400_u32..65_600];
    let flags = prop_oneof![
        12 => Just(0_u16), 4 => Just(0x63), 1 => Just(0x400), 1 => Just(0x100), 1 => Just(0x200), 2 => Just(0x800)
    ];
    let quality = prop_oneof![6 => Just(60_u8), 1 => Just(9), 1 => Just(10), 1 => Just(255)];
    let cigar = (0_usize..8, proptest::collection::vec(operation(), 1..7), 0_usize..8);
    (0_u8..25, 0_usize..2, start, cigar, flags, quality).prop_map(
        |(name, contig, start, (left, mut cigar, right), flags, mapping_quality)| {
            cigar.insert(0, (Kind::Match, 1));
            if left > 0 {
                cigar.insert(0, (Kind::SoftClip, left));
            }
            cigar.push((Kind::Match, 2));
            if right > 0 {
                cigar.push((Kind::SoftClip, right));
            }
            Read { name: format!("f{name}"), contig, start, cigar, flags, mapping_quality }
        },
    )
}

fn targets() -> Vec<Target> {
    vec![
        target(0, 20, 150, "A"),
        target(0, 140, 260, "A"),
        target(0, 200, 420, "B"),
        target(0, 65_500, 65_580, "B"),
        target(1, 0, 500, "C"),
        target(1, 65_530, 65_700, "C"),
        target(1, 69_990, 70_000, "D"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn depth_is_the_number_of_distinct_fragments(
        reads in proptest::collection::vec(any_read(), 0..60),
        depth in 1_u32..6,
        exon_padding in 0_u32..12,
        count_supplementary in any::<bool>(),
    ) {
        let reads = sorted(reads);
        let policy = CoveragePolicy { exon_padding, count_supplementary, ..policy(depth) };
        let folder = tempfile::tempdir().unwrap();
        let header = usual_header();

        let path = folder.path().join("s.bam");
        write_bam(&path, &header, &reads);
        let whole = measure(&path, &targets(), &policy);
        check(&whole, &reads, &policy);

        index_bam(&path);
        let indexed = measure(&path, &targets(), &policy);
        prop_assert!(indexed.warnings.is_empty(), "{:?}", indexed.warnings);
        let mut same = whole;
        same.warnings.clear();
        prop_assert_eq!(&indexed, &same);

        let path = folder.path().join("s.cram");
        write_cram(&path, &header, &reads, &genome());
        let mut compressed = measure(&path, &targets(), &policy);
        compressed.warnings.clear();
        prop_assert_eq!(&compressed, &same);
    }
}

#[test]
fn a_cram_index_changes_nothing() {
    let reads: Vec<Read> = (0..3000).map(|i| read(&format!("r{i}"), i * 20, &[(Kind::Match, 100)])).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.cram");
    write_cram(&path, &usual_header(), &reads, &genome());
    let targets = [target(0, 10_000, 10_500, "A"), target(0, 50_000, 50_010, "B"), target(1, 0, 10, "C")];
    let whole = measure(&path, &targets, &policy(5));
    check(&whole, &reads, &policy(5));
    let index = noodles::cram::fs::index(&path).unwrap();
    noodles::cram::crai::fs::write(path.with_added_extension("crai"), &index).unwrap();
    let indexed = measure(&path, &targets, &policy(5));
    assert!(indexed.warnings.is_empty(), "{:?}", indexed.warnings);
    assert_eq!(indexed.targets, whole.targets);
    assert_eq!(indexed.targets[0].depth.min, 5);
}

#[test]
fn long_reads_and_long_targets_cross_tiles() {
    let reads = vec![
        read("a", 10, &[(Kind::Match, 69_000)]),
        read("b", 500, &[(Kind::Match, 100), (Kind::Skip, 66_000), (Kind::Match, 100)]),
        read("c", 65_535, &[(Kind::Match, 2)]),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.bam");
    write_bam(&path, &usual_header(), &reads);
    let targets = [target(0, 0, LENGTH, "A"), target(0, 65_530, 65_540, "B")];
    check(&measure(&path, &targets, &policy(2)), &reads, &policy(2));
    index_bam(&path);
    check(&measure(&path, &targets, &policy(2)), &reads, &policy(2));
}
