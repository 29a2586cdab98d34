//! One report of each kind of referral in the simulated world: the page as a person reads it, and the stored report.

use std::fs;
use std::path::{Path, PathBuf};

use super::visible_text::visible_text;
use super::{folder, hold};
use crate::program::{root, run_batch};
use crate::world::{bundle, results};

/// A name for the snapshot, and the referral.
const PAGES: [(&str, &str); 17] = [
    ("singleton", "SIM001"),
    ("affected-mother-father-not-sequenced", "SIM002"),
    ("trio-de-novo", "SIM003"),
    ("incomplete-penetrance", "SIM004"),
    ("three-generations", "SIM005"),
    ("related-parents-recessive", "SIM006"),
    ("trio-compound-heterozygous", "SIM007"),
    ("phase-set-compound-heterozygous", "SIM008"),
    ("x-linked-recessive", "SIM010"),
    ("mitochondrial", "SIM014"),
    ("imprinted", "SIM015"),
    ("uniparental-isodisomy", "SIM016"),
    ("known-pathogenic", "SIM017"),
    ("outside-the-panels", "SIM019"),
    ("gvcf-trio", "SIM022"),
    ("no-finding-with-coverage", "SIM024"),
    ("panel-chosen-by-the-samplesheet", "SIM025"),
];

/// Those of which the stored report is held too: between them they have every part of the schema.
const STORED: [&str; 4] =
    ["singleton", "trio-de-novo", "trio-compound-heterozygous", "no-finding-with-coverage"];

fn page(path: &Path) -> String {
    let html = fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let text = visible_text(&html);
    assert!(text.lines().count() > 20, "the page has hardly any text:\n{text}");
    text
}

/// A batch run for a snapshot alone.
fn batch(samplesheet: &Path, pipeline: &str, name: &str, code: i32) -> PathBuf {
    let output = folder("batches").join(name);
    run_batch(samplesheet, pipeline, bundle(), &output, &[]).expect_code(code);
    output
}

/// Variants named by the request, looked up in one person: carried, not carried, and not evaluable.
fn looked_up() -> PathBuf {
    let folder = folder("looked-up");
    let record = |position: u32, bases: &str, call: &str| {
        format!("chr1\t{position}\t.\t{bases}\t300\tPASS\t.\tGT:AD:DP:GQ\t{call}\n")
    };
    let text = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=300000>\n\
        ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"GT\">\n\
        ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"AD\">\n\
        ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"DP\">\n\
        ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"GQ\">\n\
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1\n"
        .to_owned()
        + &record(5824, "C\tA", "0/1:20,20:40:99")
        + &record(29470, "G\tA", "0/0:30,0:30:99");
    fs::write(folder.join("family.vcf"), text).unwrap();
    let sheet = folder.join("sheet.tsv");
    let rows = "referral\tparticipant\trole\tsex\taffected\tvcf\ttest_code\tvariants\n\
        F1\tP1\tproband\tfemale\tyes\tfamily.vcf\tR9044.1\tchr1-5824-C-A;chr1-29470-G-A;chr2-62571-GT-G\n";
    fs::write(&sheet, rows).unwrap();
    batch(&sheet, "pipelines/rare-disease-wgs.toml", "looked-up", 0).join("F1")
}

#[test]
fn reports_of_every_kind_of_referral() {
    let mut folders: Vec<(&str, PathBuf)> =
        PAGES.iter().map(|(name, referral)| (*name, results().join(referral))).collect();
    let panel = root().join("test-data/samplesheet-panel.tsv");
    let panel = batch(&panel, "pipelines/rare-disease-panel.toml", "panel", 0);
    folders.push(("targeted-panel", panel.join("SIM027")));
    folders.push(("named-variants", looked_up()));
    hold("report", folders.iter().map(|(name, at)| ((*name).to_owned(), page(&at.join("report.html")))));
    let stored = folders.iter().filter(|(name, _)| STORED.contains(name) || *name == "named-variants");
    let json = |at: &Path| fs::read_to_string(at.join("report.json")).unwrap();
    hold("stored-report", stored.map(|(name, at)| ((*name).to_owned(), json(at))));
}

#[test]
fn indexes_of_batches() {
    let faults = root().join("test-data/samplesheet-faults.tsv");
    let faults = batch(&faults, "pipelines/rare-disease-wgs.toml", "faults", 1);
    hold(
        "index",
        [("all-done", results().to_owned()), ("all-failed", faults)]
            .map(|(name, at)| (name.to_owned(), page(&at.join("index.html")))),
    );
}
