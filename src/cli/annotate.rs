//! `ithaca annotate`: the annotation engine alone.

mod haplotypes;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::failure::{ExitStatus, Failure};
use crate::reference::bundle::Bundle;
use crate::run::annotate::{AnnotateError, AnnotateSummary, RowFormat, annotate_file};

/// Arguments of `ithaca annotate`.
#[derive(Args)]
pub struct AnnotateArgs {
    /// VCF (plain or BGZF) or BCF
    input: PathBuf,
    /// Knowledge bundle
    #[arg(long, value_name = "BUNDLE")]
    reference: PathBuf,
    /// Output file; standard output when it is `-`
    #[arg(short, long, default_value = "-")]
    output: PathBuf,
    /// Form of the output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Threads to use, at most; all of the machine's when not given
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    haplotypes: haplotypes::HaplotypeArgs,
}

/// Form of the output.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// Tab-separated, one row a variant and transcript
    #[default]
    Tsv,
    /// One JSON object a variant
    Jsonl,
}

/// Annotates the file.
pub fn run(args: &AnnotateArgs) -> Result<ExitStatus, Failure> {
    let bundle = Bundle::open(&args.reference).map_err(Failure::resource)?;
    let pool = super::threads::pool(args.threads)?;
    let format = match args.format {
        Format::Tsv => RowFormat::Tsv,
        Format::Jsonl => RowFormat::JsonLines,
    };
    let (notes, remark) = pool.install(|| haplotypes::notes(&bundle, &args.input, &args.haplotypes))?;
    if let Some(remark) = remark {
        writeln!(std::io::stderr(), "note: {remark}").map_err(Failure::internal)?;
    }
    let summary = if args.output.as_os_str() == "-" {
        let mut out = BufWriter::new(std::io::stdout());
        pool.install(|| annotate_file(&bundle, &args.input, format, &notes, &mut out)).map_err(failure)?
    } else {
        write_beside(&args.output, |out| {
            pool.install(|| annotate_file(&bundle, &args.input, format, &notes, out)).map_err(failure)
        })?
    };
    tell(&summary).map_err(Failure::internal)?;
    Ok(ExitStatus::Done)
}

fn failure(fault: AnnotateError) -> Failure {
    match fault {
        AnnotateError::Reference(_) => Failure::resource(fault),
        AnnotateError::Read(_) | AnnotateError::WrongBuild { .. } => Failure::input(fault),
        _ => Failure::internal(fault),
    }
}

/// Writes under a temporary name and renames, so that a file under its final name is complete.
fn write_beside<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let context = || format!("{}: cannot be written; check the folder and its permissions", path.display());
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::NamedTempFile::new_in(parent).with_context(context).map_err(Failure::usage)?;
    let mut out = BufWriter::new(file.as_file());
    let result = write(&mut out)?;
    out.flush().with_context(context).map_err(Failure::internal)?;
    drop(out);
    file.as_file().sync_all().with_context(context).map_err(Failure::internal)?;
    crate::run::publish::readable_by_others(file.path()).with_context(context).map_err(Failure::internal)?;
    file.persist(path).with_context(context).map_err(Failure::internal)?;
    Ok(result)
}

/// What was done, on standard error.
fn tell(summary: &AnnotateSummary) -> std::io::Result<()> {
    let mut err = std::io::stderr().lock();
    for warning in &summary.warnings {
        writeln!(err, "note: {warning}")?;
    }
    for (finding, count) in &summary.read.findings {
        writeln!(err, "note: {finding} ({count} times)")?;
    }
    let unknown = summary.read.unknown_contig;
    if unknown > 0 {
        writeln!(err, "note: {unknown} records lie on contigs that the reference does not have")?;
    }
    writeln!(err, "{} alleles annotated, {} of them not evaluable", summary.alleles, summary.not_evaluable)
}
