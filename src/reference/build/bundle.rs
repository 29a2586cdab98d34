//! Building a bundle: read every source, write beside, rename.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::model::assembly::Assembly;
use crate::model::gene::Gene;
use crate::model::transcript::Transcript;
use crate::reference::bundle::hashed;
use crate::reference::bundle::header::{self, BundleHeader, FileEntry, SourceEntry};
use crate::reference::error::ReferenceError;
use crate::reference::genes::GeneTable;
use crate::reference::genome::Genome;
use crate::reference::transcripts::encode;

use super::gene_file::{self, GeneReport};
use super::manifest::Manifest;
use super::report::BuildReport;
use super::sites::{SiteReport, SiteSource, build_site_table};
use super::transcript_sequences::{self, SequencesReport};
use super::{assembly, fasta, read_transcripts};

/// What a build did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildSummary {
    /// The bundle's identity (see [`crate::reference::bundle::Bundle::hash`]).
    pub hash: String,
    /// True when the bundle was there already, with the same content, and was left as it is.
    pub unchanged: bool,
    /// Contigs of the genome.
    pub contigs: u64,
    /// Bases of the genome.
    pub bases: u64,
    /// Of these, N.
    pub unknown: u64,
    /// Of these, other IUPAC codes, which became unknown.
    pub ambiguous: u64,
    /// The gene table.
    pub genes: Option<GeneReport>,
    /// Transcript sources.
    pub transcripts: Vec<BuildReport>,
    /// Files of transcript sequences.
    pub transcript_sequences: Vec<SequencesReport>,
    /// Site tables.
    pub sites: Vec<SiteReport>,
}

impl fmt::Display for BuildSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "genome: {} contigs, {} bases, {} unknown, {} ambiguous treated as unknown",
            self.contigs, self.bases, self.unknown, self.ambiguous
        )?;
        if let Some(genes) = &self.genes {
            writeln!(
                f,
                "genes: {}; excluded: {} withdrawn, {} without HGNC identifier, {} with one identifier for \
                 two symbols, {} repeated",
                genes.genes, genes.withdrawn, genes.without_identifier, genes.conflicting, genes.repeated
            )?;
        }
        for report in &self.transcripts {
            write!(f, "transcripts: {report}")?;
        }
        for report in &self.transcript_sequences {
            write!(f, "transcript sequences: {report}")?;
        }
        for report in &self.sites {
            write!(f, "sites: {report}")?;
        }
        let state = if self.unchanged { " (unchanged)" } else { "" };
        writeln!(f, "bundle: {}{state}", self.hash)
    }
}

/// Builds the bundle a manifest describes.
///
/// # Errors
/// When the manifest or a source is refused, or `output` is in the way and is no bundle. Nothing is left
/// under the final name unless the build succeeded.
pub fn from_manifest(path: &Path, output: &Path) -> Result<BuildSummary, ReferenceError> {
    let manifest = Manifest::read(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    build(&manifest, path, folder, output)
}

/// Builds a bundle; file names are relative to `folder`, and `name` is what messages call the manifest.
///
/// # Errors
/// As [`from_manifest`].
pub fn build(
    manifest: &Manifest,
    name: &Path,
    folder: &Path,
    output: &Path,
) -> Result<BuildSummary, ReferenceError> {
    manifest.check(name)?;
    check_output(output)?;
    let parent = match output.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(parent).map_err(|e| ReferenceError::write(parent, e))?;
    let beside = tempfile::Builder::new()
        .prefix(".ithaca-reference-")
        .tempdir_in(parent)
        .map_err(|e| ReferenceError::write(parent, e))?;
    let mut builder = Builder {
        manifest,
        folder,
        beside: beside.path(),
        summary: BuildSummary::default(),
        sources: Vec::new(),
        files: Vec::new(),
    };
    let (header, bytes) = builder.run(name)?;
    let mut summary = builder.summary;
    summary.hash.clone_from(&header.hash);
    write_file(&beside.path().join(header::HEADER), &bytes)?;
    if BundleHeader::read(output).is_ok_and(|old| old == header && lengths_agree(output, &old)) {
        summary.unchanged = true;
        return Ok(summary);
    }
    publish(beside, output)?;
    Ok(summary)
}

/// Refuses an output that exists and is no bundle.
fn check_output(output: &Path) -> Result<(), ReferenceError> {
    let Ok(metadata) = std::fs::symlink_metadata(output) else { return Ok(()) };
    let empty = || std::fs::read_dir(output).is_ok_and(|mut entries| entries.next().is_none());
    let is_header = || {
        let text = std::fs::read_to_string(output.join(header::HEADER)).unwrap_or_default();
        text.contains(header::FORMAT)
    };
    if metadata.is_dir() && (is_header() || empty()) {
        return Ok(());
    }
    Err(ReferenceError::bundle(output, "it exists and is not a reference bundle; it is not overwritten"))
}

fn lengths_agree(bundle: &Path, header: &BundleHeader) -> bool {
    header.files.iter().all(|f| std::fs::metadata(bundle.join(&f.name)).is_ok_and(|m| m.len() == f.bytes))
}

/// Moves the finished folder to its final name; an older bundle is moved aside first and then removed.
fn publish(beside: tempfile::TempDir, output: &Path) -> Result<(), ReferenceError> {
    let failed = |e| ReferenceError::write(output, e);
    let finished = beside.path().to_owned();
    if output.exists() {
        let mut name = finished.clone().into_os_string();
        name.push(".old");
        let old = PathBuf::from(name);
        std::fs::rename(output, &old).map_err(failed)?;
        if let Err(error) = std::fs::rename(&finished, output) {
            // Put the old bundle back: better an old one than none.
            let _ = std::fs::rename(&old, output);
            return Err(failed(error));
        }
        std::fs::remove_dir_all(&old).map_err(failed)?;
    } else {
        std::fs::rename(&finished, output).map_err(failed)?;
    }
    // The folder now has its final name: nothing is left to clean up.
    let _ = beside.keep();
    readable_by_others(output).map_err(failed)
}

/// Temporary folders are private; a bundle is for everyone who may read its parent.
fn readable_by_others(output: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(output, std::fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ReferenceError> {
    let failed = |e| ReferenceError::write(path, e);
    let mut file = std::fs::File::create(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.sync_all().map_err(failed)
}

struct Builder<'a> {
    manifest: &'a Manifest,
    folder: &'a Path,
    beside: &'a Path,
    summary: BuildSummary,
    sources: Vec<SourceEntry>,
    files: Vec<FileEntry>,
}

impl Builder<'_> {
    fn run(&mut self, name: &Path) -> Result<(BundleHeader, Vec<u8>), ReferenceError> {
        let assembly = Assembly::from(self.manifest.assembly.clone());
        let genome = self.genome(&assembly)?;
        let table = self.genes()?;
        self.transcripts(&genome, table.as_ref())?;
        let site_tables = self.sites(&genome, &assembly)?;
        let header = BundleHeader {
            format: header::FORMAT.to_owned(),
            version: header::VERSION,
            assembly,
            contigs: genome.contigs().to_vec(),
            pseudoautosomal: self.manifest.pseudoautosomal(name)?,
            sources: std::mem::take(&mut self.sources),
            files: std::mem::take(&mut self.files),
            site_tables,
            hash: String::new(),
        };
        header.sealed().map_err(|e| ReferenceError::bundle(self.beside, e.to_string()))
    }

    /// Notes a source, and compares its hash with the one the manifest expects.
    fn source(
        &mut self,
        kind: &str,
        file: &Path,
        version: &str,
        licence: &str,
    ) -> Result<PathBuf, ReferenceError> {
        let path = self.folder.join(file);
        let note = self.manifest.note(file);
        let found = hashed(&path)?;
        if let Some(expected) = note.blake3.as_ref().filter(|e| !e.eq_ignore_ascii_case(&found)) {
            let message =
                format!("its BLAKE3 hash is {found}, but the manifest expects {expected}: download it again");
            return Err(ReferenceError::source_file(&path, message));
        }
        let or = |own: &str, noted: String| if own.is_empty() { noted } else { own.to_owned() };
        self.sources.push(SourceEntry {
            kind: kind.to_owned(),
            file: file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
            version: or(version, note.version),
            licence: or(licence, note.licence),
            blake3: found,
        });
        Ok(path)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), ReferenceError> {
        write_file(&self.beside.join(name), bytes)?;
        self.files.push(FileEntry {
            name: name.to_owned(),
            bytes: bytes.len() as u64,
            blake3: blake3::hash(bytes).to_hex().to_string(),
        });
        Ok(())
    }

    fn genome(&mut self, assembly: &Assembly) -> Result<Genome, ReferenceError> {
        let path = self.source("fasta", &self.manifest.fasta, "", "")?;
        let builder = fasta::read(&path)?;
        let contigs = builder.contigs();
        assembly::check_fasta(&path, assembly, &contigs)?;
        self.summary.contigs = contigs.len() as u64;
        self.summary.bases = contigs.iter().map(|c| u64::from(c.length)).sum();
        (self.summary.unknown, self.summary.ambiguous) = (builder.unknown, builder.ambiguous);
        let genome = Genome::from_builder(&builder);
        self.write(header::GENOME, &builder.encode())?;
        Ok(genome)
    }

    fn genes(&mut self) -> Result<Option<GeneTable>, ReferenceError> {
        let Some(file) = &self.manifest.genes else { return Ok(None) };
        let path = self.source("genes", file, "", "")?;
        let (table, report) = gene_file::read(&path)?;
        self.summary.genes = Some(report);
        self.write(header::GENES, gene_file::written(&table).as_bytes())?;
        Ok(Some(table))
    }

    fn transcripts(&mut self, genome: &Genome, table: Option<&GeneTable>) -> Result<(), ReferenceError> {
        let (mut genes, mut transcripts): (Vec<Gene>, Vec<Transcript>) = (Vec::new(), Vec::new());
        for file in &self.manifest.transcripts {
            let path = self.source("transcripts", file, "", "")?;
            let (more_genes, more, report) = read_transcripts(&path, genome, table)?;
            if report.transcripts == 0 {
                let message = format!("no transcript matches the FASTA\n{report}");
                return Err(ReferenceError::source_file(&path, message));
            }
            let before = genes.len() as u32;
            genes.extend(more_genes);
            transcripts.extend(more.into_iter().map(|mut t| {
                t.gene += before;
                t
            }));
            self.summary.transcripts.push(report);
        }
        for file in &self.manifest.transcript_sequences {
            let path = self.source("transcript sequences", file, "", "")?;
            let report = transcript_sequences::apply(&path, genome, &mut transcripts)?;
            self.summary.transcript_sequences.push(report);
        }
        self.write(header::TRANSCRIPTS, &encode::encode(&genes, transcripts))
    }

    fn sites(
        &mut self,
        genome: &Genome,
        assembly: &Assembly,
    ) -> Result<Vec<crate::reference::sites::SiteTableMeta>, ReferenceError> {
        let mut metas = Vec::with_capacity(self.manifest.sites.len());
        if !self.manifest.sites.is_empty() {
            let folder = self.beside.join("sites");
            std::fs::create_dir(&folder).map_err(|e| ReferenceError::write(&folder, e))?;
        }
        for entry in &self.manifest.sites {
            let path = self.source("sites", &entry.file, &entry.version, &entry.licence)?;
            let noted = self.sources.last().cloned();
            let covered = match &entry.covered {
                Some(file) => Some(self.source("covered regions", file, &entry.version, &entry.licence)?),
                None => None,
            };
            let (version, licence, blake3) =
                noted.map(|source| (source.version, source.licence, source.blake3)).unwrap_or_default();
            let source = SiteSource {
                name: &entry.name,
                fields: &entry.fields,
                names: Some(&entry.names),
                covered: covered.as_deref(),
                earlier: &metas,
                version: &version,
                licence: &licence,
                blake3: &blake3,
            };
            let name = header::site_file(&entry.name);
            let place = self.beside.join(&name);
            let built = build_site_table(&path, &source, genome, assembly, &place)?;
            let blocks = built.report.blocks + built.report.uncalled_blocks;
            if built.report.records > 0 && built.report.rows == 0 && blocks == 0 {
                let message = format!("none of its alleles matches the FASTA\n{}", built.report);
                return Err(ReferenceError::source_file(&path, message));
            }
            let bytes = std::fs::metadata(&place).map_err(|e| ReferenceError::read(&place, e))?.len();
            self.files.push(FileEntry { name, bytes, blake3: hashed(&place)? });
            self.summary.sites.push(built.report);
            metas.push(built.meta);
        }
        Ok(metas)
    }
}
