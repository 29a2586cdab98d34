//! Imports run downwards only: the table of the architecture, held against the source.
//!
//! `layering/table.rs` has a row for each room, for each crate that is kept to some rooms, and for what may
//! be long. Paths are read from the syntax and followed to where an item really is, so that relative paths,
//! aliases, globs, re-exports and the insides of macros count as what they are.

mod attributes;
mod check;
mod crates;
mod load;
mod planted;
mod resolve;
mod rules;
mod sizes;
mod survey;
mod table;
mod tokens;
mod tree;
mod uses;
mod walk;

use std::fs;
use std::path::Path;

use check::faults;
use survey::Survey;

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn imports_run_downwards_and_rooms_keep_their_size() {
    let survey = Survey::of(package());
    assert!(survey.lengths.len() > 20, "the source was not found under {}", package().display());
    let faults = faults(&table::rules(), &survey);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn main_is_short_and_there_is_no_mod_rs() {
    let source = package().join("src");
    assert!(fs::read_to_string(source.join("main.rs")).unwrap().lines().count() <= 40);
    for file in load::rust_files(&source) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(!["mod.rs", "utils.rs", "helpers.rs"].contains(&name), "{}", file.display());
    }
}
