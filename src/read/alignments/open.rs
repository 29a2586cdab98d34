//! An open alignment file of either format, and the index next to it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use noodles::cram::crai;

use super::bam::Bam;
use super::cram::{self, Cram};
use super::extent::cram_falls_short;
use super::header::Header;
use super::index::{bam_index, cram_index};
use super::source::{PlacedRead, ReadFilter, unreadable};
use super::{AlignmentError, AlignmentWarning, Alignments};
use crate::model::contig::Contig;
use crate::model::position::Interval;
use crate::read::binning_index::BinningIndex;

/// An alignment format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Bam,
    Cram,
}

/// The index to go by.
pub(super) enum AnyIndex {
    Bam(BinningIndex),
    Cram(crai::Index),
}

/// An open file of either format.
pub(super) enum Source<'a> {
    Bam(Box<Bam<'a>>),
    Cram(Box<Cram<'a>>),
}

impl<'a> Source<'a> {
    /// Opens the file and reads its header.
    pub(super) fn open(alignments: &Alignments<'a>) -> Result<Self, AlignmentError> {
        match format(alignments.path)? {
            Format::Bam => Bam::open(alignments.path).map(|bam| Self::Bam(Box::new(bam))),
            Format::Cram => {
                Cram::open(alignments.path, alignments.genome).map(|cram| Self::Cram(Box::new(cram)))
            }
        }
    }

    /// What the header says.
    pub(super) fn header(&self) -> &Header {
        match self {
            Self::Bam(bam) => &bam.header,
            Self::Cram(cram) => &cram.header,
        }
    }

    /// The index next to the file, where it is of the whole of this very file.
    pub(super) fn index(&self, path: &Path) -> Result<AnyIndex, AlignmentWarning> {
        match self {
            Self::Bam(bam) => {
                let index = bam_index(path, bam.header.contigs.len())?;
                let reaches = |mut bam: Bam<'_>| bam.has_no_placed_read_from(index.end());
                // An index without a single read is looked into elsewhere.
                if index.end() > 0 && !Bam::open(path).is_ok_and(reaches) {
                    let why = "it ends before the reads do, so it is of another file";
                    return Err(AlignmentWarning::IndexUnusable(why.to_owned()));
                }
                Ok(AnyIndex::Bam(index))
            }
            Self::Cram(_) => {
                let index = cram_index(path)?;
                match cram_falls_short(path, &index) {
                    Some(why) => Err(AlignmentWarning::IndexUnusable(why)),
                    None => Ok(AnyIndex::Cram(index)),
                }
            }
        }
    }

    /// Every placed record to the end of the file.
    pub(super) fn read_all(
        &mut self,
        filter: ReadFilter,
        sink: impl FnMut(PlacedRead<'_>) -> Result<(), AlignmentError>,
    ) -> Result<(), AlignmentError> {
        match self {
            Self::Bam(bam) => bam.read_all(filter, sink),
            Self::Cram(cram) => cram.read_all(filter, sink),
        }
    }

    /// The placed records that overlap `window` of the file's contig number `contig`, and perhaps some more.
    pub(super) fn read_window(
        &mut self,
        index: &AnyIndex,
        contig: usize,
        window: Interval,
        filter: ReadFilter,
        sink: impl FnMut(PlacedRead<'_>) -> Result<(), AlignmentError>,
    ) -> Result<(), AlignmentError> {
        match (self, index) {
            (Self::Bam(bam), AnyIndex::Bam(index)) => bam.read_window(index, contig, window, filter, sink),
            (Self::Cram(cram), AnyIndex::Cram(index)) => {
                cram.read_window(index, contig, window, filter, sink)
            }
            _ => Ok(()),
        }
    }
}

/// The header of a BAM or CRAM file.
fn header_of(path: &Path) -> Result<Header, AlignmentError> {
    match format(path)? {
        Format::Bam => Bam::open(path).map(|bam| bam.header),
        Format::Cram => cram::read_header(path),
    }
}

fn format(path: &Path) -> Result<Format, AlignmentError> {
    let mut magic = Vec::new();
    let file = File::open(path).map_err(unreadable(path))?;
    file.take(4).read_to_end(&mut magic).map_err(unreadable(path))?;
    match magic.as_slice() {
        b"CRAM" => Ok(Format::Cram),
        [0x1f, 0x8b, ..] => Ok(Format::Bam),
        _ => Err(AlignmentError::UnknownFormat { path: path.to_owned() }),
    }
}

/// The contigs that a BAM or CRAM file names in its header, for use where there is no reference. One too long for
/// the model's form cannot be human and is refused.
///
/// # Errors
/// A file that cannot be read, is truncated, or is neither BAM nor CRAM.
pub fn contigs_of(path: &Path) -> Result<Vec<Contig>, AlignmentError> {
    let header = header_of(path)?;
    header
        .contigs
        .into_iter()
        .map(|(name, length)| {
            let length = u32::try_from(length).map_err(|error| AlignmentError::Damaged {
                path: path.to_owned(),
                place: format!("header, contig {name}"),
                source: io::Error::new(io::ErrorKind::InvalidData, error),
            })?;
            Ok(Contig { name, length })
        })
        .collect()
}
