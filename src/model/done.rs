//! What marks a folder of results as complete, and the digests it rests on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Name of the file that marks a complete folder.
pub const DONE: &str = "DONE.json";

/// Digest and size of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3, hexadecimal.
    pub blake3: String,
}

/// The content of `DONE.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Version of the program that wrote the folder.
    pub software: String,
    /// Hash of the plan the results follow.
    pub plan_hash: String,
    /// Files that were read, by name as the samplesheet writes it.
    pub inputs: BTreeMap<String, FileDigest>,
    /// Files of the folder.
    pub outputs: BTreeMap<String, FileDigest>,
}

impl FileDigest {
    /// The digest of a content that is at hand.
    pub fn of(content: &[u8]) -> Self {
        Self { bytes: content.len() as u64, blake3: blake3::hash(content).to_hex().to_string() }
    }
}
