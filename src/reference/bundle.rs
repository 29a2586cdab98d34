//! The compiled bundle: one folder, written once, opened by mapping.
//!
//! ```text
//! header.json       what it holds, where that came from, and the BLAKE3 hash of every file
//! genome.bin        reference sequence
//! transcripts.bin   transcripts and their genes
//! genes.tsv         the HGNC gene table, where one was given
//! sites/NAME.bin    one site table each
//! ```
//! Opening checks the header against its own hash, the length of every file, the bytes of transcripts and genes,
//! and the indices of genome and site tables; their blocks are checked when they are first used, and whoever gives
//! results out asks [`Bundle::intact`] first. [`Bundle::verify`] hashes every file. A bundle holds no date and no
//! path of the machine that built it: the same sources give the same bytes.

pub(crate) mod header;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::model::assembly::{Assembly, Pseudoautosomal};

use super::build::gene_file;
use super::error::ReferenceError;
use super::genes::GeneTable;
use super::genome::Genome;
use super::sections::{FileKind, Sections};
use super::sites::{SiteTable, file, meta};
use super::transcripts::Transcripts;
pub use header::{BundleHeader, FileEntry, SourceEntry};

/// An opened bundle.
#[derive(Debug)]
pub struct Bundle {
    path: PathBuf,
    header: BundleHeader,
    genome: Genome,
    transcripts: Transcripts,
    genes: GeneTable,
    sites: Vec<SiteTable>,
}

impl Bundle {
    /// Opens a bundle.
    ///
    /// # Errors
    /// When the folder is no bundle, was written by another version, or a file of it is missing, cut short or
    /// damaged in what is not checked later, as it is used.
    pub fn open(path: &Path) -> Result<Self, ReferenceError> {
        let header = BundleHeader::read(path)?;
        for file in &header.files {
            let place = path.join(&file.name);
            let found = std::fs::metadata(&place).map_err(|e| ReferenceError::read(&place, e))?.len();
            if found != file.bytes {
                let message =
                    format!("has {found} bytes, the header says {}: download or build it again", file.bytes);
                return Err(ReferenceError::bundle(&place, message));
            }
        }
        for file in
            header.files.iter().filter(|f| [header::TRANSCRIPTS, header::GENES].contains(&f.name.as_str()))
        {
            check_bytes(path, file)?;
        }
        let place = path.join(header::GENOME);
        let genome = Genome::from_sections(Sections::open(&place, FileKind::Genome, Genome::ARRAYS)?)
            .map_err(|m| ReferenceError::bundle(&place, m))?;
        if genome.contigs() != header.contigs {
            return Err(ReferenceError::bundle(&place, "its contigs are not those of the header"));
        }
        let place = path.join(header::TRANSCRIPTS);
        let sections = Sections::open(&place, FileKind::Transcripts, Transcripts::ARRAYS)?;
        let transcripts = Transcripts::from_sections(sections, genome.contigs())
            .map_err(|m| ReferenceError::bundle(&place, m))?;
        let genes = match header.has(header::GENES) {
            true => gene_file::read(&path.join(header::GENES))?.0,
            false => GeneTable::default(),
        };
        let contigs = meta::contigs_hash(genome.contigs());
        let mut sites = Vec::with_capacity(header.site_tables.len());
        for meta in &header.site_tables {
            let place = path.join(header::site_file(&meta.name));
            if meta.contigs != contigs {
                return Err(ReferenceError::bundle(&place, "its contigs are not those of the genome"));
            }
            let sections = Sections::open(&place, FileKind::Sites, file::ARRAYS)?;
            let table = SiteTable::from_sections(sections, meta.clone());
            sites.push(table.map_err(|m| ReferenceError::bundle(&place, m))?);
        }
        Ok(Self { path: path.to_owned(), header, genome, transcripts, genes, sites })
    }

    /// The reference sequence.
    pub fn genome(&self) -> &Genome {
        &self.genome
    }

    /// The transcripts.
    pub fn transcripts(&self) -> &Transcripts {
        &self.transcripts
    }

    /// The gene table; empty where the bundle was built without one.
    pub fn genes(&self) -> &GeneTable {
        &self.genes
    }

    /// The site table of a name.
    pub fn sites(&self, name: &str) -> Option<&SiteTable> {
        self.sites.iter().find(|t| t.name() == name)
    }

    /// All site tables, in the order of the manifest.
    pub fn site_tables(&self) -> &[SiteTable] {
        &self.sites
    }

    /// Refuses a bundle whose site tables have two fields of one name in outputs, as older versions built them.
    ///
    /// # Errors
    /// Names the two fields.
    pub fn distinct_site_fields(&self) -> Result<(), ReferenceError> {
        let fields = self
            .sites
            .iter()
            .flat_map(|table| table.fields().iter().map(move |field| (table.name(), field.name.as_str())));
        match meta::one_output_key(fields) {
            Some(message) => {
                Err(ReferenceError::bundle(&self.path, message + ", and build the bundle again"))
            }
            None => Ok(()),
        }
    }

    /// The genome build.
    pub fn assembly(&self) -> &Assembly {
        &self.header.assembly
    }

    /// The pseudoautosomal regions.
    pub fn pseudoautosomal(&self) -> &Pseudoautosomal {
        &self.header.pseudoautosomal
    }

    /// The identity of the bundle: the BLAKE3 hash of its header, which holds the hash of every file.
    pub fn hash(&self) -> &str {
        &self.header.hash
    }

    /// The header.
    pub fn header(&self) -> &BundleHeader {
        &self.header
    }

    /// Reads every byte of every file and compares it with the header; checks the order of all rows.
    ///
    /// # Errors
    /// Names the first file that differs.
    pub fn verify(&self) -> Result<(), ReferenceError> {
        let checked: Vec<Result<(), ReferenceError>> =
            self.header.files.par_iter().map(|file| check_bytes(&self.path, file)).collect();
        checked.into_iter().collect::<Result<(), _>>()?;
        for table in &self.sites {
            let place = self.path.join(header::site_file(table.name()));
            table.check_rows().map_err(|m| ReferenceError::bundle(&place, m))?;
        }
        Ok(())
    }

    /// What was used of the genome and the site tables so far was as built. Results must not be given out
    /// otherwise: bases of a damaged block are unknown, rows and values of one are not found.
    ///
    /// # Errors
    /// Names the first file that is damaged.
    pub fn intact(&self) -> Result<(), ReferenceError> {
        let genome = self.genome.damage().map(|damage| (header::GENOME.to_owned(), damage));
        let table = || self.sites.iter().find_map(|t| Some((header::site_file(t.name()), t.damage()?)));
        let damaged = genome.or_else(table);
        damaged.map_or(Ok(()), |(file, damage)| {
            let message = format!("{damage}: download or build the bundle again");
            Err(ReferenceError::bundle(&self.path.join(file), message))
        })
    }
}

/// Reads every byte of a file and compares it with the header.
fn check_bytes(bundle: &Path, file: &FileEntry) -> Result<(), ReferenceError> {
    let place = bundle.join(&file.name);
    if hashed(&place)? == file.blake3 {
        return Ok(());
    }
    let message = "its contents differ from what was built: download or build it again";
    Err(ReferenceError::bundle(&place, message))
}

/// The BLAKE3 hash of a file of a bundle, which is mapped anyway: nothing is copied.
pub(crate) fn hashed(path: &Path) -> Result<String, ReferenceError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_mmap(path).map_err(|e| ReferenceError::read(path, e))?;
    Ok(hasher.finalize().to_hex().to_string())
}
