//! Every help text of a program, as the program itself lists its subcommands.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::steps::Step;

/// Levels of subcommands, at most.
const DEEPEST: usize = 4;

/// One step for each help text: the program's own, and those of its subcommands.
pub fn help(place: &Path) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    below(place, &[], &mut steps)?;
    Ok(steps)
}

fn below(place: &Path, command: &[String], steps: &mut Vec<Step>) -> Result<()> {
    let words: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
    let name = if command.is_empty() { "ithaca".to_owned() } else { command.join("-") };
    steps.push(Step::new(format!("help-{name}"), format!("help/{name}.txt"), &words));
    let output = Command::new("./ithaca").args(&words).current_dir(place).output();
    let printed = output.context("the program cannot be started")?.stdout;
    for subcommand in subcommands(&String::from_utf8_lossy(&printed)) {
        if command.len() < DEEPEST {
            below(place, &[command, &[subcommand]].concat(), steps)?;
        }
    }
    Ok(())
}

/// The subcommands of a help text: the first word of each line under `Commands:`, but for `help` and for lines that
/// go on with the words of the one above.
fn subcommands(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    lines
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subcommands_are_read_from_the_help() {
        let help = "Words\n\nUsage: x <COMMAND>\n\nCommands:\n  run     Run a batch\n  report  Renders a report, or\n\
                    \x20         a page\n  help    Print this\n\nOptions:\n  -h, --help  Print help\n";
        assert_eq!(subcommands(help), ["run", "report"]);
        assert!(subcommands("Usage: x [OPTIONS]\n\nOptions:\n  -h  Print help\n").is_empty());
    }
}
