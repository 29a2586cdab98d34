//! The laboratory's own lists of alleles, end to end.

use std::fs;
use std::path::{Path, PathBuf};

use ithaca::model::tier::Tier;
use ithaca::report::model::Report;

use crate::program::{ithaca, root, run_batch};
use crate::world::{bundle, report};

const HEADING: &str = "chrom\tpos\tref\talt\treason\n";

/// A pipeline beside its lists, in a scratch folder.
fn pipeline(folder: &Path, inclusion: &str, artefact: &str) -> PathBuf {
    let text = fs::read_to_string(root().join("pipelines/rare-disease-wgs.toml")).unwrap();
    let rules = root().join("pipelines/rules");
    let text = text.replace("\"rules/", &format!("\"{}/", rules.display()))
        + "\n[lists]\ninclusion = \"inclusion.tsv\"\nartefact = \"artefact.tsv\"\n";
    fs::write(folder.join("inclusion.tsv"), format!("{HEADING}{inclusion}")).unwrap();
    fs::write(folder.join("artefact.tsv"), format!("{HEADING}{artefact}")).unwrap();
    let path = folder.join("pipeline.toml");
    fs::write(&path, text).unwrap();
    path
}

fn dropped(report: &Report, rule: &str) -> u64 {
    report.funnel.steps().iter().find(|step| step.rule == rule).unwrap().dropped
}

/// A samplesheet of the simulated world's first referral alone.
fn lone_referral(folder: &Path) -> PathBuf {
    let sheet = folder.join("one.tsv");
    let all = fs::read_to_string(root().join("test-data/samplesheet.tsv")).unwrap();
    let families = format!("\t{}/", root().join("test-data/families").display());
    let rows: String = all
        .lines()
        .filter(|l| l.starts_with("referral") || l.starts_with("SIM001"))
        .map(|l| l.replace("\tfamilies/", &families) + "\n")
        .collect();
    fs::write(&sheet, rows).unwrap();
    sheet
}

/// The stop in QIDE1, which is on no panel of the test, lies within 5,000 bases of QEDE9, which is green. What is
/// known of it is known of QIDE1.
#[test]
fn a_known_allele_within_one_gene_says_nothing_of_a_green_gene_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let pipeline = pipeline(folder.path(), "2\t12633\tC\tA\tknown to us\n", "");
    let (sheet, output) = (lone_referral(folder.path()), folder.path().join("results"));
    run_batch(&sheet, pipeline.to_str().unwrap(), bundle(), &output, &[]).expect_code(0);
    let report = report(&output, "SIM001");
    let lists = [&report.findings, &report.off_panel, &report.single_hits, &report.untiered];
    let tiers: Vec<(&str, Tier)> = lists
        .into_iter()
        .flatten()
        .filter(|f| f.variant.name == "chr2-12633-C-A")
        .map(|f| (f.gene.symbol.as_str(), f.tier.tier))
        .collect();
    assert_eq!(tiers, [("QIDE1", Tier::Tier3)]);
}

#[test]
fn an_artefact_is_dropped_and_an_included_allele_waives_frequency() {
    let folder = tempfile::tempdir().unwrap();
    // A synonymous decoy, which its consequence alone would drop, and the referral's cause.
    let pipeline = pipeline(
        folder.path(),
        "1\t29470\tG\tA\tsynonymous, known to change splicing\n",
        "chr1\t5824\tC\tA\trecurrent in our runs\n",
    );
    let output = folder.path().join("results");
    let sheet = lone_referral(folder.path());
    run_batch(&sheet, pipeline.to_str().unwrap(), bundle(), &output, &[]).expect_code(0);
    let report = report(&output, "SIM001");

    assert_eq!(dropped(&report, "excluded"), 1);
    assert!(report.findings.iter().all(|f| f.variant.name != "chr1-5824-C-A"));
    let included = [&report.findings, &report.off_panel, &report.single_hits, &report.untiered];
    let included = included.into_iter().flatten().find(|f| f.variant.name == "chr1-29470-G-A").unwrap();
    assert!(
        included.tier.reasons.iter().any(|r| r.contains("known to change splicing")),
        "{:?}",
        included.tier
    );
    assert!(included.tier.tier > Tier::Untiered || !included.inheritance.is_empty(), "{:?}", included.tier);
    let policy: Vec<&str> = report.policy.iter().map(|s| s.rule.as_str()).collect();
    assert!(policy.contains(&"List: inclusion") && policy.contains(&"List: artefact"), "{policy:?}");
    let plan = fs::read_to_string(output.join("SIM001/plan.json")).unwrap();
    assert!(plan.contains("\"role\":\"artefact\"") || plan.contains("\"role\": \"artefact\""), "{plan}");

    let results = output.join("SIM001");
    let explain = |variant: &str, code: i32| {
        let run = ithaca(["explain", "--results", results.to_str().unwrap(), variant]).expect_code(code);
        run.stdout + &run.stderr
    };
    let text = explain("chr1-5824-C-A", 0);
    assert!(text.contains("on the artefact or benign list: recurrent in our runs"), "{text}");
    assert!(text.contains("would have kept it with: removing the allele from the artefact list"), "{text}");
    let text = explain("1-29470-G-A", 0);
    assert!(text.contains("waived, because it is on the inclusion list"), "{text}");

    // The list is part of the lock.
    fs::write(folder.path().join("artefact.tsv"), HEADING).unwrap();
    let text = explain("chr1-5824-C-A", 4);
    assert!(text.contains("a list of alleles has changed since the results were made"), "{text}");
}

#[test]
fn a_list_with_a_bad_row_stops_the_batch_before_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let pipeline = pipeline(folder.path(), "chr1\t29470\tT\tA\twrong base\n", "");
    let at = |path: &str| root().join(path).to_str().unwrap().to_owned();
    let run = ithaca([
        "plan",
        &at("test-data/samplesheet.tsv"),
        "--pipeline",
        pipeline.to_str().unwrap(),
        "--reference",
        bundle().to_str().unwrap(),
        "--directory",
        &at("test-data/directory/test-directory.csv"),
        "--panels",
        &at("test-data/panels"),
    ]);
    assert_ne!(run.code, 0);
    assert!(
        run.stderr.contains("inclusion.tsv: line 2: the reference sequence at chr1:29470 is not T"),
        "{}",
        run.stderr
    );
}
