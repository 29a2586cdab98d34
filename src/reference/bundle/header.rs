//! The header of a bundle.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::model::assembly::{Assembly, Pseudoautosomal};
use crate::model::contig::Contig;
use crate::reference::error::ReferenceError;
use crate::reference::sites::SiteTableMeta;

/// The header's file.
pub(crate) const HEADER: &str = "header.json";
/// The genome's file.
pub(crate) const GENOME: &str = "genome.bin";
/// The file of the transcripts.
pub(crate) const TRANSCRIPTS: &str = "transcripts.bin";
/// The file of the gene table.
pub(crate) const GENES: &str = "genes.tsv";
/// What every bundle says it is.
pub(crate) const FORMAT: &str = "ithaca-reference";
/// The version of the layout this program writes and reads.
pub(crate) const VERSION: u32 = 3;

/// The file of a site table.
pub(crate) fn site_file(name: &str) -> String {
    format!("sites/{name}.bin")
}

/// A file a bundle was built from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    /// What it is: `fasta`, `transcripts`, `genes`, `sites`.
    pub kind: String,
    /// Its file name, without folder.
    pub file: String,
    /// Version, where the manifest gives one.
    pub version: String,
    /// Licence, where the manifest gives one.
    pub licence: String,
    /// BLAKE3 hash of the file.
    pub blake3: String,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its name within the bundle.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its BLAKE3 hash.
    pub blake3: String,
}

/// What a bundle holds and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleHeader {
    /// Always `ithaca-reference`.
    pub format: String,
    /// Version of the layout.
    pub version: u32,
    /// Genome build.
    pub assembly: Assembly,
    /// Contigs in FASTA order.
    pub contigs: Vec<Contig>,
    /// Pseudoautosomal regions, 0-based half-open.
    pub pseudoautosomal: Pseudoautosomal,
    /// The sources.
    pub sources: Vec<SourceEntry>,
    /// The files.
    pub files: Vec<FileEntry>,
    /// The site tables.
    pub site_tables: Vec<SiteTableMeta>,
    /// BLAKE3 hash of this header with this field empty.
    pub hash: String,
}

impl BundleHeader {
    /// The header's own hash.
    fn computed_hash(&self) -> Result<String, serde_json::Error> {
        let bare = Self { hash: String::new(), ..self.clone() };
        Ok(blake3::hash(&serde_json::to_vec(&bare)?).to_hex().to_string())
    }

    /// Sets the hash, and gives the bytes of the file.
    pub(crate) fn sealed(mut self) -> Result<(Self, Vec<u8>), serde_json::Error> {
        self.hash = self.computed_hash()?;
        let mut bytes = serde_json::to_vec_pretty(&self)?;
        bytes.push(b'\n');
        Ok((self, bytes))
    }

    /// True where the bundle has such a file.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.files.iter().any(|f| f.name == name)
    }

    /// Reads and checks the header of a bundle.
    pub(crate) fn read(bundle: &Path) -> Result<Self, ReferenceError> {
        let path = bundle.join(HEADER);
        let text = std::fs::read(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => ReferenceError::bundle(
                bundle,
                "it has no header.json; build one with 'ithaca reference build'",
            ),
            _ => ReferenceError::read(&path, e),
        })?;
        let damaged = |message: String| ReferenceError::bundle(&path, message);
        let value: serde_json::Value =
            serde_json::from_slice(&text).map_err(|e| damaged(format!("is not JSON ({e})")))?;
        if value.get("format").and_then(|f| f.as_str()) != Some(FORMAT) {
            return Err(damaged("is not the header of a reference bundle".to_owned()));
        }
        let version = value.get("version").and_then(serde_json::Value::as_u64);
        if version != Some(u64::from(VERSION)) {
            let found = version.map_or("none".to_owned(), |v| v.to_string());
            return Err(damaged(format!(
                "format version {found}, this program reads {VERSION}; build the bundle again"
            )));
        }
        let header: Self = serde_json::from_value(value).map_err(|e| damaged(format!("is damaged ({e})")))?;
        let sound = header.computed_hash().is_ok_and(|hash| hash == header.hash);
        if !sound {
            return Err(damaged("does not agree with its own hash; it has been changed".to_owned()));
        }
        for name in header.files.iter().map(|f| f.name.as_str()) {
            if name.starts_with('/') || name.split('/').any(|part| part == ".." || part.is_empty()) {
                return Err(damaged(format!("names a file outside the bundle: {name}")));
            }
        }
        Ok(header)
    }
}
