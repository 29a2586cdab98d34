//! The manifest of a bundle: which files it is built from.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::model::assembly::{Assembly, Pseudoautosomal};
use crate::model::position::Interval;
use crate::reference::error::ReferenceError;

/// A manifest as written in TOML; file names are relative to it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Genome build: `GRCh37`, `GRCh38`, or the name of another genome.
    pub assembly: String,
    /// The reference FASTA.
    pub fasta: PathBuf,
    /// Transcript files.
    #[serde(default)]
    pub transcripts: Vec<PathBuf>,
    /// FASTA files of the transcripts' own sequences, named by accession and version.
    #[serde(default)]
    pub transcript_sequences: Vec<PathBuf>,
    /// HGNC gene table.
    pub genes: Option<PathBuf>,
    /// Pseudoautosomal regions, where they are not those of a known build.
    pub pseudoautosomal: Option<PseudoautosomalEntry>,
    /// Site tables.
    #[serde(default)]
    pub sites: Vec<SitesEntry>,
    /// Version, licence and expected hash of files, by file name.
    #[serde(default)]
    pub source: Vec<SourceNote>,
}

/// Pseudoautosomal regions, 1-based inclusive, `FIRST-LAST`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PseudoautosomalEntry {
    /// On X.
    #[serde(default)]
    pub x: Vec<String>,
    /// On Y, in the order of their counterparts on X.
    #[serde(default)]
    pub y: Vec<String>,
}

/// A site table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SitesEntry {
    /// Its name in the bundle and in outputs.
    pub name: String,
    /// A sites VCF or BCF, or a table of text with a heading (tabs or commas).
    pub file: PathBuf,
    /// INFO keys, or `ID`, `QUAL`, `FILTER`, or columns of a table; empty for every INFO key or column.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Other names for fields, by their key in the source.
    #[serde(default)]
    pub names: std::collections::BTreeMap<String, String>,
    /// BED file of the regions in which the source looked: there, an absent allele was not seen; elsewhere,
    /// nothing is known.
    pub covered: Option<PathBuf>,
    /// Version of the source.
    #[serde(default)]
    pub version: String,
    /// Licence of the source.
    #[serde(default)]
    pub licence: String,
}

/// What is known of a file besides its content.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceNote {
    /// The file, as named elsewhere in the manifest.
    pub file: PathBuf,
    /// Version.
    #[serde(default)]
    pub version: String,
    /// Licence.
    #[serde(default)]
    pub licence: String,
    /// Where it was fetched from.
    #[serde(default)]
    pub url: String,
    /// BLAKE3 hash it must have.
    pub blake3: Option<String>,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// When the file cannot be read or is not a manifest; the message names the line.
    pub fn read(path: &Path) -> Result<Self, ReferenceError> {
        let text = std::fs::read_to_string(path).map_err(|e| ReferenceError::read(path, e))?;
        let manifest: Self = toml::from_str(&text).map_err(|e| manifest_error(path, e.to_string()))?;
        manifest.check(path)?;
        Ok(manifest)
    }

    /// Checks names and regions; `path` is for messages.
    ///
    /// # Errors
    /// When a table has no usable name, two tables have one name, or a region is no region.
    pub fn check(&self, path: &Path) -> Result<(), ReferenceError> {
        if self.assembly.trim().is_empty() {
            return Err(manifest_error(path, "the assembly has no name"));
        }
        for (at, table) in self.sites.iter().enumerate() {
            let usable = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            if table.name.is_empty() || !table.name.chars().all(usable) {
                let message = format!("site table '{}': a name is letters, digits, _ and -", table.name);
                return Err(manifest_error(path, message));
            }
            if self.sites[..at].iter().any(|other| other.name.eq_ignore_ascii_case(&table.name)) {
                return Err(manifest_error(path, format!("two site tables are called '{}'", table.name)));
            }
        }
        self.check_texts(path)?;
        self.pseudoautosomal(path).map(|_| ())
    }

    /// Names and notes become columns and header lines: none may break a line or be blank.
    fn check_texts(&self, path: &Path) -> Result<(), ReferenceError> {
        for table in &self.sites {
            for (key, name) in &table.names {
                if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control()) {
                    let message = format!(
                        "site table '{}': the name of field '{key}' is {name:?}; a name has no blanks, and is not empty",
                        table.name
                    );
                    return Err(manifest_error(path, message));
                }
            }
        }
        let of_table =
            |table: &SitesEntry| [table.version.clone(), table.licence.clone(), file_name(&table.file)];
        let of_note = |note: &SourceNote| {
            [note.version.clone(), note.licence.clone(), note.url.clone(), file_name(&note.file)]
        };
        let own = [&self.fasta].into_iter().chain(&self.transcripts).chain(&self.transcript_sequences);
        let mut texts = self.sites.iter().flat_map(of_table).chain(self.source.iter().flat_map(of_note));
        let mut files = own.chain(&self.genes).map(|file| file_name(file));
        let broken = |text: &String| text.contains(char::is_control);
        match texts.find(broken).or_else(|| files.find(broken)) {
            Some(text) => {
                let message =
                    format!("{text:?}: a version, licence, address or file name is one line without tabs");
                Err(manifest_error(path, message))
            }
            None => Ok(()),
        }
    }

    /// The pseudoautosomal regions: those given, else those of the build.
    ///
    /// # Errors
    /// When a region is not `FIRST-LAST`, or X and Y do not pair.
    pub fn pseudoautosomal(&self, path: &Path) -> Result<Pseudoautosomal, ReferenceError> {
        let Some(entry) = &self.pseudoautosomal else {
            return Ok(Assembly::from(self.assembly.clone()).pseudoautosomal());
        };
        let regions = |list: &[String]| {
            list.iter()
                .map(|text| {
                    region(text)
                        .ok_or_else(|| manifest_error(path, format!("'{text}' is not FIRST-LAST (1-based)")))
                })
                .collect::<Result<Vec<Interval>, ReferenceError>>()
        };
        let regions = Pseudoautosomal { x: regions(&entry.x)?, y: regions(&entry.y)? };
        if regions.x.len() != regions.y.len() {
            return Err(manifest_error(path, "each pseudoautosomal region of X needs its counterpart on Y"));
        }
        Ok(regions)
    }

    /// The note about a file.
    pub(crate) fn note(&self, file: &Path) -> SourceNote {
        self.source.iter().find(|n| n.file == file).cloned().unwrap_or_default()
    }
}

/// `1-30000` or `chrX:1-30000`, 1-based inclusive.
fn region(text: &str) -> Option<Interval> {
    let range = text.rsplit(':').next()?.replace(',', "");
    let (first, last) = range.split_once('-')?;
    let (first, last) = (first.trim().parse::<u32>().ok()?, last.trim().parse::<u32>().ok()?);
    (first > 0 && first <= last).then(|| Interval::new(first - 1, last))
}

fn file_name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn manifest_error(path: &Path, message: impl Into<String>) -> ReferenceError {
    ReferenceError::Manifest { path: path.to_owned(), message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Manifest, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Manifest::read(file.path()).map_err(|e| e.to_string())
    }

    const BASE: &str = "assembly = \"Penelope1\"\nfasta = \"g.fa\"\n";

    #[test]
    fn regions_are_one_based_in_the_file() {
        let manifest =
            parsed(&format!("{BASE}[pseudoautosomal]\nx = [\"1-30000\"]\ny = [\"chrY:1-30,000\"]\n"))
                .unwrap();
        let regions = manifest.pseudoautosomal(Path::new("m")).unwrap();
        assert_eq!((regions.x, regions.y), (vec![Interval::new(0, 30_000)], vec![Interval::new(0, 30_000)]));
        let known = parsed("assembly = \"GRCh38\"\nfasta = \"g.fa\"\n").unwrap();
        assert_eq!(known.pseudoautosomal(Path::new("m")).unwrap(), Assembly::GRCh38.pseudoautosomal());
    }

    #[test]
    fn mistakes_are_named() {
        for (text, words) in [
            ("fasta = \"g.fa\"\n".to_owned(), "assembly"),
            (format!("{BASE}fastq = 1\n"), "fastq"),
            (format!("{BASE}[pseudoautosomal]\nx = [\"0-5\"]\n"), "'0-5'"),
            (format!("{BASE}[pseudoautosomal]\nx = [\"1-5\"]\n"), "counterpart"),
            (format!("{BASE}[[sites]]\nname = \"a/b\"\nfile = \"f\"\n"), "a name is"),
            (
                format!(
                    "{BASE}[[sites]]\nname = \"a\"\nfile = \"f\"\n[[sites]]\nname = \"A\"\nfile = \"f\"\n"
                ),
                "two site tables",
            ),
            (
                format!("{BASE}[[sites]]\nname = \"a\"\nfile = \"f\"\nnames = {{ AF = \"a\\tb\" }}\n"),
                "the name of field 'AF' is \"a\\tb\"",
            ),
            (
                format!("{BASE}[[sites]]\nname = \"a\"\nfile = \"f\"\nnames = {{ AF = \"\" }}\n"),
                "has no blanks, and is not empty",
            ),
            (
                format!("{BASE}[[sites]]\nname = \"a\"\nfile = \"f\"\nnames = {{ AF = \" \" }}\n"),
                "has no blanks, and is not empty",
            ),
            (
                format!("{BASE}[[sites]]\nname = \"a\"\nfile = \"f\"\nlicence = \"CC0\\nsource\"\n"),
                "\"CC0\\nsource\": a version, licence",
            ),
            (format!("{BASE}[[source]]\nfile = \"f\"\nversion = \"1\\t2\"\n"), "one line without tabs"),
        ] {
            let message = parsed(&text).unwrap_err();
            assert!(message.contains(words), "{message}");
        }
    }
}
