//! The conformance files of the VCF specifications: what is accepted, and what is refused and why.

use std::path::{Path, PathBuf};

use ithaca::read::contigs::ContigSource;
use ithaca::read::error::ReadError;
use ithaca::read::variants::{ReadOptions, SampleWanted, VariantReader};

use crate::shared_data::need;

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|e| e == "vcf") {
            into.push(path);
        }
    }
}

/// Reads every sample of a file.
fn read(path: &Path) -> Result<(u64, usize), ReadError> {
    let names =
        VariantReader::open(path, &ContigSource::File, &[], ReadOptions::default())?.sample_names().to_vec();
    let samples: Vec<_> = names.into_iter().map(SampleWanted::Named).collect();
    let reader = VariantReader::open(
        path,
        &ContigSource::File,
        &samples,
        ReadOptions { accept_unsorted: true, ..ReadOptions::default() },
    )?;
    let warnings = reader.warnings().len();
    let summary = reader.process(|batch| batch.len(), |_| Ok::<_, ReadError>(()))?;
    Ok((summary.records, warnings + summary.findings.len()))
}

/// The defect that a failed file states.
fn cause(path: &Path) -> String {
    let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let line = text.lines().find(|l| l.starts_with("##CauseOfFailure"));
    line.map_or(String::new(), |l| l.trim_start_matches("##CauseOfFailure=").to_owned())
}

#[test]
fn every_passed_file_is_accepted() {
    let Some(root) = need("hts-specs-vcf") else { return };
    let mut all = Vec::new();
    files(&root, &mut all);
    let passed: Vec<_> = all.iter().filter(|p| p.components().any(|c| c.as_os_str() == "passed")).collect();
    assert_eq!(passed.len(), 76);
    let refused: Vec<String> =
        passed.iter().filter_map(|p| read(p).err()).map(|error| error.to_string()).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// Defects that change what a record means, in the words of the files themselves: every such file is refused.
/// Defects of meta lines and of fields that are not used are accepted.
const REFUSED: [&str; 14] = [
    "ALT has a whitespace",
    "ALT makes a non-valid use of a comma",
    "FORMAT first field is not GT",
    "FORMAT predefined tag GT has missing alleles",
    "Missing REF allele",
    "Position is not a positive number",
    "REF has multiple alleles",
    "Sample allele is out of range",
    "Sample contains more fields than the FORMAT column",
    "Sample first field is not a valid genotype",
    "Sample genotype contains illegal values",
    "Sample names are not unique",
    "Unstructured meta entry",
    "Non-valid meta entry key",
];

#[test]
fn failed_files_never_panic_and_dangerous_ones_are_refused() {
    let Some(root) = need("hts-specs-vcf") else { return };
    let mut all = Vec::new();
    files(&root, &mut all);
    let failed: Vec<_> = all.iter().filter(|p| p.components().any(|c| c.as_os_str() == "failed")).collect();
    assert_eq!(failed.len(), 607);
    let mut refused = 0;
    for path in failed {
        let (cause, read) = (cause(path), read(path));
        refused += usize::from(read.is_err());
        let dangerous = REFUSED.iter().any(|text| cause.contains(text));
        assert!(read.is_err() || !dangerous, "{}: {cause}: {read:?}", path.display());
        if let Err(error) = read {
            assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
        }
    }
    assert_eq!(refused, 56);
}
