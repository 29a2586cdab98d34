//! The subcommand: its tables, its warnings and its exit codes.

use std::fs;

use noodles::sam::alignment::record::cigar::op::Kind;

use super::alignments::*;
use crate::program::ithaca;

#[test]
fn tables_warnings_and_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let reads: Vec<Read> = (0..30).map(|i| read(&format!("r{i}"), 100, &[(Kind::Match, 50 + i)])).collect();
    write_bam(&folder.path().join("s.bam"), &usual_header(), &reads);
    fs::write(at("r.bed"), "chr1\t90\t150\tGENE\tNM_1.2\t1\nchr2\t0\t10\n").unwrap();

    let run =
        ithaca(["coverage", "--regions", &at("r.bed"), &at("s.bam"), "-o", &at("out"), "--sample", "S2"])
            .expect_code(0);
    assert!(run.stderr.contains("the whole file was read"), "{}", run.stderr);
    assert!(run.stderr.contains("not of 'S2'"), "{}", run.stderr);
    let table = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    // Named as in the file, since no reference was given.
    assert_eq!(
        table("exons.tsv"),
        "chrom\texon_start\texon_end\tgene\ttx\texon\tmin\tmean\tmax\t10x\t20x\t30x\t50x\t100x\texon_len\n\
         1\t90\t150\tGENE\tNM_1.2\t1\t0\t25.00\t30\t83.33\t83.33\t83.33\t0.00\t0.00\t60\n\
         2\t0\t10\t\t\t\t0\t0.00\t0\t0.00\t0.00\t0.00\t0.00\t0.00\t10\n"
    );
    assert_eq!(
        table("gaps.tsv"),
        "chrom\tstart\tend\tgene\ttx\texon\tmin\tlength\n1\t90\t100\tGENE\tNM_1.2\t1\t0\t10\n2\t0\t10\t\t\t\t0\t10\n"
    );
    assert_eq!(table("genes.tsv").lines().count(), 3);

    fs::write(at("bad.bed"), "chr1\t9\n").unwrap();
    let run =
        ithaca(["coverage", "--regions", &at("bad.bed"), &at("s.bam"), "-o", &at("none")]).expect_code(3);
    assert!(run.stderr.contains("bad.bed line 1"), "{}", run.stderr);
    let run =
        ithaca(["coverage", "--regions", &at("r.bed"), &at("absent.bam"), "-o", &at("none")]).expect_code(3);
    assert!(run.stderr.contains("absent.bam"), "{}", run.stderr);
    ithaca(["coverage", &at("s.bam")]).expect_code(2);
    let run = ithaca([
        "coverage",
        "--regions",
        &at("r.bed"),
        &at("s.bam"),
        "-o",
        &at("none"),
        "--reference",
        &at("x"),
    ]);
    run.expect_code(4);
    assert!(!folder.path().join("none").exists(), "nothing is written for a refused input");
}
