//! Counts, frequencies and lists, whatever the form of the source.

use super::*;

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
    let built = of_text(format!("{header}{records}").as_bytes(), &["AC", "AN", "AF", "AD"]).unwrap();
    assert_eq!(of(&built, &allele(1, "C", "A")), "AC=5000 AN=10000 AF=0.5 AD=7");
    assert_eq!(of(&built, &allele(1, "C", "G")), "AC=1 AN=10000 AF=0.0001 AD=8");
    assert_eq!(of(&built, &allele(2, "G", "A")), "AN=10 AD=1,2,3", "two counts for one allele");
    assert_eq!(of(&built, &allele(3, "T", "C")), "AN=20", "one count for two alleles is nobody's");
    assert_eq!(of(&built, &allele(4, "T", "A")), "AC=4 AN=10 AF=0.4");
    assert_eq!(built.report.unreadable_fields.get("AC"), Some(&3));
    assert!(built.report.warnings.is_empty(), "{}", built.report);
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
