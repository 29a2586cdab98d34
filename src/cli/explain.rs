//! `ithaca explain`: why a variant is, or is not, in a report.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::failure::{ExitStatus, Failure};
use crate::explain::{ExplainError, explain};

/// Arguments of `ithaca explain`.
#[derive(Args)]
pub struct ExplainArgs {
    /// Folder with one referral's results
    #[arg(long, value_name = "OUT/REFERRAL")]
    results: PathBuf,
    /// The variant, as CHROM-POS-REF-ALT (1-based, in any equivalent representation)
    #[arg(value_name = "CHROM-POS-REF-ALT")]
    variant: String,
}

/// Prints the explanation.
pub fn run(args: &ExplainArgs) -> Result<ExitStatus, Failure> {
    let text = explain(&args.results, &args.variant).map_err(|fault| match fault {
        ExplainError::Variant { .. } | ExplainError::Results(_) => Failure::usage(fault),
        ExplainError::Knowledge(_) | ExplainError::Changed { .. } => Failure::resource(fault),
        _ => Failure::input(fault),
    })?;
    std::io::stdout().lock().write_all(text.as_bytes()).map_err(Failure::internal)?;
    Ok(ExitStatus::Done)
}
