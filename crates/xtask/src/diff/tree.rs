//! Two folders of outputs, file by file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::change::{Change, What};
use super::compare::compare as compare_texts;

/// What one file differs in.
pub struct FileDifference {
    /// Its path below the folder, with `/`.
    pub name: String,
    /// What differs.
    pub changes: Vec<Change>,
    /// Places that differ in what is masked only.
    pub masked: usize,
}

/// Compares every file of two folders; one entry a file, differing or not, in the order of their names.
pub fn compare(base: &Path, branch: &Path) -> Result<Vec<FileDifference>> {
    let mut names = BTreeSet::new();
    for folder in [base, branch] {
        list(folder, folder, &mut names)?;
    }
    names.into_iter().map(|name| file(base, branch, name)).collect()
}

fn file(base: &Path, branch: &Path, name: String) -> Result<FileDifference> {
    let only = |side: &str| vec![Change::at("", What::Only(format!("only the {side} writes this file")))];
    let (changes, masked) = match (read(&base.join(&name))?, read(&branch.join(&name))?) {
        (Some(before), Some(after)) => match (String::from_utf8(before), String::from_utf8(after)) {
            (Ok(before), Ok(after)) => {
                let comparison = compare_texts(&name, &before, &after);
                (comparison.changes, comparison.masked)
            }
            (before, after) => {
                let bytes = |side: Result<String, std::string::FromUtf8Error>| match side {
                    Ok(text) => text.into_bytes(),
                    Err(error) => error.into_bytes(),
                };
                let differ = bytes(before) != bytes(after);
                let words = "the bytes differ, and are not text";
                let changes = differ.then(|| Change::at("", What::Only(words.to_owned())));
                (changes.into_iter().collect(), 0)
            }
        },
        (Some(_), None) => (only("base"), 0),
        _ => (only("branch"), 0),
    };
    Ok(FileDifference { name, changes, masked })
}

fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Files below a folder. Names that start with a dot (the compiled bundle, a lock) are the program's own.
fn list(folder: &Path, root: &Path, names: &mut BTreeSet<String>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path: PathBuf = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            list(&path, root, names)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            names.insert(relative.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
        }
    }
    Ok(())
}
