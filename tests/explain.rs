//! `ithaca explain` says where a variant ended, and why, for every kind of end.

use std::collections::BTreeMap;
use std::fs;

use ithaca::model::tier::Tier;
use ithaca::report::model::Report;

use crate::program::ithaca;
use crate::world::{report, results};

fn explain(referral: &str, variant: &str) -> String {
    let folder = results().join(referral);
    ithaca(["explain", "--results", folder.to_str().unwrap(), variant]).expect_code(0).stdout
}

#[test]
fn each_end_is_told_with_its_reason() {
    let table: [(&str, &str, &[&str]); 12] = [
        ("SIM001", "chr1-5824-C-A", &["In the report: Tier 1", "p.(Ser92Ter)"]),
        (
            "SIM001",
            "chr1-11356-GT-G",
            &[
                "dropped  population frequency",
                "NFE",
                "would have kept it with: recessive limit of 0.161 in gnomad_genomes AFR",
            ],
        ),
        (
            "SIM001",
            "chr2-8538-A-T",
            &["FILTER is LowQual", "would have kept it with: LowQual in accept_filters"],
        ),
        (
            "SIM001",
            "chr1-29470-G-A",
            &["dropped  functional impact", "kept it with: synonymous_variant among", "Not in the report"],
        ),
        (
            "SIM001",
            "chr1-5001-A-T",
            &[
                "Not in the report: the allele is not in the input",
                "a plain VCF does not distinguish a reference genotype",
            ],
        ),
        ("SIM022", "chr1-5001-A-T", &["P02201           covered, and called without this allele (depth 33"]),
        ("SIM022", "chr1-1200-A-T", &["P02202           not covered: the gVCF has neither"]),
        ("SIM024", "chr1-130151-T-A", &["the genotype is unknown; the alignments have depth 22 (reads"]),
        (
            "SIM003",
            "chr3-11331-C-A",
            &["In the report: only one allele found in a gene with biallelic inheritance"],
        ),
        (
            "SIM007",
            "chr3-46546-C-T",
            &[
                "partner chr3-48327-C-A",
                "(trio)",
                "complete penetrance was requested",
                "In the report: Tier 1",
            ],
        ),
        ("SIM020", "chr1-95831-A-T", &["Tier lowered: every applied panel", "In the report: Tier 3"]),
        ("SIM021", "chr1-114950-A-AG", &["In the report: Tier 1"]),
    ];
    for (referral, variant, words) in table {
        let text = explain(referral, variant);
        for word in words {
            assert!(text.contains(word), "{referral} {variant} does not say '{word}':\n{text}");
        }
    }
}

#[test]
fn any_spelling_of_variant_and_contig_gives_the_same_answer() {
    // The deletion of one base of a run of nine, written at its left end, at its right end, and padded.
    let answer = explain("SIM006", "chr2-62571-GT-G");
    for spelling in ["2-62571-GT-G", "NC_000002.12-62571-GT-G", "chr2-62571-GTT-GT", "chr2-62572-TT-T"] {
        assert_eq!(explain("SIM006", spelling), answer, "{spelling}");
    }
}

#[test]
fn explain_agrees_with_every_finding_of_every_report() {
    let mut told = 0;
    for entry in fs::read_dir(results()).unwrap() {
        let path = entry.unwrap().path();
        let referral = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !path.join("report.json").exists() {
            continue;
        }
        let report: Report = report(results(), &referral);
        let mut best: BTreeMap<&str, Tier> = BTreeMap::new();
        for finding in report.findings.iter().chain(&report.off_panel) {
            let tier = best.entry(&finding.variant.name).or_insert(Tier::Untiered);
            *tier = finding.tier.tier.max(*tier);
        }
        for (variant, tier) in best {
            let text = explain(&referral, variant);
            let end = format!("In the report: {}.", tier.words());
            assert!(text.contains(&end), "{referral} {variant}:\n{text}");
            told += 1;
        }
    }
    assert!(told >= 30, "only {told} findings were compared");
}

#[test]
fn what_cannot_be_explained_is_refused_in_words() {
    let folder = results().join("SIM001");
    let folder = folder.to_str().unwrap();
    for (variant, word) in [
        ("chr1-0-A-T", "not a position"),
        ("chr9-5-A-T", "no contig 'chr9'"),
        ("chr1-5-A", "four parts"),
        ("chr1-5-A-<DEL>", "must be bases"),
    ] {
        let run = ithaca(["explain", "--results", folder, variant]).expect_code(2);
        assert!(run.stderr.contains(word), "{}", run.stderr);
    }
    let run = ithaca(["explain", "--results", "no-such-folder", "chr1-5-A-T"]).expect_code(2);
    assert!(run.stderr.contains("provenance.json"), "{}", run.stderr);
}
