//! Why alignments could not be read, and what is worth knowing where they could.

use std::borrow::Cow;
use std::path::PathBuf;

use crate::model::remedy::{Remedy, then};

/// An alignment file that is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AlignmentError {
    /// The file could not be opened or read.
    #[error("{}: {source}{}", path.display(), then(self))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not a BAM or CRAM file.
    #[error("{}: neither BAM nor CRAM{}", path.display(), then(self))]
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// The end-of-file marker is missing.
    #[error("{}: truncated: the end-of-file marker is missing{}", path.display(), then(self))]
    Truncated {
        /// The file.
        path: PathBuf,
    },
    /// A CRAM file of a version that is not read.
    #[error("{}: CRAM version {major}.{minor} is not read, versions 3.0 and 3.1 are{}", path.display(), then(self))]
    CramVersion {
        /// The file.
        path: PathBuf,
        /// First number of its version.
        major: u8,
        /// Second number of its version.
        minor: u8,
    },
    /// The content breaks the format.
    #[error("{}: damaged {place}: {source}{}", path.display(), then(self))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in the file: `header`, `records near chr1:1000`.
        place: String,
        /// What the decoder said.
        source: std::io::Error,
    },
    /// The records are not in coordinate order.
    #[error("{}: not sorted by coordinate ({place}){}", path.display(), then(self))]
    Unsorted {
        /// The file.
        path: PathBuf,
        /// What showed it: the header, or the first record out of order.
        place: String,
    },
    /// A contig's length differs from the reference's.
    #[error("{}: contig {contig} is {found} bases long in the file and {expected} in the reference{likely}{}", path.display(), then(self))]
    WrongBuild {
        /// The file.
        path: PathBuf,
        /// The contig, as the file names it.
        contig: String,
        /// Its length in the file.
        found: u64,
        /// Its length in the reference.
        expected: u32,
        /// `; the file looks like GRCh37`, or nothing.
        likely: String,
    },
    /// Two contigs of the file go by one name.
    #[error("{}: contigs {first} and {second} are the same contig of the reference{}", path.display(), then(self))]
    AmbiguousContig {
        /// The file.
        path: PathBuf,
        /// One contig.
        first: String,
        /// The other.
        second: String,
    },
    /// No target lies on any contig of the file.
    #[error("{}: none of its contigs has a target{}", path.display(), then(self))]
    NoSharedContig {
        /// The file.
        path: PathBuf,
    },
    /// A CRAM file needs the reference it was compressed against.
    #[error("{}: a CRAM file needs its reference genome{}", path.display(), then(self))]
    ReferenceNeeded {
        /// The file.
        path: PathBuf,
    },
    /// The reference is not the one the CRAM was compressed against.
    #[error("{}: compressed against a different reference from the one given ({place}): {source}{}", path.display(), then(self))]
    WrongReference {
        /// The file.
        path: PathBuf,
        /// Where it showed.
        place: String,
        /// What the decoder said.
        source: std::io::Error,
    },
}

impl Remedy for AlignmentError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        let remedy = match self {
            Self::Unreadable { .. } => "check that the file exists and can be read",
            Self::UnknownFormat { .. } => "use an alignment file (SAM must be converted to BAM first)",
            Self::Truncated { .. } | Self::Damaged { .. } => "copy or make the file again",
            Self::CramVersion { .. } => {
                "convert it with samtools view -C --output-fmt-option version=3.0 -T reference.fa -o converted.cram, \
                 and index the result"
            }
            Self::Unsorted { .. } => "sort the file by coordinate",
            Self::WrongBuild { .. } => "use reads aligned to the build of the reference",
            Self::AmbiguousContig { .. } => "keep one of them",
            Self::NoSharedContig { .. } => "check that reads and regions are from the same genome",
            Self::ReferenceNeeded { .. } => "add the reference bundle",
            Self::WrongReference { .. } => "use the file's own reference",
        };
        Some(remedy.into())
    }
}

/// Something that did not stop the reading but belongs in the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AlignmentWarning {
    /// There is no index; the whole file was read.
    NoIndex,
    /// The index is older than its data; the whole file was read.
    IndexOlderThanData,
    /// The index cannot be right for this file; the whole file was read. The text says why.
    IndexUnusable(String),
    /// The header does not say that records are sorted; they were found to be.
    SortOrderNotStated,
    /// Contigs that carry targets and that the file does not have: their depth is 0.
    ContigAbsent(String),
    /// A contig without targets whose length differs from the reference's.
    OtherContigLength(String),
    /// The sample the reads belong to (SM of the read groups) is not the one expected.
    SampleName {
        /// The sample asked for.
        expected: String,
        /// The samples named in the file.
        found: Vec<String>,
    },
    /// The read groups name no sample, so identity could not be checked.
    SampleNotStated,
    /// Reads that run past the end of their contig; the part inside was counted.
    ReadsPastContigEnd(u64),
}

impl std::fmt::Display for AlignmentWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoIndex => f.write_str("no index next to the alignments: the whole file was read"),
            Self::IndexOlderThanData => f.write_str(
                "the index is older than the alignments: it was not used and the whole file was read",
            ),
            Self::IndexUnusable(why) => write!(f, "the index was not used ({why}): the whole file was read"),
            Self::SortOrderNotStated => f.write_str(
                "the header does not say that the reads are sorted: the whole file was read, and they are \
                 sorted",
            ),
            Self::ContigAbsent(name) => write!(f, "contig {name} is not in the alignments: its depth is 0"),
            Self::OtherContigLength(name) => {
                write!(f, "contig {name}, which has no target, differs in length from the reference")
            }
            Self::SampleName { expected, found } => {
                write!(f, "the reads are of sample '{}', not of '{expected}'", found.join("', '"))
            }
            Self::SampleNotStated => f.write_str("the read groups name no sample; identity was not checked"),
            Self::ReadsPastContigEnd(count) => {
                write!(f, "{count} reads extend past the end of their contig; the part within it was counted")
            }
        }
    }
}
