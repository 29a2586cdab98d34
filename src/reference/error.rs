//! What can go wrong while building or opening the knowledge bundle.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::model::remedy::{Remedy, of_cause};

/// An error of the reference bundle or of one of its sources.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// A file could not be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("{}: cannot be written: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A line of a source file makes no sense.
    #[error("{}, line {line}: {message}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// 1-based line number.
        line: u64,
        /// What is wrong, and what was expected.
        message: String,
    },
    /// A source file as a whole cannot be used.
    #[error("{}: {message}", path.display())]
    Source {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        message: String,
    },
    /// A source belongs to another genome build.
    #[error("{}: wrong genome build: {message}", path.display())]
    WrongBuild {
        /// The file.
        path: PathBuf,
        /// Which build was expected, and which one is likely.
        message: String,
    },
    /// The manifest, or the command line standing in for it, is wrong.
    #[error("{}: {message}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong, and what was expected.
        message: String,
    },
    /// A folder is not a bundle this program can open.
    #[error("{}: not a usable reference bundle: {message}", path.display())]
    Bundle {
        /// The bundle, or the file of it.
        path: PathBuf,
        /// What is wrong, and what to do.
        message: String,
    },
}

impl Remedy for ReferenceError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Read { .. } | Self::Write { .. } => None,
            Self::Line { message, .. }
            | Self::Source { message, .. }
            | Self::WrongBuild { message, .. }
            | Self::Manifest { message, .. }
            | Self::Bundle { message, .. } => of_cause(message),
        }
    }
}

impl ReferenceError {
    /// Shorthand for [`ReferenceError::Read`].
    pub(crate) fn read(path: &Path, source: std::io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    /// Shorthand for [`ReferenceError::Write`].
    pub(crate) fn write(path: &Path, source: std::io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }

    /// Shorthand for [`ReferenceError::Line`].
    pub(crate) fn line(path: &Path, line: u64, message: impl Into<String>) -> Self {
        Self::Line { path: path.to_owned(), line, message: message.into() }
    }

    /// Shorthand for [`ReferenceError::Source`].
    pub(crate) fn source_file(path: &Path, message: impl Into<String>) -> Self {
        Self::Source { path: path.to_owned(), message: message.into() }
    }

    /// Shorthand for [`ReferenceError::Bundle`].
    pub(crate) fn bundle(path: &Path, message: impl Into<String>) -> Self {
        Self::Bundle { path: path.to_owned(), message: message.into() }
    }
}
