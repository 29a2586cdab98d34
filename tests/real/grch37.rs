//! GRCh37: the HG002 trio with known pathogenic ClinVar records spiked in, and whole files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ithaca::filter::known_pathogenic::known_pathogenic;
use ithaca::model::segregation::SegregationMode;
use ithaca::model::tier::Tier;
use ithaca::report::model::ReferralState;

use super::hub::{HEADING, Hub, dropped, funnel_sums, gunzip, singleton, text, trio};
use crate::shared_data::need;

const CONTIG: &str = "1";
const SAMPLES: [(&str, &str); 3] = [("HG002", "male"), ("HG003", "male"), ("HG004", "female")];
const MONOALLELIC: &str = "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted";
const BIALLELIC: &str = "BIALLELIC, autosomal or pseudoautosomal";

fn hub(assertions: &str, edits: &[(&str, &str)]) -> Option<Hub> {
    let at = |folder: &str, file: &str| Some(text(&need(folder)?.join(file)));
    let sources = [
        "--assembly".to_owned(),
        "GRCh37".to_owned(),
        "--fasta".to_owned(),
        at("ref-grch37", "GRCh37.sparse.fa.gz")?,
        "--transcripts".to_owned(),
        at("transcripts", "refGene.hg19.genePredExt.txt.gz")?,
        "--genes".to_owned(),
        at("genes", "hgnc_complete_set.2023-10.cut.txt.gz")?,
        "--sites".to_owned(),
        format!("clinvar={}", at("annotation", assertions)?),
    ];
    Some(Hub::new(&sources, edits))
}

/// A ClinVar record that is known pathogenic: position, bases, gene symbol.
#[derive(Clone)]
struct Known {
    position: u32,
    reference: String,
    alternate: String,
    gene: String,
}

fn info<'a>(column: &'a str, key: &str) -> Option<&'a str> {
    column.split(';').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

/// Pathogenic records inside the known windows.
fn known_records(vcf: &Path, significance: &str, gene: impl Fn(&str) -> Option<String>) -> Vec<Known> {
    let list = ["Pathogenic".to_owned(), "Likely_pathogenic".to_owned()];
    let windows = known_windows();
    gunzip(vcf)
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let position: u32 = columns[1].parse().unwrap();
            let inside = windows.iter().any(|&(start, end)| position > start + 50 && position + 50 < end);
            let plain = |bases: &str| bases.bytes().all(|b| b"ACGT".contains(&b));
            if columns[0] != CONTIG || !inside || !plain(columns[3]) || !plain(columns[4]) {
                return None;
            }
            if !known_pathogenic(info(columns[7], significance)?, &list) {
                return None;
            }
            Some(Known {
                position,
                reference: columns[3].to_owned(),
                alternate: columns[4].to_owned(),
                gene: gene(columns[7])?,
            })
        })
        .collect()
}

fn known_windows() -> Vec<(u32, u32)> {
    let bed = need("ref-grch37").unwrap().join("GRCh37.sparse.known.bed");
    fs::read_to_string(bed)
        .unwrap()
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|columns| columns[0] == CONTIG)
        .map(|columns| (columns[1].parse().unwrap(), columns[2].parse().unwrap()))
        .collect()
}

/// HGNC identifier and approved symbol by approved or previous symbol.
fn hgnc() -> BTreeMap<String, (String, String)> {
    let table = gunzip(&need("genes").unwrap().join("hgnc_complete_set.2023-10.cut.txt.gz"));
    let mut lines = table.lines();
    let heading: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| heading.iter().position(|h| *h == name).unwrap();
    let (id, symbol) = (column("hgnc_id"), column("symbol"));
    let mut names = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        names.insert(cells[symbol].to_owned(), (cells[id].to_owned(), cells[symbol].to_owned()));
    }
    names
}

/// The trio's records of the contig with these spiked in; a genotype per member each.
fn spiked(trio: &str, known: &[(&Known, [&str; 3])]) -> String {
    let mut records: Vec<(u32, String)> = Vec::new();
    let mut header = String::new();
    for line in trio.lines() {
        if line.starts_with('#') {
            header.push_str(line);
            header.push('\n');
        } else if line.starts_with("1\t") {
            let position: u32 = line.split('\t').nth(1).unwrap().parse().unwrap();
            if position < 3_400_000 {
                records.push((position, line.to_owned()));
            }
        }
    }
    for (record, genotypes) in known {
        let calls: Vec<String> = genotypes
            .iter()
            .map(|genotype| {
                let depths = match *genotype {
                    "0/1" => "20,19",
                    "1/1" => "0,40",
                    _ => "40,0",
                };
                format!("{genotype}:{depths}:40:99")
            })
            .collect();
        let Known { position, reference, alternate, .. } = record;
        let line = format!(
            "1\t{position}\t.\t{reference}\t{alternate}\t900\tPASS\t.\tGT:AD:DP:GQ\t{}",
            calls.join("\t")
        );
        records.push((*position, line));
    }
    records.sort_by_key(|(position, _)| *position);
    header + &records.into_iter().map(|(_, line)| line + "\n").collect::<String>()
}

/// One spiked referral and its right answer.
struct Case {
    referral: String,
    variants: Vec<String>,
    gene: String,
    mode: SegregationMode,
}

fn spike_all(hub: &Hub, known: &[Known]) -> (String, Vec<Case>) {
    let trio_text = gunzip(&need("variants-grch37").unwrap().join("HG002trio.b37.vcf.gz"));
    let taken: Vec<String> = trio_text
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(|l| l.split('\t').take(2).collect::<Vec<_>>().join(":"))
        .collect();
    let names = hgnc();
    let mut sheet = HEADING.to_owned();
    let mut cases = Vec::new();
    let mut panels: BTreeMap<(String, &str), u32> = BTreeMap::new();
    let mut add = |designs: &[(&Known, [&str; 3])], mode_text: &'static str, mode| {
        let first = designs[0].0;
        let Some((id, symbol)) = names.get(&first.gene) else { return };
        let next = 100 + panels.len() as u32;
        let panel = *panels.entry((id.clone(), mode_text)).or_insert_with(|| {
            hub.panel(next, symbol, id, mode_text);
            next
        });
        let referral = format!("S{:04}", cases.len());
        let path = hub.path(&format!("{referral}.vcf"));
        fs::write(&path, spiked(&trio_text, designs)).unwrap();
        sheet.push_str(&trio(&referral, &path, SAMPLES, "R8001.1", &panel.to_string()));
        let variants = designs
            .iter()
            .map(|(k, _)| format!("{CONTIG}-{}-{}-{}", k.position, k.reference, k.alternate))
            .collect();
        cases.push(Case { referral, variants, gene: symbol.clone(), mode });
    };
    let free: Vec<&Known> =
        known.iter().filter(|k| !taken.contains(&format!("{CONTIG}:{}", k.position))).collect();
    for record in &free {
        add(&[(record, ["0/1", "0/0", "0/0"])], MONOALLELIC, SegregationMode::DeNovo);
        add(&[(record, ["1/1", "0/1", "0/1"])], BIALLELIC, SegregationMode::AutosomalRecessive);
    }
    for pair in free.windows(2).filter(|p| p[0].gene == p[1].gene && p[0].position + 10 < p[1].position) {
        let designs = [(pair[0], ["0/1", "0/1", "0/0"]), (pair[1], ["0/1", "0/0", "0/1"])];
        add(&designs, BIALLELIC, SegregationMode::CompoundHeterozygous);
    }
    (sheet, cases)
}

fn every_spike_is_found(hub: &Hub, known: &[Known], least: usize) {
    let (sheet, cases) = spike_all(hub, known);
    assert!(cases.len() >= least, "only {} cases could be made", cases.len());
    let batch = hub.run(&sheet, "spiked");
    let failed: Vec<_> =
        batch.referrals.iter().filter(|r| matches!(r.state, ReferralState::Failed { .. })).collect();
    assert!(failed.is_empty(), "{failed:?}");
    let mut faults = Vec::new();
    for case in &cases {
        let report = hub.report("spiked", &case.referral);
        funnel_sums(&report);
        for variant in &case.variants {
            let place = report.findings.iter().position(|f| &f.variant.name == variant);
            let Some(finding) = place.map(|at| &report.findings[at]) else {
                faults.push(format!("{} {variant} {} {:?}: not found", case.referral, case.gene, case.mode));
                continue;
            };
            let mode = finding.inheritance.iter().any(|i| i.mode == case.mode);
            let above =
                report.findings[..place.unwrap()].iter().any(|f| !case.variants.contains(&f.variant.name));
            if finding.tier.tier != Tier::Tier1 || finding.gene.symbol != case.gene || !mode || above {
                faults.push(format!(
                    "{} {variant} {} {:?}: {:?} in {}, modes {:?}, another above: {above}",
                    case.referral,
                    case.gene,
                    case.mode,
                    finding.tier,
                    finding.gene.symbol,
                    finding.inheritance.iter().map(|i| (i.mode, i.verdict)).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {} cases:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

#[test]
fn pathogenic_records_of_clinvar_2016_are_found_under_every_design() {
    let edits = [("field = \"CLNSIG\"", "field = \"CLINICAL_SIGNIFICANCE\"")];
    let Some(hub) = hub("ClinVar.2016.GRCh37.genomewide.vcf.gz", &edits) else { return };
    let vcf = need("annotation").unwrap().join("ClinVar.2016.GRCh37.genomewide.vcf.gz");
    let known = known_records(&vcf, "CLINICAL_SIGNIFICANCE", |text| info(text, "SYMBOL").map(str::to_owned));
    every_spike_is_found(&hub, &known, 100);
}

#[test]
fn pathogenic_records_of_clinvar_2023_are_found_under_every_design() {
    let Some(hub) = hub("ClinVar.20230710.GRCh37.chr1head.vcf.gz", &[]) else { return };
    let vcf = need("annotation").unwrap().join("ClinVar.20230710.GRCh37.chr1head.vcf.gz");
    let gene = |text: &str| {
        let genes = info(text, "GENEINFO")?;
        (!genes.contains('|')).then(|| genes.split(':').next().unwrap_or_default().to_owned())
    };
    let known = known_records(&vcf, "CLNSIG", gene);
    every_spike_is_found(&hub, &known, 30);
}

#[test]
fn whole_grch37_files_run() {
    let Some(hub) = hub("ClinVar.20230710.GRCh37.chr1head.vcf.gz", &[]) else { return };
    let Some(variants) = need("variants-grch37") else { return };
    let mut sheet = HEADING.to_owned();
    sheet.push_str(&trio("HG002", &variants.join("HG002trio.b37.vcf.gz"), SAMPLES, "R8002.1", ""));
    sheet.push_str(&singleton(
        "PFEIFFER",
        &variants.join("Pfeiffer.hg19.vcf.gz"),
        "manuel",
        "male",
        "R8002.1",
    ));
    let batch = hub.run(&sheet, "whole");
    assert_eq!(batch.counts.failed, 0, "{:?}", batch.referrals);

    let trio = hub.report("whole", "HG002");
    assert!(funnel_sums(&trio) >= 9_940);
    let exome = hub.report("whole", "PFEIFFER");
    assert!(funnel_sums(&exome) >= 37_709);
    // Outside the known windows the reference is N: not evaluable, counted, never a mismatch.
    assert!(dropped(&exome, "not_evaluable") > 0);
    for report in [&trio, &exome] {
        assert!(
            report.not_evaluable.iter().all(|n| n.reason.contains("reference base unknown")),
            "{:?}",
            report.not_evaluable
        );
    }
}

#[test]
fn a_file_of_the_other_build_is_refused() {
    let Some(hub) = hub("ClinVar.20230710.GRCh37.chr1head.vcf.gz", &[]) else { return };
    let Some(variants) = need("variants-grch38") else { return };
    let sheet = HEADING.to_owned()
        + &singleton("WRONG", &variants.join("HG004.chr21_22-23M.vcf.gz"), "NA24143", "female", "R8002.1");
    let batch = hub.run(&sheet, "wrong");
    let ReferralState::Failed { message, .. } = &batch.referrals[0].state else {
        panic!("a GRCh38 file was read as GRCh37");
    };
    assert!(message.contains("GRCh3") || message.contains("contig"), "{message}");
    assert!(!hub.path("wrong").join("WRONG").exists());
}
