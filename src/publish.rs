//! Publishing a folder of results: all of it, or nothing.
//!
//! Files are written into a hidden folder beside the final one, forced to disk, described by a `DONE.json`
//! that is written last, and the whole folder is renamed into place. A folder under a final name is
//! therefore always complete, and `DONE.json` is the only mark of success.
//!
//! The hidden folder `.NAME.partial-XXXXXX` holds `results`, which is to be renamed; a file whose lock says that a run
//! is at work; and, between two renames, the results of an earlier run. What a killed run leaves is told from the work
//! of a live one by that lock, and removed by the next run of the referral ([`remove_abandoned`]).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::model::done::{DONE, Done, FileDigest};
use crate::model::remedy::{Remedy, then};
use crate::write::whole_file::{readable_by_others, sync_folder};
use folder_lock::{FolderLock, lock_file};

mod abandoned;
pub mod folder_lock;
pub mod provenance;

pub use abandoned::remove_abandoned;

/// Between a referral's name and the end of its hidden folder's.
const PARTIAL: &str = ".partial-";
/// What is being written, in the hidden folder.
const RESULTS: &str = "results";
/// The results of an earlier run, on their way out.
const EARLIER: &str = "earlier";
/// The file that is locked while a run is at work in the hidden folder.
const AT_WORK: &str = ".lock";

/// A folder in the making.
#[derive(Debug)]
pub struct Staging {
    folder: tempfile::TempDir,
    results: PathBuf,
    /// Locked where the file system can; where it cannot, nobody removes the folder.
    _at_work: File,
    target: PathBuf,
    outputs: BTreeMap<String, FileDigest>,
}

/// Something at the place of the results that no run has left there.
#[derive(Debug, thiserror::Error)]
#[error("{what}{}", then(self))]
pub struct NotOurs {
    /// What it is.
    what: String,
}

impl Remedy for NotOurs {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some("remove it, or choose another output folder".into())
    }
}

impl Staging {
    /// Starts the folder that will become `parent/name`.
    ///
    /// # Errors
    /// When `parent` cannot be written to, or `parent/name` is a symbolic link, which is never followed, or
    /// something that no run has left there, which is never replaced.
    pub fn start(parent: &Path, name: &str) -> io::Result<Self> {
        fs::create_dir_all(parent)?;
        let target = parent.join(name);
        if target.is_symlink() {
            return Err(io::Error::other(NotOurs { what: "it is a symbolic link".to_owned() }));
        }
        if !is_ours(&target)? {
            let kind = if target.is_dir() { "a folder" } else { "a file" };
            let what = format!("{kind} without {DONE} is there and was not left by a run");
            return Err(io::Error::other(NotOurs { what }));
        }
        // Nobody may see the folder without the lock in it and take it for an abandoned one.
        let _lock = FolderLock::take(parent).ok();
        let folder = tempfile::Builder::new().prefix(&format!(".{name}{PARTIAL}")).tempdir_in(parent)?;
        let at_work = lock_file(&folder.path().join(AT_WORK))?;
        let _locked = at_work.try_lock();
        let results = folder.path().join(RESULTS);
        fs::create_dir(&results)?;
        Ok(Self { folder, results, _at_work: at_work, target, outputs: BTreeMap::new() })
    }

    /// Writes a file of results; it counts among the outputs that `DONE.json` lists.
    pub fn write(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        write_synced(&self.results.join(name), content)?;
        self.outputs.insert(name.to_owned(), FileDigest::of(content));
        Ok(())
    }

    /// Writes a file that says where and how the run was made. It differs from machine to machine, so
    /// `DONE.json` does not list it.
    pub fn write_provenance(&self, name: &str, content: &[u8]) -> io::Result<()> {
        write_synced(&self.results.join(name), content)
    }

    /// Writes `DONE.json` and puts the folder in place, replacing an earlier one.
    pub fn publish(self, mut done: Done) -> io::Result<PathBuf> {
        done.outputs = self.outputs;
        let mut text = serde_json::to_string_pretty(&done)?;
        text.push('\n');
        write_synced(&self.results.join(DONE), text.as_bytes())?;
        sync_folder(&self.results)?;
        readable_by_others(&self.results)?;
        let parent = self.target.parent().unwrap_or(Path::new("."));
        let _lock = FolderLock::take(parent).ok();
        if self.target.exists() {
            // Two renames: at no moment is there a partial folder under the final name.
            let earlier = self.folder.path().join(EARLIER);
            fs::rename(&self.target, &earlier)?;
            if let Err(fault) = fs::rename(&self.results, &self.target) {
                // The earlier results come back; they would go with the hidden folder otherwise.
                fs::rename(&earlier, &self.target)?;
                return Err(fault);
            }
        } else {
            fs::rename(&self.results, &self.target)?;
        }
        sync_folder(parent)?;
        Ok(self.target)
    }
}

/// True when nothing is at `target`, or an empty folder, or a folder of results that a run has finished.
fn is_ours(target: &Path) -> io::Result<bool> {
    match fs::read_dir(target) {
        Ok(mut entries) => Ok(target.join(DONE).is_file() || entries.next().is_none()),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(fault) if fault.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(fault) => Err(fault),
    }
}

fn write_synced(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::folder_lock::LOCK_FILE;
    use super::*;

    /// What is in a folder, beside the file that is locked.
    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name != LOCK_FILE).collect()
    }

    #[test]
    fn nothing_appears_before_publishing_and_all_of_it_after() {
        let parent = tempfile::tempdir().unwrap();
        let mut staging = Staging::start(parent.path(), "R1").unwrap();
        staging.write("report.json", b"{}\n").unwrap();
        assert!(!parent.path().join("R1").exists());
        let target = staging.publish(Done::default()).unwrap();
        let done: Done = serde_json::from_slice(&fs::read(target.join(DONE)).unwrap()).unwrap();
        assert_eq!(
            done.outputs["report.json"],
            FileDigest::of(&fs::read(target.join("report.json")).unwrap())
        );
        assert_eq!(names(parent.path()), ["R1"]);
    }

    #[test]
    fn an_abandoned_folder_leaves_nothing() {
        let parent = tempfile::tempdir().unwrap();
        let mut staging = Staging::start(parent.path(), "R1").unwrap();
        staging.write("report.json", b"{}\n").unwrap();
        drop(staging);
        assert_eq!(names(parent.path()), [""; 0]);
    }

    #[test]
    fn a_second_run_replaces_the_first_whole() {
        let parent = tempfile::tempdir().unwrap();
        for content in ["first", "second"] {
            let mut staging = Staging::start(parent.path(), "R1").unwrap();
            staging.write(content, content.as_bytes()).unwrap();
            staging.publish(Done::default()).unwrap();
        }
        assert!(!parent.path().join("R1/first").exists());
        assert!(parent.path().join("R1/second").exists());
        assert_eq!(names(parent.path()), ["R1"]);
    }

    #[test]
    fn a_folder_that_no_run_left_is_never_replaced() {
        let parent = tempfile::tempdir().unwrap();
        let theirs = parent.path().join("R1/notes.txt");
        fs::create_dir(parent.path().join("R1")).unwrap();
        assert!(Staging::start(parent.path(), "R1").is_ok(), "an empty folder is in nobody's way");
        fs::write(&theirs, "keep").unwrap();
        let error = Staging::start(parent.path(), "R1").unwrap_err().to_string();
        assert!(error.contains("DONE.json") && theirs.exists(), "{error}");
        fs::write(parent.path().join("R2"), "a file").unwrap();
        assert!(Staging::start(parent.path(), "R2").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_refused() {
        let parent = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/nowhere", parent.path().join("R1")).unwrap();
        let error = Staging::start(parent.path(), "R1").unwrap_err().to_string();
        assert!(error.contains("symbolic link"), "{error}");
    }
}
