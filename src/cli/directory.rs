//! `ithaca directory`: imports, checks, compares and shows releases of the Test Directory.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};

use super::date::today;
use super::failure::{ExitStatus, Failure};
use crate::directory::check::{dated_after, directory_genes};
use crate::directory::code;
use crate::directory::diff::directory_diff;
use crate::directory::import::{DirectoryImport, import_directory};
use crate::directory::lint::{Lint, Severity};
use crate::plan::stored::PLAN;
use crate::reference::bundle::Bundle;

/// Import, check, compare and show the Test Directory
#[derive(Args)]
pub struct DirectoryArgs {
    #[command(subcommand)]
    command: DirectoryCommand,
}

#[derive(Subcommand)]
enum DirectoryCommand {
    /// Read a release in any supported format and write it as one versioned file
    Import {
        /// The release: the spreadsheet as CSV or TSV, parsed JSON, or a FHIR CodeSystem
        file: PathBuf,
        /// The file to write
        #[arg(short, long, value_name = "directory.json")]
        output: PathBuf,
        /// Release, if the source does not state it
        #[arg(long)]
        release: Option<String>,
    },
    /// List every doubtful entry of a release: row, cell, the problem, how it was read, what to do
    Lint {
        /// The release
        file: PathBuf,
        /// Check the genes against this bundle's gene table
        #[arg(long, value_name = "BUNDLE")]
        reference: Option<PathBuf>,
        /// One JSON object per line instead of text
        #[arg(long)]
        json: bool,
    },
    /// Report what changed from one release to another
    Diff {
        /// The earlier release
        before: PathBuf,
        /// The later release
        after: PathBuf,
        /// Folder of results or stored plans: list the past referrals that each change affects
        #[arg(long, value_name = "OUT")]
        results: Option<PathBuf>,
    },
    /// Show the test or clinical indication of a code
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
        DirectoryCommand::Lint { file, reference, json } => lint(&mut out, file, reference.as_deref(), *json),
        DirectoryCommand::Diff { before, after, results } => {
            diff(&mut out, before, after, results.as_deref())
        }
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
    import.lints.extend(dated_after(&import.directory, &today()));
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

fn lint(
    out: &mut impl Write,
    file: &Path,
    reference: Option<&Path>,
    json: bool,
) -> Result<ExitStatus, Failure> {
    let import = read(file)?;
    let mut lints = dated_after(&import.directory, &today());
    lints.extend(import.lints);
    if let Some(bundle) = reference {
        let bundle = Bundle::open(bundle).map_err(Failure::resource)?;
        lints.extend(directory_genes(&import.directory, bundle.genes()));
        lints.sort_by_key(|lint| lint.row);
    }
    write_lints(out, &lints, json)
}

fn diff(
    out: &mut impl Write,
    before: &Path,
    after: &Path,
    results: Option<&Path>,
) -> Result<ExitStatus, Failure> {
    let (before, after) = (read(before)?.directory, read(after)?.directory);
    let past = results.map(past_referrals).transpose()?.unwrap_or_default();
    let last = if results.is_some() { "\treferrals" } else { "" };
    writeln!(out, "code\tchange\tinvalidates_plans\t{}\t{}{last}", before.release, after.release)
        .map_err(Failure::internal)?;
    for change in directory_diff(&before, &after) {
        let cells = [&change.before, &change.after].map(|text| text.replace(['\t', '\n'], " "));
        let invalidates = if change.invalidates_plans { "yes" } else { "no" };
        let touched = match results {
            Some(_) => {
                let ids = past.referrals.get(&change.code).map_or(&[][..], Vec::as_slice);
                format!("\t{}", ids.join(";"))
            }
            None => String::new(),
        };
        writeln!(out, "{}\t{}\t{invalidates}\t{}\t{}{touched}", change.code, change.what, cells[0], cells[1])
            .map_err(Failure::internal)?;
    }
    for fault in &past.unread {
        writeln!(std::io::stderr(), "ithaca: {fault}").map_err(Failure::internal)?;
    }
    Ok(if past.unread.is_empty() { ExitStatus::Done } else { ExitStatus::SomeFailed })
}

/// What a folder of results or stored plans tells of past referrals.
#[derive(Default)]
struct Past {
    /// Referrals by the code of each test in their plan.
    referrals: BTreeMap<String, Vec<String>>,
    /// Plans that cannot be read, and why.
    unread: Vec<String>,
}

fn past_referrals(folder: &Path) -> Result<Past, Failure> {
    let refused = || format!("{}: cannot be read; use a folder of results", folder.display());
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(refused).map_err(Failure::input)? {
        let path = entry.with_context(refused).map_err(Failure::input)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.join(PLAN).is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    let mut past = Past::default();
    for folder in folders {
        match super::plan::read(&folder) {
            Err(fault) => past.unread.push(fault.words()),
            Ok(plan) => {
                for test in &plan.tests {
                    past.referrals.entry(test.code.0.clone()).or_default().push(plan.referral.id.clone());
                }
            }
        }
    }
    Ok(past)
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
