//! `cargo xtask diff BASE_REV`: what the program answers at a base revision and in the present checkout, over the
//! same simulated world, and in what the answers differ.

mod change;
mod compare;
mod mask;
mod print;
mod program;
mod tree;
mod world;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;

/// Run the program of a base revision and of the present checkout over the simulated world, and show in what their
/// reports, tables and JSON differ
///
/// Both are built without optimisation, the base from a worktree of its own that is kept below target/xtask, so that
/// only what changed is compiled. What differs in every comparison (hashes, the program's version, times of the log) is masked, and how much was masked is shown.
///
/// Exit codes: 0 nothing differs; 1 something does; 2 the comparison could not be made.
#[derive(Args)]
pub struct DiffArgs {
    /// The revision to compare with: a commit, tag or branch
    #[arg(required_unless_present = "binary_base")]
    base: Option<String>,
    /// A program of the base that is built already; its pipeline definitions are those of BASE, or of the present
    /// checkout where BASE is not given
    #[arg(long, value_name = "PATH")]
    binary_base: Option<PathBuf>,
    /// A program of the branch that is built already
    #[arg(long, value_name = "PATH")]
    binary_branch: Option<PathBuf>,
    /// World to run over: a folder written by `ithaca simulate`; test-data when not given
    #[arg(long, value_name = "DIR")]
    world: Option<PathBuf>,
    /// Print every difference of every file, not each distinct one once
    #[arg(long)]
    details: bool,
    /// Distinct differences to print of each kind of file, when not in details
    #[arg(long, value_name = "N", default_value_t = 40)]
    limit: usize,
}

/// Compares; true where something differs.
pub fn run(args: &DiffArgs) -> Result<bool> {
    let root = repository()?;
    let work = root.join("target/xtask/diff");
    std::fs::create_dir_all(&work).with_context(|| work.display().to_string())?;
    let source = args.base.as_deref().map(|revision| program::checkout(&root, revision)).transpose()?;
    let base = match (&args.binary_base, &source) {
        (Some(binary), _) => given(binary)?,
        (None, Some(source)) => program::build(source, &root, "base")?,
        (None, None) => anyhow::bail!("give a revision to compare with"),
    };
    let branch = match &args.binary_branch {
        Some(binary) => given(binary)?,
        None => program::build(&root, &root, "branch")?,
    };
    let world = args.world.clone().unwrap_or_else(|| root.join("test-data"));
    let world = world.canonicalize().with_context(|| world.display().to_string())?;
    // One after the other in a folder of one name, so that paths in the answers are the same.
    let pipelines = source.as_deref().unwrap_or(&root).join("pipelines");
    let base = world::run(&base, &pipelines, &world, &work, "base")?;
    let branch = world::run(&branch, &root.join("pipelines"), &world, &work, "branch")?;
    let files = tree::compare(&base, &branch)?;
    let text = print::text(&files, args.details, args.limit);
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    writeln!(out, "\nThe outputs are kept in {} and {}.", base.display(), branch.display())?;
    Ok(files.iter().any(|file| !file.changes.is_empty()))
}

fn given(binary: &Path) -> Result<PathBuf> {
    let binary = binary.canonicalize().with_context(|| binary.display().to_string())?;
    ensure!(binary.is_file(), "{} is not a program", binary.display());
    Ok(binary)
}

/// The checkout that this program was built from.
fn repository() -> Result<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().nth(2).context("the package is not in crates/xtask")?;
    ensure!(root.join("src").is_dir(), "{} is not a checkout of Ithaca", root.display());
    Ok(root.to_path_buf())
}
