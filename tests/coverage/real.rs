//! Real reads; skipped where the shared data are absent.
//!
//! The expected sums were counted base by base outside this program, from the text form of the files: for
//! each base, the number of distinct names of records without flags 0x704 that align a base there. They agree
//! with `samtools depth -s` up to what that leaves: a mate's deletion, and records present twice.

use std::path::PathBuf;

use ithaca::measure::{CoverageResult, coverage};
use ithaca::model::contig::ContigId;
use ithaca::model::pipeline::CoveragePolicy;
use ithaca::model::position::Interval;
use ithaca::quality::coverage::Target;
use ithaca::read::alignments::{Alignments, contigs_of};

use super::alignments::policy;
use crate::shared_data::need;

fn measure(path: PathBuf, contig: &str, interval: Interval) -> CoverageResult {
    let contigs = contigs_of(&path).unwrap();
    let id = contigs.iter().position(|candidate| candidate.name == contig).unwrap();
    let target = Target {
        contig: ContigId(id as u16),
        interval,
        gene: "window".to_owned(),
        hgnc_id: None,
        transcript: String::new(),
        exon: 0,
    };
    let policy = CoveragePolicy { mapping_quality: 0, count_supplementary: true, ..policy(20) };
    coverage(&Alignments { path: &path, contigs: &contigs, genome: None, sample: None }, &[target], &policy)
        .unwrap()
}

#[test]
fn na12878_windows() {
    let Some(folder) = need("alignments") else { return };
    let result = measure(
        folder.join("NA12878.chr20_10.0-10.1M.hg19.bam"),
        "chr20",
        Interval::new(10_000_000, 10_100_000),
    );
    let depth = result.overall;
    assert_eq!((depth.bases, depth.min, depth.max, depth.sum), (100_000, 0, 86, 5_115_543));
    assert_eq!(depth.at_least, [99_543, 99_369, 98_430, 58_435, 0]);
    assert!(result.warnings.is_empty(), "{:?}", result.warnings);

    let result = measure(
        folder.join("NA12878.chr22_16.6-16.8M.GRCh38.bam"),
        "chr22",
        Interval::new(16_600_000, 16_800_000),
    );
    let depth = result.overall;
    assert_eq!((depth.bases, depth.min, depth.max, depth.sum), (200_000, 0, 65, 6_639_479));
    assert_eq!(depth.at_least, [199_969, 197_667, 142_386, 2_287, 0]);
    let gaps: u64 = result.gaps.iter().map(|gap| u64::from(gap.interval.len())).sum();
    assert_eq!(gaps, 200_000 - 197_667);

    let depth = measure(folder.join("NA12878.chrM.GRCh38.bam"), "chrM", Interval::new(0, 16_569)).overall;
    assert_eq!((depth.min, depth.max, depth.sum), (0, 1_751, 1_668_165));
    assert_eq!(depth.at_least, [1_150, 1_149, 1_148, 1_146, 1_140]);
}

#[test]
fn overlapping_mates_and_odd_contigs() {
    let Some(folder) = need("qc/mosdepth") else { return };
    let depth = measure(folder.join("ovl.bam"), "MT", Interval::new(0, 16_569)).overall;
    assert_eq!((depth.bases, depth.max, depth.sum), (16_569, 1, 80));
    let depth = measure(folder.join("ovl.bam"), "MT", Interval::new(2, 80)).overall;
    assert_eq!((depth.min, depth.max), (1, 1));
    // Both mates lie on the same 80 bases.
    let depth = measure(folder.join("overlapping-pairs.bam"), "1", Interval::new(565_000, 566_000)).overall;
    assert_eq!((depth.max, depth.sum), (1, 80));
    // Long reads with very long CIGARs and supplementary alignments.
    let depth = measure(folder.join("nanopore.bam"), "LXWQ01001294.1", Interval::new(0, 1_706)).overall;
    assert_eq!((depth.min, depth.max, depth.sum), (31, 130, 192_981));
    // A contig beyond the reach of a BAI index, with a CSI one: 8M 4I 4M 1D 3M from 600,000,006.
    let result = measure(folder.join("big.bam"), "ref", Interval::new(600_000_000, 600_000_045));
    assert_eq!((result.overall.max, result.overall.sum), (1, 15));
    assert_eq!(result.gaps[0].interval, Interval::new(600_000_000, 600_000_045));
}
