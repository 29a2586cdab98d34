//! `ithaca plan export`: a plan's genes, regions and transcripts in the tables that hubs exchange.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::{Args, ValueEnum};

use crate::cli::failure::{ExitStatus, Failure};
use crate::cli::whole_file;
use crate::plan::export;
use crate::reference::bundle::Bundle;

/// Write a plan's genes, regions or transcripts as the tables that hubs exchange
#[derive(Args)]
pub struct ExportArgs {
    /// The plan: plan.json, or the folder that holds it
    plan: PathBuf,
    /// Which table
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// The plan's knowledge bundle; required for a BED
    #[arg(long, value_name = "BUNDLE")]
    reference: Option<PathBuf>,
    /// Bases on either side of each exon in the BED; the plan's own padding by default
    #[arg(long, value_name = "BASES")]
    padding: Option<u32>,
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExportFormat {
    /// Gene panels without a header: test, panel and version, HGNC identifier, panel number.
    Genepanels,
    /// Exons of the genes; build, panels and versions in its header.
    Bed,
    /// Transcripts: HGNC identifier, transcript, clinical_transcript, why.
    Transcripts,
}

/// Writes the table.
pub fn run(args: &ExportArgs) -> Result<ExitStatus, Failure> {
    let plan = super::read(&args.plan)?;
    let text = match args.format {
        ExportFormat::Genepanels => export::genepanels(&plan),
        ExportFormat::Transcripts => export::transcripts(&plan),
        ExportFormat::Bed => {
            let path = args
                .reference
                .as_ref()
                .ok_or_else(|| Failure::usage(anyhow!("a BED needs --reference with the plan's bundle")))?;
            let bundle = Bundle::open(path).map_err(Failure::resource)?;
            if bundle.hash() != plan.bundle_hash {
                return Err(Failure::resource(anyhow!(
                    "{}: the bundle is {}, but the plan was made with {}; use the plan's bundle",
                    path.display(),
                    bundle.hash(),
                    plan.bundle_hash
                )));
            }
            export::bed(&plan, &bundle, args.padding)
        }
    };
    let text = text.map_err(|refusal| Failure::input(anyhow!(refusal)))?;
    whole_file::write(&args.output, text.as_bytes())?;
    Ok(ExitStatus::Done)
}
