//! Importing all panels there are, and resolving a year's referrals of a laboratory, through the real program.
//!
//! `cargo bench --bench directory`: 450 panels of 78 genes (35,100 gene entries) made from those of the simulated
//! world, and 10,000 referrals of its tests. Needs the simulated world's bundle, which is built first.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at what is wrong"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

const PANELS: u32 = 450;
const GENES: usize = 78;
const REFERRALS: usize = 10_000;
const ROUNDS: usize = 5;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("directory");
    let _ = fs::remove_dir_all(&folder);
    let pages = folder.join("pages");
    fs::create_dir_all(&pages).unwrap();
    panels(&root.join("test-data/panels"), &pages);
    let sheet = folder.join("samplesheet.tsv");
    fs::write(&sheet, referrals(&root.join("test-data/directory/test-directory.csv"))).unwrap();
    let at = |path: &Path| path.to_str().unwrap().to_owned();
    let world = |path: &str| at(&root.join(path));
    let bundle = at(&folder.join("bundle"));
    ithaca(&[
        "reference",
        "build",
        "--manifest",
        &world("test-data/reference/reference.toml"),
        "--output",
        &bundle,
    ]);

    let imported = at(&folder.join("panels"));
    timed("import of 450 panels, 35,100 gene entries", || {
        let _ = fs::remove_dir_all(&imported);
        ithaca(&["panel", "import", &at(&pages), "--output", &imported]);
    });
    timed("plans of 10,000 referrals", || {
        ithaca(&[
            "plan",
            &at(&sheet),
            "--pipeline",
            &world("pipelines/rare-disease-panel.toml"),
            "--reference",
            &bundle,
            "--directory",
            &world("test-data/directory/test-directory.csv"),
            "--panels",
            &world("test-data/panels"),
        ]);
    });
}

/// Panels in the form of PanelApp's interface, one file each.
fn panels(from: &Path, to: &Path) {
    let mut genes: Vec<Value> = Vec::new();
    let mut first: Option<Value> = None;
    let mut files: Vec<_> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let panel: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        genes.extend(panel["genes"].as_array().unwrap().iter().cloned());
        first.get_or_insert(panel);
    }
    let mut seen = std::collections::BTreeSet::new();
    genes.retain(|gene| seen.insert(gene["gene_data"]["hgnc_id"].to_string()));
    let template = first.unwrap();
    for number in 0..PANELS {
        let mut panel = template.clone();
        panel["id"] = (20_000 + number).into();
        panel["name"] = format!("Invented panel {number}").into();
        let own = (0..GENES).map(|at| {
            let at = number as usize + at;
            let mut gene = genes[at % genes.len()].clone();
            // Beyond the genes there are, further ones by number.
            let id = format!("HGNC:{}", 910_000 + at);
            gene["gene_data"]["hgnc_id"] = id.into();
            gene
        });
        panel["genes"] = own.collect::<Vec<_>>().into();
        fs::write(to.join(format!("{}.json", 20_000 + number)), serde_json::to_vec(&panel).unwrap()).unwrap();
    }
}

/// A samplesheet of lone probands, over all tests of the simulated world that stand for panels.
fn referrals(directory: &Path) -> String {
    let text = fs::read_to_string(directory).unwrap();
    let codes: Vec<&str> = text
        .lines()
        .skip(2)
        .filter_map(|line| line.split(',').nth(1))
        .filter(|code| matches!(*code, "R9001.1" | "R9002.1" | "R9003.1"))
        .collect();
    assert_eq!(codes.len(), 3);
    let mut sheet = "referral\tparticipant\trole\tsex\taffected\tvcf\ttest_code\n".to_owned();
    for number in 0..REFERRALS {
        let code = codes[number % codes.len()];
        writeln!(sheet, "R{number:05}\tP{number:05}\tproband\tfemale\tyes\tp{number}.vcf.gz\t{code}")
            .unwrap();
    }
    sheet
}

fn ithaca(arguments: &[&str]) {
    let status =
        Command::new(env!("CARGO_BIN_EXE_ithaca")).args(arguments).stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{arguments:?}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn timed(name: &str, mut work: impl FnMut()) {
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    println!("{name:<50} {:>8.3} s wall (median of {ROUNDS})", seconds[ROUNDS / 2]);
}
