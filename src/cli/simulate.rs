//! `ithaca simulate`.

use std::path::PathBuf;

use clap::Args;

use super::failure::{ExitStatus, Failure};
use crate::simulate::{DEFAULT_SEED, Settings, SimulateError, write_world};

/// Write a small simulated world with known truth: genome, genes, directory, panels and families.
#[derive(Args)]
pub struct SimulateArgs {
    /// Folder to write into; files there are replaced.
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
    /// The same seed gives the same bytes.
    #[arg(long, default_value_t = DEFAULT_SEED)]
    seed: u64,
    /// Multiplies genome length, genes and background variants.
    #[arg(long, default_value_t = 1, value_name = "K")]
    scale: u32,
}

/// Runs the subcommand.
///
/// # Errors
/// Usage errors for a scale out of range, internal ones where files can't be written.
pub fn run(args: &SimulateArgs) -> Result<ExitStatus, Failure> {
    let settings = Settings { seed: args.seed, scale: args.scale };
    match write_world(&settings, &args.output) {
        Ok(()) => Ok(ExitStatus::Done),
        Err(error @ SimulateError::Write { .. }) => Err(Failure::internal(error)),
        Err(error) => Err(Failure::usage(error)),
    }
}
