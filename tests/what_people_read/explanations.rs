//! `explain`: one variant for each step of the funnel, and for each way out of it.

use std::fs;
use std::sync::Once;

use super::{folder, hold, ithaca, session, stage};
use crate::program::{root, run_batch};
use crate::world::bundle;

/// A name for the snapshot, the folder of the referral's results, and a variant.
const VARIANTS: [(&str, &str, &str); 19] = [
    ("dropped-by-filter", "results/SIM001", "chr2-8538-A-T"),
    ("dropped-as-not-carried", "results/SIM003", "chr1-18245-T-C"),
    ("dropped-as-genotype-unknown", "results/SIM003", "chrY-31819-C-T"),
    ("dropped-by-call-quality", "own/results/OWN", "chr1-5824-C-G"),
    ("dropped-as-outside-the-genes", "results/SIM002", "3-196422-C-T"),
    ("dropped-by-frequency", "results/SIM001", "chr1-11356-GT-G"),
    ("dropped-by-impact", "results/SIM001", "chr1-29470-G-A"),
    ("dropped-by-inheritance", "results/SIM005", "chr3-40614-A-T"),
    ("dropped-by-the-list-of-artefacts", "own/results/OWN", "chr1-5824-C-A"),
    ("tier-1", "results/SIM001", "chr1-5824-C-A"),
    ("tier-1-compound-heterozygous", "results/SIM007", "chr3-46546-C-T"),
    ("tier-1-known-pathogenic", "results/SIM017", "chr1-65343-T-A"),
    ("tier-2", "results/SIM002", "chr1-41831-A-T"),
    ("tier-3-off-panel", "results/SIM001", "chr2-12633-C-A"),
    ("tier-3-lowered", "results/SIM020", "chr1-95831-A-T"),
    ("single-hit", "results/SIM003", "chr3-11331-C-A"),
    ("no-tier", "results/SIM003", "chr2-39673-C-A"),
    ("not-in-the-input", "results/SIM001", "chr1-5001-A-T"),
    ("not-in-the-input-of-a-gvcf", "results/SIM022", "chr1-5001-A-T"),
];

const NAMES: &str = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=300000>\n\
    ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n\
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"depths\">\n\
    ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"depth\">\n\
    ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"genotype quality\">\n\
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1\n";

/// A referral with what the simulated world has none of: a poor call, and an allele of the list of artefacts.
fn run_own_referral() {
    static ONCE: Once = Once::new();
    ONCE.call_once(write_and_run_own_referral);
}

fn write_and_run_own_referral() {
    let own = folder("own");
    let record = |alternate: &str, quality: u32| {
        format!("chr1\t5824\t.\tC\t{alternate}\t300\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:{quality}\n")
    };
    fs::write(own.join("own.vcf"), format!("{NAMES}{}{}", record("A", 99), record("G", 3))).unwrap();
    let sheet = "referral\tparticipant\trole\tsex\taffected\tvcf\ttest_code\n\
        OWN\tP1\tproband\tfemale\tyes\town.vcf\tR9001.1\n";
    fs::write(own.join("sheet.tsv"), sheet).unwrap();
    let text = fs::read_to_string(root().join("pipelines/rare-disease-wgs.toml")).unwrap();
    let rules = format!("\"{}/", root().join("pipelines/rules").display());
    let text = text.replace("\"rules/", &rules) + "\n[lists]\nartefact = \"artefacts.tsv\"\n";
    let pipeline = own.join("pipeline.toml");
    fs::write(&pipeline, text).unwrap();
    let artefacts = "chrom\tpos\tref\talt\treason\n1\t5824\tC\tA\tseen in every run of the machine\n";
    fs::write(own.join("artefacts.tsv"), artefacts).unwrap();
    let output = own.join("results");
    run_batch(&own.join("sheet.tsv"), pipeline.to_str().unwrap(), bundle(), &output, &[]).expect_code(0);
}

#[test]
fn explanations_of_every_step() {
    run_own_referral();
    hold(
        "explain",
        VARIANTS.iter().map(|(name, results, variant)| {
            ((*name).to_owned(), session(&["explain", "--results", results, variant]))
        }),
    );
}

#[test]
fn every_step_of_the_funnel_is_explained() {
    let text = fs::read_to_string(stage().join("results/SIM001/report.json")).unwrap();
    let report: ithaca::report::model::Report = serde_json::from_str(&text).unwrap();
    run_own_referral();
    let explained: String = VARIANTS
        .iter()
        .map(|(_, results, variant)| {
            ithaca(&["explain", "--results", results, variant]).expect_code(0).stdout
        })
        .collect();
    let without: Vec<&str> = report
        .funnel
        .steps()
        .iter()
        // Where an allele is dropped, the explanation says so in the words of the step.
        .filter(|step| !explained.contains(&step.words))
        .map(|step| step.rule.as_str())
        .collect();
    // No allele of the first two can be written as bases on a contig of the reference, which `explain` asks for; the
    // third needs a transcript that contradicts the genome, which the simulated world has none of.
    assert_eq!(without, ["not_a_sequence", "unknown_contig", "not_evaluable"]);
}
