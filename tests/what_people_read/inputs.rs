//! What the program says of inputs that it refuses: samplesheets, variant files, pedigrees, alignments.

use std::fs;

use super::messages::{Case, hold_all};
use super::{folder, hold, session, stage};

/// Referrals of the simulated world that must fail, each alone.
const REFERRALS: [(&str, &str); 11] = [
    ("unknown-test-code", "FAULT01"),
    ("unknown-sample", "FAULT02"),
    ("variant-file-missing", "FAULT03"),
    ("father-is-female", "FAULT04"),
    ("participant-in-two-rows", "FAULT05"),
    ("proband-not-affected", "FAULT06"),
    ("variant-file-cut-short", "FAULT07"),
    ("variant-file-of-another-build", "FAULT08"),
    ("variant-file-not-sorted", "FAULT09"),
    ("reference-bases-differ", "FAULT10"),
    ("not-a-variant-file", "FAULT11"),
];

/// Samplesheets, each with the file's own content.
const SAMPLESHEETS: [(&str, &str); 7] = [
    ("empty", ""),
    ("headings-only", "HEADINGS"),
    ("unknown-column", "referral\tparticipant\tshoe_size\nA\tP1\t7\n"),
    ("column-missing", "referral\tparticipant\nA\tP1\n"),
    (
        "bad-row",
        "HEADINGSBAD\tP1\tproband\tpurple\tyes\tSIM001\tLP9001-DNA_A\tR9001.1\n\
         GOOD\tP1\tproband\tfemale\tyes\tSIM001\tLP9001-DNA_A\tR9001.1\n",
    ),
    (
        "row-with-a-cell-too-many",
        "HEADINGSBAD\tP1\tproband\tmale\tyes\tSIM001\tLP9001-DNA_A\tR9001.1\tmore\n",
    ),
    ("no-proband", "HEADINGSBAD\tP1\tmother\tfemale\tyes\tSIM001\tLP9001-DNA_A\tR9001.1\n"),
];
const HEADINGS: &str = "referral\tparticipant\trole\tsex\taffected\tvcf\tvcf_sample\ttest_code\n";

/// Pedigree files over the samples `kid`, `mum` and `dad`.
const PEDIGREES: [(&str, &str); 9] = [
    ("empty", ""),
    ("too-few-columns", "F\tkid\tdad\n"),
    ("unknown-sex", "F\tkid\t0\t0\tx\t2\n"),
    ("nobody-affected", "F\tkid\tdad\tmum\t1\t1\nF\tmum\t0\t0\t2\t1\nF\tdad\t0\t0\t1\t1\n"),
    ("own-ancestor", "F\tkid\tdad\tmum\t1\t2\nF\tmum\tkid\t0\t2\t1\nF\tdad\t0\t0\t1\t1\n"),
    ("mother-is-male", "F\tkid\tdad\tmum\t1\t2\nF\tmum\t0\t0\t1\t1\nF\tdad\t0\t0\t1\t1\n"),
    ("person-twice", "F\tkid\tdad\tmum\t1\t2\nF\tkid\tother\tmum\t1\t2\n"),
    ("nobody-in-the-variant-file", "F\tsomeone\t0\t0\t1\t2\n"),
    ("two-families", "F\tkid\t0\t0\t1\t2\nG\tmum\t0\t0\t2\t2\n"),
];

const COMMANDS: [Case; 13] = [
    ("samplesheet-missing", "run absent.tsv KNOWLEDGE --output out"),
    ("samplesheet-of-unknown-format", "run absent.txt KNOWLEDGE --output out --samplesheet-format nosuch"),
    ("annotate-missing", "annotate absent.vcf --reference bundle"),
    ("annotate-not-a-variant-file", "annotate files/text.txt --reference bundle"),
    ("annotate-other-build", "annotate test-data/families/FAULT08/proband.vcf.gz --reference bundle"),
    (
        "annotate-cut-short",
        "annotate test-data/families/FAULT07/proband.vcf.gz --reference bundle --output files/a.tsv",
    ),
    (
        "annotate-not-sorted",
        "annotate test-data/families/FAULT09/proband.vcf.gz --reference bundle --output files/a.tsv",
    ),
    ("coverage-alignments-missing", "coverage absent.bam --regions files/regions.bed --output files/depth"),
    (
        "coverage-regions-missing",
        "coverage test-data/families/SIM024/proband.bam --regions absent.bed --output files/depth",
    ),
    (
        "coverage-regions-reversed",
        "coverage test-data/families/SIM024/proband.bam --regions files/regions.bed --output files/depth",
    ),
    ("coverage-not-alignments", "coverage files/text.txt --regions files/whole.bed --output files/depth"),
    ("inheritance-pedigree-missing", "inheritance --ped absent.ped files/family.vcf"),
    ("inheritance-variants-missing", "inheritance --ped files/trio.ped absent.vcf"),
];

/// A variant file of three people.
const FAMILY: &str = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n\
    ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n\
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\tmum\tdad\n\
    chr1\t100\t.\tA\tT\t50\tPASS\t.\tGT\t0/1\t0/1\t0/0\n";

#[test]
fn messages_about_referrals() {
    hold_all("referral", &REFERRALS.map(|(name, id)| -> Case {
        let command = format!(
            "run test-data/samplesheet-faults.tsv KNOWLEDGE --output faults/{id} --only {id} --date 2026-01-01"
        );
        (name, Box::leak(command.into_boxed_str()))
    }));
}

#[test]
fn messages_about_samplesheets() {
    let file = stage().join("test-data/families/SIM001/SIM001.vcf.gz");
    hold_all(
        "samplesheet",
        &SAMPLESHEETS.map(|(name, text)| -> Case {
            let text =
                text.replace("HEADINGS", HEADINGS).replace("\tSIM001\t", &format!("\t{}\t", file.display()));
            fs::write(folder("samplesheets").join(format!("{name}.tsv")), text).unwrap();
            let command = format!(
                "run samplesheets/{name}.tsv KNOWLEDGE --output samplesheets/{name} --date 2026-01-01"
            );
            (name, Box::leak(command.into_boxed_str()))
        }),
    );
}

#[test]
fn messages_about_pedigrees() {
    let folder = folder("pedigrees");
    fs::write(folder.join("family.vcf"), FAMILY).unwrap();
    hold(
        "pedigree",
        PEDIGREES.map(|(name, text)| {
            fs::write(folder.join(format!("{name}.ped")), text).unwrap();
            let ped = format!("pedigrees/{name}.ped");
            (name.to_owned(), session(&["inheritance", "--ped", &ped, "pedigrees/family.vcf"]))
        }),
    );
}

#[test]
fn messages_about_files() {
    let folder = folder("files");
    for (name, text) in [
        ("text.txt", "text\n"),
        ("regions.bed", "chr1\t500\t100\n"),
        ("whole.bed", "chr1\t100\t500\n"),
        ("family.vcf", FAMILY),
        ("trio.ped", "F\tkid\tdad\tmum\t1\t2\n"),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    hold_all("input", &COMMANDS);
}
