//! Region reading by index gives what a full reading gives, and an index that cannot be trusted is not used.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use ithaca::model::position::Interval;
use ithaca::model::regions::Regions;
use ithaca::read::contigs::ContigSource;
use ithaca::read::error::ReadError;
use ithaca::read::variants::{ReadOptions, VariantReader};

use super::{bgzf, read_all, small_vcf};
use crate::shared_data::need;

fn regions(reader: &VariantReader, wanted: &[(&str, u32, u32)]) -> Regions {
    Regions::new(wanted.iter().map(|(contig, start, end)| {
        (reader.contigs().id(contig.as_bytes()).unwrap(), Interval::new(*start, *end))
    }))
}

/// Places of the records in regions, whether the index was used, and the warnings.
fn places(path: &Path, wanted: &[(&str, u32, u32)]) -> (Vec<(u16, u32)>, bool, String) {
    let open = |options| VariantReader::open(path, &ContigSource::File, &[], options).unwrap();
    let regions = Some(regions(&open(ReadOptions::default()), wanted));
    let reader = open(ReadOptions { regions, ..ReadOptions::default() });
    let warnings = reader.warnings().join("\n");
    let mut places = Vec::new();
    let summary = reader.process(
        |batch| batch,
        |batch| {
            places.extend(batch.iter().map(|r| (r.contig.0, r.start)));
            Ok::<_, ReadError>(())
        },
    );
    (places, summary.unwrap().indexed, warnings)
}

#[test]
fn an_index_gives_what_a_full_reading_gives() {
    for (name, wanted) in [
        (
            "variants-grch38/NA12878trio.GRCh38.vcf.gz",
            vec![("chr1", 1_000_000, 9_000_000), ("chr7", 5_000_000, 5_200_000), ("chrX", 0, 99_000_000)],
        ),
        (
            "variants-grch38/NA12878.gatk.g.vcf.gz",
            vec![("chr2", 47_000_000, 48_000_000), ("chr17", 43_044_294, 43_125_482)],
        ),
        ("variants-grch37/HG002trio.b37.vcf.gz", vec![("1", 900_000, 1_200_000), ("X", 1, 50_000_000)]),
    ] {
        let Some(path) = need(name) else { return };
        let folder = tempfile::tempdir().unwrap();
        let alone = folder.path().join("alone.vcf.gz");
        fs::copy(&path, &alone).unwrap();
        let (with, used, _) = places(&path, &wanted);
        let (without, unused, warnings) = places(&alone, &wanted);
        assert!(used && !unused, "{name}");
        assert!(warnings.contains("there is no index"), "{warnings}");
        assert!(!with.is_empty() && with == without, "{name}: {} and {}", with.len(), without.len());
    }
}

#[test]
fn an_old_or_foreign_or_damaged_index_is_not_used() {
    let Some(trio) = need("variants-grch38/NA12878trio.GRCh38.vcf.gz") else { return };
    let Some(other) = need("variants-grch38/NA12878.gatk.g.vcf.gz.tbi") else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.vcf.gz");
    let index = folder.path().join("a.vcf.gz.tbi");
    let own = trio.with_extension("gz.tbi");
    let set_time = |path: &Path, seconds| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    let copy = |from: &Path, to: &Path, seconds| {
        fs::write(to, fs::read(from).unwrap()).unwrap();
        set_time(to, seconds);
    };
    copy(&trio, &path, 1_000_000);
    let wanted = [("chr2", 20_000_000, 60_000_000)];
    copy(&own, &index, 1_000_000);
    let (expected, used, _) = places(&path, &wanted);
    assert!(used && !expected.is_empty());
    for (from, seconds, bytes, word) in [
        (&own, 999_999, usize::MAX, "older than the file"),
        (&other, 2_000_000, usize::MAX, "another file"),
        (&own, 2_000_000, 500, "is not used"),
    ] {
        let data = fs::read(from).unwrap();
        fs::write(&index, &data[..data.len().min(bytes)]).unwrap();
        set_time(&index, seconds);
        let (found, used, warnings) = places(&path, &wanted);
        assert!(!used && warnings.contains(word), "{warnings}");
        assert_eq!(found, expected, "{word}");
    }
}

#[test]
fn a_record_that_reaches_into_a_region_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.vcf.gz");
    let text = small_vcf().replace("chr1\t150\t.\tA\t", "chr1\t150\t.\tAAAAAAAA\t");
    fs::write(&path, bgzf(text.as_bytes(), 500)).unwrap();
    let (found, used, _) = places(&path, &[("chr1", 155, 156), ("chr2", 2_109, 2_110)]);
    assert_eq!((found, used), (vec![(0, 149), (1, 2_109)], false));
    assert_eq!(read_all(&path, &["P"], ReadOptions::default()).unwrap().1.records, 300);
}

/// A VCF with records over the whole of two contigs, some of them long, as blocks of a few lines.
fn scattered(random: &mut impl FnMut(u32) -> u32) -> (Vec<u8>, Vec<(String, Interval)>) {
    let mut text =
        "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=400000000>\n##contig=<ID=chr2,length=90000>\n\
                    ##INFO=<ID=END,Number=1,Type=Integer,Description=\"e\">\n\
                    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
            .to_owned();
    let mut records = Vec::new();
    for (contig, length) in [("chr1", 400_000_000_u32), ("chr2", 90_000)] {
        let mut starts: Vec<u32> = (0..1_500).map(|_| random(length - 1)).collect();
        starts.sort_unstable();
        for start in starts {
            let reach = [1, 1, 1, 300, 20_000, 3_000_000][random(6) as usize].min(length - start);
            text += &format!("{contig}\t{}\t.\tN\t<DEL>\t.\t.\tEND={}\n", start + 1, start + reach);
            records.push((contig.to_owned(), Interval::new(start, start + reach)));
        }
    }
    (bgzf(text.as_bytes(), 700), records)
}

#[test]
fn an_index_leads_to_every_record_as_noodles_does_and_to_no_more_of_the_file() {
    use ithaca::read::binning_index::BinningIndex;
    use noodles::core::Position;
    use noodles::csi::binning_index::BinningIndex as _;
    use std::io::Read;

    let mut state = 7_u64;
    let mut random = |n: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(n)) as u32
    };
    let (bytes, records) = scattered(&mut random);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.vcf.gz");
    fs::write(&path, bytes).unwrap();
    let place = folder.path().join("a.vcf.gz.tbi");
    let noodles::vcf::Index::Tabix(theirs) = noodles::vcf::fs::index(&path).unwrap() else {
        panic!("another kind of index")
    };
    noodles::tabix::fs::write(&place, &theirs).unwrap();
    let mut inflated = Vec::new();
    noodles::bgzf::io::Reader::new(File::open(&place).unwrap()).read_to_end(&mut inflated).unwrap();
    let ours = BinningIndex::from_tbi(&inflated).unwrap();
    assert_eq!((ours.names(), ours.contigs()), (&["chr1".to_owned(), "chr2".to_owned()][..], 2));
    // Where each record stands.
    let mut reader = noodles::bgzf::io::Reader::new(File::open(&path).unwrap());
    let (mut line, mut offsets) = (String::new(), Vec::new());
    loop {
        let at = u64::from(reader.virtual_position());
        line.clear();
        if std::io::BufRead::read_line(&mut reader, &mut line).unwrap() == 0 {
            break;
        }
        if !line.starts_with('#') {
            offsets.push(at);
        }
    }
    assert_eq!(offsets.len(), records.len());
    assert!(ours.end() >= *offsets.last().unwrap());
    let (mut wanted, mut less) = (0, 0);
    for _ in 0..2_000 {
        let (number, name, length) =
            if random(2) == 0 { (0, "chr1", 400_000_000) } else { (1, "chr2", 90_000) };
        let start = random(length - 1);
        let most = [1, 100, 50_000][random(3) as usize];
        let end = (start + 1 + random(most)).min(length);
        let chunks = ours.chunks(number, Interval::new(start, end));
        let one_based = Position::new(start as usize + 1).unwrap()..=Position::new(end as usize).unwrap();
        let others = theirs.query(number, one_based.into()).unwrap();
        for ((contig, record), at) in records.iter().zip(&offsets) {
            if contig == name && record.start < end && record.end > start {
                wanted += 1;
                assert!(chunks.iter().any(|(from, to)| from <= at && at < to), "{name}:{start}-{end} {at}");
            }
        }
        let own: u64 = chunks.iter().map(|(from, to)| to - from).sum();
        let others: u64 = others.iter().map(|c| u64::from(c.end()) - u64::from(c.start())).sum();
        assert!(own <= others, "{name}:{start}-{end}: {own} and {others}");
        less += u32::from(own < others);
    }
    assert!(wanted > 1_000, "{wanted} records, {less} queries with less to read");
}
