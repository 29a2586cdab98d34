//! `ithaca report`: renders a stored report again.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::failure::{ExitStatus, Failure};
use crate::report::renderers::{RENDERERS, Renderer};
use crate::report::{ReportError, read_batch_json, read_json};

/// Name of the stored report in a referral's folder.
const REPORT: &str = "report.json";
/// Name of the stored summary in a batch's folder.
const BATCH: &str = "batch.json";

/// Render a report again from its stored report.json, or a batch's page from its batch.json. The same stored
/// file always gives the same output.
#[derive(Args)]
pub struct Arguments {
    /// The results folder of a referral or a batch, or its report.json or batch.json.
    #[arg(value_name = "RESULTS")]
    results: PathBuf,
    /// Format to render.
    #[arg(long, value_parser = formats(), default_value = "html")]
    format: Format,
    /// File to write; standard output by default.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats that a report can be rendered to, as the list of renderers has them.
fn formats() -> impl TypedValueParser<Value = Format> {
    let values = RENDERERS.iter().map(|row| PossibleValue::new(row.id).help(row.words));
    PossibleValuesParser::new(values).try_map(|id| format_of(&id).ok_or(UnknownFormat))
}

/// A format of the list.
#[derive(Clone, Copy)]
struct Format(&'static Renderer);

/// No format of the list.
#[derive(Debug, thiserror::Error)]
#[error("no such format")]
struct UnknownFormat;

fn format_of(id: &str) -> Option<Format> {
    RENDERERS.iter().find(|row| row.id == id).map(Format)
}

/// Runs the subcommand.
///
/// # Errors
/// When there is no stored report, it cannot be read, or the output cannot be written.
pub fn run(arguments: Arguments) -> Result<ExitStatus, Failure> {
    let stored = stored_report(&arguments.results)?;
    let text = std::fs::read_to_string(&stored)
        .with_context(|| format!("cannot read {}", stored.display()))
        .map_err(Failure::input)?;
    let rendered = render(&stored, &text, arguments.format).map_err(|error| match error {
        ReportError::Stored(_) => {
            Failure::input(anyhow::Error::new(error).context(stored.display().to_string()))
        }
        error => Failure::internal(error),
    })?;
    let rendered = rendered.ok_or_else(|| {
        Failure::input(anyhow::anyhow!(
            "a batch has no {}: name the folder of one referral",
            arguments.format.0.file
        ))
    })?;
    match arguments.output {
        Some(path) => super::whole_file::write(&path, rendered.as_bytes())?,
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(rendered.as_bytes())
                .and_then(|()| out.flush())
                .context("cannot write to standard output")
                .map_err(Failure::internal)?;
        }
    }
    Ok(ExitStatus::Done)
}

/// Nothing where a batch is asked for in a format that only referrals have.
fn render(stored: &Path, text: &str, Format(renderer): Format) -> Result<Option<String>, ReportError> {
    if stored.file_name().is_some_and(|name| name == BATCH) {
        let batch = read_batch_json(text)?;
        return renderer.batch.as_ref().map(|of_batch| (of_batch.render)(&batch)).transpose();
    }
    (renderer.render)(&read_json(text)?).map(Some)
}

fn stored_report(results: &Path) -> Result<PathBuf, Failure> {
    if !results.is_dir() {
        return Ok(results.to_owned());
    }
    [REPORT, BATCH].map(|name| results.join(name)).into_iter().find(|stored| stored.is_file()).ok_or_else(
        || {
            Failure::input(anyhow::anyhow!(
                "{} has no {REPORT} and no {BATCH}; use the folder of a completed referral or batch",
                results.display()
            ))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../docs/schema/examples/report.json");

    fn report(results: &Path, format: &str, output: &Path) -> Result<ExitStatus, Failure> {
        let format = format_of(format).unwrap();
        run(Arguments { results: results.to_owned(), format, output: Some(output.to_owned()) })
    }

    #[test]
    fn a_stored_report_renders_again_to_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("report.json"), EXAMPLE).unwrap();
        let json = folder.path().join("again.json");
        report(folder.path(), "json", &json).unwrap();
        assert_eq!(std::fs::read_to_string(&json).unwrap(), EXAMPLE);
        let html = folder.path().join("again.html");
        report(&json, "html", &html).unwrap();
        assert!(std::fs::read_to_string(&html).unwrap().starts_with("<!DOCTYPE html>"));
    }

    #[test]
    fn a_batch_renders_again_too() {
        let folder = tempfile::tempdir().unwrap();
        let batch = include_str!("../../docs/schema/examples/batch.json");
        std::fs::write(folder.path().join("batch.json"), batch).unwrap();
        let again = folder.path().join("again.json");
        report(folder.path(), "json", &again).unwrap();
        assert_eq!(std::fs::read_to_string(&again).unwrap(), batch);
        report(folder.path(), "html", &folder.path().join("index.html")).unwrap();
        let none = report(folder.path(), "named-variants", &again).unwrap_err();
        assert_eq!(none.status, ExitStatus::InputRefused);
        assert!(none.error.to_string().contains("a batch has no named_variants.tsv"));
    }

    #[test]
    fn what_is_not_a_report_is_refused_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let html = folder.path().join("report.html");
        let missing = report(folder.path(), "html", &html).unwrap_err();
        assert_eq!(missing.status, ExitStatus::InputRefused);
        assert!(missing.error.to_string().contains("has no report.json"));
        std::fs::write(folder.path().join("report.json"), &EXAMPLE[..EXAMPLE.len() / 2]).unwrap();
        let cut = report(folder.path(), "html", &html).unwrap_err();
        assert_eq!(cut.status, ExitStatus::InputRefused);
        assert!(!html.exists());
    }
}
