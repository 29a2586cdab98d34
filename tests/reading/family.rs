//! A family's alleles from one joint file or several.

use std::fs;
use std::path::{Path, PathBuf};

use ithaca::interpret::family_reader::{FamilyInput, FamilyOptions, FamilySummary, read_family};
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::model::genotype::{Copy, MissingReason};
use ithaca::model::position::Interval;
use ithaca::model::record::NormalisedAllele;
use ithaca::model::regions::Regions;
use ithaca::read::contigs::ContigSource;
use ithaca::read::error::ReadError;
use ithaca::read::variants::SampleWanted;
use ithaca::reference::genome::Genome;

use super::bgzf;
use crate::shared_data::need;

fn input(file: PathBuf, members: &[(usize, &str)]) -> FamilyInput {
    let members = members.iter().map(|(m, name)| (*m, SampleWanted::Named((*name).to_owned()))).collect();
    FamilyInput { file, members }
}

fn read(
    inputs: &[FamilyInput],
    members: usize,
    genome: Option<&Genome>,
    options: &FamilyOptions,
) -> Result<(Vec<NormalisedAllele>, FamilySummary), ReadError> {
    let source = genome.map_or(ContigSource::File, |g| {
        ContigSource::reference(g.contigs(), &Assembly::Other("test".to_owned()))
    });
    let mut alleles = Vec::new();
    let summary = read_family(
        inputs,
        members,
        &source,
        genome,
        options,
        |batch| batch,
        |batch| {
            alleles.extend(batch);
            Ok::<_, ReadError>(())
        },
    )?;
    Ok((alleles, summary))
}

/// 20,000 bases with repeats: enough for windows, and for alleles that move.
fn world() -> Genome {
    let unit = b"ACGTTGCAGGATCCATACACACACACAGTCTCTCTTTTTTGAC";
    let bases: Vec<u8> = unit.iter().copied().cycle().take(20_000).collect();
    Genome::from_sequences(vec![("chr1".to_owned(), bases.clone()), ("chr2".to_owned(), bases)])
}

fn header(samples: &[&str], gvcf: bool) -> String {
    let mut text =
        "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=20000>\n##contig=<ID=chr2,length=20000>\n".to_owned();
    if gvcf {
        text += "##ALT=<ID=NON_REF,Description=\"any\">\n";
    }
    text + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + &samples.join("\t") + "\n"
}

/// One variant of the made-up family: contig, 0-based start, REF, ALT, genotypes of three members.
type Made = (usize, usize, String, String, [&'static str; 3]);

/// Every kind of small variant along both contigs, spelt rightmost where that differs.
fn made(genome: &Genome) -> Vec<Made> {
    let genotypes = ["0/1", "0/0", "1/1", "0|1", "./.", "./1", "0/1", "0/0"];
    let mut list = Vec::new();
    for contig in 0..2 {
        for (number, start) in (10..19_900usize).step_by(7).enumerate() {
            let base = |at: usize| char::from(genome.base(ContigId(contig), at as u32));
            let (reference, alternate) = match number % 5 {
                0 => (format!("{}{}", base(start), base(start + 1)), base(start).to_string()),
                1 => (base(start).to_string(), format!("{}{}", base(start), base(start))),
                _ => (base(start).to_string(), if base(start) == 'A' { "C" } else { "A" }.to_owned()),
            };
            let g = |shift: usize| genotypes[(number * 3 + shift * 5 + number / 8) % genotypes.len()];
            list.push((usize::from(contig), start, reference, alternate, [g(0), g(1), g(2)]));
        }
    }
    list
}

fn line(made: &Made, genotypes: &[&str]) -> String {
    let (contig, start, reference, alternate, _) = made;
    let calls: Vec<String> = genotypes.iter().map(|g| format!("{g}:30:60")).collect();
    format!(
        "chr{}\t{}\t.\t{reference}\t{alternate}\t50\tPASS\t.\tGT:DP:GQ\t{}\n",
        contig + 1,
        start + 1,
        calls.join("\t")
    )
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bgzf(text.as_bytes(), 9_000)).unwrap();
    path
}

#[test]
fn a_joint_file_and_its_parts_agree_on_every_carrier() {
    let (genome, folder) = (world(), tempfile::tempdir().unwrap());
    let list = made(&genome);
    let mut joint = header(&["a", "b", "c"], false);
    let mut parts: Vec<String> = ["a", "b", "c"].iter().map(|s| header(&[s], false)).collect();
    for made in &list {
        joint += &line(made, &made.4);
        for (part, genotype) in parts.iter_mut().zip(made.4) {
            // As callers do: a person's own file lists what the person carries.
            if genotype.contains('1') || genotype.contains('.') {
                *part += &line(made, &[genotype]);
            }
        }
    }
    let joint = write(folder.path(), "joint.vcf.gz", &joint);
    let inputs: Vec<FamilyInput> = ["a", "b", "c"]
        .iter()
        .enumerate()
        .map(|(n, name)| input(write(folder.path(), &format!("{name}.vcf.gz"), &parts[n]), &[(n, name)]))
        .collect();
    let options = FamilyOptions::default();
    let (one, summary) =
        read(&[input(joint, &[(0, "a"), (1, "b"), (2, "c")])], 3, Some(&genome), &options).unwrap();
    let (several, _) = read(&inputs, 3, Some(&genome), &options).unwrap();
    // What nobody is shown to carry is told only where a genotype is missing, which differs between the two.
    let carried = |list: Vec<NormalisedAllele>| -> Vec<NormalisedAllele> {
        list.into_iter().filter(|e| e.calls.iter().any(|c| c.carries())).collect()
    };
    let (one, several) = (carried(one), carried(several));
    assert!(one.len() > 3_000, "{}", one.len());
    assert_eq!(
        (summary.reference_mismatches, summary.reference_checked),
        (0, summary.alleles),
        "{summary:?}"
    );
    assert_eq!(one.len(), several.len());
    for (joint, parts) in one.iter().zip(&several) {
        assert_eq!(joint.allele, parts.allele);
        for (joint, part) in joint.calls.iter().zip(&parts.calls) {
            if joint.carries() {
                assert_eq!((&joint.copies, joint.phased), (&part.copies, part.phased), "{:?}", parts.allele);
            } else if part.missing == Some(MissingReason::NotCovered) {
                assert_eq!(joint.copies.iter().filter(|c| **c == Copy::Alternate).count(), 0);
            } else {
                assert!(!part.carries());
            }
        }
    }
    assert!(one.windows(2).all(|pair| pair[0].allele < pair[1].allele), "sorted, each allele once");
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let again = pool.install(|| read(&inputs, 3, Some(&genome), &options)).unwrap().0;
        assert_eq!(again.iter().filter(|e| e.calls.iter().any(|c| c.carries())).count(), one.len());
        assert!(again.windows(2).all(|pair| pair[0].allele < pair[1].allele));
    }
}

#[test]
fn a_gvcf_says_reference_where_it_has_a_block_and_nothing_where_it_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let genome = world();
    let base = |at: u32| char::from(genome.base(ContigId(0), at));
    let snv = |at: u32| {
        format!(
            "chr1\t{}\t.\t{}\t{}\t50\tPASS\t.\tGT:DP:GQ\t0/1:30:60\n",
            at + 1,
            base(at),
            if base(at) == 'G' { "T" } else { "G" }
        )
    };
    let child = header(&["kid"], false) + &snv(100) + &snv(250) + &snv(400) + &snv(401);
    let block = |start: u32, end: u32| {
        format!(
            "chr1\t{}\t.\t{}\t<NON_REF>\t.\t.\tEND={end}\tGT:DP:GQ:MIN_DP\t0/0:40:70:21\n",
            start + 1,
            base(start)
        )
    };
    // Another ALT than the child's.
    let third = if base(400) == 'C' { "A" } else { "C" };
    let other = format!("chr1\t401\t.\t{}\t{third},<NON_REF>\t50\t.\t.\tGT:DP:GQ\t1/1:33:80\n", base(400));
    let mother = header(&["mum"], true) + &block(0, 200) + &block(300, 400) + &other + &block(401, 500);
    let inputs = [
        input(write(folder.path(), "kid.vcf.gz", &child), &[(1, "kid")]),
        input(write(folder.path(), "mum.g.vcf.gz", &mother), &[(0, "mum")]),
    ];
    let (alleles, summary) = read(&inputs, 3, Some(&genome), &FamilyOptions::default()).unwrap();
    let kid: Vec<_> = alleles.iter().filter(|e| e.calls[1].carries()).collect();
    assert_eq!(kid.iter().map(|e| e.allele.start).collect::<Vec<_>>(), [100, 250, 400, 401]);
    let mum: Vec<_> = kid.iter().map(|e| &e.calls[0]).collect();
    assert_eq!((mum[0].depth, mum[0].quality, mum[0].from_reference_block), (Some(21), Some(70), true));
    assert_eq!(mum[0].copies.as_slice(), [Copy::Other, Copy::Other]);
    assert_eq!(mum[1].missing, Some(MissingReason::NotCovered));
    assert_eq!((mum[2].copies.as_slice(), mum[2].depth), ([Copy::Other, Copy::Other].as_slice(), Some(33)));
    assert_eq!(mum[3].missing, None);
    assert_eq!(kid[0].calls[2].missing, Some(MissingReason::NotSequenced));
    assert_eq!(summary.not_sequence, [("any other allele (<NON_REF>)".to_owned(), 4)]);
}

#[test]
fn regions_keep_an_allele_written_elsewhere_in_its_repeat() {
    let folder = tempfile::tempdir().unwrap();
    let genome = Genome::from_sequences(vec![(
        "chr1".to_owned(),
        [b"G".repeat(500), b"CA".repeat(50), b"G".repeat(500)].concat(),
    )]);
    let text = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=1100>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\n\
        chr1\t596\t.\tACA\tA\t50\tPASS\t.\tGT\t0/1\nchr1\t700\t.\tG\tA\t50\tPASS\t.\tGT\t0/1\n";
    let file = write(folder.path(), "kid.vcf.gz", text);
    let regions = Some(Regions::new([(ContigId(0), Interval::new(480, 520))]));
    let options = FamilyOptions { regions, ..FamilyOptions::default() };
    let (alleles, _) = read(&[input(file, &[(0, "kid")])], 1, Some(&genome), &options).unwrap();
    assert_eq!(alleles.iter().map(|e| e.allele.start).collect::<Vec<_>>(), [500]);
}

#[test]
fn the_real_trios_run_whole() {
    for (name, samples, least) in [
        ("variants-grch38/NA12878trio.GRCh38.vcf.gz", ["NA12878x2_80", "NA12891_14", "NA12892_18"], 40_000),
        ("variants-grch38/NA12878.gatk.g.vcf.gz", ["", "", ""], 1_400),
    ] {
        let Some(path) = need(name) else { return };
        let members: Vec<_> = match samples[0] {
            "" => vec![(0, SampleWanted::OnlyOr("NA12878".to_owned()))],
            _ => samples.iter().enumerate().map(|(n, s)| (n, SampleWanted::Named((*s).to_owned()))).collect(),
        };
        let count = members.len();
        let (alleles, summary) =
            read(&[FamilyInput { file: path, members }], count, None, &FamilyOptions::default()).unwrap();
        assert!(alleles.len() > least, "{name}: {} {summary:?}", alleles.len());
        assert!(alleles.iter().all(|entry| {
            entry.calls.iter().any(|call| call.carries() || call.copies.contains(&Copy::Other))
        }));
    }
}

#[test]
fn files_with_contigs_in_another_order_are_read_in_the_reference_s() {
    let folder = tempfile::tempdir().unwrap();
    let (genome, list) = (world(), made(&world()));
    let write_file = |name: &str, order: [usize; 2], declared: bool| {
        let contigs = order.map(|c| format!("##contig=<ID=chr{},length=20000>\n", c + 1)).concat();
        let contigs = if declared { contigs } else { String::new() };
        let mut text = "##fileformat=VCFv4.2\n".to_owned()
            + &contigs
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tp\n";
        for contig in order {
            list.iter().filter(|m| m.0 == contig).for_each(|m| text += &line(m, &["0/1"]));
        }
        write(folder.path(), name, &text)
    };
    let plain = write_file("plain.vcf.gz", [0, 1], true);
    let turned = write_file("turned.vcf.gz", [1, 0], true);
    let silent = write_file("silent.vcf.gz", [1, 0], false);
    let options = FamilyOptions::default();
    let alone =
        |path: &PathBuf| read(&[input(path.clone(), &[(0, "p")])], 1, Some(&genome), &options).unwrap();
    let (expected, _) = alone(&plain);
    assert_eq!(expected.len(), list.len());
    for path in [&turned, &silent] {
        let (alleles, summary) = alone(path);
        assert!(
            alleles.iter().zip(&expected).all(|(a, b)| a.allele == b.allele)
                && alleles.len() == expected.len()
        );
        assert!(summary.warnings[0].iter().any(|w| w.contains("read twice")), "{:?}", summary.warnings);
    }
    let both = [input(turned, &[(0, "p")]), input(plain, &[(1, "p")])];
    let (alleles, _) = read(&both, 2, Some(&genome), &options).unwrap();
    assert_eq!(alleles.len(), expected.len());
    assert!(alleles.iter().all(|entry| entry.calls.iter().all(|call| call.carries())));
}
