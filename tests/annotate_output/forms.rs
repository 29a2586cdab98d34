//! One annotation in all forms: text, BGZF and BCF, from each of them, with any number of threads.

use std::fs;

use super::{annotate, bcftools, family, info, parts, records, text};

#[test]
fn only_info_changes_and_every_form_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let input = family(folder.path());
    let (run, vcf) = annotate(&input, "a.vcf", &[]);
    let stderr = run.expect_code(0).stderr;
    let (before, after) = (text(&input), text(&vcf));
    let (before, annotated) = (records(&before), records(&after));
    assert_eq!(before.len(), annotated.len());
    assert!(stderr.contains(&format!("{} records", before.len())), "{stderr}");
    for (before, after) in before.iter().zip(&annotated) {
        let (head, tail) = after[7].split_once(";CSQ=").unwrap();
        assert!(!tail.contains("CSQ=") && !tail.contains(' '), "{tail}");
        assert_eq!((&before[..7], before[7], &before[8..]), (&after[..7], head, &after[8..]));
    }
    let (run, compressed) = annotate(&input, "a.vcf.gz", &[]);
    run.expect_code(0);
    assert_eq!(text(&compressed), after);
    let end = ithaca::write::bgzf::END_OF_FILE;
    assert!(fs::read(&compressed).unwrap().ends_with(&end));
    let (run, bcf) = annotate(&input, "a.bcf", &[]);
    run.expect_code(0);
    assert!(fs::read(&bcf).unwrap().ends_with(&end));
    // From BCF to BCF the records are patched, to VCF they are decoded; what was there is replaced by the same.
    let (run, again) = annotate(&bcf, "b.bcf", &[]);
    assert!(run.expect_code(0).stderr.contains("replaced"));
    // Where blocks end depends on where those of the input do.
    assert!(inflated(&again) == inflated(&bcf), "other records");
    let (run, decoded) = annotate(&bcf, "b.vcf", &[]);
    run.expect_code(0);
    // Numbers with a point in the sample columns are written anew: `1.000` comes back as `1`.
    assert_eq!(records(&text(&decoded)).len(), annotated.len());
    for (decoded, annotated) in records(&text(&decoded)).iter().zip(&annotated) {
        assert_eq!(decoded[..9], annotated[..9]);
    }
    let (run, again) = annotate(&vcf, "c.vcf", &[]);
    assert!(run.expect_code(0).stderr.contains("CSQ of 906 records was replaced"));
    assert_eq!(text(&again), after);
    let (bcf, vcf) = (bcf.to_str().unwrap(), vcf.to_str().unwrap());
    if let (Some(from_bcf), Some(from_vcf)) =
        (bcftools(&["view", "--no-version", bcf]), bcftools(&["view", "--no-version", vcf]))
    {
        assert_eq!(from_bcf, from_vcf);
        assert_eq!(bcftools(&["view", "-H", bcf]).unwrap(), without_header(&text(&decoded)));
    }
}

fn inflated(path: &std::path::Path) -> Vec<u8> {
    ithaca::read::bgzf::inflate(&fs::read(path).unwrap(), Vec::new()).unwrap().0
}

fn without_header(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with('#')).collect()
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    // Long enough for several batches of input.
    let padding = format!("\tDP={};DP=", "7".repeat(6_000));
    let input = folder.path().join("long.vcf");
    fs::write(&input, text(&family(folder.path())).replace("\tDP=", &padding)).unwrap();
    assert!(fs::metadata(&input).unwrap().len() > 5_000_000);
    for name in ["a.vcf.gz", "a.tsv"] {
        let outputs: Vec<Vec<u8>> = ["1", "2", "8"]
            .iter()
            .map(|threads| {
                let more = ["--threads", *threads, "--haplotypes", "none", "--no-hgvs"];
                let (run, output) = annotate(&input, name, &more);
                run.expect_code(0);
                fs::read(output).unwrap()
            })
            .collect();
        assert!(outputs[0] == outputs[1] && outputs[1] == outputs[2], "{name}");
        assert!(outputs[0].len() > 50_000);
    }
}

#[test]
fn rows_and_entries_tell_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let input = family(folder.path());
    let (_, vcf) = annotate(&input, "a.vcf", &[]);
    let (_, tsv) = annotate(&input, "a.tsv", &[]);
    let (vcf, tsv) = (text(&vcf), text(&tsv));
    let names = parts(&vcf);
    let at = |name: &str| names.iter().position(|n| *n == name).unwrap();
    let shared = [
        ("SYMBOL", "gene"),
        ("HGNC_ID", "hgnc_id"),
        ("Feature", "transcript"),
        ("BIOTYPE", "biotype"),
        ("IMPACT", "impact"),
        ("EXON", "exon"),
        ("INTRON", "intron"),
        ("cDNA_position", "cdna_position"),
        ("CDS_position", "cds_position"),
        ("Protein_position", "protein_position"),
        ("Amino_acids", "amino_acids"),
        ("Codons", "codons"),
        ("HGVSg", "hgvsg"),
        ("HGVSc", "hgvsc"),
        ("HGVSp", "hgvsp"),
        ("MANE", "mane"),
        ("CANONICAL", "canonical"),
        ("clinvar_CLNSIG", "clinvar_CLNSIG"),
        ("gnomad_genomes_AC", "gnomad_genomes_AC"),
    ];
    let mut rows = tsv.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let columns = rows.next().unwrap();
    let column = |name: &str| columns.iter().position(|n| *n == name).unwrap();
    let mut compared = 0;
    for record in records(&vcf) {
        for entry in info(&record, "CSQ").unwrap().split(',') {
            let entry: Vec<&str> = entry.split('|').collect();
            let row = rows.next().unwrap();
            assert_eq!(entry.len(), names.len(), "{record:?}");
            assert_eq!((row[0], row[1]), (record[0], record[1]));
            for (part, name) in shared {
                let escaped = row[column(name)].replace('=', "%3D").replace([',', '|'], "&");
                assert_eq!(entry[at(part)], escaped.replace(' ', "_"), "{part} {record:?}");
            }
            let mut terms: Vec<&str> = entry[at("Consequence")].split('&').collect();
            terms.sort_unstable();
            assert_eq!(terms.join("&"), row[column("consequence")]);
            compared += 1;
        }
    }
    assert!(rows.next().is_none() && compared > 900);
}

#[test]
fn a_tool_that_reads_vep_fields_reads_these() {
    let folder = tempfile::tempdir().unwrap();
    let (_, vcf) = annotate(&family(folder.path()), "a.vcf.gz", &[]);
    let path = vcf.to_str().unwrap();
    let Some(list) = bcftools(&["+split-vep", path, "-l"]) else { return };
    let vcf = text(&vcf);
    let listed: Vec<&str> = list.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(listed, parts(&vcf));
    let format = "%CHROM\t%POS\t%Allele\t%Consequence\t%SYMBOL\t%Feature\t%HGVSc\n";
    let all = bcftools(&["+split-vep", path, "-d", "-f", format]).unwrap();
    let entries: usize = records(&vcf).iter().map(|r| info(r, "CSQ").unwrap().split(',').count()).sum();
    assert_eq!(all.lines().count(), entries);
    let worst = bcftools(&["+split-vep", path, "-s", "worst:missense+", "-f", format]).unwrap();
    assert!(worst.lines().count() > 10 && worst.contains("missense_variant"), "{worst}");
}
