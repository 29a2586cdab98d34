//! A batch: every referral of a samplesheet, each on its own; one that fails does not stop the rest.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tracing::{error, info, info_span};

use crate::model::plan::{Plan, Referral};
use crate::read::samplesheet::{Samplesheet, SamplesheetError};
use crate::report::model as report;
use crate::report::{ReportError, read_batch_json, write_batch_html, write_batch_json};

use super::error::{ReferralError, message_and_remedy};
use super::knowledge::Knowledge;
use super::plan::StoredPlans;
use super::provenance::Provenance;
use super::publish::{DONE, replace_file};
use super::referral::{Published, run_referral};

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
    #[error("{}: {source}; check free space and permissions", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Runs every referral and writes `index.html` and `batch.json`.
///
/// # Errors
/// Only when the batch as a whole cannot be run; a referral that fails is part of the result.
pub fn run_batch(options: &BatchOptions, observer: &dyn Observer) -> Result<report::Batch, BatchError> {
    let entries = chosen(options)?;
    let referrals: Vec<report::BatchReferral> = entries
        .into_par_iter()
        .map(|entry| match entry {
            Ok(referral) => one(referral, options, observer),
            Err(fault) => failed_row(fault),
        })
        .collect();
    let referrals = with_those_of_before(referrals, options);
    let knowledge = options.knowledge;
    let batch = report::Batch::new(
        options.run_date,
        report::Definition {
            name: knowledge.pipeline.name.clone(),
            date: Some(knowledge.pipeline.date.clone()),
            hash: knowledge.pipeline_hash.clone(),
        },
        knowledge.bundle.assembly().name(),
        knowledge.bundle.hash(),
        options.samplesheet.warnings.clone(),
        referrals,
    );
    write(&options.output.join("batch.json"), &write_batch_json(&batch)?)?;
    write(&options.output.join("index.html"), &write_batch_html(&batch)?)?;
    Ok(batch)
}

/// A run of some referrals into a folder that has more keeps the entries of the others, in their order.
fn with_those_of_before(
    referrals: Vec<report::BatchReferral>,
    options: &BatchOptions,
) -> Vec<report::BatchReferral> {
    let before = std::fs::read_to_string(options.output.join("batch.json")).ok();
    let Some(before) =
        before.and_then(|text| read_batch_json(&text).ok()).filter(|_| !options.only.is_empty())
    else {
        return referrals;
    };
    let mut all = before.referrals;
    for referral in referrals {
        match all.iter_mut().find(|known| known.id == referral.id) {
            Some(known) => *known = referral,
            None => all.push(referral),
        }
    }
    all
}

fn chosen<'a>(options: &BatchOptions<'a>) -> Result<Vec<&'a Result<Referral, SamplesheetError>>, BatchError> {
    let name = |entry: &'a Result<Referral, SamplesheetError>| match entry {
        Ok(referral) => Some(referral.id.as_str()),
        Err(fault) => fault.referral(),
    };
    let all = &options.samplesheet.referrals;
    for wanted in options.only {
        if !all.iter().any(|entry| name(entry) == Some(wanted)) {
            return Err(BatchError::NoSuchReferral(wanted.clone()));
        }
    }
    let wanted = |entry: &&'a Result<Referral, SamplesheetError>| {
        options.only.is_empty() || options.only.iter().any(|only| name(entry) == Some(only))
    };
    Ok(all.iter().filter(wanted).collect())
}

fn one(referral: &Referral, options: &BatchOptions, observer: &dyn Observer) -> report::BatchReferral {
    let span = info_span!("referral", id = %referral.id);
    let _guard = span.enter();
    observer.started(&referral.id);
    // A fault of the program in one referral must not take the others with it.
    let outcome = catch_unwind(AssertUnwindSafe(|| run_referral(referral, options)))
        .unwrap_or_else(|panic| Err(ReferralError::Internal(words_of(panic.as_ref()))));
    observer.finished(&referral.id, outcome.is_ok());
    let (tests, state) = match outcome {
        Ok(published) => {
            info!(findings = published.report.findings.len(), "done");
            (tests(&published.plan), done(&published, &referral.id))
        }
        Err(fault) => {
            error!("{fault}");
            let (mut message, remedy) = message_and_remedy(&fault);
            if options.output.join(&referral.id).join(DONE).exists() {
                message.push_str(" (the folder of that name holds the results of an earlier run)");
            }
            (requested(referral), report::ReferralState::Failed { message, remedy })
        }
    };
    report::BatchReferral {
        id: referral.id.clone(),
        tests,
        priority: referral.priority.clone(),
        members: referral.family.members.len() as u64,
        state,
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "no message".to_owned())
}

fn tests(plan: &Plan) -> Vec<report::RequestedTest> {
    report::ReferralSection::of(plan, |_| None).tests
}

/// The tests of a referral that has no plan: codes only.
fn requested(referral: &Referral) -> Vec<report::RequestedTest> {
    referral
        .test_codes
        .iter()
        .map(|code| report::RequestedTest {
            code: code.0.clone(),
            name: String::new(),
            method: String::new(),
        })
        .collect()
}

fn done(published: &Published, id: &str) -> report::ReferralState {
    let report = &published.report;
    let mut tiers: BTreeMap<_, u64> = BTreeMap::new();
    for finding in report.findings.iter().chain(&report.off_panel) {
        *tiers.entry(finding.tier.tier).or_default() += 1;
    }
    let count = |tier| tiers.get(&tier).copied().unwrap_or(0);
    use crate::model::tier::Tier;
    report::ReferralState::Done {
        headline: report.headline.sentence.clone(),
        tiers: report::TierCounts {
            tier_1: count(Tier::Tier1),
            tier_2: count(Tier::Tier2),
            tier_3: count(Tier::Tier3),
            single_hits: report.single_hits.len() as u64,
        },
        warnings: report
            .input_checks
            .checks
            .iter()
            .filter(|check| check.severity == report::Severity::Warning)
            .count() as u64,
        links: report::ReportLinks { html: format!("{id}/report.html"), json: format!("{id}/report.json") },
    }
}

fn failed_row(fault: &SamplesheetError) -> report::BatchReferral {
    error!("{fault}");
    let (message, remedy) = message_and_remedy(fault);
    report::BatchReferral {
        id: fault.referral().unwrap_or("unknown").to_owned(),
        tests: Vec::new(),
        priority: String::new(),
        members: 0,
        state: report::ReferralState::Failed { message, remedy },
    }
}

fn write(path: &Path, text: &str) -> Result<(), BatchError> {
    replace_file(path, text.as_bytes())
        .map_err(|source| BatchError::Write { path: path.to_path_buf(), source })
}
