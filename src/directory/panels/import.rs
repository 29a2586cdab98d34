//! Reads panel files: PanelApp API objects and pages, a hub's panel dump, and files of our own.

pub mod dump;
pub mod entities;
mod genepanels;
pub mod listing;
pub mod panelapp;

use std::path::Path;

use serde_json::Value;

use self::listing::SignOff;
use crate::directory::error::DirectoryError;
use crate::directory::lint::Lint;
use crate::model::panel::{PanelSource, PanelVersion};

const EXPECTED: &str = "a PanelApp panel, a page of panels (`results`), a list of panels, a panel dump, \
                        a hub's genepanels.tsv, \
                        or a file written by `panel import`";

/// What one file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelImport {
    /// Panel versions, in file order.
    pub panels: Vec<PanelVersion>,
    /// Sign-offs that the file states without the panel's entries (the signed-off list of the API).
    pub sign_offs: Vec<SignOff>,
    /// Doubtful places.
    pub lints: Vec<Lint>,
}

/// Reads a file of panels; the form is told by its content.
///
/// # Errors
/// When the file cannot be read, is cut short, or is none of the known forms.
pub fn import_panels(path: &Path) -> Result<PanelImport, DirectoryError> {
    let bytes =
        std::fs::read(path).map_err(|source| DirectoryError::Read { path: path.to_owned(), source })?;
    read_panels(path, &bytes)
}

/// Reads the bytes of a file of panels; `path` is used in messages, and to tell the Australian PanelApp.
///
/// # Errors
/// As [`import_panels`].
pub fn read_panels(path: &Path, bytes: &[u8]) -> Result<PanelImport, DirectoryError> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // One pass straight into the typed form: by far the most files are one panel of the API.
    if let Ok(panel) = serde_json::from_slice::<panelapp::ApiPanel>(text)
        && panel.is_whole()
    {
        let mut import = PanelImport::default();
        panelapp::add(&mut import, panel, path, bytes, &mut SourceHash::default());
        return Ok(import);
    }
    if let Ok(table) = std::str::from_utf8(text)
        && genepanels::is_genepanels(table)
    {
        return genepanels::read(path, bytes, table);
    }
    let value: Value = serde_json::from_slice(text)
        .map_err(|source| DirectoryError::Json { path: path.to_owned(), source })?;
    let mut import = PanelImport::default();
    let mut hash = SourceHash::default();
    let link = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let (next, previous) = (link("next"), link("previous"));
    let from_australia = [&next, &previous].into_iter().flatten().any(|link| panelapp::is_australian(link));
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut object) => {
            if let Some(next) = next {
                import.lints.push(listing::more_pages(path, &next));
            }
            match object.remove("results").or_else(|| object.remove("panels")) {
                Some(Value::Array(items)) => items,
                Some(other) => return Err(unknown_form(path, &other)),
                None => vec![Value::Object(object)],
            }
        }
        other => return Err(unknown_form(path, &other)),
    };
    if items.is_empty() {
        return Err(unknown_form(path, &Value::Array(items)));
    }
    for item in items {
        add_item(&mut import, item, path, bytes, &mut hash)?;
    }
    if from_australia {
        import.panels.iter_mut().for_each(|panel| panel.source = PanelSource::Australia);
        import.sign_offs.iter_mut().for_each(|sign_off| sign_off.source = PanelSource::Australia);
    }
    Ok(import)
}

fn add_item(
    import: &mut PanelImport,
    item: Value,
    path: &Path,
    bytes: &[u8],
    hash: &mut SourceHash,
) -> Result<(), DirectoryError> {
    let json = |source| DirectoryError::Json { path: path.to_owned(), source };
    if item.get("source_hash").is_some() && item.get("entities").is_some() {
        import.panels.push(serde_json::from_value(item).map_err(json)?);
    } else if item.get("external_id").is_some() || item.get("panel_source").is_some() {
        dump::add(import, item, path, bytes, hash)?;
    } else if item.get("id").is_some() && item.get("version").is_some() && item.get("name").is_some() {
        let panel: panelapp::ApiPanel = serde_json::from_value(item).map_err(json)?;
        if panel.is_whole() {
            panelapp::add(import, panel, path, bytes, hash);
        } else {
            listing::add(import, &panel, path);
        }
    } else {
        return Err(unknown_form(path, &item));
    }
    Ok(())
}

fn unknown_form(path: &Path, value: &Value) -> DirectoryError {
    let found = match value {
        Value::Object(object) => {
            let keys: Vec<&str> = object.keys().take(6).map(String::as_str).collect();
            format!("an object with the keys {}", keys.join(", "))
        }
        Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        _ => "a bare value".to_owned(),
    };
    DirectoryError::UnknownForm { path: path.to_owned(), found, expected: EXPECTED }
}

/// BLAKE3 of the file, reckoned once however many panels it holds.
#[derive(Default)]
pub(crate) struct SourceHash(Option<String>);

impl SourceHash {
    pub(crate) fn of(&mut self, bytes: &[u8]) -> String {
        self.0.get_or_insert_with(|| blake3::hash(bytes).to_hex().to_string()).clone()
    }
}

#[cfg(test)]
mod tests;
