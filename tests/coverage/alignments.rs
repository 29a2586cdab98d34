//! Small alignment files made from reads written by hand.

use std::fs::File;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use ithaca::model::contig::{Contig, ContigId};
use ithaca::model::pipeline::CoveragePolicy;
use ithaca::model::position::Interval;
use ithaca::quality::coverage::Target;
use ithaca::reference::genome::Genome;
use noodles::core::Position;
use noodles::sam::alignment::RecordBuf;
use noodles::sam::alignment::io::Write as _;
use noodles::sam::alignment::record::cigar::{Op, op::Kind};
use noodles::sam::alignment::record::{Flags, MappingQuality};
use noodles::sam::header::record::value::Map;
use noodles::sam::header::record::value::map::header::tag::SORT_ORDER;
use noodles::sam::header::record::value::map::read_group::tag::SAMPLE;
use noodles::sam::header::record::value::map::{Header as HeaderMap, ReadGroup, ReferenceSequence};
use noodles::{bam, cram, fasta, sam};

/// Length of both contigs of the small world.
pub const LENGTH: u32 = 70_000;

#[derive(Clone, Debug)]
pub struct Read {
    pub name: String,
    pub contig: usize,
    /// 0-based.
    pub start: u32,
    pub cigar: Vec<(Kind, usize)>,
    pub flags: u16,
    pub mapping_quality: u8,
}

pub fn read(name: &str, start: u32, cigar: &[(Kind, usize)]) -> Read {
    Read { name: name.to_owned(), contig: 0, start, cigar: cigar.to_vec(), flags: 0, mapping_quality: 60 }
}

pub fn genome() -> Genome {
    let bases = |step: usize| (0..LENGTH as usize).map(|i| b"ACGTTGCA"[(i * step / 3) % 8]).collect();
    Genome::from_sequences(vec![("chr1".to_owned(), bases(1)), ("chr2".to_owned(), bases(2))])
}

pub fn contigs() -> Vec<Contig> {
    genome().contigs().to_vec()
}

pub fn header(names: &[(&str, u32)], sort_order: Option<&str>, sample: Option<&str>) -> sam::Header {
    let mut builder = sam::Header::builder();
    if let Some(order) = sort_order {
        builder = builder.set_header(Map::<HeaderMap>::builder().insert(SORT_ORDER, order).build().unwrap());
    }
    for (name, length) in names {
        let length = NonZero::new(*length as usize).unwrap();
        builder = builder.add_reference_sequence(*name, Map::<ReferenceSequence>::new(length));
    }
    if let Some(sample) = sample {
        builder =
            builder.add_read_group("g", Map::<ReadGroup>::builder().insert(SAMPLE, sample).build().unwrap());
    }
    builder.build()
}

pub fn usual_header() -> sam::Header {
    header(&[("1", LENGTH), ("2", LENGTH)], Some("coordinate"), Some("S1"))
}

fn record(read: &Read, genome: &Genome) -> RecordBuf {
    let cigar: Vec<Op> = read.cigar.iter().map(|(kind, length)| Op::new(*kind, *length)).collect();
    // Matching bases, so that CRAM stores no differences it need not.
    let mut sequence = Vec::new();
    let mut at = read.start;
    for (kind, length) in &read.cigar {
        for _ in 0..*length {
            if kind.consumes_read() {
                let aligned = kind.consumes_reference();
                sequence.push(if aligned { genome.base(ContigId(read.contig as u16), at) } else { b'A' });
            }
            at += u32::from(kind.consumes_reference());
        }
    }
    let qualities = vec![30; sequence.len()];
    let builder = RecordBuf::builder()
        .set_name(read.name.as_str())
        .set_flags(Flags::from(read.flags))
        .set_reference_sequence_id(read.contig)
        .set_alignment_start(Position::try_from(read.start as usize + 1).unwrap())
        .set_cigar(cigar.into_iter().collect())
        .set_sequence(sequence.into())
        .set_quality_scores(qualities.into());
    match MappingQuality::new(read.mapping_quality) {
        Some(quality) => builder.set_mapping_quality(quality).build(),
        None => builder.build(),
    }
}

/// Writes a BAM file with the reads in the order given.
pub fn write_bam(path: &Path, header: &sam::Header, reads: &[Read]) {
    let genome = genome();
    let mut writer = bam::io::Writer::new(File::create(path).unwrap());
    writer.write_header(header).unwrap();
    for read in reads {
        writer.write_alignment_record(header, &record(read, &genome)).unwrap();
    }
    writer.try_finish().unwrap();
}

pub fn index_bam(path: &Path) -> PathBuf {
    let place = path.with_added_extension("bai");
    match bam::fs::index(path).unwrap() {
        bam::Index::Bai(index) => bam::bai::fs::write(&place, &index).unwrap(),
        bam::Index::Csi(_) => panic!("contigs this short have a BAI index"),
    }
    place
}

/// Writes a CRAM file against `bases` under the header's names.
pub fn write_cram(path: &Path, header: &sam::Header, reads: &[Read], genome: &Genome) {
    let records: Vec<fasta::Record> = header
        .reference_sequences()
        .keys()
        .enumerate()
        .map(|(i, name)| {
            let bases = genome.bases(ContigId(i as u16), Interval::new(0, LENGTH));
            fasta::Record::new(
                fasta::record::Definition::new(name.clone(), None),
                fasta::record::Sequence::from(bases),
            )
        })
        .collect();
    let mut writer = cram::io::writer::Builder::default()
        .set_reference_sequence_repository(fasta::Repository::new(records))
        .build_from_writer(File::create(path).unwrap());
    writer.write_header(header).unwrap();
    for read in reads {
        writer.write_alignment_record(header, &record(read, genome)).unwrap();
    }
    writer.try_finish(header).unwrap();
}

pub fn sorted(mut reads: Vec<Read>) -> Vec<Read> {
    reads.sort_by_key(|read| (read.contig, read.start));
    reads
}

pub fn target(contig: u16, start: u32, end: u32, gene: &str) -> Target {
    Target {
        contig: ContigId(contig),
        interval: Interval::new(start, end),
        gene: gene.to_owned(),
        hgnc_id: None,
        transcript: format!("{gene}.1"),
        exon: 1,
    }
}

pub fn policy(depth: u32) -> CoveragePolicy {
    CoveragePolicy {
        depth,
        mapping_quality: 10,
        count_supplementary: false,
        exon_padding: 0,
        report_below_percent: 95.0,
    }
}
