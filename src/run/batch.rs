//! A batch: every referral of a samplesheet, each on its own; one that fails does not stop the rest.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use tracing::{error, info, info_span, warn};

use crate::model::plan::Referral;
use crate::report::ReportError;
use crate::report::model as report;
use crate::request::samplesheet::Samplesheet;
use crate::write::whole_file::Unwritten;

use self::entry::{Row, failed, name, not_run};
use super::error::ReferralError;
use super::referral::run_referral;
use crate::knowledge::Knowledge;
use crate::plan::StoredPlans;
use crate::publish::provenance::Provenance;
use crate::publish::remove_abandoned;

mod entry;
mod index;

/// What a batch is run with.
pub struct BatchOptions<'a> {
    /// What it rests on.
    pub knowledge: &'a Knowledge,
    /// The samplesheet.
    pub samplesheet: &'a Samplesheet,
    /// Referrals to run; all when empty.
    pub only: &'a [String],
    /// Plans made before, to be run as they stand; made anew when absent.
    pub plans: Option<&'a StoredPlans>,
    /// Folder of results.
    pub output: &'a Path,
    /// Date of the run (ISO), the only date in any result.
    pub run_date: &'a str,
    /// Where and how the run is made.
    pub provenance: &'a Provenance,
    /// Set from outside when no further referral may be started; those in work are finished.
    pub stop: &'a AtomicBool,
}

/// Told about each referral, for progress.
pub trait Observer: Sync {
    /// Work on the referral starts.
    fn started(&self, referral: &str);
    /// Work on it ends.
    fn finished(&self, referral: &str, done: bool);
}

/// Why a batch cannot be run or finished at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// `only` names a referral that the samplesheet does not have.
    #[error("the samplesheet has no referral '{0}'; check the name given with --only")]
    NoSuchReferral(String),
    /// The summary of the batch could not be made.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The summary of the batch could not be written.
    #[error("{0}; check free space and permissions, and run again")]
    Write(#[from] Unwritten),
}

/// Runs every referral and writes `index.html` and `batch.json`.
///
/// # Errors
/// Only when the batch as a whole cannot be run; a referral that fails is part of the result.
pub fn run_batch(options: &BatchOptions, observer: &dyn Observer) -> Result<report::Batch, BatchError> {
    let rows = chosen(options)?;
    for told in remove_abandoned(options.output, &rows.iter().copied().filter_map(name).collect()) {
        warn!("{told}");
    }
    let entries: Vec<report::BatchReferral> = rows
        .into_par_iter()
        .map(|row| match row {
            Err(fault) => {
                error!("{fault}");
                failed(row, fault, options)
            }
            Ok(_) if options.stop.load(Ordering::SeqCst) => {
                not_run(row, "the run was stopped before it reached this referral", options)
            }
            Ok(referral) => one(row, referral, options, observer),
        })
        .collect();
    index::update(entries, options)
}

fn chosen<'a>(options: &BatchOptions<'a>) -> Result<Vec<&'a Row>, BatchError> {
    let all = &options.samplesheet.referrals;
    for wanted in options.only {
        if !all.iter().any(|row| name(row) == Some(wanted)) {
            return Err(BatchError::NoSuchReferral(wanted.clone()));
        }
    }
    let wanted =
        |row: &&'a Row| options.only.is_empty() || options.only.iter().any(|only| name(row) == Some(only));
    Ok(all.iter().filter(wanted).collect())
}

fn one(
    row: &Row,
    referral: &Referral,
    options: &BatchOptions,
    observer: &dyn Observer,
) -> report::BatchReferral {
    let span = info_span!("referral", id = %referral.id);
    let _guard = span.enter();
    observer.started(&referral.id);
    // A fault of the program in one referral must not take the others with it.
    let outcome = catch_unwind(AssertUnwindSafe(|| run_referral(referral, options)))
        .unwrap_or_else(|panic| Err(ReferralError::Internal(words_of(panic.as_ref()))));
    observer.finished(&referral.id, outcome.is_ok());
    match outcome {
        Ok(published) => {
            info!(findings = published.report.findings.len(), "done");
            report::BatchReferral::done(&published.report)
        }
        Err(fault) => {
            error!("{fault}");
            failed(row, &fault, options)
        }
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "no message".to_owned())
}
