//! Lines, good and bad.

use proptest::prelude::*;

use super::*;
use crate::model::assembly::Assembly;
use crate::model::contig::Contig;
use crate::model::position::Interval;
use crate::read::contigs::ContigSource;

fn layout(samples: usize, wanted: &[usize]) -> Layout {
    let contigs = [Contig { name: "chr1".to_owned(), length: 1_000_000 }];
    let source = ContigSource::reference(&contigs, &Assembly::GRCh38);
    Layout {
        samples,
        wanted: wanted.iter().enumerate().map(|(slot, &column)| (column, slot)).collect(),
        numbers: Numbers { depths_per_allele: true },
        contigs: ContigMap::new(std::path::Path::new("a.vcf"), &[], &source).unwrap(),
        regions: None,
        skip_uncarried: false,
        accept_past_end: false,
    }
}

fn kept(layout: &Layout, line: &str) -> VariantRecord {
    match layout.parse(line.as_bytes(), 1, &mut Memory::default()) {
        Ok((_, Outcome::Kept(record))) => record,
        other => panic!("{line:?}: {other:?}"),
    }
}

#[test]
fn a_plain_record() {
    let record = kept(
        &layout(3, &[0, 2]),
        "1\t100\trs1\tac\tA,acg\t50.5\tq10;PASS\tDP=3\tGT:AD:DP:GQ\t0/1:1,2,0:3:40\tjunk\t1|2:0,5,6:11:99\r",
    );
    assert_eq!(
        (record.start, record.reference.as_slice(), record.quality),
        (99, b"AC".as_slice(), Some(50.5))
    );
    assert_eq!(record.alternates, [Alternate::Bases(b"A".to_vec()), Alternate::Bases(b"ACG".to_vec())]);
    assert_eq!(record.filters, Some(vec!["q10".to_owned()]));
    assert_eq!(record.calls[1].alleles.as_slice(), [Some(1), Some(2)]);
    assert_eq!(record.calls[0].depth, Some(3));
}

#[test]
fn a_reference_block_takes_its_end_and_least_depth() {
    let layout = layout(1, &[0]);
    let record = kept(&layout, "chr1\t10\t.\tG\t<NON_REF>\t.\t.\tX=1;END=60\tGT:DP:GQ:MIN_DP\t0/0:30:90:22");
    assert_eq!((record.end, record.calls[0].depth, record.filters), (Some(60), Some(22), None));
    let record = kept(&layout, "chr1\t10\t.\tG\t<*>\t.\tPASS\t.\tGT:DP:LEN\t0/0:30:51");
    assert_eq!((record.end, record.filters), (Some(60), Some(vec![])));
    let record = kept(&layout, "chr1\t10\t.\tG\tC\t.\t.\tEND=60\tGT:DP:MIN_DP\t0/1:30:22");
    assert_eq!((record.end, record.calls[0].depth), (None, Some(30)));
}

#[test]
fn refused_lines_say_where_and_why() {
    for (line, word) in [
        ("chr1\t5\t.\tA\tC\t.\t.\t.\tGT", "9 columns and the header has 10"),
        ("chr1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1\t0/1", "11 columns"),
        ("chr1\t5\t.\tA", "4 columns"),
        ("chr1\tx\t.\tA\tC\t.\t.\t.\tGT\t0/1", "POS is not"),
        ("chr1\t-5\t.\tA\tC\t.\t.\t.\tGT\t0/1", "POS is not"),
        ("chr1\t5\t.\t\tC\t.\t.\t.\tGT\t0/1", "REF is empty"),
        ("chr1\t5\t.\tA1\tC\t.\t.\t.\tGT\t0/1", "is not bases"),
        ("chr1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/2", "names allele 2"),
        ("chr1\t5\t.\tA\tC\t.\t.\t.\tGT:AD\t0/1:1,2,3", "3 values for 2"),
        ("chr1\t5\t.\tA\tC?\t.\t.\t.\tGT\t0/1", "ALT"),
        ("chr1\t2000000\t.\tA\tC\t.\t.\t.\tGT\t0/1", "another build"),
        ("\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1", "CHROM is empty"),
    ] {
        let fault = layout(1, &[0]).parse(line.as_bytes(), 1, &mut Memory::default()).unwrap_err();
        assert!(fault.reason.contains(word), "{line:?}: {fault:?}");
    }
}

#[test]
fn gates_count_what_they_drop() {
    let mut layout = layout(2, &[1]);
    layout.skip_uncarried = true;
    layout.regions = Some(Regions::new([(ContigId(0), Interval::new(100, 200))]));
    let outcome = |line: &str| layout.parse(line.as_bytes(), 1, &mut Memory::default()).unwrap().1;
    let tail = "\t.\t.\t.\tGT\t0/1\t";
    assert_eq!(outcome(&format!("chr1\t90\t.\tA\tC{tail}0/1")), Outcome::Outside);
    assert!(matches!(outcome(&format!("chr1\t96\t.\tACGTAC\tA{tail}0/1")), Outcome::Kept(_)));
    assert_eq!(outcome(&format!("chr1\t150\t.\tA\tC{tail}0/0")), Outcome::Uncarried);
    // A missing genotype may be a carrier's.
    assert!(matches!(outcome(&format!("chr1\t150\t.\tA\tC{tail}./.")), Outcome::Kept(_)));
    assert!(matches!(outcome(&format!("chr1\t150\t.\tA\tC{tail}0/.")), Outcome::Kept(_)));
    assert_eq!(outcome(&format!("chrUn\t150\t.\tA\tC{tail}0/1")), Outcome::UnknownContig);
    assert_eq!(outcome(&format!("chr1\t0\t.\tN\tC{tail}0/1")), Outcome::Unplaced);
}

#[test]
fn the_wanted_column_is_found_among_thousands() {
    let columns: Vec<String> = (0..3_202).map(|n| format!("0/1:{n}")).collect();
    let line = format!("chr1\t5\t.\tA\tC\t.\t.\t.\tGT:DP\t{}", columns.join("\t"));
    for wanted in [[0, 1, 2], [0, 31, 3_201], [1_000, 1_001, 3_000]] {
        let record = kept(&layout(3_202, &wanted), &line);
        let depths: Vec<_> = record.calls.iter().map(|c| c.depth.unwrap() as usize).collect();
        assert_eq!(depths, wanted);
    }
}

proptest! {
    #[test]
    fn no_line_panics(line in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = layout(1, &[0]).parse(&line, 1, &mut Memory::default());
    }

    #[test]
    fn no_line_of_vcf_like_cells_panics(
        cells in proptest::collection::vec("[-0-9./|:,;<>*A-DNchr=\\[\\]]{0,9}", 8..12),
        gate in any::<bool>(),
    ) {
        let mut layout = layout(2, &[1, 0]);
        layout.skip_uncarried = gate;
        layout.wanted.sort_unstable();
        let line = format!("chr1\t{}", cells.join("\t"));
        let _ = layout.parse(line.as_bytes(), 1, &mut Memory::default());
    }
}
