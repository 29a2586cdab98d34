//! Files that must be refused, and those that are read with a word of warning.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use ithaca::measure::{CoverageError, CoverageResult, coverage};
use ithaca::read::alignments::{AlignmentError, AlignmentWarning, Alignments, contigs_of};
use ithaca::reference::genome::Genome;
use noodles::sam::alignment::record::cigar::op::Kind;
use tempfile::TempDir;

use super::alignments::*;

fn reads() -> Vec<Read> {
    (0..400).map(|i| read(&format!("r{i}"), i * 100, &[(Kind::Match, 150)])).collect()
}

fn measure_against(path: &Path, genome: Option<&Genome>) -> Result<CoverageResult, CoverageError> {
    let contigs = contigs();
    let alignments = Alignments { path, contigs: &contigs, genome, sample: Some("S1") };
    coverage(&alignments, &[target(0, 30_000, 30_200, "A")], &policy(2))
}

fn measure(path: &Path) -> Result<CoverageResult, CoverageError> {
    measure_against(path, Some(&genome()))
}

fn bam(folder: &TempDir) -> std::path::PathBuf {
    let path = folder.path().join("s.bam");
    write_bam(&path, &usual_header(), &reads());
    path
}

fn age(path: &Path, seconds: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 - seconds);
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn an_index_is_used_unless_it_is_older_than_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = bam(&folder);
    assert_eq!(measure(&path).unwrap().warnings, [AlignmentWarning::NoIndex]);
    let index = index_bam(&path);
    assert!(measure(&path).unwrap().warnings.is_empty());
    age(&path, 0);
    age(&index, 1);
    assert_eq!(measure(&path).unwrap().warnings, [AlignmentWarning::IndexOlderThanData]);
    age(&index, 0);
    assert!(measure(&path).unwrap().warnings.is_empty());
}

#[test]
fn an_index_of_another_file_never_gives_an_empty_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = bam(&folder);
    let other = folder.path().join("other.bam");
    write_bam(&other, &usual_header(), &[]);
    let expected = measure(&path).unwrap().targets;
    assert!(expected[0].depth.min > 0);
    for reads in [Vec::new(), reads()[..3].to_vec()] {
        write_bam(&other, &usual_header(), &reads);
        fs::copy(index_bam(&other), path.with_added_extension("bai")).unwrap();
        let result = measure(&path).unwrap();
        assert_eq!(result.targets, expected);
        assert!(matches!(result.warnings[..], [AlignmentWarning::IndexUnusable(_)]), "{:?}", result.warnings);
    }
    fs::write(path.with_added_extension("bai"), b"BAI\x01garbage").unwrap();
    let result = measure(&path).unwrap();
    assert_eq!(result.targets, expected);
    assert!(matches!(result.warnings[..], [AlignmentWarning::IndexUnusable(_)]));
}

#[test]
fn an_index_of_a_part_of_the_file_is_not_used_though_it_shows_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("both.bam");
    let on_second = |read: &Read| Read { contig: 1, name: format!("{}b", read.name), ..read.clone() };
    let both: Vec<Read> = reads().into_iter().chain(reads().iter().map(on_second)).collect();
    write_bam(&path, &usual_header(), &both);
    let part = folder.path().join("part.bam");
    write_bam(&part, &usual_header(), &reads());
    let contigs = contigs();
    let genome = genome();
    let measure = |path: &Path| {
        let alignments = Alignments { path, contigs: &contigs, genome: Some(&genome), sample: Some("S1") };
        let targets = [target(0, 30_000, 30_200, "A"), target(1, 30_000, 30_200, "B")];
        coverage(&alignments, &targets, &policy(2)).unwrap()
    };
    let expected = measure(&path).targets;
    assert!(expected[1].depth.min > 0);
    fs::copy(index_bam(&part), path.with_added_extension("bai")).unwrap();
    let result = measure(&path);
    assert_eq!(result.targets, expected);
    assert!(matches!(result.warnings[..], [AlignmentWarning::IndexUnusable(_)]), "{:?}", result.warnings);
    index_bam(&path);
    assert!(measure(&path).warnings.is_empty(), "its own index is used");

    // Two containers, the second behind the target.
    let cram = folder.path().join("long.cram");
    let many: Vec<Read> = (0..11_000).map(|i| read(&format!("r{i}"), i * 3, &[(Kind::Match, 150)])).collect();
    write_cram(&cram, &usual_header(), &many, &genome);
    let expected = measure(&cram).targets;
    let lines = noodles::cram::fs::index(&cram).unwrap();
    let place = cram.with_added_extension("crai");
    noodles::cram::crai::fs::write(&place, &lines).unwrap();
    let result = measure(&cram);
    assert_eq!((&result.targets, result.warnings.len()), (&expected, 0), "its own index is used");
    let last = lines.iter().map(|line| line.offset()).max().unwrap();
    let first: Vec<_> = lines.iter().filter(|line| line.offset() < last).cloned().collect();
    for part in [first, Vec::new()] {
        noodles::cram::crai::fs::write(&place, &part).unwrap();
        let result = measure(&cram);
        assert_eq!(result.targets, expected);
        assert!(matches!(result.warnings[..], [AlignmentWarning::IndexUnusable(_)]), "{:?}", result.warnings);
    }
}

#[test]
fn every_truncation_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = bam(&folder);
    index_bam(&path);
    let bytes = fs::read(&path).unwrap();
    let cut = folder.path().join("cut.bam");
    for length in (0..bytes.len()).step_by(97).chain([bytes.len() - 28, bytes.len() - 1]) {
        fs::write(&cut, &bytes[..length]).unwrap();
        let error = measure(&cut).unwrap_err();
        assert!(
            matches!(
                error,
                CoverageError::Alignments(
                    AlignmentError::Truncated { .. } | AlignmentError::UnknownFormat { .. }
                )
            ),
            "{length}: {error}"
        );
    }
}

#[test]
fn a_changed_byte_is_an_error_or_makes_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    let path = bam(&folder);
    let expected = measure(&path).unwrap();
    let bytes = fs::read(&path).unwrap();
    for at in (0..bytes.len()).step_by(41) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        fs::write(&path, &changed).unwrap();
        match measure(&path) {
            Ok(result) => assert_eq!(result, expected, "byte {at}"),
            Err(error) => assert!(error.to_string().contains("s.bam"), "{error}"),
        }
    }
}

#[test]
fn a_damaged_cram_is_an_error_or_makes_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.cram");
    write_cram(&path, &usual_header(), &reads(), &genome());
    let expected = measure(&path).unwrap();
    let bytes = fs::read(&path).unwrap();
    for at in (0..bytes.len()).step_by(211) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        fs::write(&path, &changed).unwrap();
        if let Ok(result) = measure(&path) {
            assert_eq!(result.targets, expected.targets, "byte {at}");
        }
    }
    for cut in [4, 26, 100, bytes.len() / 2, bytes.len() - 38, bytes.len() - 1] {
        fs::write(&path, &bytes[..cut]).unwrap();
        assert!(
            matches!(measure(&path), Err(CoverageError::Alignments(AlignmentError::Truncated { .. }))),
            "{cut}"
        );
    }
}

#[test]
fn unsorted_reads_are_refused_whatever_the_header_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.bam");
    let mut reads = reads();
    reads.swap(10, 300);
    for order in [None, Some("coordinate"), Some("unsorted"), Some("queryname")] {
        write_bam(&path, &header(&[("1", LENGTH), ("2", LENGTH)], order, None), &reads);
        let error = measure(&path).unwrap_err();
        assert!(
            matches!(error, CoverageError::Alignments(AlignmentError::Unsorted { .. })),
            "{order:?}: {error}"
        );
    }
}

#[test]
fn sorted_reads_under_a_header_that_denies_it_are_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.bam");
    write_bam(&path, &header(&[("1", LENGTH), ("2", LENGTH)], Some("unsorted"), Some("S1")), &reads());
    assert_eq!(measure(&path).unwrap().warnings, [AlignmentWarning::SortOrderNotStated]);
}

#[test]
fn another_build_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.bam");
    write_bam(&path, &header(&[("chr1", 249_250_621)], Some("coordinate"), None), &[]);
    let error = measure(&path).unwrap_err();
    assert!(matches!(error, CoverageError::Alignments(AlignmentError::WrongBuild { .. })), "{error}");
    assert!(error.to_string().contains("GRCh37"), "{error}");
    write_bam(&path, &header(&[("scaffold", 5_000)], Some("coordinate"), None), &[]);
    assert!(matches!(measure(&path), Err(CoverageError::Alignments(AlignmentError::NoSharedContig { .. }))));
}

#[test]
fn the_sample_is_held_against_the_one_expected() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.bam");
    write_bam(&path, &header(&[("1", LENGTH), ("2", LENGTH)], Some("coordinate"), Some("other")), &reads());
    index_bam(&path);
    let found = vec!["other".to_owned()];
    let expected = "S1".to_owned();
    assert_eq!(measure(&path).unwrap().warnings, [AlignmentWarning::SampleName { expected, found }]);
}

#[test]
fn a_file_without_reads_has_depth_zero() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.bam");
    write_bam(&path, &usual_header(), &[]);
    index_bam(&path);
    let result = measure(&path).unwrap();
    assert_eq!((result.overall.bases, result.overall.max), (200, 0));
    assert_eq!(result.gaps.len(), 1);
    assert!(result.warnings.is_empty(), "{:?}", result.warnings);
}

#[test]
fn a_cram_needs_its_own_reference() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.cram");
    write_cram(&path, &usual_header(), &reads(), &genome());
    assert!(matches!(
        measure_against(&path, None),
        Err(CoverageError::Alignments(AlignmentError::ReferenceNeeded { .. }))
    ));
    let other = |length: u32| {
        let bases = vec![b'C'; length as usize];
        Genome::from_sequences(vec![("chr1".to_owned(), bases.clone()), ("chr2".to_owned(), bases)])
    };
    let error = measure_against(&path, Some(&other(LENGTH))).unwrap_err();
    assert!(matches!(error, CoverageError::Alignments(AlignmentError::WrongReference { .. })), "{error}");
    let error = measure_against(&path, Some(&other(LENGTH - 1))).unwrap_err();
    assert!(matches!(error, CoverageError::Alignments(AlignmentError::WrongReference { .. })), "{error}");
}

#[test]
fn what_is_not_an_alignment_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.txt");
    assert!(matches!(measure(&path), Err(CoverageError::Alignments(AlignmentError::Unreadable { .. }))));
    fs::write(&path, "@HD\tVN:1.6\n").unwrap();
    assert!(matches!(measure(&path), Err(CoverageError::Alignments(AlignmentError::UnknownFormat { .. }))));
    let path = bam(&folder);
    assert_eq!(contigs_of(&path).unwrap()[1].name, "2");
}
