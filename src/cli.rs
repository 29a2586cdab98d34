//! The command line: what was typed becomes typed configuration; nothing below knows of it.

pub mod failure;
pub mod inheritance;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{ExitStatus, Failure};

/// Batch pipeline for clinical variant interpretation.
#[derive(Parser)]
#[command(name = "ithaca", version, about, after_help = failure::EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// One variant a subcommand; each has its own file beside this one.
#[derive(Subcommand)]
enum Command {
    /// Three-valued verdict of every mode of inheritance on every variant of a family
    Inheritance(inheritance::InheritanceArgs),
}

/// Parses the command line, runs it, and maps the outcome to an exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { ExitStatus::Usage } else { ExitStatus::Done };
            // A closed pipe while printing help is not an error.
            let _ = error.print();
            return code.into();
        }
    };
    match dispatch(cli.command) {
        Ok(status) => status.into(),
        Err(failure) if failure.is_broken_pipe() => ExitStatus::Done.into(),
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "ithaca: {:#}", failure.error);
            failure.status.into()
        }
    }
}

fn dispatch(command: Command) -> Result<ExitStatus, Failure> {
    match command {
        Command::Inheritance(args) => inheritance::run(&args),
    }
}
