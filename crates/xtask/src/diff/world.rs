//! Runs a program over a world: every command whose answer a reader or another program relies on.

mod family;
mod help;
mod steps;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use steps::Step;

/// The program's own words, of clap, for what it does not have.
const LACKING: &[&str] = &["error: unrecognized subcommand", "error: unexpected argument"];

/// Runs all steps and gives the folder of outputs, `work/SIDE`. What the program prints, its log and its exit codes
/// are files there, too.
pub fn run(program: &Path, pipelines: &Path, world: &Path, work: &Path, side: &str) -> Result<PathBuf> {
    let place = work.join("work");
    remove(&place)?;
    fs::create_dir_all(place.join("out"))?;
    for (name, target) in [("ithaca", program), ("world", world), ("pipelines", pipelines)] {
        std::os::unix::fs::symlink(target, place.join(name)).with_context(|| name.to_owned())?;
    }
    let mut exit_codes = String::from("step\texit code\n");
    let mut step_done = |step: &Step| -> Result<()> {
        let outcome = one(&place, step)?;
        exit_codes.push_str(&format!("{}\t{outcome}\n", step.name));
        Ok(())
    };
    say(side, "reference, run, plan, help")?;
    steps::batch(&place)?.iter().try_for_each(&mut step_done)?;
    say(side, "annotate, inheritance, explain")?;
    steps::singly(&place)?.iter().try_for_each(&mut step_done)?;
    fs::write(place.join("out/exit-codes.tsv"), exit_codes)?;
    let kept = work.join(side);
    remove(&kept)?;
    fs::rename(place.join("out"), &kept).with_context(|| kept.display().to_string())?;
    Ok(kept)
}

/// Runs a step, without those of its options that the program lacks, and gives its exit code in words.
fn one(place: &Path, step: &Step) -> Result<String> {
    let mut left_out: Vec<&str> = Vec::new();
    loop {
        let options = step.options.iter().filter(|(option, _)| !left_out.contains(option));
        let options = options.flat_map(|(option, value)| [*option, *value]);
        let arguments: Vec<&str> = step.arguments.iter().map(String::as_str).chain(options).collect();
        let (printed, log) = (place.join("out").join(&step.printed), log_path(place, step));
        for file in [&printed, &log] {
            fs::create_dir_all(file.parent().context("a file is in a folder")?)?;
        }
        let status = Command::new("./ithaca")
            .args(&arguments)
            .current_dir(place)
            .stdin(Stdio::null())
            .stdout(File::create(&printed)?)
            .stderr(File::create(&log)?)
            .status()
            .context("the program cannot be started")?;
        let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        for file in
            [&printed, &log].into_iter().filter(|file| file.metadata().is_ok_and(|data| data.len() == 0))
        {
            fs::remove_file(file)?;
        }
        let first = said.lines().next().unwrap_or_default();
        if !LACKING.iter().any(|words| first.starts_with(words)) {
            let code = status.code().map_or_else(|| "ended by a signal".to_owned(), |code| code.to_string());
            return Ok(match left_out.as_slice() {
                [] => code,
                options => format!("{code}, without {}", options.join(" ")),
            });
        }
        match step.options.iter().find(|(option, _)| first.contains(&format!("'{option}'"))) {
            Some((option, _)) => left_out.push(option),
            None => {
                remove(&log)?;
                return Ok(format!("not available: {first}"));
            }
        }
    }
}

fn log_path(place: &Path, step: &Step) -> PathBuf {
    place.join("out/messages").join(format!("{}.txt", step.name))
}

fn remove(path: &Path) -> Result<()> {
    let done = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match done {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| path.display().to_string())
        }
        _ => Ok(()),
    }
}

fn say(side: &str, what: &str) -> Result<()> {
    writeln!(std::io::stderr(), "{side}: {what}").context("standard error")
}

#[cfg(test)]
mod tests;
