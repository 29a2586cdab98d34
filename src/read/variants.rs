//! The records of one variant file, in parallel batches.

use std::path::{Path, PathBuf};

use super::contigs::{ContigMap, ContigSource};
use super::error::ReadError;
use super::region::Regions;
use crate::model::record::VariantRecord;

/// A sample column that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleWanted {
    /// By name.
    Named(String),
    /// The only one there is.
    Only,
}

/// What a reader may leave out before it builds a record, to save time; what it leaves out is counted.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Only records that overlap these; all when absent.
    pub regions: Option<Regions>,
    /// Leave out records in which no wanted sample carries an ALT allele or has an uncalled copy.
    pub skip_uncarried: bool,
}

/// What was read, and what was left out and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadSummary {
    /// Records seen.
    pub records: u64,
    /// Records handed on.
    pub kept: u64,
    /// Records on contigs that the reference does not have.
    pub unknown_contig: u64,
    /// Records outside the regions.
    pub outside_regions: u64,
    /// Records that no wanted sample carries.
    pub uncarried: u64,
    /// True when an index was used, so that records outside the regions were not all seen.
    pub indexed: bool,
    /// Findings: what was accepted although it should not be so, and how often.
    pub findings: Vec<(String, u64)>,
}

/// A variant file opened for reading.
#[derive(Debug)]
pub struct VariantReader {
    path: PathBuf,
    contigs: ContigMap,
    warnings: Vec<String>,
}

impl VariantReader {
    /// Opens a VCF (plain, BGZF or gzip) or BCF and checks its header, samples, contigs and end.
    ///
    /// # Errors
    /// Everything that can be refused without reading the records; see [`ReadError`].
    pub fn open(
        path: &Path,
        contigs: &ContigSource,
        samples: &[SampleWanted],
        options: ReadOptions,
    ) -> Result<Self, ReadError> {
        let _ = (samples, options);
        let contigs = ContigMap::new(path, &[], contigs)?;
        Ok(Self { path: path.to_path_buf(), contigs, warnings: Vec::new() })
    }

    /// What was accepted with a remark so far.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The contigs of its records.
    pub fn contigs(&self) -> &ContigMap {
        &self.contigs
    }

    /// All sample names of the file, in column order.
    pub fn sample_names(&self) -> &[String] {
        &[]
    }

    /// Reads all records: `work` runs on batches of records in the rayon workers, `sink` takes its results
    /// in file order on the calling thread.
    ///
    /// # Errors
    /// A [`ReadError`] for the first record that cannot be understood, or what `sink` returns.
    pub fn process<T: Send, E: From<ReadError>>(
        self,
        work: impl Fn(Vec<VariantRecord>) -> T + Sync,
        mut sink: impl FnMut(T) -> Result<(), E>,
    ) -> Result<ReadSummary, E> {
        sink(work(Vec::new()))?;
        Err(ReadError::Empty { file: self.path }.into())
    }
}
