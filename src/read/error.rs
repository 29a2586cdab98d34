//! Why an input file is refused.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use crate::model::remedy::{Remedy, of_cause, then};

/// A variant file that cannot be read as it stands. The message names the file, the place, and the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("{}: cannot be read: {source}{}", file.display(), then(self))]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds nothing.
    #[error("{}: the file is empty{}", file.display(), then(self))]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// The BGZF end-of-file block is missing.
    #[error(
        "{}: the BGZF end-of-file block is missing, so the file may be truncated{}",
        file.display(), then(self)
    )]
    NoEndOfFileBlock {
        /// The file.
        file: PathBuf,
    },
    /// A compressed block is damaged or cut off.
    #[error("{}: compressed data at byte {offset}: {reason}{}", file.display(), then(self))]
    Compression {
        /// The file.
        file: PathBuf,
        /// Offset of the block in the file.
        offset: u64,
        /// What is wrong.
        reason: String,
    },
    /// The header does not describe a VCF or BCF.
    #[error("{}: header{}: {reason}", file.display(), line.map_or(String::new(), |l| format!(" line {l}")))]
    Header {
        /// The file.
        file: PathBuf,
        /// 1-based line, where one is to blame.
        line: Option<u64>,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A wanted sample has no column.
    #[error(
        "{}: sample {sample:?} is not in the file, which has {available}{}",
        file.display(), then(self)
    )]
    NoSuchSample {
        /// The file.
        file: PathBuf,
        /// The sample wanted.
        sample: String,
        /// Some of the samples that are there.
        available: String,
    },
    /// The column to take was not said, and the file has not exactly one.
    #[error("{}: the sample to read was not specified, and the file has {available}{}", file.display(), then(self))]
    WhichSample {
        /// The file.
        file: PathBuf,
        /// Some of the samples that are there.
        available: String,
    },
    /// Two sample columns have one name.
    #[error("{}: two sample columns are named {sample:?}{}", file.display(), then(self))]
    DuplicateSample {
        /// The file.
        file: PathBuf,
        /// The name.
        sample: String,
    },
    /// Two participants would be read from one column.
    #[error(
        "{}: two participants are to be read from sample column {sample:?}{}",
        file.display(), then(self)
    )]
    SharedColumn {
        /// The file.
        file: PathBuf,
        /// The column.
        sample: String,
    },
    /// The file's contigs are those of another build.
    #[error(
        "{}: contig {contig} has length {found} in the file and {expected} in the reference ({reference}){likely}{}",
        file.display(), then(self)
    )]
    WrongBuild {
        /// The file.
        file: PathBuf,
        /// The first contig that clashes, as the file names it.
        contig: String,
        /// Its length in the file's header.
        found: u32,
        /// Its length in the bundle.
        expected: u32,
        /// The bundle's build.
        reference: String,
        /// `; the file looks like GRCh37`, or nothing.
        likely: String,
    },
    /// None of the file's contigs is in the reference.
    #[error("{}: none of its contigs ({contigs}) is in the reference{}", file.display(), then(self))]
    NoKnownContig {
        /// The file.
        file: PathBuf,
        /// Some of its contigs.
        contigs: String,
    },
    /// A record cannot be understood.
    #[error("{}: record {record} ({place}): {reason}", file.display())]
    Record {
        /// The file.
        file: PathBuf,
        /// 1-based number of the record; counted from the first record read when an index was used.
        record: u64,
        /// `CHROM:POS` as written.
        place: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A family's files have their contigs in different orders.
    #[error(
        "{}: contig {contig} is not in the order of the reference, and the family's files must be read in \
         parallel{}",
        file.display(), then(self)
    )]
    ContigOrder {
        /// The file.
        file: PathBuf,
        /// The contig that comes too late.
        contig: String,
    },
    /// Records are out of order.
    #[error("{}: record {record} ({place}): {reason}{}", file.display(), then(self))]
    Unsorted {
        /// The file.
        file: PathBuf,
        /// 1-based number of the record.
        record: u64,
        /// `CHROM:POS` as written.
        place: String,
        /// Position before it, or the contig that comes back.
        reason: String,
    },
}

impl Remedy for ReadError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        let remedy = match self {
            Self::Io { .. } => "check that the path and its permissions are right",
            Self::Empty { .. } => "write or copy it again",
            Self::NoEndOfFileBlock { .. } => "copy it again or recompress it with bgzip",
            Self::Compression { .. } => "copy the file again",
            Self::NoSuchSample { .. } | Self::SharedColumn { .. } => "correct vcf_sample in the samplesheet",
            Self::WhichSample { .. } => "add vcf_sample",
            Self::DuplicateSample { .. } => "rename one (bcftools reheader)",
            Self::WrongBuild { .. } => "use a reference bundle of the file's build",
            Self::NoKnownContig { .. } => "check the organism and the build",
            Self::ContigOrder { .. } => "sort the file by the reference's contigs (bcftools sort)",
            Self::Unsorted { .. } => "sort the file (bcftools sort)",
            Self::Header { reason, .. } | Self::Record { reason, .. } => return of_cause(reason),
        };
        Some(remedy.into())
    }
}
