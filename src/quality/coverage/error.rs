//! Why targets are refused.

use std::borrow::Cow;

use crate::model::remedy::{Remedy, then};

/// A target that cannot be measured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// A target ends past its contig.
    #[error("target {target} extends past the end of its contig ({length} bases){}", then(self))]
    OutsideContig {
        /// The target, 1-based inclusive.
        target: String,
        /// Length of the contig.
        length: u32,
    },
    /// A target names a contig that is not in the list.
    #[error("target of gene '{gene}' names contig number {contig}, which the reference does not have")]
    UnknownContig {
        /// Gene of the target.
        gene: String,
        /// Index of the contig.
        contig: u16,
    },
}

impl Remedy for TargetError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::OutsideContig { .. } => Some("check the build of the regions".into()),
            Self::UnknownContig { .. } => None,
        }
    }
}

/// A line of a regions file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct RegionError {
    /// Line, 1-based.
    pub line: u64,
    /// What is wrong, and what is expected.
    pub problem: String,
}
