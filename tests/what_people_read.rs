//! What people read, held as snapshots in `tests/snapshots/`, one file each: help, messages, reports, explanations.
//!
//! A changed text fails the test that holds it. `INSTA_UPDATE=always cargo test what_people_read` writes them all
//! anew; the difference in git is then what a reviewer reads.

#[path = "what_people_read/explanations.rs"]
mod explanations;
#[path = "what_people_read/help.rs"]
mod help;
#[path = "what_people_read/inputs.rs"]
mod inputs;
#[path = "what_people_read/messages.rs"]
mod messages;
#[path = "what_people_read/reports.rs"]
mod reports;
#[path = "what_people_read/visible_text.rs"]
mod visible_text;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::program::{Run, root};
use crate::world::{bundle, results};

/// A folder in which the commands run, so that all paths are short and the same everywhere: the simulated world, its
/// pipelines, bundle and results.
fn stage() -> &'static Path {
    static STAGE: OnceLock<PathBuf> = OnceLock::new();
    STAGE.get_or_init(|| {
        let stage = tempfile::tempdir().unwrap().keep();
        for name in ["test-data", "pipelines"] {
            symlink(root().join(name), stage.join(name)).unwrap();
        }
        symlink(bundle(), stage.join("bundle")).unwrap();
        symlink(results(), stage.join("results")).unwrap();
        stage
    })
}

/// A new folder below the stage, by the name that a command run there gives it.
fn folder(name: &str) -> PathBuf {
    let path = stage().join(name);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Runs the program in the stage. The width of a terminal and the settings of a log do not reach it.
fn ithaca(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ithaca"));
    command.args(arguments).current_dir(stage());
    command.env_remove("COLUMNS").env_remove("RUST_LOG").env_remove("CLICOLOR_FORCE");
    Run::of(command.output().unwrap())
}

/// The command and all that came of it.
fn session(arguments: &[&str]) -> String {
    let run = ithaca(arguments);
    let mut text = format!("$ ithaca {}", arguments.join(" ")).trim_end().to_owned() + "\n";
    for (stream, written) in [("standard output", &run.stdout), ("standard error", &run.stderr)] {
        if !written.is_empty() {
            text += &format!("--- {stream}\n{}\n", written.trim_end());
        }
    }
    text + &format!("--- exit code {}\n", run.code)
}

/// Compares each text with the snapshot of its name, to the end, so that one run names all that changed. A file of
/// the same kind that no text goes by is a fault too.
fn hold(kind: &str, texts: impl IntoIterator<Item = (String, String)>) {
    let folder = root().join("tests/snapshots");
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in [stage(), bundle(), results(), root()] {
        settings.add_filter(&format!("{}/?", escaped(path.to_str().unwrap())), "");
    }
    settings.add_filter(r"\d{4}-\d{2}-\d{2}T[0-9:.]+Z", "[time]");
    settings.add_filter(r"\b(20|1[0-9])\d{2}-\d{2}-\d{2}\b", "[date]");
    settings.add_filter(r"\b[0-9a-f]{64}\b", "[hash]");
    settings.add_filter(r"\b[0-9a-f]{16}\b", "[hash]");
    settings.add_filter(&format!(r"\b{}\b", escaped(env!("CARGO_PKG_VERSION"))), "[version]");
    let (mut held, mut changed) = (BTreeSet::new(), Vec::new());
    for (name, text) in texts {
        let name = format!("{kind}-{name}");
        let compare = || settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
        if catch_unwind(AssertUnwindSafe(compare)).is_err() {
            changed.push(name.clone());
        }
        assert!(held.insert(format!("{name}.snap")), "two texts are named {name}");
    }
    assert!(
        changed.is_empty(),
        "{} texts differ from tests/snapshots: {}. Where that is meant: INSTA_UPDATE=always cargo test what_people_read",
        changed.len(),
        changed.join(", ")
    );
    let of_this_kind = |name: &String| name.starts_with(&format!("{kind}-")) && name.ends_with(".snap");
    let left: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| of_this_kind(name) && !held.contains(name))
        .collect();
    assert!(left.is_empty(), "nothing is held against these files of tests/snapshots, remove them: {left:?}");
}

/// Text as a regular expression of itself.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| (!c.is_alphanumeric()).then_some('\\').into_iter().chain([c])).collect()
}

/// A hyphenated name for a file, from words.
fn hyphenated(words: &[&str]) -> String {
    words.join("-").replace(' ', "-")
}
