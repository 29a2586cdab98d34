//! `--sites-only`: each field of the site tables under a key of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::codec::decoded;
use super::{COLUMNS, annotate, family, info, other, records, reference, text};

/// A key that stands for a column of the TSV; all of a record's values, `.` for none.
fn values(record: &[&str], key: &str, alternates: usize) -> Vec<String> {
    match info(record, key) {
        None => vec![".".to_owned(); alternates],
        Some(list) => list.split(',').map(str::to_owned).collect(),
    }
}

/// The TSV's site columns, by record and ALT.
fn columns(tsv: &str) -> (Vec<String>, BTreeMap<[String; 4], Vec<String>>) {
    let mut lines = tsv.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    let heading = lines.next().unwrap();
    let first = heading.iter().position(|name| name == "flags").unwrap() + 1;
    let rows = lines.map(|row| {
        let [chrom, pos, reference, alternate, ..] = &row[..] else { panic!("{row:?}") };
        ([chrom, pos, reference, alternate].map(String::clone), row[first..].to_vec())
    });
    (heading[first..].to_vec(), rows.collect())
}

fn assert_same(vcf: &str, tsv: &str, single_precision: bool) -> usize {
    let (keys, expected) = columns(tsv);
    let mut found = 0;
    for record in records(vcf) {
        let alternates: Vec<&str> = record[4].split(',').collect();
        for (at, key) in keys.iter().enumerate() {
            let values = values(&record, key, alternates.len());
            assert_eq!(values.len(), alternates.len(), "{record:?} {key}");
            for (value, alternate) in values.iter().zip(&alternates) {
                let row = [record[0], record[1], record[3], alternate].map(str::to_owned);
                let Some(row) = expected.get(&row) else {
                    assert_eq!(value, ".", "{row:?}");
                    continue;
                };
                let expected = match row[at].replace([',', '|'], "&") {
                    empty if empty.is_empty() => ".".to_owned(),
                    value => value,
                };
                found += usize::from(expected != ".");
                if single_precision && value.contains('.') && value != "." {
                    let [value, expected] = [value, &expected].map(|v| v.parse::<f64>().unwrap());
                    assert!((value - expected).abs() <= 1e-5 * expected.abs(), "{record:?} {key}");
                } else {
                    assert_eq!(*value, expected, "{record:?} {key}");
                }
            }
        }
    }
    found
}

#[test]
fn every_form_says_what_the_tables_columns_say() {
    let folder = tempfile::tempdir().unwrap();
    let input = family(folder.path());
    let (run, tsv) = annotate(&input, "a.tsv", &[]);
    run.expect_code(0);
    let tsv = text(&tsv);
    let (run, vcf) = annotate(&input, "a.vcf", &["--sites-only"]);
    let said = run.expect_code(0).stderr;
    assert!(said.contains("alleles found in a site table"), "{said}");
    let vcf = text(&vcf);
    let found = assert_same(&vcf, &tsv, false);
    assert!(found > 300, "{found} values");
    assert!(!vcf.contains("CSQ"), "nothing else is added");

    let (run, bcf) = annotate(&input, "a.bcf", &["--sites-only"]);
    run.expect_code(0);
    assert_eq!(assert_same(&decoded(&bcf), &tsv, true), found);
    // From BCF to BCF the records are not taken apart; what they had of this is replaced, not doubled.
    let (run, again) = annotate(&bcf, "b.bcf", &["--sites-only"]);
    assert!(run.expect_code(0).stderr.contains("was replaced"));
    assert_eq!(decoded(&again), decoded(&bcf));
    let (run, consequences) = annotate(&bcf, "c.vcf", &[]);
    run.expect_code(0);
    assert!(text(&consequences).contains("CSQ="));
}

#[test]
fn alts_without_a_row_have_a_point_and_records_without_any_go_without() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    let (run, tsv) = annotate(&family(folder.path()), "a.tsv", &[]);
    run.expect_code(0);
    let (keys, rows) = columns(&text(&tsv));
    let at = keys.iter().position(|key| key == "gnomad_genomes_AC").unwrap();
    let known = |(site, row): &(&[String; 4], &Vec<String>)| {
        site[0] == "chr1" && site[2].len() == 1 && site[3].len() == 1 && !row[at].is_empty()
    };
    let (site, row) = rows.iter().find(known).unwrap();
    let third = ["A", "C", "G", "T"].into_iter().find(|b| *b != site[2] && *b != site[3]);
    let (third, position) = (third.unwrap(), &site[1]);
    let base = reference(1, 1);
    let wrong = if site[2] == "A" { "C" } else { "A" };
    let body = [
        format!("chr1\t1\t.\t{base}\t{}\t.\t.\t.", other(&base)),
        format!("chr1\t{position}\t.\t{}\t{third},{},*,<DEL>\t.\t.\tDP=3", site[2], site[3]),
        format!("chr1\t{position}\t.\t{wrong}\t{}\t.\t.\tDP=4", site[2]),
        "nowhere\t5\t.\tA\tC\t.\t.\tDP=5".to_owned(),
    ];
    fs::write(&input, format!("##fileformat=VCFv4.2\n{COLUMNS}\n{}\n", body.join("\n"))).unwrap();
    let (run, vcf) = annotate(&input, "a.vcf", &["--sites-only"]);
    let said = run.expect_code(0).stderr;
    for words in [
        "REF differs from the reference",
        "ALT *",
        "symbolic alleles",
        "contigs that are not in the reference",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let vcf = text(&vcf);
    let records = records(&vcf);
    let added = |record: &Vec<&str>| info(record, "gnomad_genomes_AC").map(str::to_owned);
    assert_eq!(added(&records[1]), Some(format!(".,{},.,.", row[at])));
    assert!(records[1][7].starts_with("DP=3;"), "what was there stays in front");
    assert_eq!([0, 2, 3].map(|i| records[i][7]), [".", "DP=4", "DP=5"]);
}

#[test]
fn what_cannot_be_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let input = family(folder.path());
    let (run, output) = annotate(&input, "a.tsv", &["--sites-only"]);
    assert!(run.expect_code(2).stderr.contains("--format vcf or bcf"));
    assert!(!Path::new(&output).exists());
    let (run, _) = annotate(&input, "a.vcf", &["--sites-only", "--no-hgvs"]);
    run.expect_code(2);
}
