//! A file that a subcommand was asked for, written whole or not at all.

use std::path::Path;

use anyhow::Context;

use super::failure::Failure;
use crate::write::whole_file::write_whole;

/// Writes `bytes` to `path`.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_whole(path, bytes)
        .with_context(|| {
            format!("{}: cannot be written; check the folder and its permissions", path.display())
        })
        .map_err(Failure::unwritable)
}
