//! Digests of files.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::model::done::FileDigest;

/// Digest of a whole file. It is read, not mapped: somebody's variant file may be cut while it is open.
///
/// # Errors
/// When the file cannot be read.
pub fn digest_file(path: &Path) -> io::Result<FileDigest> {
    let bytes = fs::metadata(path)?.len();
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(FileDigest { bytes, blake3: hasher.finalize().to_hex().to_string() })
}
