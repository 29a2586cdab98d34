//! Why the variants of a referral cannot be interpreted, looked up or explained.

use std::borrow::Cow;
use std::path::PathBuf;

use crate::model::remedy::{Remedy, then};
use crate::read::error::ReadError;
use crate::reference::error::ReferenceError;

/// Why the variants of a referral cannot be read and judged: every message says where, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InterpretError {
    /// Variants are to be looked up, and no member has variant calls.
    #[error(
        "referral {referral} (samplesheet line {line}): no member has a variant file in which to look up the variants{}",
        then(self)
    )]
    NothingToLookUpIn {
        /// The referral.
        referral: String,
        /// Its line.
        line: u64,
    },
    /// A variant of the plan cannot be looked up.
    #[error("referral {referral}: variant '{variant}' of the plan: {problem}{}", then(self))]
    NamedVariant {
        /// The referral.
        referral: String,
        /// As the plan names it.
        variant: String,
        /// What is wrong.
        problem: String,
    },
    /// No affected member has variant calls.
    #[error(
        "referral {referral} (samplesheet line {line}): no affected member has a variant file{}",
        then(self)
    )]
    NothingToRead {
        /// The referral.
        referral: String,
        /// Its line.
        line: u64,
    },
    /// The knowledge bundle was found damaged while it was used.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// A variant file is refused.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Too many REF bases differ from the reference.
    #[error(
        "{}: REF differs from the reference ({assembly}) in {mismatches} of {checked} alleles, so the file is \
         probably of another build{}", file.display(), then(self)
    )]
    WrongBuild {
        /// The file.
        file: PathBuf,
        /// The bundle's build.
        assembly: String,
        /// Alleles whose REF differs.
        mismatches: u64,
        /// Alleles compared.
        checked: u64,
    },
}

impl Remedy for InterpretError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        let remedy = match self {
            Self::NothingToLookUpIn { .. } => "add a vcf",
            Self::NamedVariant { .. } => "make the plan again",
            Self::NothingToRead { .. } => "add the proband's vcf",
            Self::Reference(fault) => return fault.remedy(),
            Self::Read(fault) => return fault.remedy(),
            Self::WrongBuild { .. } => "use a bundle of the file's build",
        };
        Some(remedy.into())
    }
}
