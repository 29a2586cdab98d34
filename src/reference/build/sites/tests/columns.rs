//! Counts, frequencies and lists, whatever the form of the source.

use super::*;
use crate::reference::build::sites::frequency;
use crate::reference::build::sites::given::Given;

/// `field=value` of every field that an allele has.
fn of(built: &Built, allele: &Allele) -> String {
    let table = built.table().unwrap();
    let row = table.find(allele).unwrap();
    let value = |at: usize| Some(format!("{}={}", table.fields()[at].name, table.value(row, at)?));
    (0..table.fields().len()).filter_map(value).collect::<Vec<_>>().join(" ")
}

fn tsv(text: &str) -> Built {
    of_text(text.replace(' ', "\t").as_bytes(), &[]).unwrap()
}

fn kinds(built: &Built) -> Vec<SiteFieldKind> {
    built.table.fields().iter().map(|field| field.kind).collect()
}

#[test]
fn counts_in_columns_are_merged_as_counts() {
    let built = tsv(
        "#chrom pos ref alt AC AN AF\n1 2 C A 5000 10000 0.5\n1 2 C A 6000 100000000 6e-5\n1 3 G A 0 0 0\n\
         1 4 T A 7 10 0.69\n",
    );
    // The larger frequency with its counts, as from a VCF; never a count of one row with a number of another.
    assert_eq!(of(&built, &allele(1, "C", "A")), "AC=5000 AN=10000 AF=0.5");
    assert_eq!(of(&built, &allele(2, "G", "A")), "AC=0 AN=0", "no alleles were counted");
    assert_eq!(of(&built, &allele(3, "T", "A")), "AC=7 AN=10 AF=0.69", "kept as given, and told");
    assert_eq!((built.report.conflicting.count, built.report.unlike_counts.count), (1, 1));
    let browser = tsv("chrom pos ref alt Allele_Count Allele_Number Allele_Frequency\n1 2 C A 1 3 0.333\n");
    assert_eq!(
        of(&browser, &allele(1, "C", "A")),
        format!("Allele_Count=1 Allele_Number=3 Allele_Frequency={}", 1.0 / 3.0)
    );
    let by_name = BTreeMap::from([("n".to_owned(), "AN".to_owned()), ("c".to_owned(), "AC".to_owned())]);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "chrom,pos,ref,alt,c,n\n1,2,C,A,1,10\n1,2,C,A,2,1000\n").unwrap();
    let source = SiteSource { name: "t", names: Some(&by_name), ..SiteSource::default() };
    let renamed = super::built(file.path(), &source, &genome()).unwrap();
    assert_eq!(of(&renamed, &allele(1, "C", "A")), "AC=1 AN=10");
}

#[test]
fn a_list_of_any_number_gives_each_alt_its_own_count() {
    let header =
        HEADER.replace("ID=AC,Number=A", "ID=AC,Number=.").replace("ID=AF,Number=A", "ID=AF,Number=.");
    let header =
        header.replace("ID=AN,Number=1", "ID=AN,Number=.").replace("ID=AD,Number=R", "ID=AD,Number=.");
    let records = "1\t2\t.\tC\tA,G\t.\t.\tAC=5000,1;AN=10000;AF=0.5,0.0001;AD=7,8\n1\t3\t.\tG\tA\t.\t.\tAC=5,6;AN=10;AD=1,2,3\n\
                   1\t4\t.\tT\tA,C\t.\t.\tAC=5;AN=10,20\n1\t5\t.\tT\tA\t.\t.\tAC=4;AN=10;AF=0.4\n";
    let text = format!("{}{records}", header.replace("=chr1,", "=1,"));
    let fields = ["AC", "AN", "AF", "AD"];
    let bcf = of_text(&as_bcf(&text), &fields).unwrap();
    let built = of_text(text.as_bytes(), &fields).unwrap();
    assert_eq!(rows(&bcf.table), rows(&built.table));
    assert_eq!(bcf.report.unreadable_fields, built.report.unreadable_fields);
    assert_eq!(of(&built, &allele(1, "C", "A")), "AC=5000 AN=10000 AF=0.5 AD=7");
    assert_eq!(of(&built, &allele(1, "C", "G")), "AC=1 AN=10000 AF=0.0001 AD=8");
    assert_eq!(of(&built, &allele(2, "G", "A")), "AN=10 AD=1,2,3", "two counts for one allele");
    assert_eq!(of(&built, &allele(3, "T", "C")), "AN=20", "one count for two alleles is nobody's");
    assert_eq!(of(&built, &allele(4, "T", "A")), "AC=4 AN=10 AF=0.4");
    assert_eq!(built.report.unreadable_fields.get("AC"), Some(&3));
    let told = built.report.to_string();
    assert!(
        told.contains(
            "WARNING: AC is a count of alleles, and 3 of its values do not give one number per ALT allele"
        ),
        "{told}"
    );
}

#[test]
fn counts_declared_as_numbers_with_a_point_are_merged_as_counts() {
    let header =
        HEADER.replace("ID=AC,Number=A,Type=Integer", "ID=AC,Number=A,Type=Float").replace("=chr1,", "=1,");
    let records = "1\t2\t.\tC\tA\t.\t.\tAC=5000.0;AN=10000\n1\t2\t.\tC\tA\t.\t.\tAC=6e3;AN=100000000\n1\t3\t.\tG\tA\t.\t.\tAC=0.5\n";
    let text = format!("{header}{records}");
    for source in [text.clone().into_bytes(), as_bcf(&text)] {
        let built = of_text(&source, &["AC", "AN"]).unwrap();
        assert_eq!(of(&built, &allele(1, "C", "A")), "AC=5000 AN=10000");
        assert_eq!(built.report.unreadable_fields.get("AC"), Some(&1));
    }
}

#[test]
fn a_list_in_a_column_gives_each_alt_its_own_count() {
    let built = tsv(
        "chrom pos ref alt AC AN AF score\n1 2 C A,G 5000,1 10000 0.5,0.0001 0.5,.\n1 3 G A,C 5 10 . 7\n",
    );
    assert_eq!(of(&built, &allele(1, "C", "A")), "AC=5000 AN=10000 AF=0.5 score=0.5");
    assert_eq!(of(&built, &allele(1, "C", "G")), "AC=1 AN=10000 AF=0.0001");
    assert_eq!(of(&built, &allele(2, "G", "C")), "AN=10 score=7");
    assert_eq!(built.report.unreadable_fields.get("AC"), Some(&2));
}

#[test]
fn a_count_that_is_not_declared_as_numbers_is_told() {
    let header = HEADER.replace("ID=AC,Number=A,Type=Integer", "ID=AC,Number=2,Type=Integer");
    let built = of_text(header.as_bytes(), &[]).unwrap();
    let told = built.report.to_string();
    assert!(told.contains("WARNING: AC is a count of alleles by its name"), "{told}");
    let built = tsv("chrom pos ref alt AC AF_popmax_population\n1 2 C A many nfe\n");
    let told = built.report.to_string();
    assert!(told.contains("WARNING: AC is a count") && built.report.warnings.len() == 1, "{told}");
}

#[test]
fn a_column_is_of_the_kind_of_all_its_values() {
    use SiteFieldKind::{Float, Integer, Text};
    let built =
        tsv("chrom pos ref alt a b c d e\n1 2 C A 12345678901234567 00123 1e5 7 .\n1 3 G A 1 5 0.5 8 NA\n");
    assert_eq!(kinds(&built), [Text, Text, Float, Integer, Integer]);
    assert_eq!(of(&built, &allele(1, "C", "A")), "a=12345678901234567 b=00123 c=100000 d=7");
    assert!(built.report.to_string().contains("column b is kept as text: '00123'"), "{}", built.report);
    // Only the last of many lines says it.
    let mut late = "chrom pos ref alt whole half padded list\n".to_owned();
    (0..90_000).for_each(|_| late.push_str("1 2 C A 1 2 3 4\n"));
    late.push_str("1 3 G A -5 0.5 003 4,5\n");
    let built = tsv(&late);
    assert_eq!(kinds(&built), [Integer, Float, Text, Text]);
    assert_eq!(of(&built, &allele(2, "G", "A")), "whole=-5 half=0.5 padded=003 list=4,5");
    assert_eq!(of(&built, &allele(1, "C", "A")), "whole=1 half=2 padded=3 list=4");
    assert_eq!((built.report.unreadable.count, built.report.warnings.len()), (0, 1), "{}", built.report);
}

#[test]
fn a_table_whose_heading_begins_like_that_of_a_vcf_is_a_table() {
    let built = tsv("#CHROM POS ID REF ALT AC AN AF\n1 2 rs1 C A 1 4 0.25\n");
    assert_eq!(of(&built, &allele(1, "C", "A")), "ID=rs1 AC=1 AN=4 AF=0.25");
    let vcf =
        "##fileformat=VCFv4.2\n#CHROM POS ID REF ALT AC AN AF\n1 2 rs1 C A 1 4 0.25\n".replace(' ', "\t");
    let error = of_text(vcf.as_bytes(), &[]).err().unwrap().to_string();
    assert!(error.contains("line 2") && error.contains("all columns from #CHROM to INFO"), "{error}");
}

#[test]
fn a_source_cut_within_its_last_line_is_refused() {
    let record = "1\t2\t.\tC\tA\t.\t.\tAC=5000;AN=10000";
    let error = of_text(format!("{HEADER}{record}").as_bytes(), &[]).err().unwrap().to_string();
    assert!(error.contains("ends without a line ending"), "{error}");
    let table = "chrom,pos,ref,alt,AC\n1,2,C,A,50";
    assert!(of_text(table.as_bytes(), &[]).err().unwrap().to_string().contains("may be truncated"));
    for whole in [format!("{HEADER}{record}\n"), format!("{table}\r\n")] {
        assert_eq!(of_text(whole.as_bytes(), &[]).unwrap().report.rows, 1);
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, table.as_bytes()).unwrap();
    assert_eq!(
        of_text(&gzip.finish().unwrap(), &[]).unwrap().report.rows,
        1,
        "compressed: known to be whole"
    );
    let folder = tempfile::tempdir().unwrap();
    let (vcf, bed) = (folder.path().join("s.vcf"), folder.path().join("c.bed"));
    std::fs::write(&vcf, format!("{HEADER}{record}\n")).unwrap();
    std::fs::write(&bed, "1\t0\t5\n1\t5\t1").unwrap();
    let source = SiteSource { name: "t", covered: Some(&bed), ..SiteSource::default() };
    let error = built(&vcf, &source, &genome()).err().unwrap().to_string();
    assert!(error.contains("c.bed") && error.contains("may be truncated"), "{error}");
}

#[test]
fn counts_that_cannot_be_are_told_and_left_out() {
    let records = "1 2 . C A . . AC=-5;AN=10000;AF=0.4\n1 2 . C G . . AC=12;AN=10\n1 2 . C T . . AC=1;AN=-10;AF=0.2\n\
                   1 3 . G A . . AC=3;AN=0;AF=0.5\n1 3 . G C . . AC=0;AN=0;AF=0.5\n1 3 . G T . . AC=0;AN=0;AF=0\n\
                   1 4 . T A . . AC=-1\n1 4 . T C . . AC=1;AN=10;AF=-1\n1 4 . T G . . AC=1;AN=1;AF=50\n";
    let table = "chrom pos ref alt AC AN AF\n1 2 C A -5 10000 0.4\n1 2 C G 12 10 .\n1 2 C T 1 -10 0.2\n\
                 1 3 G A 3 0 0.5\n1 3 G C 0 0 0.5\n1 3 G T 0 0 0\n1 4 T A -1 . .\n1 4 T C 1 10 -1\n1 4 T G 1 1 50\n";
    for built in [build(records, &["AC", "AN", "AF"]).unwrap(), tsv(table)] {
        for (start, reference, alternate, expected) in [
            (1, "C", "A", "AF=0.4"),
            (1, "C", "G", ""),
            (1, "C", "T", "AF=0.2"),
            (2, "G", "A", "AF=0.5"),
            (2, "G", "C", "AF=0.5"),
            (2, "G", "T", "AC=0 AN=0"),
            (3, "T", "A", ""),
            (3, "T", "C", "AC=1 AN=10"),
            (3, "T", "G", "AC=1 AN=1"),
        ] {
            assert_eq!(of(&built, &allele(start, reference, alternate)), expected, "{start} {alternate}");
        }
        assert_eq!(built.report.impossible.count, 8);
        let told = built.report.to_string();
        assert!(
            told.contains("WARNING: excluded: impossible counts and frequencies")
                && told.contains("AC=-5 AN=10000 of 1:2 C>A"),
            "{told}"
        );
    }
    let alone = build("1 2 . C A . . AF=1.5\n1 2 . C G . . AF=0.5\n", &["AF"]).unwrap();
    assert_eq!((of(&alone, &allele(1, "C", "A")), alone.report.impossible.count), (String::new(), 1));
}

#[test]
fn a_key_given_twice_is_told_and_is_no_value() {
    let built = build("1 2 . C A . . AC=1;AN=10;AC=5000\n1 3 . G A . . AC=1;AN=10;AC=1;DB;DB\n1 4 . T A . . AC=1;AC=2;AC=2\n", &["AC", "AN", "DB"]).unwrap();
    assert_eq!(of(&built, &allele(1, "C", "A")), "AN=10");
    assert_eq!(of(&built, &allele(2, "G", "A")), "AC=1 AN=10 DB=1", "the same twice");
    assert_eq!(of(&built, &allele(3, "T", "A")), "");
    assert_eq!(built.report.given_twice.count, 2);
    let told = built.report.to_string();
    assert!(
        told.contains("given twice in one record with different values") && told.contains("AC of 1:2 C>A"),
        "{told}"
    );
}

#[test]
fn a_key_given_twice_in_bcf_is_told_and_is_no_value() {
    let text = format!("{HEADER}1\t2\t.\tC\tA\t.\t.\tAC=77;AN=88\n").replace("=chr1,", "=1,");
    let mut bytes = Vec::new();
    let compressed = as_bcf(&text);
    std::io::Read::read_to_end(&mut noodles_bgzf::io::Reader::new(compressed.as_slice()), &mut bytes)
        .unwrap();
    // The second key of the record, AN, becomes the first.
    let at = bytes.windows(4).position(|w| w == [0x11, 2, 0x11, 88]).unwrap();
    bytes[at + 1] = 1;
    let built = of_text(&bytes, &["AC", "AN"]).unwrap();
    assert_eq!((of(&built, &allele(1, "C", "A")), built.report.given_twice.count), (String::new(), 1));
}

#[test]
fn a_rounded_frequency_is_its_counts_in_text_and_in_bcf_alike() {
    let given = |written: &'static str, single: bool, count: u64, number: u64| {
        let text = Given::Text(written.as_bytes());
        let given = if single { Given::Single(written.parse().unwrap()) } else { text };
        frequency::is_derived(given, (count, number))
    };
    for (written, count, number, expected) in [
        ("0.3968", 99_199, 250_000, true),
        ("0.39680", 99_199, 250_000, true),
        ("0.396796", 99_199, 250_000, true),
        ("0.39", 99_199, 250_000, false),
        ("0.396", 99_199, 250_000, true),
        ("0.397", 99_199, 250_000, true),
        ("0.5", 4_999, 10_000, true),
        ("0.50000", 4_999, 10_000, true),
        ("0.3333333", 1, 3, true),
        ("0.33333333333333", 1, 3, true),
        ("6.57e-06", 1, 152_312, true),
        ("6.56547e-06", 1, 152_312, true),
        ("0", 1, 1_000_000, true),
        ("0", 1, 100, false),
        ("1", 1, 1, true),
        ("0.5", 1, 10, false),
        ("0.11", 1, 10, false),
    ] {
        for single in [false, true] {
            assert_eq!(given(written, single, count, number), expected, "{written} {single}");
        }
    }
}

#[test]
fn starts_are_told_by_their_ends() {
    for (text, start) in [
        ("chrom start end ref alt s\n1 . . C A 1\n1 1 2 C A 5\n1 1 3 CG T 6\n", 1),
        ("chrom start end ref alt s\n1 2 2 C A 5\n1 2 3 CG T 6\n", 1),
        ("chrom start ref alt s\n1 2 C A 5\n", 1),
        ("chrom pos end ref alt s\n1 2 99 C A 5\n", 1),
    ] {
        let built = tsv(text);
        assert!(of(&built, &allele(start, "C", "A")).ends_with("s=5"), "{text}");
    }
    for text in ["1 1 2 C A 5\n1 2 2 C G 5\n", "1 2 2 C A 5\n1 1 2 C G 5\n", "1 2 9 C A 5\n", "1 2 x C A 5\n"]
    {
        let text = format!("chrom start end ref alt s\n{text}").replace(' ', "\t");
        let error = of_text(text.as_bytes(), &[]).err().unwrap().to_string();
        assert!(error.contains("do not match REF 'C'"), "{error}");
    }
}

#[test]
fn a_number_that_no_vcf_can_hold_is_told() {
    let built = build("1 2 . C A . . AF=1e300\n", &["AF"]).unwrap();
    assert_eq!((of(&built, &allele(1, "C", "A")), built.report.unreadable.count), (String::new(), 1));
    let built = tsv("chrom pos ref alt s\n1 2 C A 1e300\n1 3 G A 0.5\n");
    assert_eq!(of(&built, &allele(1, "C", "A")), "s=1e300");
    assert!(built.report.to_string().contains("column s is kept as text: '1e300'"), "{}", built.report);
}

#[test]
fn two_fields_of_one_name_in_outputs_are_refused() {
    let with = |name: &str, heading: &str, earlier: &[SiteTableMeta]| {
        let file = tempfile::NamedTempFile::new().unwrap();
        let values = heading.split(',').map(|_| "1").collect::<Vec<_>>().join(",");
        std::fs::write(file.path(), format!("chrom,pos,ref,alt,{heading}\n1,2,C,A,{values}\n")).unwrap();
        super::built(file.path(), &SiteSource { name, earlier, ..SiteSource::default() }, &genome())
            .map(|built| built.table.meta().clone())
    };
    let earlier = [with("gnomad", "exomes_AF,x", &[]).unwrap()];
    let error = with("gnomad_exomes", "AF", &earlier).err().unwrap().to_string();
    assert!(error.contains("would both be called gnomad_exomes_AF"), "{error}");
    assert!(with("gnomad_exomes", "AC", &earlier).is_ok());
    let earlier = [with("gnomad-exomes", "x", &[]).unwrap()];
    assert!(with("gnomad_exomes", "x", &earlier).is_err());
    assert!(with("t", "a b,a_b", &[]).is_err() && with("t", "AF-x,AF_x", &[]).is_err());
    assert!(with("t", "AF-x,AF-y", &[]).is_ok());
}
