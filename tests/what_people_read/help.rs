//! `--help` of the program and of every subcommand, found as a person finds them: in the help above.

use super::{hold, hyphenated, ithaca};

/// The names in the list of commands of a help text, without `help` itself.
fn commands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    list.take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|name| name != "help")
        .collect()
}

#[test]
fn help_of_every_subcommand() {
    let mut waiting = vec![vec![]];
    let mut texts = Vec::new();
    while let Some(path) = waiting.pop() {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let help = ithaca(&[&words[..], &["--help"]].concat()).expect_code(0).stdout;
        for command in commands(&help) {
            waiting.push([&path[..], &[command]].concat());
        }
        texts.push((hyphenated(&[&["ithaca"], &words[..]].concat()), help));
    }
    assert!(texts.len() > 20, "only {} commands were found", texts.len());
    hold("help", texts);
}
