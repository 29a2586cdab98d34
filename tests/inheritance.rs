//! `ithaca inheritance` on small families written here, and on real trios.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::ithaca;
use crate::shared_data::need;

const HEADER: &str = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n##contig=<ID=chrX,length=156040895>\n\
    ##contig=<ID=chrY,length=57227415>\n##contig=<ID=chrM,length=16569>\n##FILTER=<ID=PASS,Description=\"passed\">\n\
    ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";

const TRIO: &str = "F\tkid\tdad\tmum\t1\t2\nF\tmum\t0\t0\t2\t1\nF\tdad\t0\t0\t1\t1\n";

/// `contig pos ref alt genotype…`, one line a record.
fn vcf(folder: &Path, samples: &[&str], records: &str) -> String {
    let mut text = format!("{HEADER}\t{}\n", samples.join("\t"));
    for record in records.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let cells: Vec<&str> = record.split_whitespace().collect();
        text += &format!(
            "{}\t{}\t.\t{}\t{}\t50\tPASS\t.\tGT\t{}\n",
            cells[0],
            cells[1],
            cells[2],
            cells[3],
            cells[4..].join("\t")
        );
    }
    let path = folder.join("in.vcf");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn put(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// (pos, alt, mode) to (verdict, partner).
type Table = BTreeMap<(u32, String, String), (String, String)>;

fn table(text: &str) -> Table {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("chrom\tpos\tref\talt\tgroup\tmode\tverdict\tpartner\treason"));
    let mut table = Table::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 9, "{line}");
        assert!(!cells[8].is_empty(), "no reason: {line}");
        let key = (cells[1].parse().unwrap(), cells[3].to_owned(), cells[5].to_owned());
        let before = table.insert(key, (cells[6].to_owned(), cells[7].to_owned()));
        assert!(before.is_none(), "one row a variant and mode: {line}");
    }
    table
}

fn verdict<'a>(table: &'a Table, pos: u32, alt: &str, mode: &str) -> &'a str {
    table.get(&(pos, alt.to_owned(), mode.to_owned())).map_or("no row", |(verdict, _)| verdict)
}

#[test]
fn a_trio_over_every_region() {
    let scratch = tempfile::tempdir().unwrap();
    let ped = put(scratch.path(), "t.ped", TRIO);
    let bed = put(scratch.path(), "g.bed", "1\t0\t250\tGENE1\n1\t240\t1000\tGENE1\n");
    let input = vcf(
        scratch.path(),
        &["mum", "kid", "dad"],
        "chr1 100 A T 0/1 0/1 0/0
         chr1 200 A T,G 0/1 1/2 0/2
         chr1 300 C T 0/0 0/1 0/0
         chr1 400 C T ./. 0/1 0/0
         chr1 900 C *,T 0/2 1/2 0/1
         chrX 50000 A G 0/1 0/1 0/0
         chrX 3000000 A G 0/1 1 0
         chrY 3000001 A G . 1 0
         chrM 201 A G 0/1 1 0",
    );
    let out = scratch.path().join("out.tsv");
    let out = out.to_str().unwrap();
    ithaca(["inheritance", "--ped", &ped, &input, "--groups", &bed, "-o", out]).expect_code(0);
    let text = fs::read_to_string(out).unwrap();
    let t = table(&text);
    for (pos, alt, mode, expected) in [
        (100, "T", "autosomal_dominant", "no"),
        (100, "T", "autosomal_dominant_incomplete_penetrance", "yes"),
        (100, "T", "compound_heterozygous", "yes"),
        (200, "T", "compound_heterozygous", "yes"),
        (200, "G", "compound_heterozygous", "yes"),
        (300, "T", "de_novo", "yes"),
        (300, "T", "autosomal_dominant", "yes"),
        (400, "T", "de_novo", "possible"),
        (400, "T", "autosomal_dominant", "possible"),
        (900, "T", "autosomal_recessive", "yes"),
        (900, "*", "autosomal_recessive", "no row"),
        (50_000, "G", "autosomal_dominant", "no"),
        (50_000, "G", "x_linked_recessive", "no row"),
        (3_000_000, "G", "x_linked_recessive", "yes"),
        (3_000_000, "G", "x_linked_dominant", "yes"),
        (3_000_001, "G", "y_linked", "yes"),
        (201, "G", "mitochondrial", "yes"),
    ] {
        assert_eq!(verdict(&t, pos, alt, mode), expected, "{pos} {alt} {mode}");
    }
    assert_eq!(t[&(100, "T".to_owned(), "compound_heterozygous".to_owned())].1, "chr1-200-A-G");
    let strict = ithaca(["inheritance", "--ped", &ped, &input, "--strict-x-linked-dominant"]).expect_code(0);
    assert_eq!(verdict(&table(&strict.stdout), 3_000_000, "G", "x_linked_dominant"), "no");
}

#[test]
fn gatk_phase_by_pid_and_pgt_stands_in_for_a_phase_set() {
    let scratch = tempfile::tempdir().unwrap();
    let ped = put(scratch.path(), "s.ped", "F\tkid\t0\t0\t2\t2\n");
    let bed = put(scratch.path(), "g.bed", "1\t0\t1000\tGENE1\n");
    let keys = "##FORMAT=<ID=PGT,Number=1,Type=String,Description=\"physical phase\">\n\
        ##FORMAT=<ID=PID,Number=1,Type=String,Description=\"phase group\">\n\
        ##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"phase set\">\n#CHROM";
    for (one, other, expected, grade) in [
        ("0/1:0|1:100_A_T:.", "0/1:1|0:100_A_T:.", "yes", "(phase_set)"),
        ("0/1:0|1:100_A_T:.", "0/1:0|1:100_A_T:.", "no", "no allele"),
        ("0/1:0|1:100_A_T:.", "0/1:1|0:150_C_G:.", "possible", "(phase_unknown)"),
        ("0/1:0|1:100_A_T", "0/1", "possible", "(phase_unknown)"),
        // PS goes before PGT and PID.
        ("0|1:1|0:100_A_T:100", "1|0:1|0:100_A_T:100", "yes", "(phase_set)"),
        // GT says one order and PGT the other.
        ("0|1:0|1:100_A_T:.", "1|0:0|1:100_A_T:.", "possible", "(phase_unknown)"),
    ] {
        let header = format!("{HEADER}\tkid\n").replace("#CHROM", keys);
        let record =
            |pos: u32, call: &str| format!("chr1\t{pos}\t.\tA\tT\t50\tPASS\t.\tGT:PGT:PID:PS\t{call}\n");
        let input = put(scratch.path(), "in.vcf", &(header + &record(100, one) + &record(200, other)));
        let run = ithaca(["inheritance", "--ped", &ped, &input, "--groups", &bed]).expect_code(0);
        let rows: Vec<&str> = run.stdout.lines().filter(|l| l.contains("compound_heterozygous")).collect();
        assert_eq!(rows.len(), 2);
        for row in rows {
            assert!(row.contains(&format!("\t{expected}\t")) && row.contains(grade), "{one} {other}: {row}");
        }
        assert_eq!(
            run.stderr.contains("the other way by PGT"),
            one.starts_with("0|1:0|1:100_A_T:."),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn faults_of_the_pedigree_are_refused() {
    let scratch = tempfile::tempdir().unwrap();
    let input = vcf(scratch.path(), &["kid", "mum", "dad"], "chr1 100 A T 0/1 0/1 0/0");
    for (ped, words) in [
        ("F\tkid\tdad\tmum\t1\t1\nF\tmum\t0\t0\t2\t1\nF\tdad\t0\t0\t1\t1\n", "not affected"),
        ("F\tkid\tdad\tmum\t1\t2\nF\tmum\tkid\t0\t2\t1\nF\tdad\t0\t0\t1\t1\n", "ancestor"),
        ("F\tkid\tdad\tmum\t1\t2\nF\tmum\t0\t0\t1\t1\nF\tdad\t0\t0\t1\t1\n", "mum"),
        ("F\tkid\tdad\tmum\t1\t2\nF\tkid\tother\tmum\t1\t2\n", "kid"),
        ("F\tsomeone\t0\t0\t1\t2\n", "no member is a sample"),
        ("F\tsomeone\t0\tmum\t1\t2\nF\tmum\t0\t0\t2\t1\n", "no affected member"),
    ] {
        let ped = put(scratch.path(), "bad.ped", ped);
        let out = scratch.path().join("never.tsv");
        let run = ithaca(["inheritance", "--ped", &ped, &input, "-o", out.to_str().unwrap()]).expect_code(3);
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
        assert!(!out.exists(), "a refused input leaves no table");
    }
}

#[test]
fn real_trios_run_whole() {
    for (folder, name) in [("variants-grch38", "NA12878trio.GRCh38"), ("variants-grch37", "HG002trio.b37")] {
        let Some(folder) = need(folder) else { continue };
        if folder.ends_with("variants-grch38") && !crate::pedigrees::long_mode() {
            continue;
        }
        let scratch = tempfile::tempdir().unwrap();
        let ped_name = name.split('.').next().unwrap();
        let ped = folder.join(format!("{ped_name}.ped"));
        let input = folder.join(format!("{name}.vcf.gz"));
        let out = scratch.path().join("out.tsv");
        ithaca([
            "inheritance".as_ref(),
            "--ped".as_ref(),
            ped.as_os_str(),
            input.as_os_str(),
            "-o".as_ref(),
            out.as_os_str(),
        ])
        .expect_code(0);
        let text = fs::read_to_string(&out).unwrap();
        let mut verdicts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            *verdicts.entry((cells[5], cells[6])).or_default() += 1;
        }
        println!("{name}: {verdicts:?}");
        let yes = verdicts.get(&("de_novo", "yes")).copied().unwrap_or(0);
        let rows: usize = verdicts.iter().filter(|((m, _), _)| *m == "de_novo").map(|(_, n)| n).sum();
        assert!(rows > 1_000 && yes * 5 < rows, "{name}: {yes} of {rows} look new by genotype alone");
    }
}

/// Immunoglobulin loci on GRCh38 (NCBI Gene: IGK, IGH, IGL), 0-based half-open.
const IMMUNOGLOBULIN: [(&str, u32, u32); 3] = [
    ("chr2", 88_857_160, 90_235_368),
    ("chr14", 105_586_436, 106_879_844),
    ("chr22", 22_026_075, 22_922_913),
];

/// De novo candidates that the reads bear out, with the floors and limits of the genome pipeline, and with the depth
/// of 20 in each parent that some ask for (find_denovo's default, for one).
///
/// NA12878 stays above the handful of a germline at the pipeline's own depth, for two reasons that no limit on the
/// reads can mend. Her DNA is from a lymphoblastoid line: B cells rearrange and mutate their immunoglobulin genes, and
/// the line carries 952 somatic mutations beside 49 of the germline (Conrad et al. 2011, Nature Genetics 43:712),
/// which look new in every respect: balance near a half at 100x, 16 or more clean reads in each parent. The limits on
/// the parents' reference reads and on the balance took 44 calls to 20: what went are repeats in which a parent has
/// another length, and calls that no heterozygote fits. At depth 20 both trios are down to a handful.
#[test]
fn confident_de_novo_calls_of_real_trios_are_few() {
    use ithaca::family::{FamilyPolicy, Site, de_novo_evidence};
    use ithaca::genotype::apply_floors;
    use ithaca::interpret::family_reader::{FamilyInput, FamilyOptions, FamilyReader, read_family};
    use ithaca::model::pipeline::{DeNovoPolicy, Pipeline};
    use ithaca::model::segregation::{CopyRegion, DeNovoGrade};
    use ithaca::read::contigs::ContigSource;
    use ithaca::read::error::ReadError;
    use ithaca::read::variants::SampleWanted;

    let text = fs::read_to_string(crate::program::root().join("pipelines/rare-disease-wgs.toml")).unwrap();
    let quality = toml::from_str::<Pipeline>(&text).unwrap().quality;
    for (folder, ped, name, most, most_at_depth_20) in [
        ("variants-grch38", "NA12878trio.ped", "NA12878trio.GRCh38.vcf.gz", (13, 7), (4, 4)),
        ("variants-grch37", "HG002trio.ped", "HG002trio.b37.vcf.gz", (3, 0), (3, 0)),
    ] {
        let Some(folder) = need(folder) else { continue };
        let family = ithaca::request::pedigree::read(&folder.join(ped)).unwrap().remove(0);
        let members =
            family.members.iter().enumerate().map(|(i, m)| (i, SampleWanted::Named(m.id.clone()))).collect();
        let inputs = [FamilyInput { file: folder.join(name), members }];
        let reader =
            FamilyReader::open(&inputs, family.members.len(), &ContigSource::File, &FamilyOptions::default());
        let contigs = reader.unwrap().contigs().to_vec();
        let in_immunoglobulin = |allele: &ithaca::model::allele::Allele| {
            let name = &contigs[allele.contig.index()].name;
            folder.ends_with("variants-grch38")
                && IMMUNOGLOBULIN
                    .iter()
                    .any(|(on, from, to)| on == name && (*from..*to).contains(&allele.start))
        };
        let deeper = DeNovoPolicy { parent_depth: 20, ..quality.de_novo.clone() };
        type Graded = (DeNovoGrade, DeNovoGrade, bool);
        let grades = |alleles: Vec<ithaca::model::record::NormalisedAllele>| -> Vec<Graded> {
            alleles
                .into_iter()
                .map(|mut allele| {
                    for call in &mut allele.calls {
                        apply_floors(call, false, &quality);
                    }
                    let site = Site { region: CopyRegion::Autosomal, calls: &allele.calls };
                    let grade =
                        |limits| de_novo_evidence(&family, &site, &FamilyPolicy::default(), limits).grade;
                    (grade(&quality.de_novo), grade(&deeper), in_immunoglobulin(&allele.allele))
                })
                .collect()
        };
        let mut counts: BTreeMap<Graded, usize> = BTreeMap::new();
        read_family(
            &inputs,
            family.members.len(),
            &ContigSource::File,
            None,
            &FamilyOptions::default(),
            grades,
            |batch| -> Result<(), ReadError> {
                batch.into_iter().for_each(|grade| *counts.entry(grade).or_default() += 1);
                Ok(())
            },
        )
        .unwrap();
        println!("{name}: {counts:?}");
        let confident = |wanted: fn(&Graded) -> bool, inside| -> usize {
            counts.iter().filter(|(g, _)| wanted(g) && g.2 == inside).map(|(_, n)| n).sum()
        };
        let both = |wanted| (confident(wanted, false), confident(wanted, true));
        let (usual, at_depth_20) =
            (both(|g| g.0 == DeNovoGrade::Confident), both(|g| g.1 == DeNovoGrade::Confident));
        println!("{name}: {usual:?}, at depth 20 {at_depth_20:?}");
        assert!(at_depth_20.0 >= 1, "{name}: {counts:?}");
        assert!(usual.0 <= most.0 && usual.1 <= most.1, "{name}: {counts:?}");
        assert!(
            at_depth_20.0 <= most_at_depth_20.0 && at_depth_20.1 <= most_at_depth_20.1,
            "{name}: {counts:?}"
        );
    }
}

/// A deletion further along the contig is read ahead; it must not close the genes before it.
#[test]
fn a_deletion_in_a_later_gene_takes_no_pair_from_an_earlier_one() {
    let scratch = tempfile::tempdir().unwrap();
    let ped = put(scratch.path(), "t.ped", TRIO);
    let bed = put(scratch.path(), "g.bed", "1\t0\t5000\tGENE1\n1\t40000\t50000\tGENE2\n");
    let header =
        HEADER.replace("##FILTER", "##INFO=<ID=END,Number=1,Type=Integer,Description=\"end\">\n##FILTER");
    let record = |pos: u32, alt: &str, info: &str, calls: &str| {
        format!("chr1\t{pos}\t.\tC\t{alt}\t50\tPASS\t{info}\tGT\t{calls}\n")
    };
    let records = record(1300, "<DEL>", "END=1400", "0/0\t0/1\t0/1")
        + &record(1331, "A", ".", "0/1\t1/1\t0/0")
        + &record(46_300, "<DEL>", "END=46900", "0/0\t0/1\t0/1")
        + &record(60_000, "A", ".", "0/0\t0/1\t0/0");
    let input = put(scratch.path(), "in.vcf", &(header + "\tmum\tkid\tdad\n" + &records));
    let run = ithaca(["inheritance", "--ped", &ped, &input, "--groups", &bed]).expect_code(0);
    let pairs: Vec<&str> = run.stdout.lines().filter(|l| l.contains("\tcompound_heterozygous\t")).collect();
    assert_eq!(pairs.len(), 3, "{}", run.stdout);
    for (row, partner) in [(0, "chr1-1331-C-A"), (1, "chr1-1300-C-<DEL>")] {
        assert!(pairs[row].contains("\tyes\t") && pairs[row].contains(partner), "{}", pairs[row]);
    }
    assert!(pairs[2].contains("\tno\t"), "{}", pairs[2]);
}
