//! `ithaca annotate`: the annotation engine alone.

mod haplotypes;

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::{Args, ValueEnum};

use super::failure::{ExitStatus, Failure};
use crate::annotate::haplotype::notes::Notes;
use crate::annotate_file::{
    AnnotateError, AnnotateSummary, RowFormat, Setting, VariantFormat, annotate_file, annotate_variants,
};
use crate::reference::bundle::Bundle;
use crate::write::whole_file::WholeFile;

/// Arguments of `ithaca annotate`.
#[derive(Args)]
pub struct AnnotateArgs {
    /// VCF (plain or BGZF) or BCF
    input: PathBuf,
    /// Knowledge bundle
    #[arg(long, value_name = "BUNDLE")]
    reference: PathBuf,
    /// Output file; `-` for standard output. Compressed with BGZF if its name ends in .gz or .bgz
    #[arg(short, long, default_value = "-")]
    output: PathBuf,
    /// Output format; by default taken from the output's name: .vcf, .vcf.gz, .bcf, .jsonl, otherwise tsv
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Omit HGVS names: consequence terms, positions and codons only (faster)
    #[arg(long)]
    no_hgvs: bool,
    /// Look up site tables only, and write each of their fields to its own INFO key; VCF and BCF only
    #[arg(long, conflicts_with_all = ["no_hgvs", "distance", "haplotypes", "ped"])]
    sites_only: bool,
    /// Distance from a transcript, in bases, within which an allele is called upstream or downstream of it
    #[arg(long, value_name = "BASES", default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    distance: u32,
    /// Maximum number of threads; all available by default
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    haplotypes: haplotypes::HaplotypeArgs,
}

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tab-separated, one row per variant and transcript
    Tsv,
    /// One JSON object per variant
    Jsonl,
    /// The input's records with CSQ added to INFO
    Vcf,
    /// The same in BCF, always compressed
    Bcf,
}

/// The form that an output's name asks for, and whether it is to be compressed.
fn named_format(output: &Path) -> (Format, bool) {
    let name = output.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let (stem, compressed) = match name.strip_suffix(".gz").or_else(|| name.strip_suffix(".bgz")) {
        Some(stem) => (stem, true),
        None => (name.as_str(), false),
    };
    let format = match stem.rsplit_once('.').map(|(_, extension)| extension) {
        Some("vcf") => Format::Vcf,
        Some("bcf") => Format::Bcf,
        Some("jsonl" | "ndjson" | "json") => Format::Jsonl,
        _ => Format::Tsv,
    };
    (format, compressed)
}

/// Annotates the file.
pub fn run(args: &AnnotateArgs) -> Result<ExitStatus, Failure> {
    let bundle = Bundle::open(&args.reference).map_err(Failure::resource)?;
    let pool = super::threads::pool(args.threads)?;
    let (named, compressed) = named_format(&args.output);
    let form = (args.format.unwrap_or(named), compressed);
    let (mut notes, remark) = if args.sites_only {
        check_sites_only(&bundle, form.0)?;
        (Notes::default(), None)
    } else {
        pool.install(|| haplotypes::notes(&bundle, &args.input, &args.haplotypes))?
    };
    if let Some(remark) = remark {
        writeln!(std::io::stderr(), "note: {remark}").map_err(Failure::internal)?;
    }
    if args.no_hgvs {
        notes.drop_names();
    }
    let setting = Setting::new(&bundle, &notes, !args.no_hgvs, args.distance);
    let setting = if args.sites_only { setting.site_fields_only() } else { setting };
    let summary = if args.output.as_os_str() == "-" {
        let mut out = BufWriter::new(std::io::stdout());
        pool.install(|| annotate(&setting, &args.input, form, &mut out)).map_err(failure)?
    } else {
        write_file(&args.output, |out| {
            pool.install(|| annotate(&setting, &args.input, form, out)).map_err(failure)
        })?
    };
    tell(&summary).map_err(Failure::internal)?;
    Ok(ExitStatus::Done)
}

/// Refuses `--sites-only` where it has nothing to say or no place to say it.
fn check_sites_only(bundle: &Bundle, format: Format) -> Result<(), Failure> {
    if bundle.site_tables().is_empty() {
        return Err(Failure::usage(anyhow!(
            "--sites-only: the bundle has no site tables; build one with 'ithaca reference build --sites'"
        )));
    }
    if matches!(format, Format::Tsv | Format::Jsonl) {
        return Err(Failure::usage(anyhow!("--sites-only writes INFO fields; use --format vcf or bcf")));
    }
    Ok(())
}

fn annotate(
    setting: &Setting<'_>,
    input: &Path,
    (format, compressed): (Format, bool),
    out: &mut impl Write,
) -> Result<AnnotateSummary, AnnotateError> {
    match format {
        Format::Tsv => annotate_file(setting, input, RowFormat::Tsv, compressed, out),
        Format::Jsonl => annotate_file(setting, input, RowFormat::JsonLines, compressed, out),
        Format::Vcf if compressed => annotate_variants(setting, input, VariantFormat::CompressedVcf, out),
        Format::Vcf => annotate_variants(setting, input, VariantFormat::Vcf, out),
        Format::Bcf => annotate_variants(setting, input, VariantFormat::Bcf, out),
    }
}

fn failure(fault: AnnotateError) -> Failure {
    match fault {
        AnnotateError::Reference(_) => Failure::resource(fault),
        AnnotateError::Write(_) | AnnotateError::Lost { .. } => Failure::internal(fault),
        _ => Failure::input(fault),
    }
}

/// Writes a file that appears under its name only when it is whole.
fn write_file<T>(
    path: &Path,
    write: impl FnOnce(&mut WholeFile) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let context = || format!("{}: cannot be written; check the folder and its permissions", path.display());
    let mut file = WholeFile::create(path).with_context(context).map_err(Failure::usage)?;
    let result = write(&mut file)?;
    file.finish().with_context(context).map_err(Failure::internal)?;
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
    let outcomes = &summary.outcomes;
    writeln!(
        err,
        "{} records, {} alleles: {} annotated, {} not evaluable",
        summary.read.records,
        outcomes.alleles(),
        outcomes.alleles() - outcomes.not_evaluable(),
        outcomes.not_evaluable()
    )?;
    outcomes.list().iter().try_for_each(|(words, count)| writeln!(err, "{count:>12}  {words}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_form() {
        for (name, format, compressed) in [
            ("-", Format::Tsv, false),
            ("x.tsv", Format::Tsv, false),
            ("x.tsv.gz", Format::Tsv, true),
            ("dir.vcf/x", Format::Tsv, false),
            ("a.b.vcf", Format::Vcf, false),
            ("A.VCF.GZ", Format::Vcf, true),
            ("a.vcf.bgz", Format::Vcf, true),
            ("a.bcf", Format::Bcf, false),
            ("a.jsonl", Format::Jsonl, false),
        ] {
            assert_eq!(named_format(Path::new(name)), (format, compressed), "{name}");
        }
    }
}
