//! Reading variant files: every record of the shared real files against a second reader, damage, indexes.

mod bcf;
mod conformance;
mod damage;
mod family;
mod indexed;
mod real_files;

use std::io::Write;
use std::path::Path;

use ithaca::model::read_summary::ReadSummary;
use ithaca::model::record::VariantRecord;
use ithaca::read::contigs::ContigSource;
use ithaca::read::error::ReadError;
use ithaca::read::variants::{ReadOptions, SampleWanted, VariantReader};

/// All records of a file, for the samples of these names.
fn read_all(
    path: &Path,
    samples: &[&str],
    options: ReadOptions,
) -> Result<(Vec<VariantRecord>, ReadSummary), ReadError> {
    let samples: Vec<_> = samples.iter().map(|name| SampleWanted::Named((*name).to_owned())).collect();
    let reader = VariantReader::open(path, &ContigSource::File, &samples, options)?;
    let mut records = Vec::new();
    let summary = reader.process(
        |batch| batch,
        |batch| {
            records.extend(batch);
            Ok::<_, ReadError>(())
        },
    )?;
    Ok((records, summary))
}

/// Text as a BGZF file with small blocks, so that records cross their edges.
fn bgzf(text: &[u8], block: usize) -> Vec<u8> {
    let mut writer = noodles_bgzf::io::Writer::new(Vec::new());
    for part in text.chunks(block) {
        writer.write_all(part).unwrap();
        writer.flush().unwrap();
    }
    writer.finish().unwrap()
}

/// A small file of one sample: 300 records on two contigs.
fn small_vcf() -> String {
    let mut text =
        "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=100000>\n##contig=<ID=chr2,length=100000>\n\
        ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
        ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depths\">\n\
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
            .to_owned();
    for number in 0..300u32 {
        let contig = if number < 200 { "chr1" } else { "chr2" };
        text +=
            &format!("{contig}\t{}\t.\tA\tC\t{number}\tPASS\t.\tGT:AD\t0/1:{number},7\n", 100 + number * 10);
    }
    text
}
