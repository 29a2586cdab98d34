//! GRCh38: NA12878 with Ensembl transcripts and a table of known sites; whole trio and gVCFs.

use super::hub::{HEADING, Hub, dropped, funnel_sums, singleton, text, trio};
use crate::shared_data::need;

fn hub() -> Option<Hub> {
    let at = |folder: &str, file: &str| Some(text(&need(folder)?.join(file)));
    let table = "VEP84.dbSNP149_gnomADe170228.GRCh38.chr21_25-26M.vcf.gz";
    let sources = [
        "--assembly".to_owned(),
        "GRCh38".to_owned(),
        "--fasta".to_owned(),
        at("ref-grch38", "GRCh38.sparse.fa.gz")?,
        "--transcripts".to_owned(),
        at("transcripts", "Ensembl.GRCh38.chr21.gff3.gz")?,
        "--genes".to_owned(),
        at("genes", "hgnc_complete_set.2023-10.cut.txt.gz")?,
        "--sites".to_owned(),
        format!("clinvar={}", at("annotation", table)?),
    ];
    Some(Hub::new(&sources, &[("field = \"CLNSIG\"", "field = \"CLIN_SIG\"")]))
}

#[test]
fn whole_grch38_files_run() {
    let Some(hub) = hub() else { return };
    let Some(variants) = need("variants-grch38") else { return };
    let mut sheet = HEADING.to_owned();
    let samples = [("NA12878x2_80", "female"), ("NA12891_14", "male"), ("NA12892_18", "female")];
    sheet.push_str(&trio("TRIO", &variants.join("NA12878trio.GRCh38.vcf.gz"), samples, "R8002.1", ""));
    for (referral, file, sample) in [
        ("PLATINUM", "PG.NA12878.chr21.vcf.gz", "NA12878"),
        ("GVCF", "NA12878.gatk.g.vcf.gz", "NA12878"),
        ("HG004", "HG004.chr21_22-23M.vcf.gz", "NA24143"),
        ("HG004G", "HG004.chr21_22-23M.g.vcf.gz", "NA24143"),
    ] {
        sheet.push_str(&singleton(referral, &variants.join(file), sample, "female", "R8002.1"));
    }
    let batch = hub.run(&sheet, "whole");
    assert_eq!(batch.counts.failed, 0, "{:?}", batch.referrals);
    for (referral, least) in
        [("TRIO", 47_859), ("PLATINUM", 65_370), ("GVCF", 1), ("HG004", 1_762), ("HG004G", 1_762)]
    {
        let report = hub.report("whole", referral);
        assert!(funnel_sums(&report) >= least, "{referral}: {}", report.funnel.input());
        assert!(
            report.not_evaluable.iter().all(|n| n.reason.contains("reference base unknown")),
            "{referral}: {:?}",
            report.not_evaluable
        );
    }
    assert!(dropped(&hub.report("whole", "PLATINUM"), "outside_scope") > 0);
}

#[test]
fn known_sites_are_found_by_their_exact_allele() {
    let Some(hub) = hub() else { return };
    let Some(variants) = need("variants-grch38") else { return };
    let out = hub.path("platinum.tsv");
    crate::program::ithaca([
        "annotate",
        "--reference",
        &text(&hub.bundle),
        &text(&variants.join("PG.NA12878.chr21.vcf.gz")),
        "-o",
        &text(&out),
    ])
    .expect_code(0);
    let table = std::fs::read_to_string(out).unwrap();
    let mut lines = table.lines();
    let heading: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = heading.iter().position(|name| *name == "clinvar_KG_EUR").unwrap();
    let mut found = std::collections::BTreeSet::new();
    let mut inside = std::collections::BTreeSet::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let position: u32 = cells[1].parse().unwrap();
        if (25_000_001..26_000_001).contains(&position) {
            inside.insert(cells[1..4].join("-"));
            if !cells[column].is_empty() {
                found.insert(cells[1..4].join("-"));
            }
        }
    }
    // 1,446 of its 1,573 alleles there are in the table; a frequency is given for most of those.
    assert!(inside.len() >= 1_500, "{}", inside.len());
    assert!(found.len() >= 1_200, "{} of {}", found.len(), inside.len());
}
