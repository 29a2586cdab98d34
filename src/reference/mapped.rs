//! The one place where files are memory-mapped.

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Maps a whole file for reading.
///
/// # Errors
/// When the system refuses.
#[expect(unsafe_code, reason = "memory-mapping a file is unsafe: the file could change below the map")]
pub(crate) fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: a bundle is written beside its final name, renamed into place, and never written to again;
    // everything read from the map is plain old data of which any bytes are valid, and is range-checked.
    unsafe { Mmap::map(file) }
}
