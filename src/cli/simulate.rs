//! `ithaca simulate`: a world with known truth, and results held against it.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use ithaca_simulate::score::{SAMPLESHEET, score};
use ithaca_simulate::{DEFAULT_SEED, Settings, SimulateError, write_world};

use super::failure::{ExitStatus, Failure};

/// Write a small simulated world with known truth, or check results against the truth of one
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct SimulateArgs {
    #[command(subcommand)]
    command: Option<SimulateCommand>,
    /// Folder to write into; files there are replaced.
    #[arg(long, short, value_name = "DIR", required = true)]
    output: Option<PathBuf>,
    /// The same seed gives the same bytes.
    #[arg(long, default_value_t = DEFAULT_SEED)]
    seed: u64,
    /// Multiplies genome length, genes and background variants.
    #[arg(long, default_value_t = 1, value_name = "K")]
    scale: u32,
}

#[derive(Subcommand)]
enum SimulateCommand {
    Score(ScoreArgs),
}

/// Hold the results of a run against the truth of the world it was run on: the acceptance test of an installation
///
/// One line for each row that is wrong: what was expected, what was found, in which file. Exit code 0 where every
/// row is right, 1 where one is wrong, 3 where the results or the world cannot be read.
#[derive(Args)]
struct ScoreArgs {
    /// Folder of results that `ithaca run` wrote.
    results: PathBuf,
    /// Folder of the world, with its truth.tsv.
    world: PathBuf,
    /// Samplesheet of the world whose referrals must all be in the results; may be given more than once.
    #[arg(long = "samplesheet", value_name = "NAME", default_value = SAMPLESHEET)]
    samplesheets: Vec<String>,
    /// A line for each row that is right, too.
    #[arg(long, short)]
    verbose: bool,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A form of the score.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Text,
    /// For a program: every row, right or wrong.
    Json,
}

/// Runs the subcommand.
///
/// # Errors
/// Usage errors for a scale out of range, internal ones where files can't be written; input refused where results
/// or the world they are held against can't be read.
pub fn run(args: &SimulateArgs) -> Result<ExitStatus, Failure> {
    match (&args.command, &args.output) {
        (Some(SimulateCommand::Score(args)), _) => run_score(args),
        (None, Some(output)) => {
            let settings = Settings { seed: args.seed, scale: args.scale };
            match write_world(&settings, output) {
                Ok(()) => Ok(ExitStatus::Done),
                Err(error @ SimulateError::Write { .. }) => Err(Failure::internal(error)),
                Err(error) => Err(Failure::usage(error)),
            }
        }
        (None, None) => {
            Err(Failure::usage(anyhow::anyhow!("--output is missing: name a folder to write into")))
        }
    }
}

fn run_score(args: &ScoreArgs) -> Result<ExitStatus, Failure> {
    let score = score(&args.results, &args.world, &args.samplesheets).map_err(Failure::input)?;
    let text = match args.format {
        Format::Text => score.lines(args.verbose),
        Format::Json => score.json().map_err(Failure::internal)?,
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context("cannot write to standard output")
        .map_err(Failure::internal)?;
    Ok(if score.all_right() { ExitStatus::Done } else { ExitStatus::SomeFailed })
}
