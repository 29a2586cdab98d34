//! The parsed form that hubs exchange: `indications`, each with `panels` of PanelApp and HGNC identifiers.
//!
//! Source: output of eastgenomics/test_directory_parser (MIT).

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::DirectoryImport;
use crate::directory::check;
use crate::directory::error::DirectoryError;
use crate::directory::lint::{Lint, Severity};
use crate::directory::{code, target};
use crate::model::directory::{DirectoryTest, NamedGene, TestCode, TestDirectory, TestTarget};
use crate::model::gene::HgncId;

#[derive(Deserialize)]
struct Parsed {
    #[serde(default)]
    td_source: Option<String>,
    #[serde(default)]
    date: Option<String>,
    indications: Vec<Indication>,
}

#[derive(Deserialize)]
struct Indication {
    #[serde(default)]
    name: Option<String>,
    code: String,
    #[serde(default)]
    test_method: Option<String>,
    #[serde(default)]
    panels: Option<Vec<Value>>,
    #[serde(default)]
    original_targets: Option<String>,
    #[serde(default)]
    changes: Option<String>,
}

/// Reads the form.
pub(super) fn read(path: &Path, value: Value, hash: String) -> Result<DirectoryImport, DirectoryError> {
    let parsed: Parsed = serde_json::from_value(value)
        .map_err(|source| DirectoryError::Json { path: path.to_owned(), source })?;
    if parsed.indications.is_empty() {
        return Err(DirectoryError::NoTests { path: path.to_owned() });
    }
    let source = parsed.td_source.unwrap_or_default();
    let mut lints = Vec::new();
    let tests = parsed.indications.into_iter().enumerate();
    let tests = tests.map(|(index, item)| test(index as u32 + 1, item, &mut lints)).collect();
    let release = super::release::of([source.as_str()].into_iter(), path);
    let dates = super::dates::of([source.as_str(), parsed.date.as_deref().unwrap_or_default()].into_iter());
    let directory = TestDirectory { release, source_hash: hash, dates, tests };
    lints.extend(check::directory(&directory));
    Ok(DirectoryImport { directory, lints })
}

fn test(row: u32, item: Indication, lints: &mut Vec<Lint>) -> DirectoryTest {
    let code = code::normalise(&item.code);
    let raw = item.original_targets.unwrap_or_default().trim().to_owned();
    let listed = item.panels.unwrap_or_default();
    let target = target_of(row, &raw, &listed, lints);
    DirectoryTest {
        indication: code.split('.').next().unwrap_or_default().to_owned(),
        code: TestCode(code),
        name: item.name.unwrap_or_default().trim().to_owned(),
        target,
        target_raw: if raw.is_empty() { shown(&listed) } else { raw },
        method: item.test_method.unwrap_or_default().trim().to_owned(),
        commissioning: String::new(),
        specialist_group: String::new(),
        changes: item.changes.unwrap_or_default().trim().to_owned(),
        sheet: String::new(),
        row,
    }
}

fn shown(listed: &[Value]) -> String {
    let words = listed.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    words.collect::<Vec<_>>().join(", ")
}

/// The row's own words decide; the list of identifiers fills in what they leave open.
fn target_of(row: u32, raw: &str, listed: &[Value], lints: &mut Vec<Lint>) -> TestTarget {
    let listed = listed.iter().map(Listed::of).collect::<Vec<_>>();
    let found = shown_listed(&listed);
    let mut say = |severity, understood: String, remedy: &str| {
        lints.push(Lint::new(severity, row, "panels", found.as_str(), understood, remedy));
    };
    if listed.iter().any(|item| matches!(item, Listed::Failed)) {
        let remedy = "check the symbol against the row's original targets";
        say(Severity::Warning, "a symbol that the hub's parser could not resolve".to_owned(), remedy);
    }
    let recognised = target::recognise(raw);
    let agrees = |words: &str| format!("{words}: '{raw}' takes precedence over the list");
    match recognised.target {
        TestTarget::Genes(mut genes) => {
            let ids: Vec<Option<HgncId>> = listed.iter().map(Listed::gene).collect();
            // The list keeps the order of the symbols; with another length it cannot be laid beside them.
            if ids.len() == genes.len() {
                for (gene, id) in genes.iter_mut().zip(ids) {
                    gene.hgnc_id = gene.hgnc_id.or(id);
                }
            } else if !listed.is_empty() {
                let understood = agrees("a different number of genes from the row");
                say(Severity::Warning, understood, "parse the release again");
            }
            TestTarget::Genes(genes)
        }
        TestTarget::Unresolved(text) => {
            let from_list = of_list(&listed);
            if let Some(target) = from_list {
                let understood = format!("the list, since '{raw}' is not understood");
                say(Severity::Note, understood, "check the row");
                return target;
            }
            recognised_lints(recognised.remarks, row, raw, lints);
            TestTarget::Unresolved(if text.is_empty() { found } else { text })
        }
        TestTarget::Panels(ids) => {
            let same = listed.iter().all(|item| matches!(item, Listed::Panel(id) if ids.contains(id)));
            if !same {
                say(Severity::Warning, agrees("different panels from the row"), "parse the release again");
            }
            TestTarget::Panels(ids)
        }
        other => other,
    }
}

fn recognised_lints(remarks: Vec<target::Remark>, row: u32, raw: &str, lints: &mut Vec<Lint>) {
    for remark in remarks {
        let column = "original_targets";
        lints.push(Lint::new(remark.severity, row, column, raw, remark.understood, remark.remedy));
    }
}

/// A target from the list alone: all panels or all genes, and nothing that failed.
fn of_list(listed: &[Listed]) -> Option<TestTarget> {
    if listed.is_empty() {
        return None;
    }
    let panels: Option<Vec<u32>> =
        listed.iter().map(|item| if let Listed::Panel(id) = item { Some(*id) } else { None }).collect();
    if let Some(panels) = panels {
        return Some(TestTarget::Panels(panels));
    }
    let genes: Option<Vec<NamedGene>> = listed
        .iter()
        .map(|item| item.gene().map(|id| NamedGene { symbol: id.to_string(), hgnc_id: Some(id) }))
        .collect();
    genes.map(TestTarget::Genes)
}

fn shown_listed(listed: &[Listed]) -> String {
    let words = listed.iter().map(|item| match item {
        Listed::Panel(id) => id.to_string(),
        Listed::Gene(id) => id.to_string(),
        Listed::Failed => "None".to_owned(),
        Listed::Odd(text) => text.clone(),
    });
    words.collect::<Vec<_>>().join(", ")
}

enum Listed {
    Panel(u32),
    Gene(HgncId),
    Failed,
    Odd(String),
}

impl Listed {
    fn of(value: &Value) -> Self {
        let text = match value {
            Value::Null => return Self::Failed,
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        if text.is_empty() || text.eq_ignore_ascii_case("none") {
            return Self::Failed;
        }
        if text.to_uppercase().starts_with("HGNC:") {
            return text.to_uppercase().parse().map_or(Self::Odd(text), Self::Gene);
        }
        text.parse().map_or(Self::Odd(text), Self::Panel)
    }

    fn gene(&self) -> Option<HgncId> {
        if let Self::Gene(id) = self { Some(*id) } else { None }
    }
}
