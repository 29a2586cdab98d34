//! `ithaca directory`: imports, checks, compares and shows releases of the Test Directory.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::failure::{ExitStatus, Failure};
use crate::directory::code;
use crate::directory::diff::directory_diff;
use crate::directory::import::{DirectoryImport, import_directory};
use crate::directory::lint::{Lint, Severity};

/// Import, check, compare and show the Test Directory
#[derive(Args)]
pub struct DirectoryArgs {
    #[command(subcommand)]
    command: DirectoryCommand,
}

#[derive(Subcommand)]
enum DirectoryCommand {
    /// Read a release in any of its forms and write it as one versioned file
    Import {
        /// The release: CSV or TSV of the spreadsheet, parsed JSON, or a FHIR CodeSystem
        file: PathBuf,
        /// The file to write
        #[arg(short, long, value_name = "directory.json")]
        output: PathBuf,
        /// Release, where the source does not state it
        #[arg(long)]
        release: Option<String>,
    },
    /// Name every doubtful place of a release: row, cell, what is odd, what was understood, what to do
    Lint {
        /// The release
        file: PathBuf,
        /// One JSON object a line instead of words
        #[arg(long)]
        json: bool,
    },
    /// Say what changed from one release to another
    Diff {
        /// The earlier release
        before: PathBuf,
        /// The later release
        after: PathBuf,
    },
    /// Show what a test code stands for
    Show {
        /// The release
        directory: PathBuf,
        /// Test code (`R59.3`) or clinical indication (`R59`)
        code: String,
    },
}

/// Runs the subcommand.
///
/// # Errors
/// When a file is refused or cannot be written.
pub fn run(args: &DirectoryArgs) -> Result<ExitStatus, Failure> {
    let mut out = std::io::stdout().lock();
    match &args.command {
        DirectoryCommand::Import { file, output, release } => {
            import(&mut out, file, output, release.as_deref())
        }
        DirectoryCommand::Lint { file, json } => lint(&mut out, file, *json),
        DirectoryCommand::Diff { before, after } => diff(&mut out, before, after),
        DirectoryCommand::Show { directory, code } => show(&mut out, directory, code),
    }
}

fn read(path: &Path) -> Result<DirectoryImport, Failure> {
    import_directory(path).map_err(Failure::input)
}

fn import(
    out: &mut impl Write,
    file: &Path,
    output: &Path,
    release: Option<&str>,
) -> Result<ExitStatus, Failure> {
    let mut import = read(file)?;
    if let Some(release) = release {
        import.directory.release = release.to_owned();
    }
    let mut json = serde_json::to_vec_pretty(&import.directory).map_err(Failure::internal)?;
    json.push(b'\n');
    super::whole_file::write(output, &json)?;
    let counts = count(&import.lints);
    writeln!(
        out,
        "{}: release {}, {} tests; {} errors, {} warnings, {} notes{}",
        output.display(),
        import.directory.release,
        import.directory.tests.len(),
        counts[2],
        counts[1],
        counts[0],
        if import.lints.is_empty() { "" } else { " (see `ithaca directory lint`)" }
    )
    .map_err(Failure::internal)?;
    Ok(ExitStatus::Done)
}

fn count(lints: &[Lint]) -> [usize; 3] {
    [Severity::Note, Severity::Warning, Severity::Error]
        .map(|severity| lints.iter().filter(|lint| lint.severity == severity).count())
}

/// Writes lints, one a line.
pub(super) fn write_lints(out: &mut impl Write, lints: &[Lint], json: bool) -> Result<ExitStatus, Failure> {
    for lint in lints {
        let line = if json {
            serde_json::to_string(lint).map_err(Failure::internal)?
        } else {
            lint.to_string().replace('\n', " / ")
        };
        writeln!(out, "{line}").map_err(Failure::internal)?;
    }
    let errors = lints.iter().any(|lint| lint.severity == Severity::Error);
    Ok(if errors { ExitStatus::SomeFailed } else { ExitStatus::Done })
}

fn lint(out: &mut impl Write, file: &Path, json: bool) -> Result<ExitStatus, Failure> {
    write_lints(out, &read(file)?.lints, json)
}

fn diff(out: &mut impl Write, before: &Path, after: &Path) -> Result<ExitStatus, Failure> {
    let (before, after) = (read(before)?.directory, read(after)?.directory);
    writeln!(out, "code\tchange\tinvalidates_plans\t{}\t{}", before.release, after.release)
        .map_err(Failure::internal)?;
    for change in directory_diff(&before, &after) {
        let cells = [&change.before, &change.after].map(|text| text.replace(['\t', '\n'], " "));
        let invalidates = if change.invalidates_plans { "yes" } else { "no" };
        writeln!(out, "{}\t{}\t{invalidates}\t{}\t{}", change.code, change.what, cells[0], cells[1])
            .map_err(Failure::internal)?;
    }
    Ok(ExitStatus::Done)
}

fn show(out: &mut impl Write, path: &Path, wanted: &str) -> Result<ExitStatus, Failure> {
    let directory = read(path)?.directory;
    let wanted = code::normalise(wanted);
    let tests: Vec<_> =
        directory.tests.iter().filter(|test| test.code.0 == wanted || test.indication == wanted).collect();
    if tests.is_empty() {
        return Err(Failure::input(anyhow::anyhow!(
            "{}: release {} has no test and no clinical indication '{wanted}'",
            path.display(),
            directory.release
        )));
    }
    for test in tests {
        let json = serde_json::to_string_pretty(test).map_err(Failure::internal)?;
        writeln!(out, "{json}").map_err(Failure::internal)?;
    }
    Ok(ExitStatus::Done)
}
