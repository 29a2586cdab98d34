//! `ithaca coverage`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::{ExitStatus, Failure};
use crate::measure::{CoverageResult, coverage};
use crate::model::builds::likely_build;
use crate::model::contig::Contig;
use crate::model::pipeline::CoveragePolicy;
use crate::quality::coverage::{Target, regions, write_exons, write_gaps, write_genes};
use crate::read::alignments::{Alignments, contigs_of};
use crate::reference::bundle::Bundle;
use crate::write::whole_file::write_all_whole;

/// Measure depth over regions of a BAM or CRAM file: exons.tsv, genes.tsv and gaps.tsv.
///
/// Depth is the number of distinct fragments over a base: mates that overlap count once. Duplicate,
/// secondary, failed and (unless requested) supplementary alignments are excluded. Percentages are rounded down.
#[derive(Args)]
pub struct CoverageArgs {
    /// BAM or CRAM file, sorted by coordinate; an index next to it is used.
    #[arg(value_name = "ALIGNMENTS")]
    alignments: PathBuf,
    /// BED file: chrom, start, end, and optionally gene, transcript, exon.
    #[arg(long, value_name = "BED")]
    regions: PathBuf,
    /// Folder to write into.
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
    /// Knowledge bundle: the reads are checked against its build; required for CRAM.
    #[arg(long, value_name = "BUNDLE")]
    reference: Option<PathBuf>,
    /// Sample to which the reads should belong; a different one in the file is reported.
    #[arg(long, value_name = "NAME")]
    sample: Option<String>,
    /// Depth below which a base is part of a gap.
    #[arg(long, default_value_t = 20, value_name = "N")]
    depth: u32,
    /// Minimum mapping quality of a read.
    #[arg(long, default_value_t = 11, value_name = "Q")]
    mapping_quality: u8,
    /// Bases added on either side of each region.
    #[arg(long, default_value_t = 0, value_name = "BASES")]
    padding: u32,
    /// Count supplementary alignments too.
    #[arg(long)]
    supplementary: bool,
}

impl CoverageArgs {
    fn policy(&self) -> CoveragePolicy {
        CoveragePolicy {
            depth: self.depth,
            mapping_quality: self.mapping_quality,
            count_supplementary: self.supplementary,
            exon_padding: self.padding,
            report_below_percent: 100.0,
        }
    }
}

/// Runs the subcommand.
///
/// # Errors
/// A refused alignment or regions file, and an output folder that cannot be written.
pub fn run(args: &CoverageArgs) -> Result<ExitStatus, Failure> {
    let bundle = args.reference.as_deref().map(Bundle::open).transpose().map_err(Failure::resource)?;
    let genome = bundle.as_ref().map(Bundle::genome);
    let contigs = match genome {
        Some(genome) => genome.contigs().to_vec(),
        None => contigs_of(&args.alignments).map_err(Failure::input)?,
    };
    let build = match &bundle {
        Some(bundle) => Some(bundle.assembly().to_string()),
        None => likely_build(contigs.iter().map(|c| (c.name.as_str(), c.length))).map(String::from),
    };
    let targets = read_regions(&args.regions, &contigs).map_err(Failure::input)?;
    let alignments =
        Alignments { path: &args.alignments, contigs: &contigs, genome, sample: args.sample.as_deref() };
    // Before the reads are gone through, which takes long; a refused input leaves no folder behind.
    let was_there = args.output.exists();
    super::output_folder::prepare(&args.output)?;
    let result = coverage(&alignments, &targets, &args.policy()).map_err(|fault| {
        if !was_there {
            let _ = std::fs::remove_dir(&args.output);
        }
        Failure::input(fault)
    })?;
    bundle.as_ref().map_or(Ok(()), Bundle::intact).map_err(Failure::resource)?;
    for warning in &result.warnings {
        let _ = writeln!(std::io::stderr(), "ithaca: {}: {warning}", args.alignments.display());
    }
    write_tables(args, &result, &contigs, build.as_deref()).map_err(Failure::unwritable)?;
    Ok(ExitStatus::Done)
}

fn read_regions(path: &Path, contigs: &[Contig]) -> anyhow::Result<Vec<Target>> {
    let place = path.display();
    let bed = std::fs::read(path).map_err(|fault| {
        let told = format!("{place}: {fault}; check that the file exists and can be read");
        anyhow::Error::new(fault).context(told)
    })?;
    regions(&bed, contigs).map_err(|fault| anyhow::anyhow!("{place} {fault}"))
}

fn write_tables(
    args: &CoverageArgs,
    result: &CoverageResult,
    contigs: &[Contig],
    build: Option<&str>,
) -> anyhow::Result<()> {
    let (mut exons, mut genes, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
    write_exons(&mut exons, &result.targets, contigs, build)?;
    write_genes(&mut genes, &result.genes, build)?;
    write_gaps(&mut gaps, &result.gaps, contigs, build)?;
    // The three are of one sample: a full disk must not leave one of an earlier sample beside them.
    let tables = [("exons.tsv", exons), ("genes.tsv", genes), ("gaps.tsv", gaps)];
    let files = tables.each_ref().map(|(name, content)| (args.output.join(name), content.as_slice()));
    write_all_whole(&files).map_err(|fault| {
        let told = format!("{fault}; check free space and permissions, and run again");
        anyhow::Error::new(fault).context(told)
    })
}
