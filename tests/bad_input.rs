//! Bad input: one clear message naming file, place and remedy; the referral fails alone; nothing is left.

use std::fs;
use std::path::{Path, PathBuf};

use ithaca::report::model::{Batch, ReferralState, Report};

use crate::program::{Run, ithaca, root, run_batch};
use crate::world::bundle;

const GENOME: &str = "pipelines/rare-disease-wgs.toml";
const PANEL: &str = "pipelines/rare-disease-panel.toml";
const HEADING: &str = "referral\tparticipant\trole\tsex\taffected\tvcf\tvcf_sample\ttest_code\n";

fn run(samplesheet: &Path, pipeline: &str, output: &Path) -> (Run, Batch) {
    let run = run_batch(samplesheet, pipeline, bundle(), output, &[]);
    let batch = fs::read_to_string(output.join("batch.json"))
        .unwrap_or_else(|_| panic!("no batch: {}{}", run.stdout, run.stderr));
    (run, serde_json::from_str(&batch).unwrap())
}

fn family(file: &str) -> PathBuf {
    root().join("test-data/families").join(file)
}

/// What a person reads of a failed referral.
fn failure(batch: &Batch, referral: &str) -> String {
    let entry = batch.referrals.iter().find(|r| r.id == referral);
    match &entry.unwrap_or_else(|| panic!("{referral} is not in the batch")).state {
        ReferralState::Failed { message, remedy } => format!("{message}; {remedy}"),
        other => panic!("{referral} did not fail: {other:?}"),
    }
}

#[test]
fn each_fault_has_its_message() {
    let output = tempfile::tempdir().unwrap();
    let samplesheet = root().join("test-data/samplesheet-faults.tsv");
    let (run, batch) = run(&samplesheet, GENOME, output.path());
    let table: [(&str, &[&str]); 11] = [
        ("FAULT01", &["line 2", "R9999.9", "correct test_code"]),
        ("FAULT02", &["SIM001.vcf.gz", "NOT-A-SAMPLE", "LP9001-DNA_A", "correct vcf_sample"]),
        ("FAULT03", &["absent.vcf.gz", "cannot be read", "check that the path"]),
        ("FAULT04", &["samplesheet-faults.tsv", "column sex", "father", "correct one"]),
        ("FAULT05", &["samplesheet-faults.tsv", "F0501", "two rows", "keep one"]),
        ("FAULT06", &["F0601", "not affected", "correct the samplesheet"]),
        ("FAULT07", &["FAULT07/proband.vcf.gz", "may be truncated", "copy it again"]),
        ("FAULT08", &["FAULT08/proband.vcf.gz", "chr1", "GRCh38", "use a reference bundle"]),
        ("FAULT09", &["FAULT09/proband.vcf.gz", "record 2", "not sorted", "sort the file"]),
        ("FAULT10", &["FAULT10/proband.vcf.gz", "REF differs", "another build", "use a bundle"]),
        ("FAULT11", &["FAULT11/proband.vcf.gz", "#CHROM", "not a VCF"]),
    ];
    assert_eq!(batch.referrals.len(), table.len());
    for (referral, words) in table {
        let text = failure(&batch, referral);
        for word in words {
            assert!(text.contains(word), "{referral} does not say '{word}': {text}");
        }
        assert!(run.stdout.contains(referral), "{referral} is not in the summary");
    }
    let left: Vec<String> = fs::read_dir(output.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["batch.json", "index.html", ".ithaca.lock"].contains(&name.as_str()))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    run.expect_code(1);
}

#[test]
fn a_bad_row_names_its_line_and_column_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let vcf = family("SIM001/SIM001.vcf.gz");
    let row = |referral: &str, sex: &str| {
        format!("{referral}\tP1\tproband\t{sex}\tyes\t{}\tLP9001-DNA_A\tR9001.1\n", vcf.display())
    };
    let sheet = folder.path().join("sheet.tsv");
    fs::write(&sheet, format!("{HEADING}{}{}", row("BAD", "purple"), row("GOOD", "female"))).unwrap();
    let (run, batch) = run(&sheet, GENOME, &folder.path().join("out"));
    let text = failure(&batch, "BAD");
    assert!(text.contains("line 2") && text.contains("column sex") && text.contains("purple"), "{text}");
    assert!(folder.path().join("out/GOOD/DONE.json").exists());
    run.expect_code(1);
}

#[test]
fn a_missing_index_is_told_and_the_answer_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let source = family("SIM027/proband.vcf.gz");
    let copy = folder.path().join("proband.vcf.gz");
    fs::copy(&source, &copy).unwrap();
    let sample = vcf_sample(&source);
    let row = |referral: &str, vcf: &Path| {
        format!("{referral}\tP1\tproband\tfemale\tyes\t{}\t{sample}\tR9012.1\n", vcf.display())
    };
    let sheet = folder.path().join("sheet.tsv");
    fs::write(&sheet, format!("{HEADING}{}{}", row("WITH", &source), row("WITHOUT", &copy))).unwrap();
    let (run, _) = run(&sheet, PANEL, &folder.path().join("out"));
    run.expect_code(0);
    let report = |referral: &str| -> Report {
        let path = folder.path().join("out").join(referral).join("report.json");
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let (with, without) = (report("WITH"), report("WITHOUT"));
    let variants = |report: &Report| -> Vec<String> {
        report.findings.iter().map(|finding| finding.variant.name.clone()).collect()
    };
    assert!(!variants(&with).is_empty());
    assert_eq!(variants(&with), variants(&without));
    let told = |report: &Report| report.input_checks.checks.iter().any(|c| c.message.contains("index"));
    assert!(told(&without) && !told(&with), "{:?}", without.input_checks);
}

fn vcf_sample(path: &Path) -> String {
    let mut text = String::new();
    let file = fs::File::open(path).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(file), &mut text).unwrap();
    let heading = text.lines().find(|line| line.starts_with("#CHROM")).unwrap();
    heading.rsplit('\t').next().unwrap().to_owned()
}

#[test]
fn what_the_whole_batch_rests_on_is_refused_before_any_work() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = root().join("test-data/samplesheet.tsv");
    let at = |path: &str| root().join(path).to_str().unwrap().to_owned();
    let output = folder.path().join("out");
    let cut = folder.path().join("cut.bundle");
    fs::create_dir(&cut).unwrap();
    for entry in fs::read_dir(bundle()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, cut.join(path.file_name().unwrap())).unwrap();
        }
    }
    let genome = cut.join("genome.bin");
    let bytes = fs::read(&genome).unwrap();
    fs::write(&genome, &bytes[..bytes.len() / 2]).unwrap();
    let good = bundle().to_str().unwrap().to_owned();
    let cut = cut.to_str().unwrap().to_owned();
    let directory = at("test-data/directory/test-directory.csv");
    for (pipeline, reference, directory, panels, code, word) in [
        (at(GENOME), cut, directory.clone(), at("test-data/panels"), 4, "genome.bin"),
        (at("no-such.toml"), good.clone(), directory.clone(), at("test-data/panels"), 2, "no-such.toml"),
        (at(GENOME), good.clone(), at("no-such.csv"), at("test-data/panels"), 4, "no-such.csv"),
        (at(GENOME), good, directory, at("no-such-panels"), 4, "no-such-panels"),
    ] {
        let run = ithaca([
            "run",
            sheet.to_str().unwrap(),
            "--pipeline",
            &pipeline,
            "--reference",
            &reference,
            "--directory",
            &directory,
            "--panels",
            &panels,
            "--output",
            output.to_str().unwrap(),
        ])
        .expect_code(code);
        assert!(run.stderr.contains(word), "{}", run.stderr);
        assert!(!output.join("batch.json").exists());
    }
}
