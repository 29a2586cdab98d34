//! Commands for those who work on Ithaca; `cargo xtask --help` lists them.

mod diff;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Commands for those who work on Ithaca.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Diff(diff::DiffArgs),
}

fn main() -> ExitCode {
    let Command::Diff(args) = Cli::parse().command;
    match diff::run(&args) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        Err(error) => {
            // Nothing can be done where standard error is closed.
            let _ = writeln!(std::io::stderr(), "cargo xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
