//! The simulated world, end to end: every referral must have the right answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ithaca::report::model::{Batch, ReferralState, Report};
use ithaca_simulate::score::score;

use crate::program::{files_below, ithaca, root, run_batch};

const PROVENANCE: &str = "provenance.json";

/// Runs a samplesheet of the simulated world.
fn run(samplesheet: &str, pipeline: &str, output: &Path, threads: usize, expected_code: i32) {
    let samplesheet = root().join("test-data").join(samplesheet);
    run_batch(&samplesheet, pipeline, bundle(), output, &["--threads", &threads.to_string()])
        .expect_code(expected_code);
}

/// A folder that lives as long as the test process.
fn scratch() -> &'static Path {
    static SCRATCH: OnceLock<PathBuf> = OnceLock::new();
    SCRATCH.get_or_init(|| tempfile::tempdir().unwrap().keep())
}

/// The simulated world's bundle.
pub fn bundle() -> &'static Path {
    static BUNDLE: OnceLock<PathBuf> = OnceLock::new();
    BUNDLE.get_or_init(|| {
        let path = scratch().join("bundle");
        let manifest = root().join("test-data/reference/reference.toml");
        ithaca([
            "reference",
            "build",
            "--manifest",
            manifest.to_str().unwrap(),
            "--output",
            path.to_str().unwrap(),
        ])
        .expect_code(0);
        path
    })
}

/// The results of the main samplesheet.
pub fn results() -> &'static Path {
    static RESULTS: OnceLock<PathBuf> = OnceLock::new();
    RESULTS.get_or_init(|| {
        let path = scratch().join("results");
        run("samplesheet.tsv", "pipelines/rare-disease-wgs.toml", &path, 2, 0);
        path
    })
}

pub fn report(results: &Path, referral: &str) -> Report {
    let path = results.join(referral).join("report.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// The results of the samplesheet in which every referral must fail.
pub fn fault_results() -> &'static Path {
    static RESULTS: OnceLock<PathBuf> = OnceLock::new();
    RESULTS.get_or_init(|| {
        let path = scratch().join("faults");
        run("samplesheet-faults.tsv", "pipelines/rare-disease-wgs.toml", &path, 2, 1);
        path
    })
}

/// The results of the samplesheet with targeted calls.
pub fn panel_results() -> &'static Path {
    static RESULTS: OnceLock<PathBuf> = OnceLock::new();
    RESULTS.get_or_init(|| {
        let path = scratch().join("panel");
        run("samplesheet-panel.tsv", "pipelines/rare-disease-panel.toml", &path, 2, 0);
        path
    })
}

/// Scores results against the truth, row by row and for what nobody planted: every row is right, and this many are
/// of each kind.
fn all_right(results: &Path, samplesheet: &str, kinds: &[(&str, usize)]) {
    let scored = score(results, &root().join("test-data"), &[samplesheet.to_owned()]).unwrap();
    assert!(scored.all_right(), "{}", scored.lines(false));
    for (kind, least) in kinds {
        let rows = scored.rows.iter().filter(|row| row.kind == *kind).count();
        assert!(rows >= *least, "the truth names only {rows} of the kind {kind}");
    }
}

#[test]
fn every_referral_has_the_right_answer() {
    let kinds = [("cause", 15), ("decoy", 10), ("single_hit", 2), ("coverage_gap", 1)];
    all_right(results(), "samplesheet.tsv", &kinds);
    // What the scoring reads as plain JSON is also of the program's own types.
    let text = fs::read_to_string(results().join("batch.json")).unwrap();
    let batch: Batch = serde_json::from_str(&text).unwrap();
    assert!(batch.referrals.iter().all(|r| matches!(r.state, ReferralState::Done { .. })));
    for referral in batch.referrals {
        assert_eq!(report(results(), &referral.id).referral.id, referral.id);
    }
}

#[test]
fn a_broken_referral_fails_alone() {
    let kinds = [("failed", 8)];
    all_right(fault_results(), "samplesheet-faults.tsv", &kinds);
}

#[test]
fn the_panel_pipeline_finds_what_is_planted_on_the_panel() {
    all_right(panel_results(), "samplesheet-panel.tsv", &[("cause", 2)]);
}

#[test]
fn results_do_not_depend_on_threads() {
    let without_provenance = |folder: &Path| {
        let mut files = files_below(folder);
        files.retain(|name, _| !name.ends_with(PROVENANCE));
        files
    };
    let expected = without_provenance(results());
    assert!(expected.len() > 40, "only {} files were written", expected.len());
    for threads in [1, 8] {
        let other = scratch().join(format!("results-{threads}"));
        run("samplesheet.tsv", "pipelines/rare-disease-wgs.toml", &other, threads, 0);
        let found = without_provenance(&other);
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (name, content) in &found {
            assert!(content == &expected[name], "{name} differs between 2 and {threads} threads");
        }
    }
}

#[test]
fn the_command_of_the_readme_works_as_written() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, rest) = readme.split_once("cargo run --release -- ").expect("the README has its first command");
    let command = rest.split("\n\n").next().unwrap().replace("\\\n", " ");
    let output = tempfile::tempdir().unwrap().path().join("not-there-yet");
    let arguments: Vec<String> = command
        .split_whitespace()
        .map(|word| match word {
            "results" => output.to_str().unwrap().to_owned(),
            word if word.starts_with("--") || word == "run" => word.to_owned(),
            path => root().join(path).to_str().unwrap().to_owned(),
        })
        .collect();
    let run = ithaca(&arguments).expect_code(0);
    assert!(run.stdout.contains("28 of 28 referrals done"), "{}", run.stdout);
    assert!(run.stdout.contains("index.html") && output.join("index.html").exists());
    assert!(
        readme.contains("    ithaca simulate score results test-data\n"),
        "the README has its second command"
    );
    let world = root().join("test-data");
    ithaca(["simulate", "score", output.to_str().unwrap(), world.to_str().unwrap()]).expect_code(0);
    fs::remove_dir_all(output).unwrap();
}
