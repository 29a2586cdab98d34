//! Opens the file, chooses between index and whole file, and collects what the windows measured.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use noodles::cram::crai;
use rayon::prelude::*;

use super::bam::{Bam, near};
use super::cram::{self, Cram};
use super::extent::cram_falls_short;
use super::header::Header;
use super::index::{bam_index, cram_index};
use super::layout::{Layout, Window};
use super::meter::{Meter, WindowDepth};
use super::source::{Read, ReadFilter, ReadSink, unreadable};
use super::{Alignments, CoverageError, CoverageWarning};
use crate::model::binning_index::BinningIndex;
use crate::model::contig::{Contig, ContigId};
use crate::model::pipeline::CoveragePolicy;

/// Windows read by one task with one open file.
const WINDOWS_PER_TASK: usize = 64;

/// An alignment format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Bam,
    Cram,
}

/// What the windows measured, and what was noticed.
#[derive(Default)]
pub(super) struct Measured {
    pub(super) windows: Vec<WindowDepth>,
    pub(super) warnings: Vec<CoverageWarning>,
    /// Placed records seen.
    records: u64,
    past_end: u64,
}

/// The index to go by.
enum AnyIndex {
    Bam(BinningIndex),
    Cram(crai::Index),
}

/// An open file of either format.
enum Source<'a> {
    Bam(Box<Bam<'a>>),
    Cram(Box<Cram<'a>>),
}

impl<'a> Source<'a> {
    fn open(alignments: &Alignments<'a>) -> Result<Self, CoverageError> {
        match format(alignments.path)? {
            Format::Bam => Bam::open(alignments.path).map(|bam| Self::Bam(Box::new(bam))),
            Format::Cram => {
                Cram::open(alignments.path, alignments.genome).map(|cram| Self::Cram(Box::new(cram)))
            }
        }
    }

    fn header(&self) -> &Header {
        match self {
            Self::Bam(bam) => &bam.header,
            Self::Cram(cram) => &cram.header,
        }
    }

    /// The index beside the file, where it is of the whole of this very file.
    fn index(&self, path: &Path) -> Result<AnyIndex, CoverageWarning> {
        match self {
            Self::Bam(bam) => {
                let index = bam_index(path, bam.header.contigs.len())?;
                let reaches = |mut bam: Bam<'_>| bam.has_no_placed_read_from(index.end());
                // An index without a single read is looked into elsewhere.
                if index.end() > 0 && !Bam::open(path).is_ok_and(reaches) {
                    let why = "it ends before the reads do, so it belongs to another file";
                    return Err(CoverageWarning::IndexUnusable(why.to_owned()));
                }
                Ok(AnyIndex::Bam(index))
            }
            Self::Cram(_) => {
                let index = cram_index(path)?;
                match cram_falls_short(path, &index) {
                    Some(why) => Err(CoverageWarning::IndexUnusable(why)),
                    None => Ok(AnyIndex::Cram(index)),
                }
            }
        }
    }

    fn read_all(&mut self, filter: ReadFilter, sink: &mut ReadSink<'_>) -> Result<(), CoverageError> {
        match self {
            Self::Bam(bam) => bam.read_all(filter, sink),
            Self::Cram(cram) => cram.read_all(filter, sink),
        }
    }

    fn read_window(
        &mut self,
        index: &AnyIndex,
        place: usize,
        window: &Window,
        filter: ReadFilter,
        sink: &mut ReadSink<'_>,
    ) -> Result<(), CoverageError> {
        match (self, index) {
            (Self::Bam(bam), AnyIndex::Bam(index)) => {
                bam.read_window(index, place, window.interval, filter, sink)
            }
            (Self::Cram(cram), AnyIndex::Cram(index)) => {
                cram.read_window(index, place, window.interval, filter, sink)
            }
            _ => Ok(()),
        }
    }
}

/// The header of a BAM or CRAM file.
pub(super) fn header_of(path: &Path) -> Result<Header, CoverageError> {
    match format(path)? {
        Format::Bam => Bam::open(path).map(|bam| bam.header),
        Format::Cram => cram::read_header(path),
    }
}

fn format(path: &Path) -> Result<Format, CoverageError> {
    let mut magic = Vec::new();
    let file = File::open(path).map_err(unreadable(path))?;
    file.take(4).read_to_end(&mut magic).map_err(unreadable(path))?;
    match magic.as_slice() {
        b"CRAM" => Ok(Format::Cram),
        [0x1f, 0x8b, ..] => Ok(Format::Bam),
        _ => Err(CoverageError::UnknownFormat { path: path.to_owned() }),
    }
}

/// One measurement.
pub(super) struct Run<'a> {
    pub(super) alignments: &'a Alignments<'a>,
    pub(super) layout: &'a Layout,
    pub(super) policy: &'a CoveragePolicy,
}

impl Run<'_> {
    /// Measures every window.
    pub(super) fn measure(&self) -> Result<Measured, CoverageError> {
        let source = Source::open(self.alignments)?;
        let header = source.header();
        let path = self.alignments.path;
        if header.sort_order.as_deref() == Some("queryname") {
            let place = "the header says queryname".to_owned();
            return Err(CoverageError::Unsorted { path: path.to_owned(), place });
        }
        let needed: BTreeSet<ContigId> =
            self.layout.contig_windows().iter().map(|window| window.contig).collect();
        let (map, mut warnings) = header.map(path, self.alignments.contigs, &needed)?;
        warnings.extend(header.check_sample(self.alignments.sample));

        let mut measured = self.choose(source, &map)?;
        measured.warnings.extend(warnings);
        if measured.past_end > 0 {
            measured.warnings.push(CoverageWarning::ReadsPastContigEnd(measured.past_end));
        }
        Ok(measured)
    }

    /// Reads through the index where one can be trusted, and the whole file otherwise.
    fn choose(&self, source: Source<'_>, map: &BTreeMap<ContigId, usize>) -> Result<Measured, CoverageError> {
        let path = self.alignments.path;
        if source.header().denies_order() {
            return self.with_warning(source, map, CoverageWarning::SortOrderNotStated);
        }
        let index = match source.index(path) {
            Ok(index) => index,
            Err(warning) => {
                if let (Source::Cram(_), Ok(index)) = (&source, Cram::make_index(path))
                    && let Ok(mut measured) = self.indexed(&AnyIndex::Cram(index), map)
                {
                    measured.warnings.push(warning);
                    return Ok(measured);
                }
                return self.with_warning(source, map, warning);
            }
        };
        match self.indexed(&index, map) {
            // An index that shows nothing at all may belong to another file: look for oneself.
            Ok(measured) if measured.records == 0 => {
                let mut whole = self.whole(source, map)?;
                if whole.windows_have_reads() {
                    let why = "it has no reads where the file has some".to_owned();
                    whole.warnings.push(CoverageWarning::IndexUnusable(why));
                }
                Ok(whole)
            }
            Ok(measured) => Ok(measured),
            Err(error @ (CoverageError::WrongReference { .. } | CoverageError::Unreadable { .. })) => {
                Err(error)
            }
            // Damage or disorder may be the index's or the data's; reading it all tells.
            Err(error) => self.with_warning(source, map, CoverageWarning::IndexUnusable(error.to_string())),
        }
    }

    fn with_warning(
        &self,
        source: Source<'_>,
        map: &BTreeMap<ContigId, usize>,
        warning: CoverageWarning,
    ) -> Result<Measured, CoverageError> {
        let mut measured = self.whole(source, map)?;
        measured.warnings.push(warning);
        Ok(measured)
    }

    /// Reads the neighbourhood of the targets.
    fn indexed(&self, index: &AnyIndex, map: &BTreeMap<ContigId, usize>) -> Result<Measured, CoverageError> {
        let windows = self.layout.index_windows();
        let task = |windows: &[Window]| -> Result<Measured, CoverageError> {
            let mut source = Source::open(self.alignments)?;
            let mut measured = Measured::default();
            for window in windows {
                let mut meter = self.meter(window);
                if let Some(place) = map.get(&window.contig) {
                    let header = source.header().clone();
                    let mut order = Order::new(self.alignments.path, &header);
                    source.read_window(index, *place, window, ReadFilter::new(self.policy), &mut |read| {
                        order.check(&read)?;
                        if read.contig != *place {
                            return Err(order.elsewhere(*place));
                        }
                        measured.count(&read);
                        meter.add(read.name, read.start, read.blocks);
                        Ok(())
                    })?;
                }
                measured.windows.push(meter.finish());
            }
            Ok(measured)
        };
        let parts: Vec<Measured> = match index {
            AnyIndex::Bam(_) => {
                windows.par_chunks(WINDOWS_PER_TASK).map(task).collect::<Result<_, CoverageError>>()?
            }
            // One task: each would hold a contig of the reference.
            AnyIndex::Cram(_) => vec![task(&windows)?],
        };
        let mut measured = Measured::default();
        parts.into_iter().for_each(|part| measured.join(part));
        Ok(measured)
    }

    /// Reads the file from end to end.
    fn whole(
        &self,
        mut source: Source<'_>,
        map: &BTreeMap<ContigId, usize>,
    ) -> Result<Measured, CoverageError> {
        let windows = self.layout.contig_windows();
        let by_place: BTreeMap<usize, &Window> =
            windows.iter().filter_map(|window| Some((*map.get(&window.contig)?, window))).collect();
        let mut measured = Measured::default();
        let mut done: BTreeMap<ContigId, WindowDepth> = BTreeMap::new();
        let mut current: Option<(usize, &Window, Meter<'_>)> = None;
        let header = source.header().clone();
        let mut order = Order::new(self.alignments.path, &header);
        source.read_all(ReadFilter::new(self.policy), &mut |read| {
            order.check(&read)?;
            measured.count(&read);
            if current.as_ref().is_none_or(|(place, ..)| *place != read.contig) {
                if let Some((_, window, meter)) = current.take() {
                    done.insert(window.contig, meter.finish());
                }
                current = by_place.get(&read.contig).map(|window| (read.contig, *window, self.meter(window)));
            }
            if let Some((_, _, meter)) = &mut current {
                meter.add(read.name, read.start, read.blocks);
            }
            Ok(())
        })?;
        if let Some((_, window, meter)) = current {
            done.insert(window.contig, meter.finish());
        }
        for window in windows {
            measured.windows.push(match done.remove(&window.contig) {
                Some(depth) => depth,
                None => self.meter(window).finish(),
            });
        }
        Ok(measured)
    }

    fn meter<'w>(&self, window: &'w Window) -> Meter<'w> {
        Meter::new(window, self.policy.depth, self.layout.targets.len())
    }
}

impl Measured {
    fn count(&mut self, read: &Read<'_>) {
        self.records += 1;
        self.past_end += u64::from(read.past_end);
    }

    fn join(&mut self, other: Self) {
        self.windows.extend(other.windows);
        self.records += other.records;
        self.past_end += other.past_end;
    }

    fn windows_have_reads(&self) -> bool {
        self.windows.iter().flat_map(|window| &window.summaries).any(|(_, summary)| summary.sum > 0)
    }
}

/// Holds the records to coordinate order.
struct Order<'h> {
    path: &'h Path,
    header: &'h Header,
    last: (usize, u32),
}

impl<'h> Order<'h> {
    fn new(path: &'h Path, header: &'h Header) -> Self {
        Self { path, header, last: (0, 0) }
    }

    fn check(&mut self, read: &Read<'_>) -> Result<(), CoverageError> {
        let here = (read.contig, read.start);
        if here < self.last {
            let place = |(contig, start)| near(self.header, contig, start);
            let place = format!("{} come after {}", place(here), place(self.last));
            return Err(CoverageError::Unsorted { path: self.path.to_owned(), place });
        }
        self.last = here;
        Ok(())
    }

    /// The index led to another contig.
    fn elsewhere(&self, place: usize) -> CoverageError {
        let source = io::Error::new(io::ErrorKind::InvalidData, "the index leads to another contig");
        CoverageError::Damaged { path: self.path.to_owned(), place: near(self.header, place, 0), source }
    }
}

/// The contigs of a header in the model's form; one too long for it cannot be human and is refused.
pub(super) fn contigs(path: &Path) -> Result<Vec<Contig>, CoverageError> {
    let header = header_of(path)?;
    header
        .contigs
        .into_iter()
        .map(|(name, length)| {
            let length = u32::try_from(length).map_err(|error| CoverageError::Damaged {
                path: path.to_owned(),
                place: format!("header, contig {name}"),
                source: io::Error::new(io::ErrorKind::InvalidData, error),
            })?;
            Ok(Contig { name, length })
        })
        .collect()
}
