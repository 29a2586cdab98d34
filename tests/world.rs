//! The simulated world, end to end: every referral must have the right answer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ithaca::model::segregation::{SegregationMode, Verdict};
use ithaca::model::tier::Tier;
use ithaca::report::model::{Batch, CoverageState, Finding, ReferralState, Report};

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

/// One row of `truth.tsv`, by column name.
type Row = BTreeMap<String, String>;

fn truth() -> Vec<Row> {
    let text = fs::read_to_string(root().join("test-data/truth.tsv")).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| {
            let cells = line.split('\t');
            names.iter().map(|n| (*n).to_owned()).zip(cells.map(str::to_owned)).collect()
        })
        .collect()
}

fn tier(text: &str) -> Tier {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

fn mode(text: &str) -> SegregationMode {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

/// Every finding of a report that names the variant, best tier first.
fn findings_of<'r>(report: &'r Report, variant: &str) -> Vec<&'r Finding> {
    let all = [&report.findings, &report.off_panel, &report.single_hits, &report.untiered];
    let mut found: Vec<&Finding> = all.into_iter().flatten().filter(|f| f.variant.name == variant).collect();
    found.sort_by_key(|f| std::cmp::Reverse(f.tier.tier));
    found
}

/// What is wrong with a report, held against one row of the truth.
fn fault(report: &Report, row: &Row) -> Option<String> {
    let variant = &row["variant"];
    let found = findings_of(report, variant);
    let best = found.first().map_or(Tier::Untiered, |f| f.tier.tier);
    match row["kind"].as_str() {
        "cause" => {
            let Some(finding) = found.first() else {
                return Some("is not in the report".to_owned());
            };
            if best != tier(&row["expected_tier"]) {
                return Some(format!("is {best:?}: {:?}", finding.tier));
            }
            if finding.gene.symbol != row["gene"] {
                return Some(format!("is reported for {}", finding.gene.symbol));
            }
            let wanted = mode(&row["mode"]);
            let Some(inheritance) = finding.inheritance.iter().find(|i| i.mode == wanted) else {
                return Some(format!("lacks the mode {}: {:?}", row["mode"], finding.inheritance));
            };
            if inheritance.verdict == Verdict::No {
                return Some(format!("has mode {} contradicted", row["mode"]));
            }
            let partner = row.get("partner").map_or("", String::as_str);
            if !partner.is_empty() && !inheritance.partners.iter().any(|p| p.variant == partner) {
                return Some(format!("lacks the partner {partner}: {:?}", inheritance.partners));
            }
            let expected = row.get("hgvsc").map_or("", String::as_str);
            let coding = finding.nomenclature.coding.as_deref().unwrap_or("");
            if !expected.is_empty() && coding != expected {
                return Some(format!("is called {coding}, not {expected}"));
            }
            None
        }
        "decoy" => (best > tier(&row["expected_tier"]))
            .then(|| format!("is {best:?}, above {}: {:?}", row["expected_tier"], found[0].tier)),
        "single_hit" => {
            if best > Tier::Untiered {
                return Some(format!("is {best:?}"));
            }
            (!report.single_hits.iter().any(|f| &f.variant.name == variant))
                .then(|| "is not listed as a single hit".to_owned())
        }
        "coverage_gap" => {
            let gaps = report.coverage.participants.iter().filter_map(|p| match &p.coverage {
                CoverageState::Measured(measured) => Some(&measured.gaps),
                CoverageState::NotEvaluable(_) => None,
            });
            let parts: Vec<&str> = variant.rsplitn(3, '-').collect();
            let (end, start): (u32, u32) = (parts[0].parse().unwrap(), parts[1].parse().unwrap());
            let seen = gaps.flatten().any(|g| g.chrom == parts[2] && g.start <= end && start <= g.end);
            (!seen).then(|| "is not among the gaps of coverage".to_owned())
        }
        "failed" => None,
        other => Some(format!("has the unknown kind {other}")),
    }
}

#[test]
fn every_referral_has_the_right_answer() {
    let truth = truth();
    let mut faults = Vec::new();
    let mut causes = 0;
    for row in truth.iter().filter(|r| r["kind"] != "failed") {
        causes += usize::from(row["kind"] == "cause");
        let report = report(results(), &row["referral"]);
        if let Some(fault) = fault(&report, row) {
            faults.push(format!("{} {} ({}) {fault}", row["referral"], row["variant"], row["note"]));
        }
    }
    assert!(causes >= 15, "the truth names only {causes} causes");
    assert!(faults.is_empty(), "{} of {} rows:\n{}", faults.len(), truth.len(), faults.join("\n"));
}

#[test]
fn no_finding_above_tier_3_is_unplanned() {
    let planted: Vec<String> = truth()
        .into_iter()
        .filter(|r| r["kind"] == "cause")
        .map(|r| format!("{} {}", r["referral"], r["variant"]))
        .collect();
    let mut unplanned = Vec::new();
    for referral in referrals() {
        for finding in report(results(), &referral).findings {
            let name = format!("{referral} {}", finding.variant.name);
            if finding.tier.tier > Tier::Tier3 && !planted.contains(&name) {
                unplanned.push(format!("{name}: {:?}", finding.tier));
            }
        }
    }
    assert!(unplanned.is_empty(), "{}", unplanned.join("\n"));
}

fn referrals() -> Vec<String> {
    let text = fs::read_to_string(results().join("batch.json")).unwrap();
    let batch: Batch = serde_json::from_str(&text).unwrap();
    assert!(batch.referrals.iter().all(|r| matches!(r.state, ReferralState::Done { .. })));
    batch.referrals.into_iter().map(|r| r.id).collect()
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
fn a_broken_referral_fails_alone() {
    let output = scratch().join("faults");
    run("samplesheet-faults.tsv", "pipelines/rare-disease-wgs.toml", &output, 2, 1);
    let batch: Batch = serde_json::from_str(&fs::read_to_string(output.join("batch.json")).unwrap()).unwrap();
    let expected: Vec<String> =
        truth().into_iter().filter(|r| r["kind"] == "failed").map(|r| r["referral"].clone()).collect();
    assert!(expected.len() >= 8, "the truth names only {} faults", expected.len());
    for referral in &batch.referrals {
        match &referral.state {
            ReferralState::Failed { message, remedy } => {
                assert!(expected.contains(&referral.id), "{} failed: {message}", referral.id);
                assert!(!message.is_empty() && !remedy.is_empty(), "{}", referral.id);
                assert!(!output.join(&referral.id).exists(), "{} left a folder", referral.id);
            }
            ReferralState::NotRun { message, .. } => panic!("{} was not run: {message}", referral.id),
            ReferralState::Done { .. } => {
                assert!(!expected.contains(&referral.id), "{} did not fail", referral.id);
            }
        }
    }
    for referral in expected {
        assert!(batch.referrals.iter().any(|r| r.id == referral), "{referral} is not in the batch");
    }
}

#[test]
fn the_panel_pipeline_finds_what_is_planted_on_the_panel() {
    let output = scratch().join("panel");
    run("samplesheet-panel.tsv", "pipelines/rare-disease-panel.toml", &output, 2, 0);
    let text = fs::read_to_string(output.join("batch.json")).unwrap();
    let batch: Batch = serde_json::from_str(&text).unwrap();
    assert!(!batch.referrals.is_empty());
    let truth = truth();
    for referral in batch.referrals {
        let report = report(&output, &referral.id);
        for row in truth.iter().filter(|r| r["referral"] == referral.id && r["expected_tier"] != "TIER3") {
            if let Some(fault) = fault(&report, row) {
                panic!("{} {} {fault}", row["referral"], row["variant"]);
            }
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
    fs::remove_dir_all(output).unwrap();
}
