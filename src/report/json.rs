//! The canonical JSON: keys in the order of the model's fields, two spaces of indent, one newline at the end.

use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ReportError;
use super::model::{Batch, Report};
use super::renderers::{BatchRenderer, Renderer, always};
use crate::model::guideline::Guideline;

/// The row of this format.
pub(super) const RENDERER: Renderer = Renderer {
    id: "json",
    file: "report.json",
    media_type: "application/json",
    source: Guideline::new("JSON Schema", "docs/schema/report.schema.json", "2020-12"),
    words: "The canonical JSON: every fact of the report, from which every other format is rendered",
    is_written: always,
    render: write_json,
    batch: Some(BatchRenderer { file: "batch.json", render: write_batch_json }),
};

/// The report as JSON. The same model gives the same bytes.
///
/// # Errors
/// None in practice: every type of the model has a JSON form.
pub fn write_json(report: &Report) -> Result<String, ReportError> {
    canonical(report)
}

/// The batch as JSON.
///
/// # Errors
/// As [`write_json`].
pub fn write_batch_json(batch: &Batch) -> Result<String, ReportError> {
    canonical(batch)
}

/// Reads a stored report.
///
/// # Errors
/// When the text is not a report of this layout, or breaks one of its rules (a funnel that does not add
/// up, a percentage above 100, a filled signature).
pub fn read_json(text: &str) -> Result<Report, ReportError> {
    parse(text)
}

/// Reads a stored batch.
///
/// # Errors
/// As [`read_json`].
pub fn read_batch_json(text: &str) -> Result<Batch, ReportError> {
    parse(text)
}

/// JSON Schema (2020-12) of `report.json`, as committed in `docs/schema/report.schema.json`.
///
/// # Errors
/// None in practice.
pub fn report_schema() -> Result<String, ReportError> {
    schema::<Report>()
}

/// JSON Schema (2020-12) of `batch.json`, as committed in `docs/schema/batch.schema.json`.
///
/// # Errors
/// None in practice.
pub fn batch_schema() -> Result<String, ReportError> {
    schema::<Batch>()
}

fn schema<T: schemars::JsonSchema>() -> Result<String, ReportError> {
    canonical(&SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>())
}

fn canonical<T: Serialize>(value: &T) -> Result<String, ReportError> {
    let mut text = serde_json::to_string_pretty(value).map_err(ReportError::Json)?;
    text.push('\n');
    Ok(text)
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ReportError> {
    serde_json::from_str(text).map_err(ReportError::Stored)
}
