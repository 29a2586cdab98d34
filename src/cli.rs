//! The command line: what was typed becomes typed configuration; nothing below knows of it.

mod annotate;
mod coverage;
mod date;
mod directory;
mod explain;
pub mod failure;
pub mod inheritance;
mod knowledge;
mod log;
mod output_folder;
mod panel;
mod plan;
mod progress;
mod reference;
mod report;
mod run;
mod samplesheet;
mod simulate;
mod stop;
mod threads;
mod whole_file;

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
    /// Run a batch: plan, read, interpret and report every referral of a samplesheet
    Run(run::RunArgs),
    /// Resolve and print the plan of each referral; runs nothing
    Plan(plan::PlanArgs),
    /// Annotate every allele of a VCF or BCF with consequence and HGVS
    Annotate(annotate::AnnotateArgs),
    /// Explain why a variant is, or is not, in a report
    Explain(explain::ExplainArgs),
    Coverage(coverage::CoverageArgs),
    /// Build, show and verify the knowledge bundle
    #[command(subcommand)]
    Reference(reference::ReferenceCommand),
    Directory(directory::DirectoryArgs),
    Panel(panel::PanelArgs),
    Report(report::Arguments),
    Simulate(simulate::SimulateArgs),
    /// Test every variant of a family against every mode of inheritance: yes, no or possible
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
            let _ = writeln!(std::io::stderr(), "ithaca: {}", failure.words());
            failure.status.into()
        }
    }
}

fn dispatch(command: Command) -> Result<ExitStatus, Failure> {
    match command {
        Command::Coverage(args) => coverage::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Annotate(args) => annotate::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Report(arguments) => report::run(arguments),
        Command::Reference(command) => reference::run(command),
        Command::Directory(args) => directory::run(&args),
        Command::Panel(args) => panel::run(&args),
        Command::Inheritance(args) => inheritance::run(&args),
    }
}
