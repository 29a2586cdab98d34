//! What is run, step by step.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::family::{Referral, gene_groups, pseudoautosomal, referrals};
use super::help::help;

/// The date of every run.
const DATE: &str = "2026-01-01";

/// Variants to explain, at most; a large world has more than anyone reads.
const EXPLAINED: usize = 200;

/// Each samplesheet of a world, its pipeline definition, and what its answers are called.
const BATCHES: &[(&str, &str, &str)] = &[
    ("samplesheet.tsv", "rare-disease-wgs.toml", "run"),
    ("samplesheet-panel.tsv", "rare-disease-panel.toml", "run-panel"),
    ("samplesheet-faults.tsv", "rare-disease-wgs.toml", "run-faults"),
];

/// The compiled bundle of the world, as the steps write it.
const BUNDLE: &str = "out/.bundle";

/// One command.
pub struct Step {
    /// What it is called in the table of exit codes.
    pub name: String,
    /// Arguments that it cannot do without.
    pub arguments: Vec<String>,
    /// Options, each with its value, that a program may lack.
    pub options: Vec<(&'static str, &'static str)>,
    /// Where below the outputs its standard output goes.
    pub printed: PathBuf,
}

impl Step {
    /// A command without options that a program may lack.
    pub fn new(name: impl Into<String>, printed: impl Into<PathBuf>, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Self { name: name.into(), arguments, options: Vec::new(), printed: printed.into() }
    }
}

/// The bundle, the batches, their plans and the help texts.
pub fn batch(place: &Path) -> Result<Vec<Step>> {
    let manifest = "world/reference/reference.toml";
    let build = ["reference", "build", "--manifest", manifest, "--output", BUNDLE];
    let mut steps = vec![
        Step::new("reference-build", "reference/build.txt", &build),
        Step::new("reference-show", "reference/show.txt", &["reference", "show", BUNDLE]),
    ];
    for (sheet, pipeline, name) in
        BATCHES.iter().filter(|(sheet, ..)| place.join("world").join(sheet).exists())
    {
        let (sheet, pipeline) = (format!("world/{sheet}"), format!("pipelines/{pipeline}"));
        let knowledge = [
            &sheet,
            "--pipeline",
            &pipeline,
            "--reference",
            BUNDLE,
            "--directory",
            "world/directory/test-directory.csv",
            "--panels",
            "world/panels",
        ];
        let output = format!("out/{name}");
        let arguments = [&["run"], &knowledge[..], &["--output", &output]].concat();
        let mut run = Step::new(*name, format!("{name}.txt"), &arguments);
        run.options = vec![("--date", DATE), ("--threads", "1")];
        steps.push(run);
        for (format, ending) in [("text", "txt"), ("json", "jsonl")] {
            let step = format!("{}-{format}", name.replacen("run", "plan", 1));
            let mut plan =
                Step::new(&step, format!("{step}.{ending}"), &[&["plan"], &knowledge[..]].concat());
            plan.options = vec![("--format", format)];
            steps.push(plan);
        }
    }
    steps.extend(help(place)?);
    Ok(steps)
}

/// What is run a file or a variant at a time, once there are results.
pub fn singly(place: &Path) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for file in variant_files(&place.join("world/families"))? {
        let input = file.strip_prefix(place).unwrap_or(&file).display().to_string();
        let name = short_name(&file);
        for (format, ending) in [("tsv", "tsv"), ("jsonl", "jsonl"), ("vcf", "vcf")] {
            let arguments = ["annotate", &input, "--reference", BUNDLE, "--format", format];
            let mut step = Step::new(
                format!("annotate-{format}-{name}"),
                format!("annotate/{name}.{ending}"),
                &arguments,
            );
            step.options = vec![("--threads", "1")];
            steps.push(step);
        }
    }
    let regions = [pseudoautosomal(place)?, gene_groups(place)?].concat();
    for referral in referrals(place)? {
        steps.extend(inheritance(place, &referral, &regions)?);
    }
    steps.extend(explain(place)?);
    Ok(steps)
}

/// The modes of inheritance on each variant file of a family.
fn inheritance(place: &Path, referral: &Referral, regions: &[String]) -> Result<Vec<Step>> {
    let folder = place.join("pedigrees");
    fs::create_dir_all(&folder)?;
    let mut steps = Vec::new();
    for file in referral.files() {
        let name = short_name(Path::new(file));
        let pedigree = format!("pedigrees/{name}.ped");
        fs::write(place.join(&pedigree), referral.pedigree(file))?;
        let input = format!("world/{file}");
        let regions = regions.iter().map(String::as_str);
        let arguments: Vec<&str> =
            ["inheritance", &input, "--ped", &pedigree].into_iter().chain(regions).collect();
        steps.push(Step::new(format!("inheritance-{name}"), format!("inheritance/{name}.tsv"), &arguments));
    }
    Ok(steps)
}

/// Each variant of the world's truth, explained from the results.
fn explain(place: &Path) -> Result<Vec<Step>> {
    let truth = place.join("world/truth.tsv");
    if !truth.exists() {
        return Ok(Vec::new());
    }
    let truth = fs::read_to_string(&truth).with_context(|| truth.display().to_string())?;
    let mut steps = Vec::new();
    for line in truth.lines().skip(1).take(EXPLAINED) {
        let mut cells = line.split('\t');
        let (Some(referral), Some(variant)) = (cells.next(), cells.next()) else {
            continue;
        };
        // A referral that is to fail has no variant.
        if variant.is_empty() {
            continue;
        }
        let results = format!("out/run/{referral}");
        let arguments = ["explain", "--results", &results, variant];
        let file = format!("explain/{referral}/{variant}.txt");
        steps.push(Step::new(format!("explain-{referral}-{variant}"), file, &arguments));
    }
    Ok(steps)
}

/// A variant file as `FOLDER-FILE` without the ending.
fn short_name(file: &Path) -> String {
    let words = |part: Option<&std::ffi::OsStr>| {
        part.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let stem = words(file.file_name());
    let stem = [".vcf.gz", ".vcf", ".bcf"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(&stem);
    format!("{}-{stem}", words(file.parent().and_then(Path::file_name)))
}

/// Variant files below a folder, in the order of their names.
fn variant_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if path.is_dir() {
            files.extend(variant_files(&path)?);
        } else if [".vcf.gz", ".vcf", ".bcf"].iter().any(|end| name.ends_with(end)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_two_referrals_have_two_names() {
        assert_eq!(short_name(Path::new("families/SIM002/proband.vcf.gz")), "SIM002-proband");
        assert_eq!(short_name(Path::new("families/SIM003/a.bcf")), "SIM003-a");
    }
}
