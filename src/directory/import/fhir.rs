//! The Directory as a FHIR CodeSystem: codes and names, without targets.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::DirectoryImport;
use crate::directory::check;
use crate::directory::code;
use crate::directory::error::DirectoryError;
use crate::directory::lint::{Lint, Severity};
use crate::model::directory::{DirectoryTest, TestCode, TestDirectory, TestTarget};

/// Said as the target of every code.
const NO_TARGET: &str = "the FHIR CodeSystem gives no target";

#[derive(Deserialize)]
struct CodeSystem {
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    concept: Vec<Concept>,
}

#[derive(Deserialize)]
struct Concept {
    code: String,
    #[serde(default)]
    display: Option<String>,
    #[serde(default)]
    concept: Vec<Concept>,
}

/// Reads the form. Concepts may be nested: an indication above its tests.
pub(super) fn read(path: &Path, value: Value, hash: String) -> Result<DirectoryImport, DirectoryError> {
    let system: CodeSystem = serde_json::from_value(value)
        .map_err(|source| DirectoryError::Json { path: path.to_owned(), source })?;
    let mut tests = Vec::new();
    let mut lints = Vec::new();
    let mut row = 0;
    for concept in system.concept {
        add(concept, "", &mut row, &mut tests, &mut lints);
    }
    if tests.is_empty() {
        return Err(DirectoryError::NoTests { path: path.to_owned() });
    }
    lints.push(Lint::new(
        Severity::Warning,
        0,
        "concept",
        format!("{} codes", tests.len()),
        "codes and names only: its tests can be planned only with panels in the samplesheet",
        "import the spreadsheet of the same release",
    ));
    let release = system.version.filter(|v| !v.is_empty());
    let release = release.unwrap_or_else(|| super::release::NOT_STATED.to_owned());
    let dates = super::dates::of(system.date.as_deref().into_iter());
    let directory = TestDirectory { release, source_hash: hash, dates, tests };
    // Without methods, the check of methods says nothing.
    lints.extend(check::directory(&directory).into_iter().filter(|lint| lint.column != "Test Method"));
    Ok(DirectoryImport { directory, lints })
}

fn add(concept: Concept, above: &str, row: &mut u32, tests: &mut Vec<DirectoryTest>, lints: &mut Vec<Lint>) {
    *row += 1;
    let code = code::normalise(&concept.code);
    let name = concept.display.unwrap_or_default().trim().to_owned();
    let name = if name.is_empty() { above.to_owned() } else { name };
    if !code::is_indication(&code) || concept.concept.is_empty() {
        if name.is_empty() {
            let remedy = "none";
            lints.push(Lint::new(Severity::Note, *row, "display", &code, "a code without a name", remedy));
        }
        tests.push(DirectoryTest {
            indication: code.split('.').next().unwrap_or_default().to_owned(),
            code: TestCode(code),
            name: name.clone(),
            target: TestTarget::Unresolved(NO_TARGET.to_owned()),
            target_raw: String::new(),
            method: String::new(),
            commissioning: String::new(),
            specialist_group: String::new(),
            changes: String::new(),
            sheet: String::new(),
            row: *row,
        });
    }
    for child in concept.concept {
        add(child, &name, row, tests, lints);
    }
}
