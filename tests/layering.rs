//! Imports run downwards only: the table of the architecture, held against the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const STAGES: &[&str] = &[
    "directory",
    "read",
    "normalise",
    "annotate",
    "filter",
    "family",
    "tier",
    "quality",
    "report",
    "simulate",
    "write",
];

/// What a top-level module may import.
fn allowed(module: &str) -> BTreeSet<&'static str> {
    let mut modules: BTreeSet<&str> = ["model"].into();
    match module {
        "model" => {
            modules.clear();
        }
        "reference" => {}
        "measure" => {
            modules.insert("reference");
            modules.extend(STAGES);
        }
        "run" => {
            modules.extend(["reference", "measure"]);
            modules.extend(STAGES);
        }
        "cli" => {
            modules.extend(["reference", "measure", "run"]);
            modules.extend(STAGES);
        }
        "main" | "lib" => {
            modules.insert("cli");
        }
        stage => {
            assert!(STAGES.contains(&stage), "src/{stage} is not in the layering table of tests/layering.rs");
            modules.insert("reference");
        }
    }
    modules
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// The modules that `text` names after `crate::`, single or in braces.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let preceded = text[..at].chars().next_back();
        if preceded.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.insert(first_word(&word));
                        word.clear();
                        continue;
                    }
                    _ => {}
                }
                word.push(c);
            }
            found.insert(first_word(&word));
        } else {
            found.insert(first_word(rest));
        }
    }
    found.remove("");
    found
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_run_downwards() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    assert!(files.len() > 20, "the source was not found under {}", source.display());

    let mut faults = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&source).unwrap();
        let first = relative.components().next().unwrap().as_os_str().to_str().unwrap();
        let module = first.trim_end_matches(".rs");
        let mut allowed = allowed(module);
        allowed.insert(module);
        let text = fs::read_to_string(&file).unwrap();
        for import in imports(&text) {
            if !allowed.contains(import.as_str()) {
                faults.push(format!(
                    "src/{} imports {import}, which lies above or beside it",
                    relative.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_all_forms() {
    let text = "use crate::{model::x, read::{a, b}, tier};\nlet y = crate::family::f();\nuse thecrate::no;";
    let found = imports(text);
    assert_eq!(found, ["family", "model", "read", "tier"].map(String::from).into());
}

#[test]
fn main_is_short_and_there_is_no_mod_rs() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert!(fs::read_to_string(source.join("main.rs")).unwrap().lines().count() <= 40);
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(!["mod.rs", "utils.rs", "helpers.rs"].contains(&name), "{}", file.display());
    }
}
