mod columns;
mod places;

use super::*;
use crate::model::allele::Allele;
use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::reference::placement;
use crate::reference::sites::SiteValue;
use crate::shared_data::need;

const HEADER: &str = "##fileformat=VCFv4.2
##contig=<ID=chr1,length=40>
##INFO=<ID=AC,Number=A,Type=Integer,Description=\"Allele count, \\\"exact\\\"\">
##INFO=<ID=AN,Number=1,Type=Integer,Description=\"Allele number\">
##INFO=<ID=AF,Number=A,Type=Float,Description=\"Frequency\">
##INFO=<ID=AD,Number=R,Type=Integer,Description=\"Depth\">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description=\"Significance\">
##INFO=<ID=DB,Number=0,Type=Flag,Description=\"Member\">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
";

fn genome() -> Genome {
    //                                                     0123456789012345678901234567890123456789
    Genome::from_sequences(vec![(
        "1".into(),
        b"ACGTTTTTTACGCGCGATTACANNNNACGTACGTACGTACGT".to_vec()[..40].to_vec(),
    )])
}

/// A table and what was reported of its source.
struct Built {
    report: SiteReport,
    table: SiteTable,
}

impl Built {
    fn table(&self) -> Result<&SiteTable, String> {
        self.table.check_rows().map(|()| &self.table)
    }
}

/// Builds a table from a file.
fn built(path: &Path, source: &SiteSource<'_>, genome: &Genome) -> Result<Built, ReferenceError> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("t.bin");
    let made = build_site_table(path, source, genome, &Assembly::GRCh38, &output)?;
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["t.bin"], "nothing is left beside the table");
    Ok(Built { table: made.open(&output).unwrap(), report: made.report })
}

/// Builds a table from the text of a file.
fn of_text(text: &[u8], fields: &[&str]) -> Result<Built, ReferenceError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let fields: Vec<String> = fields.iter().map(|f| (*f).to_owned()).collect();
    built(file.path(), &SiteSource { name: "t", fields: &fields, ..SiteSource::default() }, &genome())
}

fn build(records: &str, fields: &[&str]) -> Result<Built, ReferenceError> {
    of_text(format!("{HEADER}{}", records.replace(' ', "\t")).as_bytes(), fields)
}

/// Every row number of a table.
fn all_rows(table: &SiteTable) -> impl Iterator<Item = u32> + '_ {
    (0..=u16::MAX).map(ContigId).take(4000).flat_map(|contig| table.rows(contig))
}

/// Every row with its values, as text.
fn rows(table: &SiteTable) -> Vec<String> {
    let fields = 0..table.fields().len();
    let value = |row, field| table.value(row, field).map_or(String::new(), |v| v.to_string());
    all_rows(table)
        .map(|row| {
            let values: Vec<String> = fields.clone().map(|field| value(row, field)).collect();
            format!("{:?} {}", table.allele(row).unwrap(), values.join(" "))
        })
        .collect()
}

fn allele(start: u32, reference: &str, alternate: &str) -> Allele {
    Allele { contig: ContigId(0), start, reference: reference.into(), alternate: alternate.into() }
}

#[test]
fn a_multi_allelic_record_gives_each_allele_its_own_values() {
    let built = build(
        "chr1 2 rs1 C A,G,<DEL>,* . PASS AC=1,2,3,4;AN=10;AF=0.1,0.2,.,0;AD=7,8,9,0,0;CLNSIG=a,b;DB\n",
        &[],
    );
    let built = built.unwrap();
    let table = built.table().unwrap();
    assert_eq!((table.len(), built.report.symbolic.count), (2, 2));
    let value = |row, name: &str| table.value(row, table.field_index(name).unwrap());
    let row = table.find(&allele(1, "C", "G")).unwrap();
    assert_eq!(value(row, "AC"), Some(SiteValue::Integer(2)));
    assert_eq!(value(row, "AN"), Some(SiteValue::Integer(10)));
    assert_eq!(value(row, "AF"), Some(SiteValue::Float(0.2)));
    assert_eq!(value(row, "AD"), Some(SiteValue::Integer(9)));
    assert_eq!(value(row, "CLNSIG"), Some(SiteValue::Text("a,b")));
    assert_eq!(value(row, "DB"), Some(SiteValue::Flag));
    assert_eq!(table.find(&allele(1, "C", "T")), None);
    assert_eq!(table.fields()[0].description, "Allele count, \"exact\"");
}

#[test]
fn missing_is_not_zero() {
    let built = build("1 2 . C A . . AC=0;AF=.\n1 3 . G A . . .\n", &["AC", "AF", "DB"]).unwrap();
    let table = built.table().unwrap();
    assert_eq!(table.value(0, 0), Some(SiteValue::Integer(0)));
    assert_eq!((table.value(0, 1), table.value(0, 2), table.value(1, 0)), (None, None, None));
    assert_eq!((table.value(2, 0), table.value(0, 9)), (None, None));
    for row in [127, 128, 70_000, u32::MAX] {
        assert_eq!((table.value(row, 0), table.allele(row)), (None, None), "no such row");
    }
    assert_eq!(table.damage(), None);
}

#[test]
fn every_spelling_of_a_change_is_one_row() {
    // Three spellings of the loss of one T of the run at 3..9.
    let text = "1 8 . TT T . . AC=5\n1 3 . GT G . . AC=5\n1 4 . TTT TT . . AC=6\n";
    let built = build(text, &["AC"]).unwrap();
    let table = built.table().unwrap();
    assert_eq!((table.len(), built.report.repeated, built.report.conflicting.count), (1, 1, 1));
    assert_eq!(built.report.moved.count, 2);
    for spelled in [allele(3, "T", ""), allele(2, "GT", "G")] {
        assert_eq!(table.find(&spelled), Some(0));
    }
    // Of two rows that differ, the larger count stays.
    assert_eq!(table.value(0, 0), Some(SiteValue::Integer(6)));
    assert_eq!(table.allele(0), Some(allele(3, "T", "")));
}

#[test]
fn long_alleles_are_matched_by_their_bases() {
    let long = |last: char| format!("{}{last}", "CAGT".repeat(20));
    let text =
        format!("1 2 . C C{} . . AC=1\n1 2 . C C{} . . AC=2\n1 2 . C A . . AC=3\n", long('A'), long('C'));
    let built = build(&text, &["AC"]).unwrap();
    let table = built.table().unwrap();
    let value = |inserted: &str| {
        let row = table.find(&allele(1, "C", &format!("C{inserted}")));
        row.and_then(|r| table.value(r, 0))
    };
    assert_eq!(value(&long('A')), Some(SiteValue::Integer(1)));
    assert_eq!(value(&long('C')), Some(SiteValue::Integer(2)));
    assert_eq!(value(&long('T')), None);
    let row = table.find(&allele(1, "C", &format!("C{}", long('C')))).unwrap();
    assert_eq!(table.allele(row).unwrap().alternate.len(), 81);
}

#[test]
fn unknown_reference_bases_are_kept_and_wrong_ones_are_not() {
    let good: String = (0..6).map(|_| "1 2 . C A . . AC=1\n").collect();
    let built =
        build(&format!("{good}1 23 . A C . . AC=1\n1 3 . C A . . AC=9\n2 3 . C A . . .\n"), &["AC"]).unwrap();
    assert_eq!((built.report.reference_unknown, built.report.reference_differs.count), (1, 1));
    assert_eq!((built.report.unknown_contig.count, built.report.rows), (1, 2));
    let message = build("1 2 . G A . . AC=1\n1 3 . C A . . AC=9\n1 1 . A C . . .\n", &["AC"])
        .err()
        .unwrap()
        .to_string();
    assert!(message.contains("2 of 3") && message.contains("wrong genome build"), "{message}");
}

#[test]
fn what_is_malformed_is_refused_or_counted() {
    for (record, words) in [
        ("1 x . C A . . .\n", "line 10"),
        ("1 2 . C A . .\n", "INFO is missing"),
        ("1 2 . C1 A . . .\n", "REF is"),
    ] {
        let message = build(record, &[]).err().unwrap().to_string();
        assert!(message.contains(words), "{message}");
    }
    assert!(build("", &["NOPE"]).err().unwrap().to_string().contains("'NOPE' is not declared"));
    let built = build("1 2 . C A,G . . AC=1;AN=many;AF=1,x;ODD=3\n1 0 . N A . . .\n1 3 . G N,G . . .\n", &[])
        .unwrap();
    assert_eq!(built.report.unreadable.count, 2 + 2 + 1);
    assert_eq!(built.report.undeclared.get("ODD"), Some(&1));
    assert_eq!(
        (built.report.ambiguous.count, built.report.no_change.count, built.report.symbolic.count),
        (1, 1, 1)
    );
    assert!(build("", &[]).unwrap().table().unwrap().is_empty());
}

#[test]
fn columns_of_the_record_can_be_asked_for() {
    let built = build("1 2 rs1 C A 30.5 AC0;RF .\n", &["ID", "QUAL", "FILTER"]).unwrap();
    let table = built.table().unwrap();
    assert_eq!(table.value(0, 0), Some(SiteValue::Text("rs1")));
    assert_eq!(table.value(0, 1), Some(SiteValue::Float(30.5)));
    assert_eq!(table.value(0, 2), Some(SiteValue::Text("AC0;RF")));
}

/// The text of a VCF as a BCF.
fn as_bcf(text: &str) -> Vec<u8> {
    use noodles::vcf::variant::io::Write as _;
    let mut reader = noodles::vcf::io::Reader::new(text.as_bytes());
    let header = reader.read_header().unwrap();
    let mut bytes = Vec::new();
    let mut writer = noodles::bcf::io::Writer::new(&mut bytes);
    writer.write_variant_header(&header).unwrap();
    for record in reader.record_bufs(&header) {
        writer.write_variant_record(&header, &record.unwrap()).unwrap();
    }
    writer.try_finish().unwrap();
    drop(writer);
    bytes
}

#[test]
fn bcf_and_vcf_give_the_same_table() {
    let text = "1 2 rs1 C A,G . PASS AC=1,2;AN=10;AF=0.5,0.25;CLNSIG=a\n1 3 . G GT . . AC=7;DB\n";
    let vcf = build(text, &[]).unwrap();
    let bytes = format!("{HEADER}{}", text.replace(' ', "\t")).replace("=chr1,", "=1,");
    let bcf = of_text(&as_bcf(&bytes), &[]).unwrap();
    assert_eq!(rows(&bcf.table), rows(&vcf.table));
    assert_eq!(bcf.table.fields(), vcf.table.fields());
}

fn shared_genome(relative: &str) -> Option<Genome> {
    let path = need(relative)?;
    Some(Genome::from_builder(&crate::reference::build::fasta::read(&path).unwrap()))
}

fn of_shared(relative: &str, fields: &[&str], genome: &Genome) -> Option<Built> {
    let path = need(relative)?;
    let fields: Vec<String> = fields.iter().map(|f| (*f).to_owned()).collect();
    let source = SiteSource { name: "x", fields: &fields, ..SiteSource::default() };
    let built = built(&path, &source, genome).unwrap();
    println!("{}", built.report);
    Some(built)
}

#[test]
fn real_tables_of_grch38() {
    let Some(genome) = shared_genome("ref-grch38/GRCh38.sparse.fa.gz") else { return };
    let file = "annotation/VEP84.dbSNP149_gnomADe170228.GRCh38.chr21_25-26M.vcf.gz";
    let Some(vep) = of_shared(file, &[], &genome) else { return };
    assert_eq!((vep.report.records, vep.report.reference_differs.count), (115_435, 0));
    // 1,304 whole records move; alleles of multi-allelic records that move alone come on top.
    assert_eq!(vep.report.moved.count, 1_381, "{}", vep.report);
    let table = vep.table().unwrap();
    for row in all_rows(table) {
        let allele = table.allele(row).unwrap();
        assert_eq!(placement::left_align(&genome, &allele), allele);
        assert_eq!(table.find(&placement::right_align(&genome, &allele)).is_some_and(|r| r == row), {
            placement::right_align(&genome, &allele) == allele
        });
        assert_eq!(table.find(&placement::vcf_spelling(&genome, &allele)), Some(row));
    }
    let Some(gnomad) = of_shared("annotation/gnomAD.r2.1.1.GRCh38.chr22_16.57-16.61M.vcf.gz", &[], &genome)
    else {
        return;
    };
    let table = gnomad.table().unwrap();
    let id = genome.contig_id("22").unwrap();
    let row =
        table.find(&Allele { contig: id, start: 16_570_016, reference: b"G".into(), alternate: b"A".into() });
    assert_eq!(table.value(row.unwrap(), table.field_index("AC").unwrap()), Some(SiteValue::Integer(1)));
    assert!(table.covers(id) && !table.covers(ContigId(0)));
}

#[test]
fn the_full_gnomad_header_parses() {
    let genome = Genome::from_sequences(vec![("chr1".into(), vec![b'N'; 248_956_422])]);
    let Some(built) = of_shared("annotation/gnomAD.v4.0.exomes.chr1_PCSK9.GRCh38.vcf.gz", &[], &genome)
    else {
        return;
    };
    assert_eq!(built.report.records, 101);
    let fields = built.table.fields().len();
    assert!(fields > 300, "{fields}");
    assert_eq!((built.report.unreadable.count, built.report.undeclared.len()), (0, 0));
}

#[test]
fn both_layouts_of_clinvar() {
    let Some(genome) = shared_genome("ref-grch37/GRCh37.sparse.fa.gz") else { return };
    let Some(new) =
        of_shared("annotation/ClinVar.20230710.GRCh37.chr1head.vcf.gz", &["CLNSIG", "ALLELEID"], &genome)
    else {
        return;
    };
    assert_eq!((new.report.records, new.report.reference_differs.count), (2_000, 0));
    let table = new.table().unwrap();
    let row = table.find(&Allele {
        contig: genome.contig_id("1").unwrap(),
        start: 69_133,
        reference: b"A".into(),
        alternate: b"G".into(),
    });
    assert_eq!(table.value(row.unwrap(), 0), Some(SiteValue::Text("Likely_benign")));
    assert_eq!(table.value(row.unwrap(), 1), Some(SiteValue::Integer(2_193_183)));
    let Some(old) = of_shared("annotation/ClinVar.2016.GRCh37.genomewide.vcf.gz", &[], &genome) else {
        return;
    };
    assert_eq!(old.report.records, 136_095);
    assert!(old.table.fields().iter().any(|f| f.name == "CLINICAL_SIGNIFICANCE"));
    let genome38 = shared_genome("ref-grch38/GRCh38.sparse.fa.gz").unwrap();
    let path = need("annotation/1000G.phase3.sites.GRCh37.chr20_1-2M.vcf.gz").unwrap();
    let wrong = Genome::from_sequences(vec![("20".into(), vec![b'A'; 2_100_000])]);
    let error = built(&path, &SiteSource::default(), &wrong).err().unwrap().to_string();
    assert!(error.contains("REF differs") || error.contains("its header gives"), "{error}");
    assert_eq!(genome38.contigs().len(), 3);
}

fn value(table: &SiteTable, allele: &Allele, field: &str) -> Option<String> {
    table.value(table.find(allele)?, table.field_index(field)?).map(|value| value.to_string())
}

#[test]
fn a_frequency_is_the_exact_quotient_of_its_counts() {
    let built = build(
        "1 2 . C A . . AC=1;AN=3;AF=0.333\n1 2 . C G . . AC=5;AN=0;AF=0\n1 2 . C T . . AC=1;AN=10;AF=0.5\n\
         1 3 . G A . . AC=7;AF=0.25\n1 3 . G C . . AC=2;AN=8;AF=.\n1 3 . G T . . AC=3;AN=1000;AF=3e-03\n\
         1 4 . T A . . AC=0;AN=0;AF=nan\n",
        &["AF", "AC", "AN"],
    )
    .unwrap();
    let table = built.table().unwrap();
    let frequency = |start, reference, alternate| value(table, &allele(start, reference, alternate), "AF");
    assert_eq!(frequency(1, "C", "A"), Some((1.0 / 3.0).to_string()));
    assert_eq!(frequency(1, "C", "G"), None, "no alleles were counted");
    assert_eq!(frequency(1, "C", "T"), Some("0.5".to_owned()), "kept as given");
    assert_eq!(frequency(2, "G", "A"), Some("0.25".to_owned()));
    assert_eq!((frequency(2, "G", "C"), frequency(3, "T", "A")), (Some("0.25".to_owned()), None));
    assert_eq!(frequency(2, "G", "T"), Some("0.003".to_owned()));
    assert_eq!(value(table, &allele(1, "C", "G"), "AC"), None, "5 of none cannot be");
    assert_eq!((built.report.unlike_counts.count, built.report.unreadable.count), (1, 0));
    assert_eq!(built.report.impossible.count, 1);
    assert!(
        built.report.to_string().contains("frequencies that differ from their counts"),
        "{}",
        built.report
    );
}

#[test]
fn rows_that_differ_are_merged_and_counted() {
    let built = build(
        "1 2 . C A . . AC=5;AN=10000;CLNSIG=Benign\n1 2 . C A . . AC=4;AN=100;CLNSIG=Pathogenic;DB\n\
         1 2 . C A . . AC=4;AN=100;CLNSIG=Pathogenic;DB\n",
        &[],
    )
    .unwrap();
    let row = allele(1, "C", "A");
    let of = |field| value(built.table().unwrap(), &row, field);
    assert_eq!(
        (of("AC"), of("AN"), of("CLNSIG")),
        (Some("4".into()), Some("100".into()), Some("Benign|Pathogenic".into()))
    );
    assert_eq!((of("DB"), built.report.rows, built.report.conflicting.count), (Some("1".into()), 1, 2));
    assert!(built.report.to_string().contains("repeated with different values"));
}

#[test]
fn fields_get_the_names_of_the_manifest() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("{HEADER}1\t2\t.\tC\tA\t.\t.\tAC=1;AN=4;AF=0.25\n")).unwrap();
    let fields = ["AC", "AN", "AF"].map(str::to_owned);
    let names = BTreeMap::from([("AF".to_owned(), "frequency".to_owned())]);
    let build = |names: &BTreeMap<String, String>| {
        let source = SiteSource { name: "t", fields: &fields, names: Some(names), ..SiteSource::default() };
        built(file.path(), &source, &genome())
    };
    let table = build(&names).unwrap().table;
    assert_eq!(value(&table, &allele(1, "C", "A"), "frequency"), Some("0.25".to_owned()));
    for (from, to, words) in [("NOPE", "x", "'NOPE'"), ("AF", "AC", "called 'AC'")] {
        let names = BTreeMap::from([(from.to_owned(), to.to_owned())]);
        let message = build(&names).err().unwrap().to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn headers_that_contradict_themselves_are_refused() {
    let record = "1\t2\t.\tC\tA\t.\t.\tAC=1\n";
    let twice = HEADER
        .replace("##INFO=<ID=AN", "##INFO=<ID=AC,Number=1,Type=String,Description=\"x\">\n##INFO=<ID=AN");
    let message = of_text(format!("{twice}{record}").as_bytes(), &["AC"]).err().unwrap().to_string();
    assert!(message.contains("declares INFO AC twice"), "{message}");
    assert!(of_text(format!("{twice}{record}").as_bytes(), &["AN"]).is_ok(), "of no concern");
    let lengths = HEADER.replace("##INFO=<ID=AN", "##contig=<ID=chr1,length=41>\n##INFO=<ID=AN");
    let message = of_text(format!("{lengths}{record}").as_bytes(), &[]).err().unwrap().to_string();
    assert!(message.contains("chr1 is declared twice"), "{message}");
    let build = HEADER.replace("length=40", "length=248956422");
    let message = of_text(format!("{build}{record}").as_bytes(), &[]).err().unwrap().to_string();
    assert!(message.contains("wrong genome build"), "{message}");
}

#[test]
fn scores_are_read_from_tables_of_text() {
    let cadd = "## CADD GRCh38-v1.7 (c) nobody\n#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED\n\
                1\t2\tC\tA\t-0.123456\t0.5\n1\t2\tC\tG\t1e-7\t22.4\n1\t2\tC\tG\t0.5\t3\n";
    let built = of_text(cadd.as_bytes(), &[]).unwrap();
    let table = built.table().unwrap();
    assert_eq!(value(table, &allele(1, "C", "A"), "RawScore"), Some("-0.123456".to_owned()));
    // Of two scores the more damaging one is kept.
    assert_eq!(value(table, &allele(1, "C", "G"), "RawScore"), Some("0.5".to_owned()));
    assert_eq!(value(table, &allele(1, "C", "G"), "PHRED"), Some("22.4".to_owned()));
    let revel = "chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL\n1,9,2,C,A,P,L,0.027\n1,9,.,C,G,P,R,0.1\n";
    let built = of_text(revel.as_bytes(), &["REVEL"]).unwrap();
    assert_eq!(value(&built.table, &allele(1, "C", "A"), "REVEL"), Some("0.027".to_owned()));
    assert_eq!((built.report.rows, built.report.unplaced), (1, 1));
    // What looks like numbers at first, and is not.
    let mut late: String = "#chrom\tpos\tref\talt\tscore\tclass\n".to_owned();
    (0..90_000).for_each(|_| late.push_str("1\t2\tC\tA\t0.25\t1\n"));
    late.push_str("1\t3\tG\tA\t0.5\tlikely\n");
    let built = of_text(late.as_bytes(), &[]).unwrap();
    assert_eq!(value(&built.table, &allele(2, "G", "A"), "class"), Some("likely".to_owned()));
    assert_eq!(value(&built.table, &allele(1, "C", "A"), "class"), Some("1".to_owned()));
    assert_eq!((built.report.unreadable.count, built.report.repeated), (0, 89_999));
    for (text, words) in [
        ("a\tb\n1\t2\n", "expected a VCF header"),
        ("#chrom\tpos\tref\talt\n1\t2\tC\n", "line 2"),
        ("#chrom\tpos\tref\talt\n1\tx\tC\tA\n", "the position is 'x'"),
    ] {
        let message = of_text(text.as_bytes(), &[]).err().unwrap().to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn absent_is_told_from_not_covered() {
    let folder = tempfile::tempdir().unwrap();
    let (vcf, bed) = (folder.path().join("s.vcf"), folder.path().join("c.bed"));
    std::fs::write(&vcf, format!("{HEADER}1\t2\t.\tC\tA\t.\t.\tAC=1\n")).unwrap();
    std::fs::write(&bed, "chr1\t0\t5\nchr1\t5\t10\nchrUn\t1\t2\n").unwrap();
    let source = SiteSource { name: "t", covered: Some(&bed), ..SiteSource::default() };
    let with = built(&vcf, &source, &genome()).unwrap();
    assert_eq!(with.table.covered_regions(), Some([(ContigId(0), Interval::new(0, 10))].as_slice()));
    for (start, reference, alternate, expected) in [
        (4, "T", "A", true),
        (9, "A", "C", true),
        (10, "C", "T", false),
        (8, "TA", "", true),
        (9, "AC", "", false),
        (0, "", "T", true),
        (9, "", "T", true),
        (10, "", "T", false),
    ] {
        let allele = allele(start, reference, alternate);
        assert_eq!(with.table.covers_allele(&allele), Some(expected), "{allele:?}");
    }
    assert_eq!((with.report.covered, with.report.unknown_regions.count), (Some(10), 1));
    let without = built(&vcf, &SiteSource { name: "t", ..SiteSource::default() }, &genome()).unwrap();
    assert_eq!(
        (without.table.covered_regions(), without.table.covers_allele(&allele(4, "T", "A"))),
        (None, None)
    );
}

#[test]
fn blocks_of_a_gvcf_are_covered() {
    let built =
        build("1 1 . A . . . END=4\n1 5 . T C,<NON_REF> . . AC=1,0\n1 8 . T <NON_REF> . . END=9\n", &["AC"]);
    let built = built.unwrap();
    let expected = [(0, 5), (7, 9)].map(|(start, end)| (ContigId(0), Interval::new(start, end)));
    assert_eq!(built.table.covered_regions(), Some(expected.as_slice()));
    assert_eq!((built.report.blocks, built.report.rows), (2, 1));
    let sites = build("1 1 . A . . . AC=0\n1 5 . T C . . AC=1\n", &["AC"]).unwrap();
    assert_eq!(sites.table.covered_regions(), None, "a site without END is no block");
}

#[test]
fn a_damaged_or_hostile_source_is_refused_and_never_a_panic() {
    let text = format!(
        "{HEADER}1\t2\trs1\tC\tA,G\t.\tPASS\tAC=1,2;AN=10;AF=0.1,0.2;CLNSIG=a,b;DB\n1\t3\t.\tG\tGT\t5\tq;r\tAC=7\n"
    );
    for end in 0..text.len() {
        _ = of_text(&text.as_bytes()[..end], &[]);
    }
    let mut state = 7u64;
    for _ in 0..400 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bytes.len();
            bytes[at] = (state >> 24) as u8;
        }
        _ = of_text(&bytes, &[]);
    }
}
