//! An output that appears under its name only when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file being written. Beside its place under another name until [`WholeFile::finish`] forces it to disk and renames
/// it; dropped before that, it leaves nothing. What is at the place and is no file, `/dev/null` or a named pipe, is
/// written to as it is: a rename would put a file in its stead, for everyone on the machine. A symbolic link is
/// followed, not replaced.
#[derive(Debug)]
pub struct WholeFile {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Beside { target: PathBuf, writer: BufWriter<tempfile::NamedTempFile> },
    Device(BufWriter<File>),
}

impl WholeFile {
    /// Begins a file that is to be `path`.
    ///
    /// # Errors
    /// When `path` is a folder, or its folder is missing or cannot be written to.
    pub fn create(path: &Path) -> io::Result<Self> {
        let place = match fs::metadata(path) {
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() => {
                Place::Device(BufWriter::new(File::options().write(true).open(path)?))
            }
            Ok(_) => Self::beside(fs::canonicalize(path)?)?,
            Err(_) => Self::beside(path.to_path_buf())?,
        };
        Ok(Self { place })
    }

    fn beside(target: PathBuf) -> io::Result<Place> {
        let file = tempfile::Builder::new().prefix(".ithaca-").tempfile_in(folder_of(&target))?;
        Ok(Place::Beside { target, writer: BufWriter::new(file) })
    }

    /// Forces to disk what was written, which is where a full disk shows; the file is not in place yet.
    ///
    /// # Errors
    /// When something cannot be written.
    pub fn force(&mut self) -> io::Result<()> {
        match &mut self.place {
            Place::Device(writer) => writer.flush(),
            Place::Beside { writer, .. } => {
                writer.flush()?;
                writer.get_ref().as_file().sync_all()
            }
        }
    }

    /// Puts the file in place.
    ///
    /// # Errors
    /// When something cannot be written; nothing is then under the final name that was not there before.
    pub fn finish(self) -> io::Result<()> {
        match self.place {
            Place::Device(mut writer) => writer.flush(),
            Place::Beside { target, writer } => {
                let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                readable_by_others(file.path())?;
                file.persist(&target).map_err(|failed| failed.error)?;
                sync_folder(folder_of(&target))
            }
        }
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.place {
            Place::Beside { writer, .. } => writer.write(bytes),
            Place::Device(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.place {
            Place::Beside { writer, .. } => writer.flush(),
            Place::Device(writer) => writer.flush(),
        }
    }
}

/// Writes `content` to `path`, whole or not at all.
///
/// # Errors
/// As for [`WholeFile`].
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = WholeFile::create(path)?;
    file.write_all(content)?;
    file.finish()
}

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct Unwritten {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// Writes files that belong together: none is put in place before all of them are on disk, so that a full disk leaves
/// the earlier ones as they were.
///
/// # Errors
/// As for [`WholeFile`].
pub fn write_all_whole(files: &[(PathBuf, &[u8])]) -> Result<(), Unwritten> {
    let mut ready = Vec::new();
    for (path, content) in files {
        let written = WholeFile::create(path).and_then(|mut file| {
            file.write_all(content)?;
            file.force()?;
            Ok(file)
        });
        ready.push((path, written.map_err(|source| Unwritten { path: path.clone(), source })?));
    }
    for (path, file) in ready {
        file.finish().map_err(|source| Unwritten { path: path.clone(), source })?;
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Forces to disk which names a folder holds.
///
/// # Errors
/// When the folder is missing or the disk reports a fault.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Gives a temporary file or folder, made for its owner alone, the usual permissions of results.
///
/// # Errors
/// When it is somebody else's.
#[cfg(unix)]
pub fn readable_by_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = if path.is_dir() { 0o755 } else { 0o644 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Gives a temporary file or folder the usual permissions of results: nothing to do here.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn readable_by_others(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_partial_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        let mut abandoned = WholeFile::create(&path).unwrap();
        abandoned.write_all(b"thr").unwrap();
        abandoned.flush().unwrap();
        drop(abandoned);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write_whole(&folder.path().join("no/where.json"), b"x").is_err());
        assert!(write_whole(folder.path(), b"x").is_err(), "a folder is not replaced");
    }

    #[cfg(unix)]
    #[test]
    fn files_that_belong_together_stay_as_they_were_where_one_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        fs::write(&first, "old").unwrap();
        std::os::unix::fs::symlink("/dev/full", &second).unwrap();
        let error = write_all_whole(&[(first.clone(), b"new"), (second, b"new")]).unwrap_err();
        assert_eq!(error.source.kind(), io::ErrorKind::StorageFull);
        assert!(error.to_string().contains("second"), "{error}");
        assert_eq!(fs::read(&first).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    /// `-o /dev/null`, run by root, once replaced the device of the whole machine by a file.
    #[cfg(unix)]
    #[test]
    fn a_device_or_pipe_stays_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        write_whole(&pipe, b"through").unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
        assert!(!fs::metadata(&pipe).unwrap().is_file());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
