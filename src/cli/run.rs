//! `ithaca run`: the batch.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;
use rayon::prelude::*;

use super::date::run_date;
use super::failure::{ExitStatus, Failure};
use super::knowledge::KnowledgeArgs;
use super::log::{self, LogFormat};
use super::progress::BatchProgress;
use super::samplesheet::SamplesheetArgs;
use crate::knowledge::Knowledge;
use crate::plan::{StoredPlanFault, StoredPlans, stored};
use crate::publish::provenance::Provenance;
use crate::report::model::ReferralState;
use crate::request::samplesheet::Samplesheet;
use crate::run::batch::{BatchError, BatchOptions, run_batch};

/// Arguments of `ithaca run`.
#[derive(Args)]
pub struct RunArgs {
    /// Samplesheet (TSV or CSV): one row per participant
    samplesheet: PathBuf,
    #[command(flatten)]
    form: SamplesheetArgs,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
    /// Folder for the results: a folder per referral, index.html and batch.json
    #[arg(long)]
    output: PathBuf,
    /// Run only this referral; may be given several times
    #[arg(long, value_name = "REFERRAL")]
    only: Vec<String>,
    /// Run the plans stored in this folder (by `ithaca plan --output`, or the results of an earlier run) unchanged;
    /// refused if the plan, bundle, pipeline or inputs no longer match
    #[arg(long, value_name = "DIR")]
    plans: Option<PathBuf>,
    /// Maximum number of threads; all available by default
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Date of the run in the reports; today by default
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Log format on standard error
    #[arg(long, value_enum, default_value_t)]
    log: LogFormat,
}

/// Runs the batch.
pub fn run(args: &RunArgs) -> Result<ExitStatus, Failure> {
    log::start(args.log);
    let run_date = run_date(args.date.as_deref()).map_err(|text| Failure::usage(anyhow!(text)))?;
    let samplesheet = args.form.read(&args.samplesheet)?;
    super::output_folder::prepare(&args.output)?;
    let pool = super::threads::pool(args.threads)?;
    let paths = args.knowledge.paths(&args.output)?;
    let knowledge = pool.install(|| super::knowledge::open(&paths))?;
    let plans = args.plans.as_deref().map(|folder| {
        let open = || stored_plans(folder, &samplesheet, &args.only, &knowledge);
        pool.install(open)
    });
    if let Some(plans) = &plans {
        refuse(plans)?;
    }
    let provenance = Provenance {
        software: format!("ithaca {}", env!("CARGO_PKG_VERSION")),
        command: std::env::args().collect(),
        threads: pool.current_num_threads(),
        samplesheet: absolute(&args.samplesheet)?,
        pipeline: absolute(&paths.pipeline)?,
        bundle: absolute(&paths.bundle)?,
        directory: absolute(&paths.directory)?,
        panels: absolute(&paths.panels)?,
    };
    // Until here a signal ends the program at once: no result is begun.
    let stop = super::stop::flag_of_signals()?;
    let options = BatchOptions {
        knowledge: &knowledge,
        samplesheet: &samplesheet,
        only: &args.only,
        plans: plans.as_ref(),
        output: &args.output,
        run_date: &run_date,
        provenance: &provenance,
        stop: &stop,
    };
    let progress =
        BatchProgress::new(if args.only.is_empty() { samplesheet.referrals.len() } else { args.only.len() });
    let outcome = pool.install(|| run_batch(&options, &progress));
    progress.clear();
    let batch = outcome.map_err(|fault| match fault {
        BatchError::NoSuchReferral(_) => Failure::usage(fault),
        BatchError::Write(_) => Failure::unwritable(fault),
        _ => Failure::internal(fault),
    })?;
    summarise(&batch, &args.output).map_err(Failure::internal)?;
    knowledge.bundle.intact().map_err(Failure::resource)?;
    let of_this_run = |id: &String| args.only.is_empty() || args.only.contains(id);
    let states = || batch.referrals.iter().filter(|r| of_this_run(&r.id)).map(|r| (&r.id, &r.state));
    let not_reached: Vec<_> = states()
        .filter(|(_, state)| matches!(state, ReferralState::NotRun { .. }))
        .map(|(id, _)| id)
        .collect();
    if !not_reached.is_empty() {
        say_what_is_left(&not_reached).map_err(Failure::internal)?;
        return Ok(ExitStatus::Stopped);
    }
    let failed = states().any(|(_, state)| matches!(state, ReferralState::Failed { .. }));
    Ok(if failed { ExitStatus::SomeFailed } else { ExitStatus::Done })
}

/// What to do after a run that was stopped.
fn say_what_is_left(not_reached: &[&String]) -> std::io::Result<()> {
    let only: String = not_reached.iter().map(|id| format!(" --only {id}")).collect();
    writeln!(
        std::io::stderr(),
        "ithaca: stopped by a signal: {} not run; run again with{only} (the same command without it runs \
         every referral again in full)",
        match not_reached.len() {
            1 => "1 referral was".to_owned(),
            several => format!("{several} referrals were"),
        }
    )
}

/// Opens the stored plan of every referral that will be run, once, and holds it against what is there.
fn stored_plans(
    folder: &Path,
    samplesheet: &Samplesheet,
    only: &[String],
    knowledge: &Knowledge,
) -> StoredPlans {
    let context = knowledge.plan_context();
    let resolve = |written: &Path| samplesheet.resolve(written);
    let referrals: Vec<_> = samplesheet.referrals.iter().flatten().collect();
    referrals
        .into_par_iter()
        .filter(|referral| only.is_empty() || only.contains(&referral.id))
        .map(|referral| (referral.id.clone(), stored::open(folder, referral, &context, &resolve)))
        .collect()
}

/// Ends the run before it starts where the bundle or the pipeline is another than planned, or where no plan holds.
fn refuse(plans: &StoredPlans) -> Result<(), Failure> {
    let refused: Vec<_> = plans.iter().filter_map(|(id, plan)| Some((id, plan.as_ref().err()?))).collect();
    let batch = refused.iter().find(|(_, fault)| fault.concerns_batch());
    let Some((id, fault)) = batch.or(refused.first().filter(|_| refused.len() == plans.len())) else {
        return Ok(());
    };
    let others = match refused.len() {
        1 => String::new(),
        all => format!(" (and {} other plans are refused)", all - 1),
    };
    let error = anyhow!("referral {id}: {fault}{others}");
    Err(match fault.fault() {
        StoredPlanFault::Input => Failure::input(error),
        StoredPlanFault::Configuration => Failure::usage(error),
        StoredPlanFault::Resource => Failure::resource(error),
    })
}

/// The end of a run in words: what was done, what failed and why, where to look.
fn summarise(batch: &crate::report::model::Batch, output: &Path) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let counts = batch.counts;
    writeln!(
        out,
        "{} of {} referrals done, {} with a Tier 1 or Tier 2 finding, {} failed{}",
        counts.done,
        counts.referrals,
        counts.with_findings,
        counts.failed,
        if counts.not_run == 0 { String::new() } else { format!(", {} not run", counts.not_run) }
    )?;
    for referral in &batch.referrals {
        if let ReferralState::Failed { message, remedy } = &referral.state {
            writeln!(out, "failed  {}: {message}\n        to do: {remedy}", referral.id)?;
        }
    }
    for warning in &batch.warnings {
        writeln!(out, "note    {warning}")?;
    }
    writeln!(out, "reports {}", output.join("index.html").display())?;
    Ok(())
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).with_context(|| path.display().to_string()).map_err(Failure::usage)
}
