//! Every record of the shared files, compared with noodles' lazy reader and a slow reading of its strings.

use std::path::Path;

use ithaca::model::allele::Alternate;
use ithaca::model::record::{RecordCall, VariantRecord};
use ithaca::read::variants::ReadOptions;
use noodles::vcf;
use noodles::vcf::variant::record::AlternateBases as _;

use super::read_all;
use crate::shared_data::need;

fn spelt(alternate: &Alternate) -> String {
    match alternate {
        Alternate::Bases(bases) | Alternate::Ambiguous(bases) => String::from_utf8(bases.clone()).unwrap(),
        Alternate::SpanningDeletion => "*".to_owned(),
        Alternate::NonReference => "<NON_REF>".to_owned(),
        Alternate::Symbolic(name) => format!("<{name}>"),
        Alternate::Breakend(text) => text.clone(),
    }
}

/// The value of a key in a sample column, where it is there and not missing.
fn value<'a>(format: &str, column: &'a str, key: &str) -> Option<&'a str> {
    let place = format.split(':').position(|k| k == key)?;
    column.split(':').nth(place).filter(|v| *v != ".")
}

/// One REF and one ALT, with PGT and PID and without PS.
fn has_physical_phase(format: &str, column: &str) -> bool {
    let alleles: Vec<&str> = value(format, column, "GT").unwrap_or("").split(['/', '|']).collect();
    let [a, b] = alleles[..] else { return false };
    let het = a != "." && b != "." && (a == "0") != (b == "0");
    let pgt = value(format, column, "PGT");
    het && matches!(pgt, Some("0|1" | "1|0"))
        && value(format, column, "PID").is_some()
        && value(format, column, "PS").is_none()
}

/// GT with the ALT where PGT puts it.
fn physically_phased(format: &str, column: &str, genotype: &str) -> String {
    if !has_physical_phase(format, column) || genotype.contains('|') {
        return genotype.to_owned();
    }
    let alternate = genotype.split('/').find(|a| *a != "0").unwrap();
    value(format, column, "PGT").unwrap().replace('1', alternate)
}

fn compare_call(call: &RecordCall, format: &str, column: &str, is_block: bool, place: &str) {
    let genotype: Vec<String> =
        call.alleles.iter().map(|a| a.map_or(".".to_owned(), |n| n.to_string())).collect();
    let separator = if call.phased { "|" } else { "/" };
    let expected =
        format.split(':').position(|k| k == "GT").and_then(|p| column.split(':').nth(p)).unwrap_or("");
    let expected = physically_phased(format, column, expected);
    if expected.contains('/') && expected.contains('|') {
        assert!(!call.phased, "{place}");
    } else {
        assert_eq!(genotype.join(separator), expected, "{place}");
    }
    assert_eq!(
        call.phase_set.is_some_and(|set| set >= 1 << 31),
        has_physical_phase(format, column),
        "{place}"
    );
    let quality = value(format, column, "GQ").or(value(format, column, "RGQ"));
    assert_eq!(call.quality, quality.map(|q| q.parse::<f64>().unwrap() as u32), "{place} GQ");
    let depths = value(format, column, "AD").filter(|ad| !ad.split(',').any(|d| d == "."));
    let depths: Vec<u32> =
        depths.map_or(Vec::new(), |ad| ad.split(',').map(|d| d.parse().unwrap()).collect());
    assert_eq!(call.allele_depths.to_vec(), depths, "{place} AD");
    let depth = value(format, column, "MIN_DP").filter(|_| is_block).or(value(format, column, "DP"));
    let counted = || (!depths.is_empty()).then(|| depths.iter().sum());
    assert_eq!(call.depth, depth.map(|d| d.parse().unwrap()).or_else(counted), "{place} DP");
}

/// Compares the whole file; returns the number of records.
fn compare(path: &Path, samples: &[&str]) -> usize {
    let (records, summary) = read_all(path, samples, ReadOptions::default()).unwrap();
    let mut reader = vcf::io::reader::Builder::default().build_from_path(path).unwrap();
    let header = reader.read_header().unwrap();
    let columns: Vec<usize> =
        samples.iter().map(|s| header.sample_names().get_index_of(*s).unwrap()).collect();
    let contigs: Vec<&String> = header.contigs().keys().collect();
    let mut record = vcf::Record::default();
    let mut ours = records.iter();
    while reader.read_record(&mut record).unwrap() > 0 {
        let read: &VariantRecord = ours.next().unwrap();
        let position = record.variant_start().transpose().unwrap().unwrap().get();
        let place = format!("{}:{position}", record.reference_sequence_name());
        if !contigs.is_empty() {
            assert_eq!(contigs[read.contig.index()], record.reference_sequence_name(), "{place}");
        }
        assert_eq!(read.start as usize + 1, position);
        assert_eq!(read.reference, record.reference_bases().to_ascii_uppercase().as_bytes(), "{place}");
        let alternates: Vec<String> = read.alternates.iter().map(spelt).collect();
        let expected: Vec<String> =
            record.alternate_bases().iter().map(|a| a.unwrap().replace("<*>", "<NON_REF>")).collect();
        assert_eq!(alternates, expected, "{place}");
        let filters = record.filters();
        let filters: &str = filters.as_ref();
        let named = match &read.filters {
            None => String::new(),
            Some(names) if names.is_empty() => "PASS".to_owned(),
            Some(names) => names.join(";"),
        };
        assert_eq!(named, filters, "{place}");
        let is_block = read.alternates.iter().all(|a| *a == Alternate::NonReference);
        let info = record.info();
        let info: &str = info.as_ref();
        let end = info.split(';').find_map(|f| f.strip_prefix("END=")).map(|e| e.parse::<u32>().unwrap());
        let has_symbol = is_block || read.alternates.iter().any(|a| matches!(a, Alternate::Symbolic(_)));
        assert_eq!(read.end, end.filter(|_| has_symbol), "{place} END");
        let samples = record.samples();
        let format: Vec<&str> = samples.keys().iter().collect();
        let format = format.join(":");
        for (call, column) in read.calls.iter().zip(&columns) {
            let cell = samples.get_index(*column).unwrap();
            compare_call(call, &format, cell.as_ref(), is_block, &place);
        }
    }
    assert!(ours.next().is_none());
    assert_eq!((summary.records, summary.kept), (records.len() as u64, records.len() as u64));
    records.len()
}

#[test]
fn the_na12878_trio() {
    let Some(path) = need("variants-grch38/NA12878trio.GRCh38.vcf.gz") else { return };
    assert_eq!(compare(&path, &["NA12878x2_80", "NA12891_14", "NA12892_18"]), 47_859);
}

#[test]
fn the_hg002_trio() {
    let Some(path) = need("variants-grch37/HG002trio.b37.vcf.gz") else { return };
    let mut reader = vcf::io::reader::Builder::default().build_from_path(&path).unwrap();
    let header = reader.read_header().unwrap();
    let names: Vec<&str> = header.sample_names().iter().map(String::as_str).collect();
    assert_eq!(compare(&path, &names), 9_940);
}

#[test]
fn single_samples_and_gvcfs() {
    for (name, sample, expected) in [
        ("variants-grch37/Pfeiffer.hg19.vcf.gz", None, 37_709),
        ("variants-grch38/HG004.chr21_22-23M.vcf.gz", None, 1_762),
        ("variants-grch38/HG004.chr21_22-23M.g.vcf.gz", None, 17_931),
        ("variants-grch38/NA12878.gatk.g.vcf.gz", None, 301_244),
        ("variants-grch38/PG.NA12878.chr21.vcf.gz", Some("NA12878"), 65_370),
    ] {
        let Some(path) = need(name) else { return };
        let mut reader = vcf::io::reader::Builder::default().build_from_path(&path).unwrap();
        let header = reader.read_header().unwrap();
        let sample = sample.unwrap_or(header.sample_names()[0].as_str());
        assert_eq!(compare(&path, &[sample]), expected, "{name}");
    }
}

#[test]
fn one_trio_out_of_3202_samples() {
    let Some(path) = need("variants-grch38/1000G.3202.chr22_16.6-16.8M.vcf.gz") else { return };
    assert_eq!(compare(&path, &["NA12878", "HG00096", "NA21144"]), 5_496);
}

#[test]
fn structural_variants() {
    for name in ["sv-str/HG002.chr21.sv_over50.vcf.gz", "sv-str/NA12878.DRAGEN.cnv.hs37d5.vcf.gz"] {
        let Some(path) = need(name) else { return };
        let (records, _) = read_all(&path, &[], ReadOptions::default()).unwrap();
        assert!(records.len() > 500, "{name}");
    }
}
