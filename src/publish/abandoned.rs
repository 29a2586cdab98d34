//! Hidden folders that runs left when they were killed.

use std::collections::BTreeSet;
use std::fs::{self, TryLockError};
use std::io;
use std::path::Path;

use super::folder_lock::FolderLock;
use super::{AT_WORK, EARLIER, PARTIAL};
use crate::model::done::DONE;

/// Length of the random end of a hidden folder's name.
const RANDOM: usize = 6;

/// Removes what killed runs of these referrals left below `parent`, and never what a live run is writing. Results of an
/// earlier run that were on their way out, with none yet in their place, are put back. Returns what was done, in words.
///
/// Where the folder cannot be locked a live run cannot be told from a dead one: nothing is removed.
pub fn remove_abandoned(parent: &Path, referrals: &BTreeSet<&str>) -> Vec<String> {
    let (Ok(_lock), Ok(entries)) = (FolderLock::take(parent), fs::read_dir(parent)) else {
        return Vec::new();
    };
    let mut told = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(referral) = name.to_str().and_then(referral_of) else { continue };
        // A symbolic link is not a folder here: it is nothing that a run made.
        if !referrals.contains(referral) || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let folder = entry.path();
        match remove(&folder, &parent.join(referral)) {
            Ok(None) => {}
            Ok(Some(done)) => {
                told.push(format!("{}: left by a run that was killed; {done}", folder.display()))
            }
            Err(fault) => told.push(format!(
                "{}: left by a run that was killed, and cannot be removed: {fault}; remove it by hand",
                folder.display()
            )),
        }
    }
    told.sort();
    told
}

/// The referral whose hidden folder goes by this name.
fn referral_of(name: &str) -> Option<&str> {
    let (referral, end) = name.strip_prefix('.')?.rsplit_once(PARTIAL)?;
    (end.len() == RANDOM && end.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(referral)
}

/// Removes one hidden folder unless a run is at work in it, and says what was done.
fn remove(folder: &Path, target: &Path) -> io::Result<Option<&'static str>> {
    // The lock is held until the folder is gone.
    let _at_work = match fs::File::options().read(true).write(true).open(folder.join(AT_WORK)) {
        Ok(file) => match file.try_lock() {
            Ok(()) => Some(file),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => return Ok(None),
        },
        // Killed before the file was made, or while the folder was being removed.
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => None,
        Err(fault) => return Err(fault),
    };
    let earlier = folder.join(EARLIER);
    let put_back = earlier.join(DONE).is_file() && !target.exists();
    if put_back {
        fs::rename(&earlier, target)?;
    }
    match fs::remove_dir_all(folder) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => return Err(fault),
        _ => {}
    }
    Ok(Some(if put_back { "removed, and the results of the previous run restored" } else { "removed" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{Done, Staging};

    fn none_left(parent: &Path) -> bool {
        !fs::read_dir(parent).unwrap().any(|e| e.unwrap().file_name().to_str().unwrap().contains(PARTIAL))
    }

    #[test]
    fn a_live_run_keeps_its_folder_and_a_dead_one_does_not() {
        let parent = tempfile::tempdir().unwrap();
        let mut live = Staging::start(parent.path(), "R1").unwrap();
        live.write("report.json", b"{}\n").unwrap();
        let dead = parent.path().join(".R1.partial-aB3xY9");
        fs::create_dir_all(dead.join("results")).unwrap();
        fs::write(dead.join(AT_WORK), "").unwrap();
        let unlocked = parent.path().join(".R1.partial-000000");
        fs::create_dir(&unlocked).unwrap();
        let others = parent.path().join(".R2.partial-aB3xY9");
        fs::create_dir(&others).unwrap();
        assert_eq!(remove_abandoned(parent.path(), &["R1"].into()).len(), 2);
        assert!(!dead.exists() && !unlocked.exists() && others.exists());
        live.publish(Done::default()).unwrap();
        assert!(parent.path().join("R1").join(DONE).exists());
        fs::remove_dir(others).unwrap();
        assert!(none_left(parent.path()));
    }

    #[test]
    fn results_on_their_way_out_are_put_back() {
        let parent = tempfile::tempdir().unwrap();
        let mut first = Staging::start(parent.path(), "R1").unwrap();
        first.write("report.json", b"first").unwrap();
        first.publish(Done::default()).unwrap();
        // As a run leaves it that is killed between its two renames.
        let dead = parent.path().join(".R1.partial-aB3xY9");
        fs::create_dir_all(dead.join("results")).unwrap();
        fs::rename(parent.path().join("R1"), dead.join(EARLIER)).unwrap();
        let told = remove_abandoned(parent.path(), &["R1"].into());
        assert!(told[0].contains("restored"), "{told:?}");
        assert_eq!(fs::read(parent.path().join("R1/report.json")).unwrap(), b"first");
        assert!(none_left(parent.path()));
    }

    #[test]
    fn only_names_that_a_run_gives_are_looked_at() {
        assert_eq!(referral_of(".R1.partial-aB3xY9"), Some("R1"));
        assert_eq!(referral_of(".R1.partial-a.partial-aB3xY9"), Some("R1.partial-a"));
        for other in ["R1.partial-aB3xY9", ".R1.partial-notes", ".R1.partial-short", ".R1"] {
            assert_eq!(referral_of(other), None, "{other}");
        }
    }
}
