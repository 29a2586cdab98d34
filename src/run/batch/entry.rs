//! The entry of a referral in the batch's index.

use super::BatchOptions;
use crate::model::done::DONE;
use crate::model::plan::Referral;
use crate::model::remedy::Remedy;
use crate::report::model as report;
use crate::request::samplesheet::SamplesheetError;
use crate::run::error::message_and_remedy;

/// A line of the samplesheet: a referral, or why its rows cannot be read.
pub(super) type Row = Result<Referral, SamplesheetError>;

/// The referral that a line names; absent where the file as a whole is at fault.
pub(super) fn name(row: &Row) -> Option<&str> {
    match row {
        Ok(referral) => Some(&referral.id),
        Err(fault) => fault.referral(),
    }
}

/// The run that is being made, as entries state it.
pub(super) fn this_run(options: &BatchOptions) -> report::EntryRun {
    let knowledge = options.knowledge;
    report::EntryRun {
        run_date: options.run_date.to_owned(),
        software: report::Software::this(),
        pipeline: report::Definition {
            name: knowledge.pipeline.name.clone(),
            date: Some(knowledge.pipeline.date.clone()),
            hash: knowledge.pipeline_hash.clone(),
        },
        assembly: knowledge.bundle.assembly().name().to_owned(),
        bundle_hash: knowledge.bundle.hash().to_owned(),
    }
}

/// A referral that failed.
pub(super) fn failed(row: &Row, fault: &dyn Remedy, options: &BatchOptions) -> report::BatchReferral {
    let (message, remedy) = message_and_remedy(fault);
    let message = with_earlier_results(message, row, options);
    entry(row, options, report::ReferralState::Failed { message, remedy })
}

/// A referral that was not run.
pub(super) fn not_run(row: &Row, why: &str, options: &BatchOptions) -> report::BatchReferral {
    let message = with_earlier_results(why.to_owned(), row, options);
    let remedy = match name(row) {
        Some(id) => format!("run again with --only {id}"),
        None => "run again".to_owned(),
    };
    entry(row, options, report::ReferralState::NotRun { message, remedy })
}

/// Whoever opens the folder must know that it does not hold what this run found.
fn with_earlier_results(mut message: String, row: &Row, options: &BatchOptions) -> String {
    if name(row).is_some_and(|id| options.output.join(id).join(DONE).exists()) {
        message.push_str(" (the folder of that name holds the results of an earlier run)");
    }
    message
}

fn entry(row: &Row, options: &BatchOptions, state: report::ReferralState) -> report::BatchReferral {
    let referral = row.as_ref().ok();
    // There is no plan: of the tests only the codes are known.
    let test = |code: &crate::model::directory::TestCode| report::RequestedTest {
        code: code.0.clone(),
        name: String::new(),
        method: String::new(),
    };
    report::BatchReferral {
        id: name(row).unwrap_or("unknown").to_owned(),
        tests: referral.map(|r| r.test_codes.iter().map(test).collect()).unwrap_or_default(),
        priority: referral.map(|r| r.priority.clone()).unwrap_or_default(),
        members: referral.map_or(0, |r| r.family.members.len() as u64),
        run: this_run(options),
        state,
    }
}
