//! A small invented hub around real data: a Test Directory, panels, a pipeline, samplesheets.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use ithaca::report::model::{Batch, Report};

use crate::program::{ithaca, root};

/// A scratch folder with everything a batch needs but its variants.
pub struct Hub {
    pub folder: tempfile::TempDir,
    pub bundle: PathBuf,
}

impl Hub {
    /// Builds the bundle from `sources` (arguments of `reference build`) and writes Directory and pipeline.
    /// `edits` replaces texts of the genome pipeline.
    pub fn new(sources: &[String], edits: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bundle = folder.path().join("bundle");
        let mut arguments = vec!["reference".to_owned(), "build".to_owned()];
        arguments.extend(sources.iter().cloned());
        arguments.extend(["--output".to_owned(), text(&bundle)]);
        ithaca(&arguments).expect_code(0);

        let headings = "Clinical indication ID,Test ID,Clinical Indication,Target/Genes,Test Method,\
                        Commissioning category,Specialist test group,Changes since last publication\n";
        let rows = "R8001,R8001.1,Chosen by the requester,Relevant panel(s) in PanelApp,WGS,Core,Core,\n\
                    R8002,R8002.1,Every gene,Trio gene agnostic or appropriate panels in singletons or duos,WGS,Core,Core,\n";
        fs::write(folder.path().join("directory.csv"), format!("Invented directory\n{headings}{rows}"))
            .unwrap();
        fs::create_dir(folder.path().join("panels")).unwrap();

        let mut pipeline = fs::read_to_string(root().join("pipelines/rare-disease-wgs.toml")).unwrap();
        for (from, to) in edits {
            assert!(pipeline.contains(from), "the pipeline no longer says {from}");
            pipeline = pipeline.replace(from, to);
        }
        let rules = root().join("pipelines/rules");
        fs::create_dir(folder.path().join("rules")).unwrap();
        for entry in fs::read_dir(rules).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join("rules").join(path.file_name().unwrap())).unwrap();
        }
        fs::write(folder.path().join("pipeline.toml"), pipeline).unwrap();
        let hub = Self { folder, bundle };
        hub.panel(1, "GENE1", "HGNC:5", "Unknown");
        hub
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a panel of one green gene.
    pub fn panel(&self, id: u32, symbol: &str, hgnc: &str, mode: &str) {
        let panel = serde_json::json!({
            "id": id, "name": format!("Panel of {symbol}"), "version": "1.0", "signed_off": "2026-01-01",
            "status": "public", "relevant_disorders": [], "types": [], "strs": [], "regions": [],
            "genes": [{
                "gene_data": {"hgnc_id": hgnc, "gene_symbol": symbol, "hgnc_symbol": symbol},
                "entity_type": "gene", "entity_name": symbol, "confidence_level": "3",
                "penetrance": "Complete", "mode_of_pathogenicity": "", "mode_of_inheritance": mode,
                "tags": [], "transcript": null
            }]
        });
        fs::write(self.path(&format!("panels/{id}.json")), panel.to_string()).unwrap();
    }

    /// Runs a samplesheet and reads the batch.
    pub fn run(&self, samplesheet: &str, output: &str) -> Batch {
        fs::write(self.path("samplesheet.tsv"), samplesheet).unwrap();
        let output = self.path(output);
        let run = ithaca([
            "run",
            &text(&self.path("samplesheet.tsv")),
            "--pipeline",
            &text(&self.path("pipeline.toml")),
            "--reference",
            &text(&self.bundle),
            "--directory",
            &text(&self.path("directory.csv")),
            "--panels",
            &text(&self.path("panels")),
            "--output",
            &text(&output),
            "--date",
            "2026-01-01",
        ]);
        assert!(run.code <= 1, "exit {}: {}{}", run.code, run.stdout, run.stderr);
        serde_json::from_str(&fs::read_to_string(output.join("batch.json")).unwrap()).unwrap()
    }

    pub fn report(&self, output: &str, referral: &str) -> Report {
        let path = self.path(output).join(referral).join("report.json");
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    }
}

pub fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// The heading of a samplesheet.
pub const HEADING: &str = "referral\tparticipant\trole\tsex\taffected\tvcf\tvcf_sample\ttest_code\tpanels\n";

/// The three rows of a trio in one joint file; the proband alone is affected.
pub fn trio(referral: &str, vcf: &Path, samples: [(&str, &str); 3], code: &str, panels: &str) -> String {
    let mut rows = String::new();
    for (role, (sample, sex)) in ["proband", "father", "mother"].into_iter().zip(samples) {
        let affected = if role == "proband" { "yes" } else { "no" };
        let _ = writeln!(
            rows,
            "{referral}\t{sample}\t{role}\t{sex}\t{affected}\t{}\t{sample}\t{code}\t{panels}",
            vcf.display()
        );
    }
    rows
}

/// One row of a singleton.
pub fn singleton(referral: &str, vcf: &Path, sample: &str, sex: &str, code: &str) -> String {
    format!("{referral}\t{sample}\tproband\t{sex}\tyes\t{}\t{sample}\t{code}\t\n", vcf.display())
}

/// Decompresses a file.
pub fn gunzip(path: &Path) -> String {
    let mut content = String::new();
    let file = fs::File::open(path).unwrap();
    std::io::Read::read_to_string(&mut noodles_bgzf::io::Reader::new(file), &mut content).unwrap();
    content
}

/// The funnel must hold every allele of the input, whatever became of it.
pub fn funnel_sums(report: &Report) -> u64 {
    let funnel = &report.funnel;
    let dropped: u64 = funnel.steps().iter().map(|step| step.dropped).sum();
    let kept: u64 = funnel.outcomes().iter().map(|outcome| outcome.count).sum();
    assert_eq!(dropped + kept, funnel.input());
    funnel.input()
}

/// Alleles that one step dropped.
pub fn dropped(report: &Report, rule: &str) -> u64 {
    report.funnel.steps().iter().find(|step| step.rule == rule).unwrap().dropped
}
