//! Options, and what is said and refused.

use std::fs;

use super::{COLUMNS, annotate, family, info, parts, records, reference, text};
use crate::program::ithaca;
use crate::world::bundle;

#[test]
fn without_names_there_is_no_name_in_any_form() {
    let folder = tempfile::tempdir().unwrap();
    let input = family(folder.path());
    for output in ["a.vcf", "a.tsv", "a.jsonl"] {
        let (run, with) = annotate(&input, output, &[]);
        run.expect_code(0);
        let with = text(&with);
        let (run, without) = annotate(&input, output, &["--no-hgvs"]);
        run.expect_code(0);
        let without = text(&without);
        for name in [":c.", ":n.", ":p.", ":g."] {
            assert!(with.contains(name) || name == ":n.", "{output} {name}");
            assert!(!without.contains(name), "{output} {name}");
        }
        assert_eq!(with.matches("missense_variant").count(), without.matches("missense_variant").count());
    }
    let (_, vcf) = annotate(&input, "b.vcf", &["--no-hgvs"]);
    let vcf = text(&vcf);
    assert!(!parts(&vcf).iter().any(|part| part.starts_with("HGVS")));
    let entry = info(&records(&vcf)[0], "CSQ").unwrap().split(',').next().unwrap();
    assert_eq!(entry.split('|').count(), parts(&vcf).len());
}

#[test]
fn the_form_can_be_said_and_goes_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let input = family(folder.path());
    let (_, file) = annotate(&input, "a.vcf", &[]);
    let arguments = ["annotate", input.to_str().unwrap(), "--reference", bundle().to_str().unwrap()];
    let run = ithaca(arguments.into_iter().chain(["--format", "vcf"])).expect_code(0);
    assert_eq!(run.stdout, text(&file));
    let run = ithaca(arguments.into_iter().chain(["-o", "-"])).expect_code(0);
    assert!(run.stdout.starts_with("chrom\tpos\t"));
    let (run, named) = annotate(&input, "a.txt", &["--format", "bcf"]);
    run.expect_code(0);
    let (_, bcf) = annotate(&input, "a.bcf", &[]);
    assert_eq!(fs::read(named).unwrap(), fs::read(bcf).unwrap());
}

#[test]
fn distance_moves_the_edge_of_upstream() {
    let folder = tempfile::tempdir().unwrap();
    let input = family(folder.path());
    let upstream = |distance: &str| {
        let (run, vcf) = annotate(&input, "a.vcf", &["--distance", distance]);
        run.expect_code(0);
        let vcf = text(&vcf);
        let at = parts(&vcf).iter().position(|p| *p == "DISTANCE").unwrap();
        let records = records(&vcf);
        let entries = records.iter().flat_map(|r| info(r, "CSQ").unwrap().split(','));
        let distances: Vec<u32> =
            entries.filter_map(|entry| entry.split('|').nth(at)?.parse().ok()).collect();
        assert!(distances.iter().all(|d| *d <= distance.parse().unwrap()), "{distances:?}");
        distances.len()
    };
    let counts = ["0", "1000", "5000"].map(upstream);
    assert!(counts[0] == 0 && counts[1] > 0 && counts[2] > counts[1], "{counts:?}");
}

#[test]
fn rows_have_the_inputs_own_contig_names_without_a_header() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    let base = reference(6_000, 1);
    let alternate = super::other(&base);
    let line = |chrom: &str| format!("{chrom}\t6000\t.\t{base}\t{alternate}\t.\t.\t.\n");
    let body = line("1") + &line("chr1") + &line("NC_000001.11") + &line("1");
    fs::write(&input, format!("##fileformat=VCFv4.2\n{COLUMNS}\n{body}")).unwrap();
    for output in ["a.tsv", "a.jsonl", "a.vcf", "a.bcf"] {
        let (run, path) = annotate(&input, output, &[]);
        run.expect_code(0);
        let mut names: Vec<String> = match output {
            "a.bcf" => {
                let (run, path) = annotate(&path, "b.vcf", &[]);
                run.expect_code(0);
                records(&text(&path)).iter().map(|r| r[0].to_owned()).collect()
            }
            "a.vcf" => records(&text(&path)).iter().map(|r| r[0].to_owned()).collect(),
            "a.tsv" => {
                text(&path).lines().skip(1).map(|l| l.split('\t').next().unwrap().to_owned()).collect()
            }
            _ => {
                let row = |l: &str| serde_json::from_str::<serde_json::Value>(l).unwrap();
                text(&path).lines().map(|l| row(l)["chrom"].as_str().unwrap().to_owned()).collect()
            }
        };
        names.dedup();
        assert_eq!(names, ["1", "chr1", "NC_000001.11", "1"], "{output}");
    }
}

#[test]
fn what_a_bcf_needs_declared_is_declared_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    let base = reference(6_000, 1);
    let head = format!("##fileformat=VCFv4.2\n{COLUMNS}\tFORMAT\ts\n");
    let line = format!("chr1\t6000\t.\t{base}\tG,T\t.\tq1;q2\tAA=1,2;BB\tGT:ZZ\t0/1:7\n");
    fs::write(&input, format!("{head}{line}")).unwrap();
    let (run, bcf) = annotate(&input, "a.bcf", &["--haplotypes", "none"]);
    let stderr = run.expect_code(0).stderr;
    for word in ["contig not declared", "(chr1)", "(q1, q2)", "(AA, BB)", "(GT, ZZ)"] {
        assert!(stderr.contains(word), "{word}: {stderr}");
    }
    let (run, vcf) = annotate(&bcf, "b.vcf", &["--haplotypes", "none"]);
    run.expect_code(0);
    let vcf = text(&vcf);
    assert!(vcf.contains("##contig=<ID=chr1,length="), "{vcf}");
    let record = &records(&vcf)[0];
    assert_eq!((record[6], &record[8..]), ("q1;q2", &["GT:ZZ", "0/1:7"][..]));
    assert!(record[7].starts_with("AA=1,2;BB;CSQ="), "{record:?}");
}

#[test]
fn what_bcf_cannot_hold_is_refused_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    let base = reference(6_000, 1);
    let head = format!(
        "##fileformat=VCFv4.2\n##contig=<ID=chr1>\n##INFO=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n{COLUMNS}\n"
    );
    for (info, word) in [("DP=1.5", "'1.5'"), ("DP=4294967296", "4294967296"), ("A<B=1", "header line")] {
        fs::write(&input, format!("{head}chr1\t6000\t.\t{base}\tG\t.\t.\t{info}\n")).unwrap();
        let (run, bcf) = annotate(&input, "a.bcf", &[]);
        let stderr = run.expect_code(3).stderr;
        assert!(stderr.contains(word) && stderr.contains("in.vcf") && stderr.contains("VCF"), "{stderr}");
        assert!(!bcf.exists());
        let (run, vcf) = annotate(&input, "a.vcf", &[]);
        run.expect_code(0);
        assert!(text(&vcf).contains(&format!("\t{info};")));
    }
}

#[test]
fn an_old_field_is_replaced_wherever_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    let base = reference(6_000, 1);
    let head = format!(
        "##fileformat=VCFv4.2\n##contig=<ID=chr1>\n\
         ##INFO=<ID=CSQ,Number=.,Type=String,Description=\"by another. Format: A|B\">\n{COLUMNS}\n"
    );
    fs::write(&input, format!("{head}chr1\t6000\t.\t{base}\t*\t.\t.\tCSQ=x|y;DP=1;CSQ=z|y\n")).unwrap();
    let (run, vcf) = annotate(&input, "a.vcf", &[]);
    assert!(run.expect_code(0).stderr.contains("already has CSQ"));
    let vcf = text(&vcf);
    assert_eq!(vcf.matches("ID=CSQ,").count(), 1);
    assert_eq!(
        records(&vcf)[0][7],
        "DP=1;CSQ_NOT_EVALUABLE=not_a_sequence",
        "no old CSQ on a record without a new one"
    );
}

/// A genotype that cannot be read, or records out of order, cost the haplotypes and no row.
#[test]
fn a_bad_genotype_costs_the_haplotypes_only_unless_they_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (reference(6_000, 1), reference(6_010, 1));
    let head = format!("##fileformat=VCFv4.2\n##contig=<ID=1>\n{COLUMNS}\tFORMAT\ts\n");
    let line = |at: u32, base: &str, genotype: &str| {
        let alternate = if base == "G" { "A" } else { "G" };
        format!("1\t{at}\t.\t{base}\t{alternate}\t.\tPASS\t.\tGT\t{genotype}\n")
    };
    let malformed = line(6_000, &one, "0/7") + &line(6_010, &two, "0/1");
    let unsorted = line(6_010, &two, "0/1") + &line(6_000, &one, "0/1");
    for (name, lines) in [("malformed.vcf", malformed), ("unsorted.vcf", unsorted)] {
        let input = folder.path().join(name);
        fs::write(&input, format!("{head}{lines}")).unwrap();
        let (run, vcf) = annotate(&input, "out.vcf", &[]);
        let stderr = run.expect_code(0).stderr;
        assert!(stderr.contains("variants in cis are not combined"), "{name}: {stderr}");
        assert_eq!(records(&text(&vcf)).len(), 2, "{name}");
        let (run, _) = annotate(&input, "out.vcf", &["--haplotypes", "all"]);
        run.expect_code(3);
    }
}
