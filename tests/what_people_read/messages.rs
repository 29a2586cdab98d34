//! What the program says of wrong commands and of resources that it refuses.

use std::fs;

use super::{folder, hold, session, stage};

/// The options of `run` and `plan` that name what they rest on.
const KNOWLEDGE: &str = "--pipeline pipelines/rare-disease-wgs.toml --reference bundle \
    --directory test-data/directory/test-directory.csv --panels test-data/panels";

/// A name for the snapshot, and the command; `KNOWLEDGE` is written out.
pub type Case = (&'static str, &'static str);

/// What people type.
const COMMANDS: [Case; 24] = [
    ("no-command", ""),
    ("unknown-command", "interpret"),
    ("unknown-option", "explain --colour red chr1-5-A-T"),
    ("missing-options", "run test-data/samplesheet.tsv"),
    ("unknown-format", "annotate test-data/families/SIM001/SIM001.vcf.gz --reference bundle --format bam"),
    ("number-expected", "run test-data/samplesheet.tsv KNOWLEDGE --output out --threads none"),
    ("date-not-a-date", "run test-data/samplesheet.tsv KNOWLEDGE --output out --date 01/02/2026"),
    ("referral-not-in-samplesheet", "run test-data/samplesheet.tsv KNOWLEDGE --output out --only NOBODY"),
    ("output-is-a-file", "run test-data/samplesheet.tsv KNOWLEDGE --output commands/not-a-folder"),
    ("explain-without-results", "explain --results absent chr1-5824-C-A"),
    ("explain-three-parts", "explain --results results/SIM001 chr1-5824-C"),
    ("explain-position-zero", "explain --results results/SIM001 chr1-0-C-A"),
    ("explain-symbolic-allele", "explain --results results/SIM001 chr1-5824-C-<DEL>"),
    ("explain-unknown-contig", "explain --results results/SIM001 chr9-5824-C-A"),
    ("explain-other-reference-base", "explain --results results/SIM001 chr1-5824-G-A"),
    (
        "plan-unknown-panel-version",
        "plan test-data/samplesheet.tsv KNOWLEDGE --only SIM001 --panel-version 9001=99.0",
    ),
    ("plan-export-without-bundle", "plan export results/SIM001/plan.json --format bed --output out.bed"),
    ("plan-diff-missing", "plan diff results/SIM001/plan.json absent.json"),
    ("directory-unknown-code", "directory show test-data/directory/test-directory.csv R9999"),
    ("panel-unknown", "panel show --panels test-data/panels 1"),
    ("panel-unknown-version", "panel diff --panels test-data/panels 9001 1.0 9.9"),
    ("panel-gene-in-none", "panel genes --panels test-data/panels --gene NOGENE"),
    ("report-missing", "report absent"),
    ("report-damaged", "report commands/text.txt"),
];

/// What a run rests on, absent or wrong.
const RESOURCES: [Case; 17] = [
    ("pipeline-missing", "run test-data/samplesheet.tsv KNOWLEDGE --output out --pipeline absent.toml"),
    ("pipeline-misspelt-key", "plan test-data/samplesheet.tsv KNOWLEDGE --pipeline resources/misspelt.toml"),
    ("bundle-missing", "run test-data/samplesheet.tsv KNOWLEDGE --output out --reference absent"),
    ("bundle-cut-short", "run test-data/samplesheet.tsv KNOWLEDGE --output out --reference resources/bundle"),
    ("bundle-cut-short-verified", "reference verify resources/bundle"),
    ("bundle-shown-missing", "reference show absent"),
    ("reference-manifest-missing", "reference build --manifest absent.toml --output resources/built"),
    (
        "reference-manifest-unknown-key",
        "reference build --manifest resources/reference.toml --output resources/built",
    ),
    ("directory-missing", "run test-data/samplesheet.tsv KNOWLEDGE --output out --directory absent.csv"),
    ("directory-not-a-directory", "directory lint resources/text.txt"),
    ("panels-missing", "run test-data/samplesheet.tsv KNOWLEDGE --output out --panels absent"),
    (
        "panel-without-sign-off",
        "plan test-data/samplesheet.tsv KNOWLEDGE --only SIM001 --panels resources/unsigned",
    ),
    (
        "panel-not-signed-off-by-then",
        "plan test-data/samplesheet.tsv KNOWLEDGE --only SIM001 --panels-signed-off-by 1999-01-01",
    ),
    ("panel-not-json", "panel import resources/text.txt --output resources/imported"),
    ("panel-cut-short", "panel import resources/cut.json --output resources/imported"),
    ("panel-signed-off-in-the-future", "panel import resources/future.json --output resources/imported"),
    (
        "plan-changed",
        "run test-data/samplesheet.tsv KNOWLEDGE --output out --plans results --only SIM001 --pipeline resources/other.toml",
    ),
];

/// The words of a command of the table.
fn words(command: &str) -> Vec<String> {
    command.replace("KNOWLEDGE", KNOWLEDGE).split_whitespace().map(str::to_owned).collect()
}

/// The command with an option given again in place of the one that `KNOWLEDGE` holds.
fn with_last_of_each_option(words: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match kept.iter().position(|before| word.starts_with("--") && *before == word) {
            Some(at) => kept[at + 1] = words.next().unwrap(),
            None => kept.push(word),
        }
    }
    kept
}

/// Holds what each command of a table says.
pub fn hold_all(kind: &str, cases: &[Case]) {
    let texts = cases.iter().map(|(name, command)| {
        let words = with_last_of_each_option(words(command));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        ((*name).to_owned(), session(&words))
    });
    hold(kind, texts);
}

#[test]
fn messages_about_commands() {
    fs::write(folder("commands").join("not-a-folder"), "text\n").unwrap();
    fs::write(folder("commands").join("text.txt"), "text\n").unwrap();
    hold_all("command", &COMMANDS);
}

#[test]
fn messages_about_resources() {
    let bad = folder("resources");
    fs::write(bad.join("text.txt"), "text\n").unwrap();
    let pipeline = fs::read_to_string(stage().join("pipelines/rare-disease-wgs.toml")).unwrap();
    let pipeline = pipeline.replace("\"rules/", "\"../pipelines/rules/");
    fs::write(bad.join("misspelt.toml"), pipeline.replacen("[quality]", "[qualitty]", 1)).unwrap();
    fs::write(bad.join("other.toml"), pipeline + "\n[transcripts]\noverrides = \"transcripts.tsv\"\n")
        .unwrap();
    fs::write(bad.join("transcripts.tsv"), "HGNC:900002\tENST99000000200.12\n").unwrap();
    fs::write(bad.join("reference.toml"), "assembly = \"X\"\nfasta = \"g.fa\"\ntranscipts = []\n").unwrap();
    let panel = r#"{"id": 5, "name": "P", "version": "1.0", "signed_off": "2999-01-01", "genes": []}"#;
    fs::write(bad.join("future.json"), panel).unwrap();
    fs::write(bad.join("cut.json"), &panel[..40]).unwrap();
    fs::create_dir_all(bad.join("bundle")).unwrap();
    for entry in fs::read_dir(stage().join("bundle")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, bad.join("bundle").join(path.file_name().unwrap())).unwrap();
        }
    }
    let genome = bad.join("bundle/genome.bin");
    let bytes = fs::read(&genome).unwrap();
    fs::write(&genome, &bytes[..bytes.len() / 2]).unwrap();
    fs::create_dir_all(bad.join("unsigned")).unwrap();
    for entry in fs::read_dir(stage().join("test-data/panels")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !["9001_v1.12.json", "9001_v2.3.json"].contains(&name) {
            fs::copy(&path, bad.join("unsigned").join(name)).unwrap();
        }
    }
    hold_all("resource", &RESOURCES);
}
