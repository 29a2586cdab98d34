//! Bad and odd input: every record comes out, with its outcome told and counted, or the file is refused.

use std::fs;
use std::io::Write;

use super::{COLUMNS, annotate, info, other, records, reference, text};

/// A REF and ALT, what the record says of each ALT, and the words of the summary.
struct Case {
    chrom: &'static str,
    position: u32,
    reference: String,
    alternate: String,
    /// `CSQ_NOT_EVALUABLE`; absent where each ALT has a consequence.
    told: Option<&'static str>,
    counted: &'static str,
}

fn cases() -> Vec<Case> {
    let base = reference(6_000, 1);
    let long = reference(6_000, 10_000);
    let alternate = other(&base);
    let case = |reference: &str, alternate: &str, told, counted| Case {
        chrom: "chr1",
        position: 6_000,
        reference: reference.to_owned(),
        alternate: alternate.to_owned(),
        told,
        counted,
    };
    let consequence = "with a consequence";
    vec![
        case(&base, alternate, None, consequence),
        case(&base.to_lowercase(), &alternate.to_lowercase(), None, consequence),
        case(&base, ".", None, "without ALT"),
        case(&base, "*", Some("not_a_sequence"), "ALT *"),
        case(&base, "<NON_REF>", None, "<NON_REF>"),
        case(&base, "<*>", None, "<NON_REF>"),
        case(&base, "<DEL>", Some("not_a_sequence"), "symbolic"),
        case(&base, "<DUP:TANDEM>", Some("not_a_sequence"), "symbolic"),
        case(&base, &format!("{base}]chr1:90]"), Some("not_a_sequence"), "breakends"),
        case(&base, &base, Some("not_a_sequence"), "the same as REF"),
        case(&base, "N", Some("ambiguous_bases"), "ambiguity"),
        case(&base, "R", Some("ambiguous_bases"), "ambiguity"),
        case("N", alternate, Some("ambiguous_bases"), "ambiguity"),
        case(alternate, &base, Some("reference_mismatch"), "REF differs"),
        case(&base, &format!("{alternate},*,<NON_REF>"), Some(".,not_a_sequence,not_a_sequence"), "ALT *"),
        case(&base, &format!("{alternate},<NON_REF>"), None, consequence),
        case(&long, &long[..1], None, consequence),
        case(&base, &long, None, consequence),
        Case { position: 0, told: Some("before_first_base"), counted: "POS 0", ..case("A", "C", None, "") },
        Case {
            position: 200_000_000,
            told: Some("past_contig_end"),
            counted: "past the end",
            ..case("ACG", "A", None, "")
        },
        Case {
            chrom: "odd",
            told: Some("unknown_contig,unknown_contig"),
            counted: "not in the reference",
            ..case("A", "C,G", None, "")
        },
    ]
}

fn line(case: &Case) -> String {
    let Case { chrom, position, reference, alternate, .. } = case;
    format!("{chrom}\t{position}\tid\t{reference}\t{alternate}\t.\tPASS\tX=1\n")
}

#[test]
fn every_record_comes_out_with_its_outcome() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    for case in cases() {
        let head = format!("##fileformat=VCFv4.2\n##contig=<ID=chr1>\n{COLUMNS}\n");
        fs::write(&input, head + &line(&case)).unwrap();
        for output in ["a.vcf", "a.bcf"] {
            let (run, path) = annotate(&input, output, &[]);
            let shown = &line(&case)[..line(&case).len().min(80)];
            assert!(run.stderr.contains(case.counted), "{shown}: {}", run.stderr);
            run.expect_code(0);
            let path = if output == "a.bcf" {
                let (run, decoded) = annotate(&path, "b.vcf", &[]);
                run.expect_code(0);
                decoded
            } else {
                path
            };
            let vcf = text(&path);
            let records = records(&vcf);
            assert_eq!(records.len(), 1, "{shown}");
            let record = &records[0];
            assert_eq!(
                record[..7].join("\t"),
                line(&case).split('\t').take(7).collect::<Vec<_>>().join("\t")
            );
            assert!(record[7].starts_with("X=1"), "{shown}");
            assert_eq!(info(record, "CSQ_NOT_EVALUABLE"), case.told, "{shown}");
            let evaluable =
                case.counted == "with a consequence" || case.told.is_some_and(|t| t.contains('.'));
            assert_eq!(info(record, "CSQ").is_some(), evaluable, "{shown}: {record:?}");
        }
    }
}

#[test]
fn all_of_them_in_one_file_and_in_rows() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    // A file in which one REF in ten differs is of another build, whatever the form.
    let body: String = cases().iter().filter(|case| !case.counted.starts_with("REF")).map(line).collect();
    for output in ["a.vcf", "a.vcf.gz", "a.bcf", "a.tsv", "a.jsonl"] {
        fs::write(&input, format!("##fileformat=VCFv4.2\n{COLUMNS}\n{}", body.repeat(3))).unwrap();
        let (run, path) = annotate(&input, output, &[]);
        let stderr = run.expect_code(0).stderr;
        for case in cases().iter().filter(|case| !case.counted.starts_with("REF")) {
            assert!(stderr.contains(case.counted), "{output} {}: {stderr}", case.counted);
        }
        if output.starts_with("a.vcf") {
            assert_eq!(records(&text(&path)).len(), 60);
        }
        let wrong =
            cases().iter().filter(|case| case.counted.starts_with("REF")).map(line).collect::<String>();
        fs::write(&input, format!("##fileformat=VCFv4.2\n{COLUMNS}\n{}", wrong.repeat(9))).unwrap();
        let (run, refused) = annotate(&input, &format!("wrong-{output}"), &[]);
        assert!(run.expect_code(3).stderr.contains("another build"));
        assert!(!refused.exists());
    }
}

#[test]
fn a_header_alone_gives_a_header_and_nothing_gives_a_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    for output in ["a.vcf", "a.vcf.gz", "a.bcf", "a.tsv", "a.jsonl"] {
        for ending in ["", "\n", "\r\n"] {
            fs::write(&input, format!("##fileformat=VCFv4.2\n{COLUMNS}{ending}")).unwrap();
            let (run, path) = annotate(&input, output, &[]);
            run.expect_code(0);
            if output.starts_with("a.vcf") {
                let text = text(&path);
                assert!(records(&text).is_empty() && text.contains("ID=CSQ,") && text.ends_with('\n'));
            }
            fs::remove_file(path).unwrap();
        }
        fs::write(&input, "").unwrap();
        let (run, path) = annotate(&input, output, &[]);
        assert!(run.expect_code(3).stderr.contains("empty") && !path.exists());
    }
}

#[test]
fn a_file_cut_short_is_refused_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(super::family(folder.path())).unwrap();
    let input = folder.path().join("cut.vcf.gz");
    for length in [10, whole.len() / 2, whole.len() - 28, whole.len() - 1] {
        fs::write(&input, &whole[..length]).unwrap();
        for output in ["a.vcf", "a.bcf"] {
            let (run, path) = annotate(&input, output, &[]);
            let stderr = run.expect_code(3).stderr;
            assert!(stderr.contains("cut.vcf.gz") && !path.exists(), "{length}: {stderr}");
        }
    }
}

#[test]
fn lines_that_are_no_records_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    for (bad, word) in [
        ("chr1\t6000\t.\tA", "columns"),
        ("chr1\tx\t.\tA\tC\t.\t.\t.", "POS"),
        ("chr1\t6000\t.\t-\tC\t.\t.\t.", "REF"),
        ("chr1\t6000\t.\tA\tC,\t.\t.\t.", "ALT"),
        ("chr1\t3000000000\t.\tA\tC\t.\t.\t.", "POS"),
    ] {
        fs::write(&input, format!("##fileformat=VCFv4.2\n{COLUMNS}\n{bad}\n")).unwrap();
        let (run, path) = annotate(&input, "a.vcf", &[]);
        let stderr = run.expect_code(3).stderr;
        assert!(stderr.contains(word) && stderr.contains("record 1"), "{stderr}");
        assert!(!path.exists());
    }
}

#[test]
fn line_endings_and_gzip_without_blocks_are_kept_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let base = reference(6_000, 1);
    let text_in =
        format!("##fileformat=VCFv4.2\r\n{COLUMNS}\r\nchr1\t6000\t.\t{base}\t{}\t.\t.\t.\r\n", other(&base));
    let input = folder.path().join("in.vcf.gz");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text_in.as_bytes()).unwrap();
    fs::write(&input, gzip.finish().unwrap()).unwrap();
    let (run, vcf) = annotate(&input, "a.vcf", &[]);
    assert!(run.expect_code(0).stderr.contains("bgzip"));
    let vcf = text(&vcf);
    assert!(vcf.lines().count() == 6 && vcf.matches("\r\n").count() == 6, "{vcf:?}");
    let (run, bcf) = annotate(&input, "a.bcf", &[]);
    run.expect_code(0);
    let (run, back) = annotate(&bcf, "b.vcf", &[]);
    run.expect_code(0);
    assert!(!text(&back).contains('\r'));
}

/// `<*>` came out as `<NON_REF>`, and lower case as upper case, where rows are to hold the record's own spelling.
#[test]
fn rows_spell_alleles_as_the_record_does() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.vcf");
    let base = reference(6_000, 1);
    let (lower, alternate) = (base.to_lowercase(), other(&base));
    let spelt = [
        (base.clone(), "<*>".to_owned()),
        (base.clone(), format!("{alternate},<NON_REF>")),
        (lower.clone(), alternate.to_lowercase()),
        (base.clone(), format!("{alternate}{},<X>,*", alternate.to_lowercase())),
        (lower, "<DEL>".to_owned()),
        (base.clone(), alternate.to_owned()),
        (base, ".".to_owned()),
    ];
    let body: String = spelt.iter().map(|(r, a)| format!("chr1\t6000\t.\t{r}\t{a}\t.\tPASS\t.\n")).collect();
    fs::write(&input, format!("##fileformat=VCFv4.2\n##contig=<ID=chr1>\n{COLUMNS}\n{body}")).unwrap();
    let expected: Vec<(&str, &str)> = spelt
        .iter()
        .filter(|(_, alternates)| alternates != ".")
        .flat_map(|(reference, alternates)| {
            alternates.split(',').map(|alternate| (reference.as_str(), alternate))
        })
        .collect();
    let (run, bcf) = annotate(&input, "in.bcf", &[]);
    run.expect_code(0);
    for input in [&input, &bcf] {
        let (run, rows) = annotate(input, "rows.tsv", &[]);
        run.expect_code(0);
        let rows = text(&rows);
        let mut alleles: Vec<(&str, &str)> = rows
            .lines()
            .skip(1)
            .map(|row| row.split('\t').collect::<Vec<_>>())
            .map(|columns| (columns[2], columns[3]))
            .collect();
        // One row for each transcript of an allele.
        alleles.dedup();
        assert_eq!(alleles, expected, "{}", input.display());
        let (run, objects) = annotate(input, "rows.jsonl", &[]);
        run.expect_code(0);
        let objects = text(&objects);
        let objects: Vec<serde_json::Value> =
            objects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let alleles: Vec<(&str, &str)> =
            objects.iter().map(|o| (o["ref"].as_str().unwrap(), o["alt"].as_str().unwrap())).collect();
        assert_eq!(alleles, expected, "{}", input.display());
    }
}
