//! Places of another sequence, and places that were not called.

use super::*;

fn mitochondrial() -> Genome {
    let sequence = b"ACGGCATTAC".repeat(12);
    Genome::from_sequences(vec![("1".into(), b"ACGT".repeat(100)), ("MT".into(), sequence)])
}

fn of_mitochondrial(text: &str, covered: Option<&Path>) -> Result<Built, ReferenceError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text.replace(' ', "\t")).unwrap();
    built(file.path(), &SiteSource { name: "t", covered, ..SiteSource::default() }, &mitochondrial())
}

const SITES: &str =
    "##INFO=<ID=AC,Number=A,Type=Integer,Description=\"x\">\n#CHROM POS ID REF ALT QUAL FILTER INFO\n";

#[test]
fn a_mitochondrial_contig_of_another_length_is_left_out_and_told() {
    let bed = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(bed.path(), "1\t0\t10\nchrM\t0\t50\n").unwrap();
    let records = "1 1 . A C . . AC=1\nchrM 1 . A C . . AC=2\nchrM 3 . G C . . AC=3\n";
    let text = format!("##contig=<ID=1,length=400>\n##contig=<ID=chrM,length=122>\n{SITES}{records}");
    let built = of_mitochondrial(&text, Some(bed.path())).unwrap();
    assert_eq!((built.report.rows, built.report.other_sequence.count), (1, 2));
    assert!(!built.table.covers(ContigId(1)), "nothing is known of it");
    assert_eq!(built.report.covered, Some(10));
    let told = built.report.to_string();
    assert!(told.contains("WARNING: its header gives MT 122 bases, the FASTA has 120"), "{told}");
    let text = text.replace("=122", "=120");
    let built = of_mitochondrial(&text, None).unwrap();
    assert_eq!((built.report.rows, built.report.other_sequence.count), (3, 0));
}

#[test]
fn a_contig_whose_records_fit_by_chance_is_refused() {
    // 600 records fit; of the other contig's, a few do not: far less than one in a hundred of all.
    let good: String = (0..600).map(|_| "1 1 . A C . . AC=1\n").collect();
    let records = |different: usize| -> String {
        let same = (0..8).map(|_| "MT 1 . A C . . AC=2\n");
        same.chain((0..different).map(|_| "MT 2 . G C . . AC=2\n")).collect()
    };
    let message = of_mitochondrial(&format!("{SITES}{good}{}", records(5)), None).err().unwrap().to_string();
    assert!(message.contains("5 of the 13 records of MT (MT:2 G>C)"), "{message}");
    let built = of_mitochondrial(&format!("{SITES}{good}{}", records(4)), None).unwrap();
    assert_eq!((built.report.reference_differs.count, built.report.rows), (4, 2));
    let few = format!("{SITES}{good}MT 2 . G C . . AC=2\nMT 3 . C A . . AC=2\nMT 1 . C A . . AC=2\n");
    assert!(of_mitochondrial(&few, None).err().unwrap().to_string().contains("3 of the 3 records of MT"));
}

#[test]
fn blocks_of_a_gvcf_that_were_not_called_are_not_covered() {
    let header = HEADER.replace("=chr1,", "=1,").replace(
        "#CHROM",
        "##INFO=<ID=END,Number=1,Type=Integer,Description=\"e\">\n##INFO=<ID=MinDP,Number=1,Type=Integer,Description=\"d\">\n\
         ##FILTER=<ID=LowQual,Description=\"q\">\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n\
         ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"q\">\n\
         ##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"d\">\n#CHROM",
    );
    let header = header.replace("FILTER\tINFO", "FILTER\tINFO\tFORMAT\tS1");
    let records = "1 1 . A <NON_REF> . . END=2 GT:DP:GQ 0/0:30:90\n\
                   1 3 . G <NON_REF> . . END=4 GT:DP:GQ ./.:0:0\n\
                   1 5 . T <NON_REF> . PASS END=6 GT:DP:GQ 0/0:0:0\n\
                   1 7 . T <NON_REF> . LowQual END=8 GT:DP:GQ 0/0:30:90\n\
                   1 9 . T <NON_REF> . PASS END=10 GT:DP:GQ:MIN_DP 0/0:30:90:7\n\
                   1 11 . C <NON_REF> . PASS END=12 GT:DP:GQ:MIN_DP 0/0:30:90:0\n\
                   1 13 . C <NON_REF> . PASS END=13;MinDP=0 GT:DP:GQ 0/0:30:90\n\
                   1 14 . G A,<NON_REF> . PASS . GT:DP:GQ 0/1:30:90\n\
                   1 15 . C A,<NON_REF> . PASS . GT:DP:GQ ./.:30:90\n\
                   1 16 . G <NON_REF> . PASS END=17 GT:DP 0:.\n";
    let text = format!("{header}{}", records.replace(' ', "\t"));
    let expected = [(0, 2), (8, 10), (13, 14), (15, 17)].map(|(s, e)| (ContigId(0), Interval::new(s, e)));
    for source in [text.clone().into_bytes(), as_bcf(&text)] {
        let built = of_text(&source, &["AC"]).unwrap();
        assert_eq!(built.table.covered_regions(), Some(expected.as_slice()));
        assert_eq!((built.report.blocks, built.report.uncalled_blocks), (3, 5));
        assert!(built.report.to_string().contains("blocks that were not called"), "{}", built.report);
    }
}

#[test]
fn a_table_that_says_nothing_is_told() {
    let empty = build("", &["AC"]).unwrap();
    assert!(empty.report.to_string().contains("WARNING: the table has no allele"), "{}", empty.report);
    let bed = tempfile::NamedTempFile::new().unwrap();
    let text = format!("##contig=<ID=1,length=abc>\n{SITES}1 1 . A C . . AC=1\n");
    let built = of_mitochondrial(&text, Some(bed.path())).unwrap();
    let told = built.report.to_string();
    assert!(told.contains("WARNING: the table covers no base"), "{told}");
    assert!(told.contains("the length of contig 1 is 'abc'"), "{told}");
}
