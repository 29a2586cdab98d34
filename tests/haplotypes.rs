//! `ithaca annotate` on genotypes: an invented gene of two exons, on the forward strand.

use std::fs;
use std::path::Path;

use ithaca::report::model::Report;

use crate::program::{ithaca, run_batch};
use crate::world::bundle;

/// Exon 1 holds the start and eight codons and the first base of the ninth, which an intron of 40 bases splits.
const EXON_1: &str = "GGGATGAAAGCTTTCCTGGAAAAACCCTGGG";
const INTRON: &str = "GTAAGTCTCTCTCTCTCTCTCTCTCTCTCTCTCTCTTCAG";
const EXON_2: &str = "GACAGAAGCTTTCCTGGAAACCCTAAGCAGCC";

/// 1-based position of a coding base.
fn at(coding: usize) -> usize {
    let offset = coding + 2;
    20 + offset + if offset < EXON_1.len() { 0 } else { INTRON.len() } + 1
}

fn world(folder: &Path) -> String {
    let bases = format!("{}{EXON_1}{INTRON}{EXON_2}{}", "T".repeat(20), "T".repeat(20));
    fs::write(folder.join("g.fa"), format!(">chr1\n{bases}\n")).unwrap();
    let (end_1, start_2) = (20 + EXON_1.len(), 20 + EXON_1.len() + INTRON.len() + 1);
    let end_2 = start_2 + EXON_2.len() - 1;
    // The stop TAA ends 8 bases before the end of exon 2.
    let cds_2 = end_2 - 6;
    let rows = [
        ("gene", 21, end_2, ".", "ID=gene:G1;Name=GENE1;biotype=protein_coding;gene_id=G1"),
        (
            "mRNA",
            21,
            end_2,
            ".",
            "ID=transcript:T1;Parent=gene:G1;biotype=protein_coding;transcript_id=T1;version=1",
        ),
        ("exon", 21, end_1, ".", "Parent=transcript:T1"),
        ("exon", start_2, end_2, ".", "Parent=transcript:T1"),
        ("CDS", 24, end_1, "0", "ID=CDS:P1;Parent=transcript:T1;protein_id=P1"),
        ("CDS", start_2, cds_2, "2", "ID=CDS:P1;Parent=transcript:T1;protein_id=P1"),
    ];
    let mut gff = "##gff-version 3\n".to_owned();
    for (kind, from, to, phase, attributes) in rows {
        gff += &format!("chr1\tinvented\t{kind}\t{from}\t{to}\t.\t+\t{phase}\t{attributes}\n");
    }
    fs::write(folder.join("g.gff3"), gff).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (fasta, gff, bundle) = (path("g.fa"), path("g.gff3"), path("bundle"));
    ithaca([
        "reference",
        "build",
        "--assembly",
        "invented",
        "--fasta",
        &fasta,
        "--transcripts",
        &gff,
        "--output",
        &bundle,
    ])
    .expect_code(0);
    bases
}

/// Annotates records `(position, ref, alt, genotypes)` and gives the flags of each row on the transcript.
fn flags(folder: &Path, samples: &str, records: &[(usize, &str, &str, &str)], more: &[&str]) -> Vec<String> {
    let mut vcf = "##fileformat=VCFv4.3\n##contig=<ID=chr1>\n\
                   ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
                   ##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"Phase set\">\n"
        .to_owned();
    vcf += &format!("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{samples}\n");
    for (position, reference, alternate, genotypes) in records {
        let format = if genotypes.contains(':') { "GT:PS" } else { "GT" };
        vcf += &format!("chr1\t{position}\t.\t{reference}\t{alternate}\t.\t.\t.\t{format}\t{genotypes}\n");
    }
    fs::write(folder.join("in.vcf"), vcf).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (bundle, input) = (path("bundle"), path("in.vcf"));
    let mut arguments = vec!["annotate", "--reference", &bundle, &input];
    arguments.extend(more);
    let run = ithaca(arguments).expect_code(0);
    run.stdout
        .lines()
        .skip(1)
        .map(|line| line.split('\t').nth(23).unwrap().to_owned())
        .map(|flags| flags.split(';').filter(|f| !f.starts_with("nmd=")).collect::<Vec<_>>().join(";"))
        .collect()
}

fn base(bases: &str, position: usize) -> &str {
    &bases[position - 1..position]
}

#[test]
fn phase_tells_what_two_variants_of_a_codon_do() {
    let folder = tempfile::tempdir().unwrap();
    let bases = world(folder.path());
    // AAA, the second codon: T in its first base alone is a stop, and with C in its second it is TCA, serine.
    let (first, second) = (at(4), at(5));
    assert_eq!((base(&bases, first), base(&bases, second)), ("A", "A"));
    let told = |one: &str, other: &str| {
        let records = [(first, "A", "T", one), (second, "A", "C", other)];
        flags(folder.path(), "S", &records, &[])
    };
    let cis = [
        format!("compound=S:{second}-A-C:missense_variant:c.4_5delinsTC:p.(Lys2Ser)"),
        format!("compound=S:{first}-A-T:missense_variant:c.4_5delinsTC:p.(Lys2Ser)"),
    ];
    let open = [format!("possible_compound=S:{second}-A-C"), format!("possible_compound=S:{first}-A-T")];
    let nothing = [String::new(), String::new()];
    assert_eq!(told("0|1", "0|1"), cis);
    assert_eq!(told("1/1", "0/1"), cis);
    assert_eq!(told("1", "1"), cis);
    assert_eq!(told("0|1:9", "0|1:9"), cis);
    assert_eq!(told("0|1", "1|0"), nothing);
    assert_eq!(told("0/1", "0/1"), open);
    assert_eq!(told("0|1:9", "0|1:8"), open);
    assert_eq!(told("0|1", "0/0"), nothing);
    let records = [(first, "A", "T", "0|1"), (second, "A", "C", "0|1")];
    assert_eq!(flags(folder.path(), "S", &records, &["--haplotypes", "none"]), nothing);
}

#[test]
fn a_codon_split_by_an_intron_is_one_codon() {
    let folder = tempfile::tempdir().unwrap();
    let bases = world(folder.path());
    let coding: String = format!("{EXON_1}{EXON_2}")[3..].to_owned();
    // The tenth codon begins with the last base of exon 1.
    let (first, second) = (at(28), at(29));
    assert_eq!(second - first, INTRON.len() + 1);
    assert_eq!(&coding[27..30], "GGA");
    assert_eq!((base(&bases, first), base(&bases, second)), ("G", "G"));
    let records = [(first, "G", "C", "0|1"), (second, "G", "T", "0|1")];
    let found = flags(folder.path(), "S", &records, &[]);
    let told = "missense_variant&splice_region_variant:c.[28G>C%3B29G>T]:p.(Gly10Leu)";
    assert_eq!(found[0], format!("compound=S:{second}-G-T:{told}"));
    assert_eq!(found[1], format!("compound=S:{first}-G-C:{told}"));
}

#[test]
fn a_second_frameshift_restores_the_frame_and_what_is_behind_a_stop_is_moot() {
    let folder = tempfile::tempdir().unwrap();
    let bases = world(folder.path());
    let (one, other) = (at(9), at(15));
    let anchor = base(&bases, one).to_owned();
    let lost = bases[other - 1..=other].to_owned();
    let records =
        [(one, anchor.as_str(), &*format!("{anchor}A"), "1|1"), (other, lost.as_str(), &lost[..1], "1|1")];
    let found = flags(folder.path(), "S", &records, &[]);
    assert!(found.iter().all(|f| f.starts_with("compound=") && f.ends_with(":restores_frame")), "{found:?}");
    let last = at(34);
    let reference = base(&bases, last).to_owned();
    let records = [(at(4), "A", "T", "0|1"), (last, reference.as_str(), "T", "0|1")];
    let found = flags(folder.path(), "S", &records, &[]);
    assert_eq!(found, ["".to_owned(), format!("behind_stop=S:{}-A-T", at(4))]);
}

#[test]
fn the_parents_tell_the_phase_of_a_child() {
    let folder = tempfile::tempdir().unwrap();
    world(folder.path());
    fs::write(folder.path().join("f.ped"), "F\tC\tD\tM\t1\t2\nF\tD\t0\t0\t1\t1\nF\tM\t0\t0\t2\t1\n").unwrap();
    let ped = folder.path().join("f.ped").to_str().unwrap().to_owned();
    let told = |one: &str, other: &str| {
        let records = [(at(4), "A", "T", one), (at(5), "A", "C", other)];
        flags(folder.path(), "C\tM\tD", &records, &["--ped", &ped, "--haplotypes", "C"])
    };
    assert!(told("0/1\t0/1\t0/0", "0/1\t0/1\t0/0").iter().all(|f| f.starts_with("compound=C:")));
    assert_eq!(told("0/1\t0/1\t0/0", "0/1\t0/0\t0/1"), ["", ""]);
    assert!(told("0/1\t0/1\t0/1", "0/1\t0/1\t0/0").iter().all(|f| f.starts_with("possible_compound=C:")));
}

/// Codon 92 of QEBA2 is TCG: TAG with the first variant alone, TAC with the second. Whoever's files they stand in, and
/// whatever the filters say of the second, the first one's finding tells.
#[test]
fn a_finding_says_what_it_does_together_with_the_proband_s_other_variants() {
    let heading = "referral\tparticipant\trole\tsex\taffected\tvcf\ttest_code\tmother\tfather\n";
    let proband =
        |file: &str, parents: &str| format!("R1\tP1\tproband\tfemale\tyes\t{file}\tR9001.1\t{parents}\n");
    // A mother who carries it is affected too: the gene's disease is dominant.
    let parent = |id: &str, role: &str, sex: &str, file: &str| {
        let affected = if file == "j.vcf" && role == "mother" { "yes" } else { "no" };
        format!("R1\t{id}\t{role}\t{sex}\t{affected}\t{file}\t\t\t\n")
    };
    let alone = [("p.vcf", "P1", ["0|1", "0|1"])];
    let apart =
        [("m.vcf", "M1", ["0/0", "0/0"]), ("f.vcf", "F1", ["0/0", "0/0"]), ("p.vcf", "P1", ["0|1", "0|1"])];
    let joint = [("j.vcf", "F1\tP1\tM1", ["0/0\t0/1\t0/1", "0/0\t0/1\t0/1"])];
    let (mother, father) = (("M1", "mother", "female"), ("F1", "father", "male"));
    let of = |(id, role, sex): (&str, &str, &str), file| parent(id, role, sex, file);
    let cases = [
        (proband("p.vcf", "\t"), &alone[..]),
        (of(mother, "m.vcf") + &of(father, "f.vcf") + &proband("p.vcf", "M1\tF1"), &apart[..]),
        (of(father, "j.vcf") + &proband("j.vcf", "M1\tF1") + &of(mother, "j.vcf"), &joint[..]),
    ];
    for (rows, files) in cases {
        for filter in ["PASS", "LowQual"] {
            let folder = tempfile::tempdir().unwrap();
            for (file, samples, [first, second]) in files {
                let vcf = format!(
                    "##fileformat=VCFv4.3\n##contig=<ID=chr1,length=300000>\n##FILTER=<ID=LowQual,Description=\"x\">\n\
                     ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
                     #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{samples}\n\
                     chr1\t5824\t.\tC\tA\t50\tPASS\t.\tGT\t{first}\n\
                     chr1\t5825\t.\tG\tC\t50\t{filter}\t.\tGT\t{second}\n"
                );
                fs::write(folder.path().join(file), vcf).unwrap();
            }
            let samplesheet = folder.path().join("samplesheet.tsv");
            fs::write(&samplesheet, format!("{heading}{rows}")).unwrap();
            let output = folder.path().join("results");
            run_batch(&samplesheet, "pipelines/rare-disease-wgs.toml", bundle(), &output, &[]).expect_code(0);
            let text = fs::read_to_string(output.join("R1/report.json")).unwrap();
            let report: Report = serde_json::from_str(&text).unwrap();
            let of_first = report.findings.iter().filter(|f| f.variant.name == "chr1-5824-C-A");
            let words: Vec<&str> = of_first.flat_map(|f| &f.flags).map(|flag| flag.words.as_str()).collect();
            let told = "In cis with 5825-G-C: the combined effect is missense variant, c.275_276delinsAC p.(Ser92Tyr).";
            assert!(words.contains(&told), "{rows} {filter}: {words:?}");
        }
    }
}
