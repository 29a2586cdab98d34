//! One run at a time works on what a folder of results has in common: its index, and the names of its folders.

use std::fs::File;
use std::io;
use std::path::Path;

/// Name of the empty file whose lock is held. It stays: a file that is locked and removed locks nobody out.
pub const LOCK_FILE: &str = ".ithaca.lock";

/// The lock of a folder, held until dropped. The system lets it go when the program ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Waits until no other run, nor another thread of this one, holds the folder's lock.
    ///
    /// # Errors
    /// When the file cannot be made, or the file system knows no locks.
    pub fn take(folder: &Path) -> io::Result<Self> {
        let file = lock_file(&folder.join(LOCK_FILE))?;
        loop {
            match file.lock() {
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                outcome => return outcome.map(|()| Self { _file: file }),
            }
        }
    }
}

/// Opens a file to be locked; some file systems lock only what may be written to.
pub(crate) fn lock_file(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_waits_for_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        let other = lock_file(&folder.path().join(LOCK_FILE)).unwrap();
        assert!(other.try_lock().is_err());
        drop(first);
        other.try_lock().unwrap();
    }
}
