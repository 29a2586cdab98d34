//! The programs: the base's source in a worktree of its own, and building.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Puts a revision's source into the worktree for bases and gives its folder. The worktree is kept, so that another
/// comparison compiles only what changed.
pub fn checkout(root: &Path, revision: &str) -> Result<PathBuf> {
    let folder = root.join("target/xtask/base-source");
    let commit = git(root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
        .with_context(|| format!("'{revision}' is not a revision of this repository"))?;
    let place = folder.display().to_string();
    if folder.join(".git").exists() {
        git(&folder, &["checkout", "--quiet", "--force", "--detach", &commit])?;
    } else {
        // The folder of an earlier worktree may have been removed with the rest of target.
        git(root, &["worktree", "prune"])?;
        git(root, &["worktree", "add", "--quiet", "--detach", &place, &commit])?;
    }
    Ok(folder)
}

/// Builds the program of a checkout and gives the path of a copy, which no later build replaces. Base and branch are
/// built in one target folder, so that dependencies are compiled once.
pub fn build(source: &Path, root: &Path, side: &str) -> Result<PathBuf> {
    let target = target_folder()?;
    let output = Command::new("cargo")
        .args(["build", "--locked", "--bin", "ithaca", "--message-format", "json-render-diagnostics"])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(source)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be started")?;
    ensure!(output.status.success(), "{}: the program could not be built", source.display());
    let said = String::from_utf8(output.stdout).context("cargo's messages are not UTF-8")?;
    let built = executable(&said).with_context(|| format!("{}: cargo named no program", source.display()))?;
    let folder = root.join("target/xtask/programs").join(side);
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let copy = folder.join("ithaca");
    std::fs::copy(&built, &copy).with_context(|| format!("{} to {}", built.display(), copy.display()))?;
    Ok(copy)
}

/// The target folder that this program was built in: `TARGET/debug/xtask` is its own path.
fn target_folder() -> Result<PathBuf> {
    let own = std::env::current_exe().context("the path of this program")?;
    own.ancestors().nth(2).map(Path::to_path_buf).context("this program is not in a target folder")
}

/// The program that cargo's messages, one JSON object a line, name last.
fn executable(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|message| message.get("executable")?.as_str().map(PathBuf::from))
        .next_back()
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String> {
    let output =
        Command::new("git").current_dir(folder).args(arguments).output().context("git cannot be started")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git {}: {}", arguments.join(" "), said.trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_what_cargo_names() {
        let messages = "{\"reason\":\"compiler-artifact\",\"executable\":null}\n\
            {\"reason\":\"compiler-artifact\",\"executable\":\"/x/ithaca\"}\n\
            {\"reason\":\"build-finished\",\"success\":true}\n";
        assert_eq!(executable(messages), Some(PathBuf::from("/x/ithaca")));
        assert_eq!(executable("{\"reason\":\"build-finished\"}\n"), None);
    }
}
