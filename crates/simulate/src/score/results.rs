//! The folder of results: which referrals it has, in what state, and whether their files are the ones that were
//! recorded as finished.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::truth::Row;
use super::{Fault, ScoreError, ScoredRow, list, read, text};

/// The results of a run.
pub struct Results {
    root: PathBuf,
    batch: Value,
    folders: BTreeSet<String>,
}

impl Results {
    /// Opens a folder of results.
    ///
    /// # Errors
    /// Fails where the folder or its `batch.json` cannot be read.
    pub fn open(root: &Path) -> Result<Self, ScoreError> {
        let unreadable = |source| ScoreError::Read { path: root.to_owned(), source };
        let mut folders = BTreeSet::new();
        for entry in fs::read_dir(root).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Hidden folders are those of referrals that are not finished; nobody takes them for results.
            if entry.path().is_dir() && !name.starts_with('.') {
                folders.insert(name);
            }
        }
        let path = root.join("batch.json");
        let batch: Value = serde_json::from_str(&read(&path)?)
            .map_err(|fault| ScoreError::content(&path, format!("{fault}; run the batch again")))?;
        if batch.get("referrals").is_none_or(|referrals| !referrals.is_array()) {
            return Err(ScoreError::content(&path, "it has no list of referrals; run the batch again"));
        }
        Ok(Self { root: root.to_owned(), batch, folders })
    }

    /// The summary of the batch.
    pub fn batch_file(&self) -> PathBuf {
        self.root.join("batch.json")
    }

    /// The folder of a referral.
    pub fn folder(&self, id: &str) -> PathBuf {
        self.root.join(id)
    }

    /// Every referral that has an entry or a folder.
    pub fn ids(&self) -> BTreeSet<&str> {
        let entries = list(&self.batch, "/referrals").iter().map(|entry| text(entry, "/id"));
        entries.chain(self.folders.iter().map(String::as_str)).collect()
    }

    /// The entry of a referral in the summary of the batch, in the state that is expected of it.
    ///
    /// # Errors
    /// The fault where there is no entry, more than one, or one in another state.
    pub fn entry(&self, id: &str, state: &str) -> Result<&Value, Fault> {
        let fault = |found: String| Fault::new(&self.batch_file(), format!("{id} {state}"), found);
        let mut entries = list(&self.batch, "/referrals").iter().filter(|entry| text(entry, "/id") == id);
        match (entries.next(), entries.next()) {
            (None, _) => Err(fault("no entry of it".to_owned())),
            (Some(_), Some(_)) => Err(fault("more than one entry of it".to_owned())),
            (Some(entry), None) if text(entry, "/state/state") != state => {
                let (found, message) = (text(entry, "/state/state"), text(entry, "/state/message"));
                Err(fault(if message.is_empty() { found.to_owned() } else { format!("{found}: {message}") }))
            }
            (Some(entry), None) => Ok(entry),
        }
    }

    /// What is wrong about a referral that must fail: it must fail alone, for the reason that was planted.
    pub fn failed(&self, row: &Row) -> Vec<Fault> {
        let id = &row.referral;
        let mut faults = Vec::new();
        match self.entry(id, "failed") {
            Err(fault) => faults.push(fault),
            Ok(entry) => {
                let (message, remedy) = (text(entry, "/state/message"), text(entry, "/state/remedy"));
                let missing: Vec<&str> = Row::words(&row.must_name)
                    .filter(|w| !message.contains(w) && !remedy.contains(w))
                    .collect();
                if !missing.is_empty() || message.is_empty() || remedy.is_empty() {
                    let expected = format!("failed because {} (naming {})", row.note, row.must_name);
                    faults.push(Fault::new(&self.batch_file(), expected, format!("{message}; {remedy}")));
                }
            }
        }
        if self.folders.contains(id) {
            faults.push(Fault::new(
                &self.folder(id),
                "no folder: the referral must fail",
                "a folder of results",
            ));
        }
        faults
    }

    /// A referral that the truth does not know.
    pub fn unknown(&self, id: &str) -> ScoredRow {
        let file = if self.folders.contains(id) { self.folder(id) } else { self.batch_file() };
        let expected = "nothing: the truth does not know this referral".to_owned();
        let fault = Fault::new(&file, expected.clone(), "a referral");
        ScoredRow {
            referral: id.to_owned(),
            variant: String::new(),
            kind: "unplanned".to_owned(),
            expected,
            faults: vec![fault],
        }
    }

    /// What is wrong with the record of a finished referral: absent, or not of the files that are there.
    pub fn unfinished(&self, id: &str) -> Vec<Fault> {
        let folder = self.folder(id);
        if !self.folders.contains(id) {
            return vec![Fault::new(&folder, "a folder of results", "none")];
        }
        let path = folder.join("DONE.json");
        let done: Value = match fs::read(&path) {
            Err(fault) => {
                return vec![Fault::new(&path, "the mark of a finished referral", fault.to_string())];
            }
            Ok(bytes) => match serde_json::from_slice(&bytes) {
                Err(fault) => {
                    return vec![Fault::new(&path, "the mark of a finished referral", fault.to_string())];
                }
                Ok(done) => done,
            },
        };
        let outputs = done.pointer("/outputs").and_then(Value::as_object);
        let mut faults = Vec::new();
        for needed in ["report.json", "report.html", "plan.json"] {
            if outputs.is_none_or(|outputs| !outputs.contains_key(needed)) {
                faults.push(Fault::new(&path, format!("the digest of {needed}"), "none"));
            }
        }
        for (name, digest) in outputs.into_iter().flatten() {
            let file = folder.join(name);
            match fs::read(&file) {
                Err(fault) => {
                    faults.push(Fault::new(&file, "the file that DONE.json lists", fault.to_string()))
                }
                Ok(bytes) => {
                    let found = blake3::hash(&bytes).to_hex();
                    let expected = text(digest, "/blake3");
                    if found.as_str() != expected {
                        let expected = format!("BLAKE3 {expected}, as DONE.json has it");
                        faults.push(Fault::new(&file, expected, format!("BLAKE3 {found}")));
                    }
                }
            }
        }
        faults
    }
}
