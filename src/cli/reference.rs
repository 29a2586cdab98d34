//! `ithaca reference`: build, show and verify a knowledge bundle.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::{Args, Subcommand};

use crate::reference::build::manifest::{Manifest, PseudoautosomalEntry, SitesEntry};
use crate::reference::build::{self, BuildSummary};
use crate::reference::bundle::Bundle;
use crate::reference::error::ReferenceError;

use super::failure::{ExitStatus, Failure};

/// The knowledge bundle: genome, transcripts, genes and site tables.
#[derive(Subcommand)]
pub enum ReferenceCommand {
    /// Compile a bundle from public files.
    Build(Box<BuildArguments>),
    /// Print the contents of a bundle and their sources.
    Show {
        /// The bundle.
        bundle: PathBuf,
    },
    /// Read every byte of a bundle and compare it with its header.
    Verify {
        /// The bundle.
        bundle: PathBuf,
    },
}

/// What a bundle is built from: a manifest, or the equivalent options.
#[derive(Args)]
pub struct BuildArguments {
    /// Manifest (TOML); file names in it are relative to it.
    #[arg(long, conflicts_with_all = ["assembly", "fasta", "transcripts", "transcript_sequences", "genes", "sites", "sites_covered", "pseudoautosomal"])]
    manifest: Option<PathBuf>,
    /// Genome build: GRCh37, GRCh38, or the name of another genome.
    #[arg(long, required_unless_present = "manifest")]
    assembly: Option<String>,
    /// Reference FASTA, plain or (b)gzipped.
    #[arg(long, required_unless_present = "manifest")]
    fasta: Option<PathBuf>,
    /// Transcripts: GFF3 (Ensembl, GENCODE, RefSeq) or genePred. May be given several times.
    #[arg(long, num_args = 1..)]
    transcripts: Vec<PathBuf>,
    /// FASTA of the transcripts' own sequences (RefSeq), named by accession and version: where they differ from the
    /// genome, `c.` names use the transcript's bases. May be given several times.
    #[arg(long, value_name = "FASTA", num_args = 1..)]
    transcript_sequences: Vec<PathBuf>,
    /// HGNC complete set (TSV).
    #[arg(long)]
    genes: Option<PathBuf>,
    /// Site table: NAME=FILE, or NAME=FILE:FIELD,FIELD. May be given several times.
    #[arg(long, value_name = "NAME=FILE[:FIELD,FIELD]")]
    sites: Vec<String>,
    /// BED file of the regions that a site table's source covers: an allele absent there was not seen; elsewhere its
    /// frequency is unknown. May be given several times.
    #[arg(long, value_name = "NAME=BED", requires = "sites")]
    sites_covered: Vec<String>,
    /// Pseudoautosomal region of X or Y, 1-based: X=chrX:1-30000. May be given several times.
    #[arg(long, value_name = "X=CONTIG:FIRST-LAST")]
    pseudoautosomal: Vec<String>,
    /// Output folder for the bundle. An existing bundle is replaced; anything else is left unchanged.
    #[arg(long)]
    output: PathBuf,
}

/// Runs the subcommand.
pub fn run(command: ReferenceCommand) -> Result<ExitStatus, Failure> {
    match command {
        ReferenceCommand::Build(arguments) => build(&arguments),
        ReferenceCommand::Show { bundle } => show(&bundle),
        ReferenceCommand::Verify { bundle } => verify(&bundle),
    }
}

fn build(arguments: &BuildArguments) -> Result<ExitStatus, Failure> {
    let summary: Result<BuildSummary, ReferenceError> = match &arguments.manifest {
        Some(manifest) => build::from_manifest(manifest, &arguments.output),
        None => {
            let manifest = arguments.manifest()?;
            build::build(&manifest, Path::new("command line"), Path::new(""), &arguments.output)
        }
    };
    print(&summary.map_err(failure)?.to_string())
}

fn show(bundle: &Path) -> Result<ExitStatus, Failure> {
    let bundle = Bundle::open(bundle).map_err(failure)?;
    print(&described(&bundle))
}

fn verify(path: &Path) -> Result<ExitStatus, Failure> {
    let bundle = Bundle::open(path).map_err(failure)?;
    bundle.verify().map_err(failure)?;
    print(&format!("{}: {} files, all as built\n", bundle.hash(), bundle.header().files.len()))
}

/// A manifest at fault is a usage error; any other is a refused resource.
fn failure(error: ReferenceError) -> Failure {
    match error {
        ReferenceError::Manifest { .. } => Failure::usage(error),
        other => Failure::resource(other),
    }
}

fn print(text: &str) -> Result<ExitStatus, Failure> {
    std::io::stdout().write_all(text.as_bytes()).map_err(Failure::internal)?;
    Ok(ExitStatus::Done)
}

fn described(bundle: &Bundle) -> String {
    let header = bundle.header();
    let bases: u64 = header.contigs.iter().map(|c| u64::from(c.length)).sum();
    let transcripts = bundle.transcripts();
    let mut lines = vec![
        format!("bundle\t{}", bundle.hash()),
        format!("assembly\t{}", bundle.assembly()),
        format!("contigs\t{}", header.contigs.len()),
        format!("bases\t{bases}"),
        format!("transcripts\t{}", transcripts.len()),
        format!("genes with transcripts\t{}", transcripts.gene_count()),
        format!("genes in the gene table\t{}", bundle.genes().len()),
    ];
    for (name, regions) in [("X", &bundle.pseudoautosomal().x), ("Y", &bundle.pseudoautosomal().y)] {
        for region in regions {
            lines.push(format!("pseudoautosomal\t{name}:{}-{}", region.start + 1, region.end));
        }
    }
    for table in bundle.site_tables() {
        let fields: Vec<&str> = table.fields().iter().map(|f| f.name.as_str()).collect();
        lines.push(format!(
            "sites\t{}\t{} alleles\t{}",
            table.name(),
            table.len(),
            one_line(&fields.join(","))
        ));
        let meta = table.meta();
        lines.push(format!(
            "sites source\t{}\t{}\t{}\t{}\t{}",
            meta.name,
            one_line(&meta.source),
            one_line(&meta.version),
            one_line(&meta.licence),
            meta.source_blake3
        ));
        if let Some(regions) = table.covered_regions() {
            let bases: u64 = regions.iter().map(|(_, region)| u64::from(region.len())).sum();
            lines.push(format!("sites covered\t{}\t{} regions\t{bases} bases", table.name(), regions.len()));
        }
    }
    for source in &header.sources {
        lines.push(format!(
            "source\t{}\t{}\t{}\t{}\t{}",
            source.kind,
            one_line(&source.file),
            one_line(&source.version),
            one_line(&source.licence),
            source.blake3
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A text as one column: an older bundle may hold line endings and tabs.
fn one_line(text: &str) -> String {
    let escaped = |c: char| if c.is_control() { c.escape_default().collect() } else { String::from(c) };
    text.chars().map(escaped).collect()
}

impl BuildArguments {
    fn manifest(&self) -> Result<Manifest, Failure> {
        let sites =
            self.sites.iter().map(|text| sites_entry(text)).collect::<Result<Vec<SitesEntry>, Failure>>()?;
        let mut sites = sites;
        for text in &self.sites_covered {
            let (name, bed) = text.split_once('=').unwrap_or((text, ""));
            let Some(entry) = sites.iter_mut().find(|entry| entry.name == name && !bed.is_empty()) else {
                return Err(Failure::usage(anyhow!(
                    "--sites-covered '{text}': expected NAME=BED with the NAME of a --sites"
                )));
            };
            entry.covered = Some(bed.into());
        }
        let mut regions = PseudoautosomalEntry::default();
        for text in &self.pseudoautosomal {
            match text.split_once('=') {
                Some(("X" | "x", region)) => regions.x.push(region.to_owned()),
                Some(("Y" | "y", region)) => regions.y.push(region.to_owned()),
                _ => {
                    return Err(Failure::usage(anyhow!(
                        "--pseudoautosomal '{text}': expected X=CONTIG:FIRST-LAST"
                    )));
                }
            }
        }
        let given = !self.pseudoautosomal.is_empty();
        Ok(Manifest {
            assembly: self.assembly.clone().unwrap_or_default(),
            fasta: self.fasta.clone().unwrap_or_default(),
            transcripts: self.transcripts.clone(),
            transcript_sequences: self.transcript_sequences.clone(),
            genes: self.genes.clone(),
            pseudoautosomal: given.then_some(regions),
            sites,
            source: Vec::new(),
        })
    }
}

/// `NAME=FILE` or `NAME=FILE:FIELD,FIELD`; a file whose own name holds a colon wins over fields.
fn sites_entry(text: &str) -> Result<SitesEntry, Failure> {
    let Some((name, rest)) = text.split_once('=').filter(|(name, rest)| !name.is_empty() && !rest.is_empty())
    else {
        return Err(Failure::usage(anyhow!("--sites '{text}': expected NAME=FILE or NAME=FILE:FIELD,FIELD")));
    };
    let (file, fields) = match rest.rsplit_once(':') {
        Some((file, fields)) if !Path::new(rest).exists() => {
            (file, fields.split(',').filter(|f| !f.is_empty()).map(str::to_owned).collect())
        }
        _ => (rest, Vec::new()),
    };
    Ok(SitesEntry { name: name.to_owned(), file: file.into(), fields, ..SitesEntry::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_table_names_its_file_and_fields() {
        let entry = sites_entry("clinvar=a/b.vcf.gz:CLNSIG,CLNDN").unwrap();
        assert_eq!((entry.name.as_str(), entry.file.to_str()), ("clinvar", Some("a/b.vcf.gz")));
        assert_eq!(entry.fields, ["CLNSIG", "CLNDN"]);
        assert!(sites_entry("clinvar=b.vcf.gz").unwrap().fields.is_empty());
        for text in ["b.vcf.gz", "=b", "a="] {
            assert_eq!(sites_entry(text).unwrap_err().status, ExitStatus::Usage);
        }
    }
}
