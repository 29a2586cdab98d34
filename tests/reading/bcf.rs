//! A BCF gives the same records as the VCF it was made from.

use std::fs::File;
use std::path::{Path, PathBuf};

use ithaca::model::position::Interval;
use ithaca::model::regions::Regions;
use ithaca::read::contigs::ContigSource;
use ithaca::read::variants::{ReadOptions, VariantReader};
use noodles::vcf::variant::io::Write as _;
use noodles::{bcf, vcf};

use super::{read_all, small_vcf};
use crate::shared_data::need;

/// Rewrites a VCF as BCF with noodles.
fn as_bcf(path: &Path, folder: &Path) -> PathBuf {
    let mut reader = vcf::io::reader::Builder::default().build_from_path(path).unwrap();
    let header = reader.read_header().unwrap();
    let made = folder.join("made.bcf");
    let mut writer = bcf::io::Writer::new(File::create(&made).unwrap());
    writer.write_variant_header(&header).unwrap();
    for record in reader.record_bufs(&header) {
        writer.write_variant_record(&header, &record.unwrap()).unwrap();
    }
    writer.try_finish().unwrap();
    made
}

fn same(vcf: &Path, bcf: &Path) -> usize {
    let open = VariantReader::open(vcf, &ContigSource::File, &[], ReadOptions::default()).unwrap();
    let names: Vec<&str> = open.sample_names().iter().rev().take(3).map(String::as_str).collect();
    for skip_uncarried in [false, true] {
        let options = || ReadOptions { skip_uncarried, ..ReadOptions::default() };
        let (from_vcf, counted) = read_all(vcf, &names, options()).unwrap();
        let (from_bcf, counted_too) = read_all(bcf, &names, options()).unwrap();
        for (a, b) in from_vcf.iter().zip(&from_bcf) {
            assert_eq!(a, b);
        }
        assert_eq!(counted, counted_too);
    }
    read_all(vcf, &names, ReadOptions::default()).unwrap().0.len()
}

#[test]
fn made_up_records() {
    let folder = tempfile::tempdir().unwrap();
    let vcf = folder.path().join("a.vcf");
    let meta = "##ALT=<ID=NON_REF,Description=\"any\">\n##FILTER=<ID=q10,Description=\"low\">\n\
        ##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">\n\
        ##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"Phase set\">\n\
        ##FORMAT=<ID=PGT,Number=1,Type=String,Description=\"Physical phase\">\n\
        ##FORMAT=<ID=PID,Number=1,Type=String,Description=\"Phase group\">\n\
        ##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"Least depth\">\n\
        ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n\
        ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Quality\">\n\
        ##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"Fraction\">\n#CHROM";
    let text = small_vcf().replace("#CHROM", meta)
        + "chr2\t5000\t.\tA\tC,*\t.\tq10\t.\tGT:AD:DP:GQ:PS:AF\t1|2:3,40000,5:40008:99:4990:0.5,0.125\n\
           chr2\t5001\t.\tA\t<NON_REF>\t.\t.\tEND=5100\tGT:DP:GQ:MIN_DP\t0/0:40:99:22\n\
           chr2\t5200\t.\tACG\tA\t1.5\tPASS\t.\tGT:AD:DP\t1:3,4:.\n\
           chr2\t5300\t.\tA\tT\t1.5\tPASS\t.\tGT:AD\t./.:.,.\n\
           chr2\t5400\t.\tA\tT,G,C\t1.5\tPASS\t.\tGT\t0|1\n\
           chr2\t5500\t.\tA\tT\t1.5\tPASS\t.\tGT:PGT:PID\t0/1:1|0:5400_A_T\n\
           chr2\t5700\t.\tA\tT\t1.5\tPASS\t.\tGT:PGT:PID\t0|1:1|0:5400_A_T\n";
    std::fs::write(&vcf, text).unwrap();
    assert_eq!(same(&vcf, &as_bcf(&vcf, folder.path())), 307);
}

#[test]
fn real_files() {
    for (name, expected) in [
        ("variants-grch37/HG002trio.b37.vcf.gz", 9_940),
        ("variants-grch38/HG004.chr21_22-23M.g.vcf.gz", 17_931),
    ] {
        let Some(path) = need(name) else { return };
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(same(&path, &as_bcf(&path, folder.path())), expected, "{name}");
    }
}

#[test]
fn a_cut_or_damaged_bcf_is_refused_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let vcf = folder.path().join("a.vcf");
    std::fs::write(&vcf, small_vcf()).unwrap();
    let made = as_bcf(&vcf, folder.path());
    let (inflated, _) = ithaca::read::bgzf::inflate(&std::fs::read(&made).unwrap(), Vec::new()).unwrap();
    let plain = folder.path().join("plain.bcf");
    std::fs::write(&plain, &inflated).unwrap();
    assert_eq!(read_all(&plain, &["P"], ReadOptions::default()).unwrap().0.len(), 300);
    for at in (9..inflated.len()).step_by(13) {
        // Cut exactly between two records it is a whole file: only a compressed one marks its end.
        std::fs::write(&plain, &inflated[..at]).unwrap();
        if let Ok((records, _)) = read_all(&plain, &["P"], ReadOptions::default()) {
            assert!(records.len() < 300);
        }
        let mut damaged = inflated.clone();
        damaged[at] ^= 0x91;
        std::fs::write(&plain, &damaged).unwrap();
        let _ = read_all(&plain, &["P"], ReadOptions::default());
    }
}

#[test]
fn regions_of_an_unindexed_bcf() {
    let Some(path) = need("variants-grch37/HG002trio.b37.vcf.gz") else { return };
    let folder = tempfile::tempdir().unwrap();
    let made = as_bcf(&path, folder.path());
    let reader = VariantReader::open(&path, &ContigSource::File, &[], ReadOptions::default()).unwrap();
    let id = reader.contigs().id(b"1").unwrap();
    let regions = Some(Regions::new([(id, Interval::new(900_000, 3_000_000))]));
    let options = || ReadOptions { regions: regions.clone(), ..ReadOptions::default() };
    let numbers = |path| -> Vec<u32> {
        read_all(path, &[], options()).unwrap().0.iter().map(|record| record.start).collect()
    };
    assert!(!numbers(&path).is_empty());
    assert_eq!(numbers(&path), numbers(&made));
}
