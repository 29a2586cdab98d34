//! A copy of right results in which faults are planted.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{score, test_data};
use crate::program::{Run, files_below};

/// The copy; gone when dropped.
pub struct Copy {
    folder: tempfile::TempDir,
    samplesheet: &'static str,
}

impl Copy {
    pub fn of(results: &Path, samplesheet: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files_below(results) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Self { folder, samplesheet }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }

    pub fn write(&self, name: &str, value: &Value) {
        fs::write(self.path(name), serde_json::to_string_pretty(value).unwrap()).unwrap();
    }

    /// Changes a report so that nothing but the change itself can give it away: its digest and the counts of the
    /// batch are made to agree with it.
    pub fn report(&self, id: &str, change: impl FnOnce(&mut Value)) {
        let name = format!("{id}/report.json");
        let mut report = self.json(&name);
        let before = report.clone();
        change(&mut report);
        assert!(report != before, "the change to {id} changes nothing");
        self.write(&name, &report);
        self.sign(id);
        self.batch(|batch| {
            for (tier, key) in [("TIER1", "tier_1"), ("TIER2", "tier_2")] {
                let sections = ["findings", "off_panel", "single_hits", "untiered"];
                let findings = sections.iter().flat_map(|s| report[*s].as_array().unwrap());
                let count = findings.filter(|finding| finding["tier"]["tier"] == tier).count();
                entry(batch, id)["state"]["tiers"][key] = json!(count);
            }
        });
    }

    /// Makes the digest of the report the one that `DONE.json` lists.
    pub fn sign(&self, id: &str) {
        let bytes = fs::read(self.path(&format!("{id}/report.json"))).unwrap();
        let digest = json!({ "bytes": bytes.len(), "blake3": blake3::hash(&bytes).to_hex().to_string() });
        let done = format!("{id}/DONE.json");
        let mut value = self.json(&done);
        value["outputs"]["report.json"] = digest;
        self.write(&done, &value);
    }

    /// Changes the summary of the batch.
    pub fn batch(&self, change: impl FnOnce(&mut Value)) {
        let mut batch = self.json("batch.json");
        change(&mut batch);
        self.write("batch.json", &batch);
    }

    pub fn score(&self) -> Run {
        score(self.folder.path(), &test_data(), &[self.samplesheet])
    }
}

/// The entry of a referral in the summary of the batch.
pub fn entry<'v>(batch: &'v mut Value, id: &str) -> &'v mut Value {
    let entries = batch["referrals"].as_array_mut().unwrap();
    entries.iter_mut().find(|entry| entry["id"] == id).unwrap()
}

/// The list of a report that holds a variant, and its place there.
pub fn place(report: &Value, variant: &str) -> (&'static str, usize) {
    ["findings", "off_panel", "single_hits", "untiered"]
        .into_iter()
        .find_map(|section| {
            let findings = report[section].as_array().unwrap();
            findings.iter().position(|f| f["variant"]["name"] == variant).map(|at| (section, at))
        })
        .unwrap_or_else(|| panic!("{variant} is not in the report"))
}

/// What a report says of a variant.
pub fn finding<'v>(report: &'v mut Value, variant: &str) -> &'v mut Value {
    let (section, at) = place(report, variant);
    &mut report[section][at]
}

/// Takes a variant out of the report.
pub fn take(report: &mut Value, variant: &str) -> Value {
    let (section, at) = place(report, variant);
    report[section].as_array_mut().unwrap().remove(at)
}
