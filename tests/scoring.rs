//! `ithaca simulate score`: right results pass, and each way of being wrong is caught.

mod copy;
mod planted;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Run, ithaca, root};
use crate::world::{fault_results, panel_results, results};

const PANEL: &str = "samplesheet-panel.tsv";
const FAULTS: &str = "samplesheet-faults.tsv";

/// Scores results against a world, over these samplesheets of it (the main one where none is named).
pub fn score(results: &Path, world: &Path, samplesheets: &[&str]) -> Run {
    score_with(results, world, samplesheets, &[])
}

fn score_with(results: &Path, world: &Path, samplesheets: &[&str], more: &[&str]) -> Run {
    let mut arguments = vec!["simulate", "score", results.to_str().unwrap(), world.to_str().unwrap()];
    arguments.extend(samplesheets.iter().flat_map(|name| ["--samplesheet", name]));
    arguments.extend(more);
    ithaca(arguments)
}

fn test_data() -> std::path::PathBuf {
    root().join("test-data")
}

#[test]
fn the_whole_world_is_right() {
    for (results, samplesheet, rows, not_scored) in [
        (results(), "samplesheet.tsv", 49, "11 rows not scored"),
        (panel_results(), PANEL, 2, "58 rows not scored"),
        (fault_results(), FAULTS, 11, "49 rows not scored"),
    ] {
        let scored = score_with(results, &test_data(), &[samplesheet], &["--verbose"]).expect_code(0);
        let lines: Vec<&str> = scored.stdout.lines().collect();
        assert_eq!(lines.last(), Some(&format!("{rows} of {rows} rows right").as_str()));
        assert!(lines[lines.len() - 2].starts_with(not_scored), "{}", scored.stdout);
        assert_eq!(
            lines.iter().filter(|line| line.starts_with("right  ")).count(),
            rows,
            "{}",
            scored.stdout
        );
        let quiet = score(results, &test_data(), &[samplesheet]).expect_code(0);
        assert_eq!(quiet.stdout.lines().count(), 2, "{}", quiet.stdout);
    }
}

#[test]
fn the_form_for_programs_has_every_row() {
    let scored = score_with(results(), &test_data(), &[], &["--format", "json"]).expect_code(0);
    let value: Value = serde_json::from_str(&scored.stdout).unwrap();
    assert_eq!(value["all_right"], true);
    assert_eq!((value["right"].as_u64(), value["of"].as_u64()), (Some(49), Some(49)));
    let rows = value["rows"].as_array().unwrap();
    assert_eq!((rows.len(), value["not_scored"].as_u64()), (49, Some(11)));
    assert!(rows.iter().all(|row| row["faults"].as_array().unwrap().is_empty()));

    let empty = tempfile::tempdir().unwrap();
    fs::write(empty.path().join("batch.json"), "{\"referrals\": []}").unwrap();
    let scored = score_with(empty.path(), &test_data(), &[], &["--format", "json"]).expect_code(1);
    let value: Value = serde_json::from_str(&scored.stdout).unwrap();
    assert_eq!((value["all_right"].as_bool(), value["right"].as_u64()), (Some(false), Some(0)));
    let fault = &value["rows"][0]["faults"][0];
    for key in ["expected", "found", "file"] {
        assert!(!fault[key].as_str().unwrap().is_empty(), "{fault}");
    }
}

/// A world in which one column of the truth says something else in every row.
fn world_with(column: &str, change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["samplesheet.tsv", FAULTS] {
        fs::copy(test_data().join(name), folder.path().join(name)).unwrap();
    }
    let text = fs::read_to_string(test_data().join("truth.tsv")).unwrap();
    let at = text.lines().next().unwrap().split('\t').position(|name| name == column).unwrap();
    let changed = text.lines().enumerate().map(|(number, line)| {
        let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if number > 0 && !cells[at].is_empty() {
            cells[at] = change(&cells[at]);
        }
        cells.join("\t") + "\n"
    });
    fs::write(folder.path().join("truth.tsv"), changed.collect::<String>()).unwrap();
    folder
}

/// The referral and variant of each wrong row.
fn wrong(run: &Run) -> BTreeSet<(String, String)> {
    let lines = run.stdout.lines().filter_map(|line| line.strip_prefix("wrong  "));
    lines
        .map(|line| {
            let mut words = line.split("  ").map(str::to_owned);
            (words.next().unwrap(), words.next().unwrap())
        })
        .collect()
}

#[test]
fn every_cell_of_the_truth_is_held_against_the_results() {
    let nonesuch = |_: &str| "nonesuch".to_owned();
    let longer = |cell: &str| format!("{cell}x");
    type Change = Box<dyn Fn(&str) -> String>;
    let columns: Vec<(&str, &[&str], Change)> = vec![
        ("variant", &["cause", "single_hit", "coverage_gap"], Box::new(|_: &str| "chr1-1-2".to_owned())),
        ("gene", &["cause", "coverage_gap"], Box::new(nonesuch)),
        ("hgnc_id", &["cause", "single_hit"], Box::new(nonesuch)),
        (
            "expected_tier",
            &["cause"],
            Box::new(|tier: &str| match tier {
                "TIER2" => "TIER1".to_owned(),
                "untiered" => "untiered".to_owned(),
                _ => "TIER2".to_owned(),
            }),
        ),
        ("mode", &["cause"], Box::new(nonesuch)),
        ("partner", &["cause"], Box::new(nonesuch)),
        ("hgvsc", &["cause", "single_hit"], Box::new(longer)),
        ("consequence", &["cause", "single_hit"], Box::new(longer)),
        ("also_modes", &["cause"], Box::new(nonesuch)),
        ("hgvsp", &["cause", "single_hit"], Box::new(longer)),
        (
            "verdict",
            &["cause"],
            Box::new(|verdict: &str| if verdict == "yes" { "possible" } else { "yes" }.to_owned()),
        ),
        ("phase", &["cause"], Box::new(nonesuch)),
        (
            "origin",
            &["cause", "single_hit"],
            Box::new(|origin: &str| if origin == "new" { "mother" } else { "new" }.to_owned()),
        ),
        (
            "carried",
            &["cause", "single_hit"],
            Box::new(|carried: &str| {
                // Another state for the proband, who comes first.
                let (who, rest) = carried.split_once(':').unwrap();
                let others = rest.split_once(';').map_or(String::new(), |(_, others)| format!(";{others}"));
                format!("{who}:0/2{others}")
            }),
        ),
        ("must_name", &["cause", "failed"], Box::new(nonesuch)),
    ];
    let text = fs::read_to_string(test_data().join("truth.tsv")).unwrap();
    let heading: Vec<&str> = text.lines().next().unwrap().split('\t').collect();
    let at = |name: &str| heading.iter().position(|column| *column == name).unwrap();
    for (column, kinds, change) in columns {
        let world = world_with(column, change);
        let mut found = wrong(&score(results(), world.path(), &[]));
        found.extend(wrong(&score(fault_results(), world.path(), &[FAULTS])));
        let mut changed = 0;
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells[at(column)].is_empty() || !kinds.contains(&cells[at("kind")]) {
                continue;
            }
            changed += 1;
            let variant = match (column, cells[at("kind")]) {
                ("variant", _) => "chr1-1-2",
                (_, "failed") => "failed",
                _ => cells[at("variant")],
            };
            let row = (cells[at("referral")].to_owned(), variant.to_owned());
            assert!(found.contains(&row), "{column}: {row:?} passes");
        }
        assert!(changed > 0, "the truth has nothing in the column {column}");
    }
}

#[test]
fn what_cannot_be_scored_is_refused() {
    let world = test_data();
    let folder = tempfile::tempdir().unwrap();
    let refused = |results: &Path, world: &Path, samplesheets: &[&str], words: &str| {
        let run = score(results, world, samplesheets).expect_code(3);
        assert!(run.stderr.contains(words) && run.stdout.is_empty(), "{}", run.stderr);
    };
    refused(&folder.path().join("absent"), &world, &[], "absent");
    refused(folder.path(), &world, &[], "batch.json");
    fs::write(folder.path().join("batch.json"), "{").unwrap();
    refused(folder.path(), &world, &[], "batch.json");
    fs::write(folder.path().join("batch.json"), "{}").unwrap();
    refused(folder.path(), &world, &[], "no list of referrals");
    refused(results(), folder.path(), &[], "truth.tsv");
    refused(results(), &world, &["nonesuch.tsv"], "nonesuch.tsv");

    let altered = |change: &dyn Fn(&str) -> String| {
        let altered = world_with("note", str::to_owned);
        let path = altered.path().join("truth.tsv");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, change(&text)).unwrap();
        altered
    };
    let refused_world = |change: &dyn Fn(&str) -> String, words: &str| {
        refused(results(), altered(change).path(), &[], words);
    };
    refused_world(&|text| text.lines().take(10).map(|l| format!("{l}\n")).collect(), "no row for SIM");
    refused_world(&|text| text.lines().take(1).map(|l| format!("{l}\n")).collect(), "no rows");
    refused_world(&|text| text.replace("\tcarried\t", "\tborne\t"), "borne");
    refused_world(&|text| text.replace("\tdecoy\t", "\tdecoi\t"), "decoi");
    refused_world(&|text| text.replace("\tTIER3\t", "\tTIER4\t"), "not whole");
}

#[test]
fn the_command_line_is_checked() {
    ithaca(["simulate"]).expect_code(2);
    ithaca(["simulate", "score"]).expect_code(2);
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("world");
    let output = output.to_str().unwrap();
    ithaca(["simulate", "--output", output, "score", output, output]).expect_code(2);
    assert!(!Path::new(output).exists());
    let help = ithaca(["simulate", "score", "--help"]).expect_code(0);
    assert!(help.stdout.contains("Exit code 0"), "{}", help.stdout);
}
