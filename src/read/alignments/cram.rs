//! Reading CRAM: as BAM, but records are decoded against the reference's bases.
//!
//! The decoder wants whole contigs in memory. It is given only those that the container at hand refers
//! to, so that one contig at a time is the rule. It also panics on some damaged input; each call into it is
//! guarded, so that a bad file is an error like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use noodles::cram::io::reader::Container;
use noodles::cram::{self, crai};
use noodles::sam::alignment::Record as _;
use noodles::sam::alignment::record::cigar::op::Kind;
use noodles::sam::header::record::value::map::{header::tag::SORT_ORDER, read_group::tag::SAMPLE};
use noodles::{fasta, sam};

use super::bam::{after, near};
use super::header::Header;
use super::source::{Effect, PlacedRead, ReadFilter, aligned_blocks, damaged, unreadable};
use super::{AlignmentError, AlignmentWarning};
use crate::model::alignment::{AlignedRead, Blocks};
use crate::model::position::Interval;
use crate::reference::genome::Genome;

/// The container that ends a CRAM 3 file (CRAM format specification 3.1, section 9).
const END_OF_FILE: [u8; 38] = [
    0x0f, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0xe0, 0x45, 0x4f, 0x46, 0, 0, 0, 0, 0x01, 0, 0x05, 0xbd,
    0xd9, 0x4f, 0, 0x01, 0, 0x06, 0x06, 0x01, 0, 0x01, 0, 0x01, 0, 0xee, 0x63, 0x01, 0x4b,
];

/// How the lack of a contig is told from damage.
const NOT_IN_REFERENCE: &str = "is not in the reference, or has a different length there";

/// An open CRAM file, past its header.
pub(super) struct Cram<'a> {
    path: &'a Path,
    genome: &'a Genome,
    reader: cram::io::Reader<File>,
    sam_header: sam::Header,
    /// What the header says.
    pub(super) header: Header,
    bases: fasta::Repository,
    loaded: BTreeSet<usize>,
}

/// Opens a CRAM file, checks that it is of a version that is read and ends with its marker, and reads the header.
fn open(path: &Path) -> Result<(cram::io::Reader<File>, sam::Header, Header), AlignmentError> {
    let mut file = File::open(path).map_err(unreadable(path))?;
    // Before the marker, which earlier versions have other bytes for, or none (CRAM format specification 3.1,
    // section 6: "CRAM", then the version's two numbers).
    let mut start = [0; 6];
    if file.read_exact(&mut start).is_ok() && start[4] != 3 {
        return Err(AlignmentError::CramVersion { path: path.to_owned(), major: start[4], minor: start[5] });
    }
    if !ends_with_marker(&mut file).map_err(unreadable(path))? {
        return Err(AlignmentError::Truncated { path: path.to_owned() });
    }
    let mut reader = cram::io::Reader::new(file);
    let sam_header = guarded(|| reader.read_header()).map_err(damaged(path, "header"))?;
    let header = plain_header(&sam_header);
    Ok((reader, sam_header, header))
}

/// The header alone, which needs no reference.
pub(super) fn read_header(path: &Path) -> Result<Header, AlignmentError> {
    open(path).map(|(_, _, header)| header)
}

impl<'a> Cram<'a> {
    /// Opens the file for reading against `genome`.
    pub(super) fn open(path: &'a Path, genome: Option<&'a Genome>) -> Result<Self, AlignmentError> {
        let Some(genome) = genome else {
            return Err(AlignmentError::ReferenceNeeded { path: path.to_owned() });
        };
        let (reader, sam_header, header) = open(path)?;
        let (bases, loaded) = (fasta::Repository::default(), BTreeSet::new());
        Ok(Self { path, genome, reader, sam_header, header, bases, loaded })
    }

    /// Makes an index by walking the containers; fails where a slice mixes contigs.
    pub(super) fn make_index(path: &Path) -> Result<crai::Index, AlignmentWarning> {
        guarded(|| cram::fs::index(path)).map_err(|error| AlignmentWarning::IndexUnusable(error.to_string()))
    }

    /// Every placed record to the end of the file.
    pub(super) fn read_all(
        &mut self,
        filter: ReadFilter,
        mut sink: impl FnMut(PlacedRead<'_>) -> Result<(), AlignmentError>,
    ) -> Result<(), AlignmentError> {
        let every = (0..self.header.contigs.len()).collect();
        self.load(every);
        let mut container = Container::default();
        let mut last = None;
        loop {
            let place = after(&self.header, last);
            let length = guarded(|| self.reader.read_container(&mut container));
            if length.map_err(damaged(self.path, place.as_str()))? == 0 {
                return Ok(());
            }
            self.deliver(&container, &place, None, filter, |read| {
                last = Some((read.contig, read.read.start));
                sink(read)
            })?;
        }
    }

    /// The placed records of the containers that reach `window` of the file's contig number `contig`.
    pub(super) fn read_window(
        &mut self,
        index: &[crai::Record],
        contig: usize,
        window: Interval,
        filter: ReadFilter,
        mut sink: impl FnMut(PlacedRead<'_>) -> Result<(), AlignmentError>,
    ) -> Result<(), AlignmentError> {
        // A container has an index line per slice and contig; it must be decoded once only.
        let containers: BTreeSet<u64> = index
            .iter()
            .filter(|line| line.reference_sequence_id() == Some(contig) && reaches(line, window))
            .map(crai::Record::offset)
            .collect();
        let place = near(&self.header, contig, window.start);
        for offset in containers {
            let lines = index.iter().filter(|line| line.offset() == offset);
            self.load(lines.filter_map(crai::Record::reference_sequence_id).collect());
            let mut container = Container::default();
            guarded(|| {
                self.reader.seek(SeekFrom::Start(offset))?;
                self.reader.read_container(&mut container)
            })
            .map_err(damaged(self.path, place.as_str()))?;
            self.deliver(&container, &place, Some(contig), filter, &mut sink)?;
        }
        Ok(())
    }

    /// Decodes a container and hands on its placed records, of one contig only where one is given.
    fn deliver(
        &self,
        container: &Container,
        place: &str,
        only: Option<usize>,
        filter: ReadFilter,
        mut sink: impl FnMut(PlacedRead<'_>) -> Result<(), AlignmentError>,
    ) -> Result<(), AlignmentError> {
        let fault = |source: io::Error| self.fault(place, source);
        let compression = guarded(|| container.compression_header()).map_err(fault)?;
        for slice in container.slices() {
            let slice = slice.map_err(fault)?;
            let (core, external) = guarded(|| slice.decode_blocks()).map_err(fault)?;
            let bases = self.bases.clone();
            let records = guarded(|| slice.records(bases, &self.sam_header, &compression, &core, &external))
                .map_err(fault)?;
            let mut blocks = Blocks::new();
            for record in &records {
                let read = guarded(|| as_read(record, &self.sam_header, &self.header, filter, &mut blocks));
                if let Some((contig, start, past_end)) = read.map_err(fault)?
                    && only.is_none_or(|only| only == contig)
                {
                    let name = record.name().map_or(&b""[..], |name| name);
                    let read = AlignedRead { start, name, blocks: &blocks };
                    sink(PlacedRead { contig, read, past_end })?;
                }
            }
        }
        Ok(())
    }

    /// A decoder's error: another reference where a checksum or a missing contig says so.
    fn fault(&self, place: &str, source: io::Error) -> AlignmentError {
        let (path, place) = (self.path.to_owned(), place.to_owned());
        let text = source.to_string();
        if text.contains("reference sequence checksum") || text.contains(NOT_IN_REFERENCE) {
            AlignmentError::WrongReference { path, place, source }
        } else {
            AlignmentError::Damaged { path, place, source }
        }
    }

    /// Has the bases of these contigs of the file, and no others, at hand. One that the reference lacks is left
    /// out: a container that needs it is refused when it comes to that.
    fn load(&mut self, wanted: BTreeSet<usize>) {
        if wanted.is_subset(&self.loaded) {
            return;
        }
        let mut bases = BTreeMap::new();
        for (name, length) in wanted.iter().filter_map(|place| self.header.contigs.get(*place)) {
            if let Some(id) = self.genome.contig_id(name)
                && u64::from(self.genome.contig(id).length) == *length
            {
                let whole = Interval::new(0, self.genome.contig(id).length);
                bases.insert(name.clone().into_bytes(), self.genome.bases(id, whole));
            }
        }
        self.bases = fasta::Repository::new(Bases(bases));
        self.loaded = wanted;
    }
}

/// Contigs handed to the decoder, each once: it keeps its own copy.
struct Bases(BTreeMap<Vec<u8>, Vec<u8>>);

impl fasta::repository::Adapter for Bases {
    fn get(&mut self, name: &[u8]) -> Option<io::Result<fasta::Record>> {
        let Some(bases) = self.0.remove(name) else {
            let text = format!("contig {} {NOT_IN_REFERENCE}", String::from_utf8_lossy(name));
            return Some(Err(io::Error::new(io::ErrorKind::NotFound, text)));
        };
        let definition = fasta::record::Definition::new(name, None);
        Some(Ok(fasta::Record::new(definition, fasta::record::Sequence::from(bases))))
    }
}

/// Calls the decoder; its panic becomes an error.
fn guarded<T>(call: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| {
        Err(io::Error::new(io::ErrorKind::InvalidData, "the content could not be decoded"))
    })
}

fn reaches(line: &crai::Record, window: Interval) -> bool {
    let Some(start) = line.alignment_start().map(usize::from) else { return false };
    start <= window.end as usize && start.saturating_add(line.alignment_span()) > window.start as usize
}

/// Contig, start and whether it runs past the end, of a placed record; its blocks go to `blocks`.
fn as_read(
    record: &cram::Record<'_>,
    sam_header: &sam::Header,
    header: &Header,
    filter: ReadFilter,
    blocks: &mut Blocks,
) -> io::Result<Option<(usize, u32, bool)>> {
    let (Some(contig), Some(start)) = (record.reference_sequence_id(sam_header), record.alignment_start())
    else {
        return Ok(None);
    };
    let (contig, start) = (contig?, usize::from(start?) - 1);
    let length = header.contigs.get(contig).map_or(0, |(_, length)| *length);
    let start = u32::try_from(start).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    blocks.clear();
    // The decoder leaves out the value 255, which says "unavailable".
    let mapping_quality = record.mapping_quality().transpose()?.map_or(255, u8::from);
    if !filter.counts(u16::from(record.flags()?), mapping_quality) {
        return Ok(Some((contig, start, false)));
    }
    let mut operations = Vec::new();
    for operation in record.cigar().iter() {
        let operation = operation?;
        operations.push((effect(operation.kind()), operation.len() as u64));
    }
    let past_end = aligned_blocks(start, length, operations.into_iter(), blocks);
    Ok(Some((contig, start, past_end)))
}

fn effect(kind: Kind) -> Effect {
    match kind {
        Kind::Match | Kind::SequenceMatch | Kind::SequenceMismatch => Effect::Covers,
        Kind::Deletion | Kind::Skip => Effect::Skips,
        Kind::Insertion | Kind::SoftClip | Kind::HardClip | Kind::Pad => Effect::Nothing,
    }
}

fn plain_header(header: &sam::Header) -> Header {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Header {
        contigs: header
            .reference_sequences()
            .iter()
            .map(|(name, map)| (text(name), map.length().get() as u64))
            .collect(),
        sort_order: header.header().and_then(|map| map.other_fields().get(&SORT_ORDER)).map(|so| text(so)),
        samples: header
            .read_groups()
            .values()
            .filter_map(|group| group.other_fields().get(&SAMPLE))
            .map(|sample| text(sample))
            .collect(),
    }
}

fn ends_with_marker(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut tail = [0; END_OF_FILE.len()];
    if length < tail.len() as u64 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-(tail.len() as i64)))?;
    file.read_exact(&mut tail)?;
    file.rewind()?;
    Ok(tail == END_OF_FILE)
}
