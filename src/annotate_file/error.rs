//! Why a file could not be annotated.

use std::path::{Path, PathBuf};

use crate::read::error::ReadError;
use crate::reference::error::ReferenceError;

/// Why a file could not be annotated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnnotateError {
    /// The input is refused.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Too many REF bases differ from the reference.
    #[error(
        "{}: REF differs from the reference ({assembly}) in {mismatches} of {alleles} alleles, so the file is \
         probably of another build; use a bundle of the file's build", file.display()
    )]
    WrongBuild {
        /// The file.
        file: PathBuf,
        /// The bundle's build.
        assembly: String,
        /// Alleles whose REF differs.
        mismatches: u64,
        /// Alleles of the file.
        alleles: u64,
    },
    /// A record that the output cannot hold.
    #[error("{}: record {record} ({place}): {reason}", file.display())]
    Record {
        /// The file.
        file: PathBuf,
        /// 1-based number of the record.
        record: u64,
        /// `CHROM:POS` as written.
        place: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A name that the header does not declare and that cannot be declared.
    #[error(
        "{}: {kind} {name:?} is not declared in the header, and no header line can contain such a name; \
         correct the records, or write VCF", file.display()
    )]
    Undeclared {
        /// The file.
        file: PathBuf,
        /// `contig`, `FILTER`, `INFO` or `FORMAT`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A BCF whose keys have a number in some header lines and none in others.
    #[error(
        "{}: header: IDX is given for some keys and not for others, so the records are ambiguous; write the \
         file again with the tool that made it", file.display()
    )]
    Numbers {
        /// The file.
        file: PathBuf,
    },
    /// Not every record came out: a fault of this program.
    #[error(
        "{read} records were read and {written} written; this is a fault in Ithaca: do not use the output"
    )]
    Lost {
        /// Records read.
        read: u64,
        /// Records written.
        written: u64,
    },
    /// The knowledge bundle was found damaged while it was used.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// The output could not be written.
    #[error("the output could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// A record that could not be written.
#[derive(Clone, Debug)]
pub(super) struct RecordFault {
    /// 1-based number of the record.
    pub number: u64,
    /// `CHROM:POS` as written.
    pub place: String,
    /// What is wrong and what to do.
    pub reason: String,
}

impl AnnotateError {
    pub(super) fn record(file: &Path, fault: RecordFault) -> Self {
        let RecordFault { number, place, reason } = fault;
        Self::Record { file: file.to_path_buf(), record: number, place, reason }
    }
}
