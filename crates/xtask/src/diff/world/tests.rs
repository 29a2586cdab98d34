use std::os::unix::fs::PermissionsExt;

use super::*;

/// A program that knows one subcommand, without the option `--date`.
const OLD: &str = "#!/bin/sh
[ \"$1\" = known ] || { echo \"error: unrecognized subcommand '$1'\" >&2; exit 2; }
for word; do [ \"$word\" != --date ] || { echo \"error: unexpected argument '--date' found\" >&2; exit 2; }; done
echo answer \"$@\"; exit 1
";

fn place(name: &str) -> PathBuf {
    let place = std::env::temp_dir().join(format!("xtask-diff-{}-{name}", std::process::id()));
    fs::create_dir_all(&place).unwrap();
    let program = place.join("ithaca");
    fs::write(&program, OLD).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    place
}

fn step(subcommand: &str) -> Step {
    Step {
        name: "a-step".to_owned(),
        arguments: vec![subcommand.to_owned()],
        options: vec![("--date", "2026-01-01"), ("--threads", "1")],
        printed: "a/step.txt".into(),
    }
}

#[test]
fn options_that_a_base_lacks_are_left_out() {
    let place = place("option");
    assert_eq!(one(&place, &step("known")).unwrap(), "1, without --date");
    assert_eq!(fs::read_to_string(place.join("out/a/step.txt")).unwrap(), "answer known --threads 1\n");
    fs::remove_dir_all(place).unwrap();
}

#[test]
fn a_subcommand_that_a_base_lacks_leaves_no_files() {
    let place = place("subcommand");
    let outcome = one(&place, &step("new")).unwrap();
    assert_eq!(outcome, "not available: error: unrecognized subcommand 'new'");
    assert!(!place.join("out/a/step.txt").exists() && !log_path(&place, &step("new")).exists());
    fs::remove_dir_all(place).unwrap();
}
