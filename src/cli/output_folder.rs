//! A folder that a subcommand writes its results into.

use std::path::Path;

use anyhow::{Context, anyhow};

use super::failure::Failure;

/// Makes the folder and tries that it can be written to, before hours of work end in an error.
///
/// # Errors
/// When it is not a folder, or cannot be made or written to.
pub fn prepare(output: &Path) -> Result<(), Failure> {
    if output.exists() && !output.is_dir() {
        return Err(Failure::usage(anyhow!("{} is not a folder; choose another --output", output.display())));
    }
    std::fs::create_dir_all(output)
        .and_then(|()| tempfile::tempfile_in(output).map(drop))
        .with_context(|| {
            format!("{}: cannot be written to; check --output and its permissions", output.display())
        })
        .map_err(Failure::unwritable)
}
