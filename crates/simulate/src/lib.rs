//! A small world with known truth: genome, genes, directory, panels, families and their files.
//!
//! Everything is invented and made from a seed. What a right answer is follows from how the world was
//! made (the codon that was broken is known because the gene was built around it), never from the
//! annotation code of this project.

mod accession;
mod answers;
mod assertions;
mod calls;
mod cases;
mod cast;
mod compressed;
mod dialects;
mod directory;
mod family_files;
mod faults;
mod frequencies;
mod genes;
mod genome;
mod lesions;
mod panels;
mod pedigree;
mod proteins;
mod random;
mod reads;
mod referral;
mod samplesheet;
pub mod score;
mod sequence;
mod sites;
mod vcf;
mod world;

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The seed of the committed world.
pub const DEFAULT_SEED: u64 = 20_261_121;

/// How the world is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The seed; the same seed gives the same bytes.
    pub seed: u64,
    /// Multiplies the length of the nuclear contigs, and with it genes and background variants.
    pub scale: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: DEFAULT_SEED, scale: 1 }
    }
}

/// What can go wrong.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SimulateError {
    /// A file can't be written (or read back for its index).
    #[error("can't write {}: {source}; check the folder and the space left", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The seed gave a world in which a referral can't be made.
    #[error("can't make {what} with this seed; try another --seed or a larger --scale")]
    NotPossible {
        /// What was wanted.
        what: String,
    },
    /// The scale is out of range.
    #[error("--scale {scale} is out of range: 1 to 2000")]
    Scale {
        /// The scale asked for.
        scale: u32,
    },
}

impl SimulateError {
    fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }

    fn not_possible(what: impl Into<String>) -> Self {
        Self::NotPossible { what: what.into() }
    }
}

pub use world::write_world;
