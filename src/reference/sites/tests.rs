//! Tables held against a plain map of their records.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::model::assembly::Assembly;
use crate::reference::build::sites::{SiteReport, SiteSource, build_site_table};
use crate::reference::genome::Genome;
use crate::reference::sections::FileKind;

/// The larger `AC` of each allele, with its `AN`; and its texts.
type Oracle = BTreeMap<Allele, (i64, i64, Vec<String>)>;

/// A record: contig, start, number of reference bases, alternate bases, counts, text.
type Record = (u16, u32, usize, Vec<Vec<u8>>, i64, u8);

/// Two contigs with repeats, in which alleles have many spellings, and a stretch of unknown bases.
fn genome() -> Genome {
    let mut bases = b"ACGT".repeat(30);
    bases.extend(b"A".repeat(60));
    bases.extend(b"CAG".repeat(40));
    bases.extend(b"N".repeat(10));
    bases.extend(b"GATTACA".repeat(30));
    Genome::from_sequences(vec![("chr1".into(), bases.clone()), ("2".into(), bases[7..].to_vec())])
}

fn records(most: usize) -> impl Strategy<Value = Vec<Record>> {
    let base = || prop::sample::select(b"ACGT".to_vec());
    let alternate = prop_oneof![
        8 => prop::collection::vec(base(), 1..2),
        3 => prop::collection::vec(base(), 1..5),
        1 => prop::collection::vec(base(), 1..80),
    ];
    let length = prop_oneof![6 => Just(1usize), 3 => 1usize..6, 1 => 1usize..70];
    let record = (0u16..2, 0u32..520, length, prop::collection::vec(alternate, 1..4), 0i64..4000, 0u8..4);
    prop::collection::vec(record, 0..most)
}

/// The text of a file of these records, and what a table of it must hold.
fn written(records: &[Record], genome: &Genome) -> (String, Oracle) {
    let mut text =
        "##fileformat=VCFv4.2\n##INFO=<ID=AC,Number=A,Type=Integer>\n##INFO=<ID=AN,Number=1,Type=Integer>\n\
                    ##INFO=<ID=AF,Number=A,Type=Float>\n##INFO=<ID=T,Number=1,Type=String>\n\
                    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
            .to_owned();
    let mut oracle = Oracle::new();
    for (contig, start, length, alternates, count, word) in records {
        let contig = ContigId(*contig);
        let end = (start + *length as u32).min(genome.contig(contig).length);
        let reference = genome.bases(contig, Interval::new((*start).min(end), end));
        if reference.is_empty() {
            continue;
        }
        let number = 5000 + count;
        let spelled: Vec<&str> = alternates.iter().map(|a| std::str::from_utf8(a).unwrap()).collect();
        let counts: Vec<String> = (0..alternates.len()).map(|n| (count + n as i64).to_string()).collect();
        let rates: Vec<String> = (0..alternates.len())
            .map(|n| format!("{:.5}", (count + n as i64) as f64 / number as f64))
            .collect();
        writeln!(
            text,
            "{}\t{}\t.\t{}\t{}\t.\t.\tAC={};AN={number};AF={};T=w{word}",
            ["1", "chr2"][contig.index()],
            start + 1,
            String::from_utf8_lossy(&reference),
            spelled.join(","),
            counts.join(","),
            rates.join(","),
        )
        .unwrap();
        for (n, alternate) in alternates.iter().enumerate().filter(|(_, a)| **a != reference) {
            let written =
                Allele { contig, start: *start, reference: reference.clone(), alternate: alternate.clone() };
            let entry = oracle.entry(placement::left_align(genome, &written)).or_insert((0, 1, Vec::new()));
            let own = count + n as i64;
            if own * entry.1 >= entry.0 * number {
                (entry.0, entry.1) = (own, number);
            }
            let word = format!("w{word}");
            if !entry.2.contains(&word) {
                entry.2.push(word);
            }
        }
    }
    (text, oracle)
}

fn table(text: &str, genome: &Genome, folder: &Path) -> (SiteTable, SiteReport) {
    let (input, output) = (folder.join("t.vcf"), folder.join("t.bin"));
    std::fs::write(&input, text).unwrap();
    let source = SiteSource { name: "t", ..SiteSource::default() };
    let built = build_site_table(&input, &source, genome, &Assembly::GRCh38, &output).unwrap();
    (built.open(&output).unwrap(), built.report)
}

fn check(table: &SiteTable, oracle: &Oracle, genome: &Genome) {
    assert_eq!(table.len(), oracle.len());
    table.check_rows().unwrap();
    let [ac, an, af, text] = ["AC", "AN", "AF", "T"].map(|name| table.field_index(name).unwrap());
    let mut cursor = table.cursor();
    for (allele, (count, number, words)) in oracle {
        let row = cursor.find(allele).unwrap_or_else(|| panic!("{allele:?} is not found"));
        assert_eq!(table.find(allele), Some(row));
        assert_eq!(table.find(&placement::vcf_spelling(genome, allele)), Some(row));
        assert_eq!(table.allele(row).as_ref(), Some(allele));
        assert_eq!(table.value(row, ac), Some(SiteValue::Integer(*count)));
        assert_eq!(table.value(row, an), Some(SiteValue::Integer(*number)));
        assert_eq!(table.value(row, af), Some(SiteValue::Float(*count as f64 / *number as f64)));
        let Some(SiteValue::Text(found)) = table.value(row, text) else { panic!("no text") };
        let mut found: Vec<&str> = found.split('|').collect();
        let mut words = words.clone();
        found.sort_unstable();
        words.sort_unstable();
        assert_eq!(found, words);
    }
    for contig in [ContigId(0), ContigId(1)] {
        let own: Vec<u32> = oracle.keys().filter(|a| a.contig == contig).map(|a| a.start).collect();
        assert_eq!(table.rows(contig).len(), own.len());
        for start in 0..530 {
            let before = |end: u32| own.partition_point(|&other| other < end);
            let at = |from: u32, to: u32| before(to) - before(from);
            assert_eq!(table.rows_at(contig, start).len(), at(start, start + 1), "{start}");
            assert_eq!(table.rows_within(contig, start, start + 7).len(), at(start, start + 7), "{start}");
        }
        let starts: Vec<u32> = table.rows(contig).map(|row| table.allele(row).unwrap().start).collect();
        assert!(starts.is_sorted());
    }
    assert_eq!((table.rows(ContigId(2)), table.find(&snv(2, 5, "A", "C"))), (0..0, None));
}

fn snv(contig: u16, start: u32, reference: &str, alternate: &str) -> Allele {
    Allele { contig: ContigId(contig), start, reference: reference.into(), alternate: alternate.into() }
}

/// Runs a test on so many random inputs.
fn random<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
    #[expect(clippy::disallowed_methods, reason = "the switch of the long modes")]
    let long = std::env::var_os("ITHACA_LONG_TESTS").is_some();
    let cases = if long { cases * 100 } else { cases };
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner
        .run(&strategy, |value| {
            test(value);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_table_of_unsorted_records_holds_what_they_say() {
    let genome = genome();
    random(8, records(900), |records| {
        let folder = tempfile::tempdir().unwrap();
        let (text, oracle) = written(&records, &genome);
        let (table, report) = table(&text, &genome, folder.path());
        check(&table, &oracle, &genome);
        assert_eq!(report.rows as usize, oracle.len());
        let queries = self::records(200);
        let mut runner = TestRunner::deterministic();
        let queries = queries.new_tree(&mut runner).unwrap().current();
        let (_, asked) = written(&queries, &genome);
        // In an order that is none, and in order, alleles that are there and alleles that are not.
        let mut order: Vec<&Allele> = asked.keys().chain(oracle.keys()).collect();
        order.sort_by_key(|a| (a.alternate.clone(), a.start % 7));
        let mut cursor = table.cursor();
        for allele in &order {
            assert_eq!(cursor.find(allele).is_some(), oracle.contains_key(allele), "{allele:?}");
        }
        order.sort();
        let mut cursor = table.cursor();
        for allele in order {
            assert_eq!(cursor.find(allele), table.find(allele), "{allele:?}");
        }
    });
}

#[test]
fn a_sorted_source_and_its_shuffled_twin_give_the_same_rows() {
    let genome = genome();
    random(4, records(1500), |mut records| {
        let folder = tempfile::tempdir().unwrap();
        records.sort();
        let (text, oracle) = written(&records, &genome);
        let (sorted, report) = table(&text, &genome, folder.path());
        check(&sorted, &oracle, &genome);
        assert!(report.late <= report.moved.count, "{report}");
        // The contigs the other way round: an order of its own, not a disorder.
        records.sort_by_key(|record| (std::cmp::Reverse(record.0), record.1));
        let (text, oracle) = written(&records, &genome);
        check(&table(&text, &genome, folder.path()).0, &oracle, &genome);
    });
}

#[test]
fn many_alleles_at_one_place() {
    let genome = genome();
    let alternates: Vec<Vec<u8>> = (0..700u32)
        .map(|n| (0..6).map(|place| b"ACGT"[(n >> (2 * place) & 3) as usize]).chain(*b"C").collect())
        .collect();
    let records: Vec<Record> = vec![(0, 30, 1, alternates, 5, 1), (0, 31, 1, vec![b"G".to_vec()], 1, 1)];
    let folder = tempfile::tempdir().unwrap();
    let (text, oracle) = written(&records, &genome);
    let (table, _) = table(&text, &genome, folder.path());
    assert!(oracle.len() > 255 + 128);
    check(&table, &oracle, &genome);
}

/// The file of a table with every kind of lane, and its description.
fn sample(folder: &Path) -> (Vec<u8>, SiteTableMeta) {
    let genome = genome();
    let mut runner = TestRunner::deterministic();
    let records = records(250).new_tree(&mut runner).unwrap().current();
    let (text, _) = written(&records, &genome);
    let (table, _) = table(&text, &genome, folder);
    (std::fs::read(folder.join("t.bin")).unwrap(), table.meta().clone())
}

/// Everything a table says, as text, as far as it was not found damaged; and whether it was.
fn all(bytes: &[u8], meta: &SiteTableMeta) -> Result<String, String> {
    let sections = Sections::from_bytes(bytes, FileKind::Sites, file::ARRAYS)?;
    let table = SiteTable::from_sections(sections, meta.clone())?;
    let mut text = String::new();
    for row in [ContigId(0), ContigId(1)].into_iter().flat_map(|contig| table.rows(contig)) {
        let values: Vec<_> = (0..table.fields().len()).map(|field| table.value(row, field)).collect();
        writeln!(text, "{:?} {values:?}", table.allele(row)).unwrap();
    }
    match table.damage() {
        Some(damage) => Err(damage.to_owned()),
        None => table.check_rows().map(|()| text),
    }
}

#[test]
fn a_changed_byte_is_found_or_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, meta) = sample(folder.path());
    let whole = all(&bytes, &meta).unwrap();
    let places = (0..bytes.len(), 1u8..=255, 0..bytes.len());
    random(60, places, |(at, change, cut)| {
        let mut damaged = bytes.clone();
        damaged[at] ^= change;
        if let Ok(text) = all(&damaged, &meta) {
            assert!(text == whole, "byte {at} changed by {change} gives other values");
        }
        assert!(all(&bytes[..cut], &meta).is_err(), "cut at {cut}");
    });
    // Every byte of head and index, and some of each block.
    for at in (0..bytes.len()).filter(|at| *at < 160 || *at + 300 > bytes.len() || at % 331 == 0) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        if let Ok(text) = all(&damaged, &meta) {
            assert!(text == whole, "byte {at}");
        }
    }
}

#[test]
fn a_sound_block_in_the_wrong_place_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, meta) = sample(folder.path());
    let sections = Sections::from_bytes(&bytes, FileKind::Sites, file::ARRAYS).unwrap();
    let segments = sections.array::<u64>(file::SEGMENTS).to_vec();
    let data = sections.array::<u64>(file::DATA).as_ptr() as usize
        - sections.array::<u8>(file::DATA).as_ptr() as usize;
    assert_eq!((data, segments[0]), (0, 0));
    // The second block's place becomes the first's.
    let table: Vec<u64> = sections.array::<u64>(file::DATA).to_vec();
    let first = table[0] as u32;
    let begin = 192usize.next_multiple_of(64).min(bytes.len());
    let begin = (begin.saturating_sub(64)..begin + 128)
        .find(|&at| bytes[at..].starts_with(&table[0].to_le_bytes()) && at % 64 == 0)
        .unwrap();
    let mut swapped = bytes.clone();
    swapped[begin + 4..begin + 8].copy_from_slice(&first.to_le_bytes());
    assert!(all(&swapped, &meta).unwrap_err().contains("damaged"));
    // Another table's description.
    let other = SiteTableMeta { version: "2".into(), ..meta.clone() };
    assert!(all(&bytes, &other).unwrap_err().contains("not the one"), "another version");
}
