//! The index of a folder of results, `batch.json` and `index.html`.
//!
//! Runs of single referrals into one folder may go on side by side. Each reads the index, puts its own entries in and
//! writes it again under the folder's lock, so that none writes over another's.

use std::path::{Path, PathBuf};

use tracing::warn;

use super::entry::{name, not_run, this_run};
use super::{BatchError, BatchOptions};
use crate::model::done::{DONE, Done};
use crate::publish::folder_lock::FolderLock;
use crate::read::digest::digest_file;
use crate::report::model as report;
use crate::report::renderers::RENDERERS;
use crate::report::{ReportError, read_batch_json, read_json};
use crate::write::whole_file::write_all_whole;

const BATCH: &str = "batch.json";

/// Puts the entries of this run into the index.
pub(super) fn update(
    entries: Vec<report::BatchReferral>,
    options: &BatchOptions,
) -> Result<report::Batch, BatchError> {
    let mut warnings = options.samplesheet.warnings.clone();
    let lock = FolderLock::take(options.output);
    if let Err(fault) = &lock {
        let folder = options.output.display();
        warn!(
            "{folder} cannot be locked ({fault}): entries of batch.json may be lost where other runs write into the \
             folder at the same time"
        );
    }
    let entries = match options.only.is_empty() {
        true => entries,
        false => with_those_of_before(entries, options, &mut warnings),
    };
    let batch = report::Batch::new(this_run(options), warnings, entries);
    let renderers = RENDERERS.iter().filter_map(|renderer| renderer.batch.as_ref());
    let rendered: Vec<(PathBuf, String)> = renderers
        .map(|renderer| Ok((options.output.join(renderer.file), (renderer.render)(&batch)?)))
        .collect::<Result<_, ReportError>>()?;
    let files: Vec<(PathBuf, &[u8])> =
        rendered.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
    write_all_whole(&files)?;
    drop(lock);
    Ok(batch)
}

/// A run of some referrals into a folder that has more keeps the entries of the others.
fn with_those_of_before(
    entries: Vec<report::BatchReferral>,
    options: &BatchOptions,
    warnings: &mut Vec<String>,
) -> Vec<report::BatchReferral> {
    let mut all = before(options, warnings);
    for entry in entries {
        match all.iter_mut().find(|known| known.id == entry.id) {
            Some(known) => *known = entry,
            None => all.push(entry),
        }
    }
    // Whichever run ended first, the order is the samplesheet's.
    let order: Vec<_> = options.samplesheet.referrals.iter().map(name).collect();
    all.sort_by_cached_key(|entry| order.iter().position(|id| *id == Some(&entry.id)).unwrap_or(order.len()));
    all
}

/// The entries of the index as it is. Where there is none, or it cannot be read, those of the folders of results; a
/// folder says nothing of referrals that failed, so a damaged index is told, and they are entered as not run.
fn before(options: &BatchOptions, warnings: &mut Vec<String>) -> Vec<report::BatchReferral> {
    let path = options.output.join(BATCH);
    let fault = match std::fs::read_to_string(&path) {
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
            return of_folders(options.output, warnings);
        }
        Err(fault) => fault.to_string(),
        Ok(text) => match read_batch_json(&text) {
            Ok(batch) => return batch.referrals,
            Err(fault) => fault.to_string(),
        },
    };
    let mut entries = of_folders(options.output, warnings);
    let told = format!(
        "{BATCH} from an earlier run could not be read ({fault}): the index was rebuilt from the {} folders \
         of results; the record of other referrals, and why they failed, is lost",
        entries.len()
    );
    warn!("{}: {told}", path.display());
    warnings.push(told);
    for row in &options.samplesheet.referrals {
        if name(row).is_some_and(|id| !entries.iter().any(|entry| entry.id == id)) {
            let why = "the outcome of this referral is not known: the index that held its entry was damaged";
            entries.push(not_run(row, why, options));
        }
    }
    entries
}

/// The entries of the complete folders of results, by name.
fn of_folders(output: &Path, warnings: &mut Vec<String>) -> Vec<report::BatchReferral> {
    let mut folders: Vec<_> = std::fs::read_dir(output)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|folder| folder.join(DONE).is_file())
        .collect();
    folders.sort();
    let mut entries = Vec::new();
    for folder in folders {
        match of_folder(&folder) {
            Ok(entry) => entries.push(entry),
            Err(fault) => {
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                let told = format!("folder {name}: {fault}; it has no entry here; run the referral again");
                warn!("{told}");
                warnings.push(told);
            }
        }
    }
    entries
}

/// The entry of one folder of results, from its report, which must be the one that was published.
fn of_folder(folder: &Path) -> Result<report::BatchReferral, String> {
    let done = std::fs::read(folder.join(DONE)).map_err(|fault| format!("{DONE}: {fault}"))?;
    let done: Done = serde_json::from_slice(&done).map_err(|fault| format!("{DONE}: {fault}"))?;
    let stored = folder.join("report.json");
    let digest = digest_file(&stored).map_err(|fault| format!("report.json: {fault}"))?;
    if done.outputs.get("report.json") != Some(&digest) {
        return Err(format!("report.json is not the one that {DONE} lists"));
    }
    let text = std::fs::read_to_string(&stored).map_err(|fault| format!("report.json: {fault}"))?;
    let report = read_json(&text).map_err(|fault| format!("report.json: {fault}"))?;
    if folder.file_name().is_none_or(|name| name != report.referral.id.as_str()) {
        return Err(format!("it holds the results of referral {}", report.referral.id));
    }
    Ok(report::BatchReferral::done(&report))
}
