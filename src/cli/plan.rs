//! `ithaca plan`: resolves and prints the plan of each referral; runs nothing.

mod export;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand, ValueEnum};
use export::ExportArgs;

use super::failure::{ExitStatus, Failure};
use super::knowledge::KnowledgeArgs;
use super::samplesheet::SamplesheetArgs;
use crate::model::done::DONE;
use crate::model::panel::Confidence;
use crate::model::plan::{Plan, Referral};
use crate::plan::stored::{LOCK, PLAN};
use crate::plan::{Lock, canonical_json, make_plan, pending_links, plan_diff, plan_hash};
use crate::request::samplesheet::SamplesheetError;

/// Arguments of `ithaca plan`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct PlanArgs {
    #[command(subcommand)]
    command: Option<PlanCommand>,
    #[command(flatten)]
    make: Option<MakeArgs>,
}

/// Making plans, which needs no subcommand. The group is told by its samplesheet: clap fills in no group that has
/// other groups in it.
#[derive(Args)]
#[group(args = ["samplesheet"])]
struct MakeArgs {
    /// Samplesheet (TSV or CSV): one row per participant
    samplesheet: PathBuf,
    #[command(flatten)]
    form: SamplesheetArgs,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
    /// Folder for the plans, for `ithaca run --plans`: a folder per referral with plan.json and LOCK.json; a bundle
    /// built from a manifest is kept here too
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Plan only this referral; may be given several times
    #[arg(long, value_name = "REFERRAL")]
    only: Vec<String>,
    /// A readable summary, or one canonical JSON object per line
    #[arg(long, value_enum, default_value_t)]
    format: PlanFormat,
}

#[derive(Subcommand)]
enum PlanCommand {
    /// List every difference between two plans
    Diff {
        /// The first plan: plan.json, or the folder that holds it
        before: PathBuf,
        /// The second plan
        after: PathBuf,
    },
    Export(ExportArgs),
}

/// Form of the plans.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum PlanFormat {
    /// A readable summary.
    #[default]
    Text,
    /// One canonical JSON object per line.
    Json,
}

/// Makes and prints plans, or works on stored ones.
pub fn run(args: &PlanArgs) -> Result<ExitStatus, Failure> {
    match (&args.command, &args.make) {
        (Some(PlanCommand::Diff { before, after }), _) => diff(before, after),
        (Some(PlanCommand::Export(args)), _) => export::run(args),
        (None, Some(make)) => plans(make),
        (None, None) => Err(Failure::usage(anyhow!(
            "a samplesheet, or one of these subcommands, is \
                                                    required: diff, export"
        ))),
    }
}

fn plans(args: &MakeArgs) -> Result<ExitStatus, Failure> {
    let samplesheet = args.form.read(&args.samplesheet)?;
    let name = |entry: &Result<Referral, SamplesheetError>| match entry {
        Ok(referral) => Some(referral.id.clone()),
        Err(fault) => fault.referral().map(str::to_owned),
    };
    let names: BTreeSet<String> = samplesheet.referrals.iter().filter_map(name).collect();
    if let Some(unknown) = args.only.iter().find(|only| !names.contains(*only)) {
        return Err(Failure::usage(anyhow!(
            "the samplesheet has no referral '{unknown}'; check the name given with --only"
        )));
    }
    let paths = args.knowledge.paths(args.output.as_deref().unwrap_or(Path::new(".")))?;
    let knowledge = super::knowledge::open(&paths)?;
    let context = knowledge.plan_context();
    let resolve = |written: &Path| samplesheet.resolve(written);
    let mut out = std::io::stdout().lock();
    let mut refused = 0;
    for entry in &samplesheet.referrals {
        if !args.only.is_empty() && !name(entry).is_some_and(|id| args.only.contains(&id)) {
            continue;
        }
        let fault = match entry {
            Err(fault) => fault.to_string(),
            Ok(referral) => match make_plan(referral, &context) {
                Err(fault) => fault.to_string(),
                Ok(plan) => match args.output.as_deref().map(|folder| store(folder, &plan, &resolve)) {
                    Some(Ok(Err(fault))) => fault,
                    Some(Err(failure)) => return Err(failure),
                    Some(Ok(Ok(()))) | None => {
                        print(&mut out, &plan, args.format)?;
                        continue;
                    }
                },
            },
        };
        refused += 1;
        writeln!(std::io::stderr(), "ithaca: {fault}").map_err(Failure::internal)?;
    }
    for warning in &samplesheet.warnings {
        writeln!(std::io::stderr(), "note: {warning}").map_err(Failure::internal)?;
    }
    Ok(if refused > 0 { ExitStatus::SomeFailed } else { ExitStatus::Done })
}

/// Stores a plan with its lock. The outer error is the disk's; the inner one is about this referral's files.
fn store(
    folder: &Path,
    plan: &Plan,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<Result<(), String>, Failure> {
    let home = folder.join(&plan.referral.id);
    if home.join(DONE).exists() {
        return Err(Failure::usage(anyhow!(
            "{} holds results; choose another folder for the plans",
            home.display()
        )));
    }
    let hash = plan_hash(plan).map_err(Failure::internal)?;
    let lock = match Lock::of(plan, hash, resolve) {
        Ok(lock) => lock,
        Err((path, fault)) => {
            return Ok(Err(format!(
                "referral {}: {}: {fault}; a plan locks its variant files, so correct the path",
                plan.referral.id,
                path.display()
            )));
        }
    };
    std::fs::create_dir_all(&home)
        .with_context(|| format!("{} cannot be made", home.display()))
        .map_err(Failure::usage)?;
    let json = canonical_json(plan).map_err(Failure::internal)?;
    let mut lock = serde_json::to_string_pretty(&lock).map_err(Failure::internal)?;
    lock.push('\n');
    super::whole_file::write(&home.join(PLAN), json.as_bytes())?;
    super::whole_file::write(&home.join(LOCK), lock.as_bytes())?;
    Ok(Ok(()))
}

/// Reads a plan by itself: altered or not, it can be looked at.
pub(super) fn read(path: &Path) -> Result<Plan, Failure> {
    let file = if path.is_dir() { path.join(PLAN) } else { path.to_path_buf() };
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("{}: cannot be read; use a plan.json or its folder", file.display()))
        .map_err(Failure::input)?;
    serde_json::from_str(&text)
        .with_context(|| format!("{}: is not a plan of this program, or is truncated", file.display()))
        .map_err(Failure::input)
}

fn diff(before: &Path, after: &Path) -> Result<ExitStatus, Failure> {
    let (before, after) = (read(before)?, read(after)?);
    let mut out = std::io::stdout().lock();
    writeln!(out, "ingredient\tbefore\tafter").map_err(Failure::internal)?;
    for difference in plan_diff(&before, &after) {
        let cells = [difference.ingredient, difference.before, difference.after];
        let line = cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t");
        writeln!(out, "{line}").map_err(Failure::internal)?;
    }
    Ok(ExitStatus::Done)
}

fn print(out: &mut impl Write, plan: &Plan, format: PlanFormat) -> Result<(), Failure> {
    let text = match format {
        PlanFormat::Json => {
            let json = canonical_json(plan).map_err(Failure::internal)?;
            let value: serde_json::Value = serde_json::from_str(&json).map_err(Failure::internal)?;
            format!("{value}\n")
        }
        PlanFormat::Text => summary(plan, &plan_hash(plan).map_err(Failure::internal)?),
    };
    out.write_all(text.as_bytes()).map_err(Failure::internal)
}

fn summary(plan: &Plan, hash: &str) -> String {
    let mut lines = vec![format!("{}  plan {}", plan.referral.id, &hash[..hash.len().min(16)])];
    for test in &plan.tests {
        lines.push(format!("  test    {} {} ({})", test.code, test.name, test.method));
    }
    for panel in &plan.panels {
        let signed =
            panel.signed_off.as_deref().map_or("not signed off".to_owned(), |d| format!("signed off {d}"));
        let used = match panel.chosen_by.as_str() {
            "" => String::new(),
            words => format!("; {words}"),
        };
        let last = panel
            .signed_off_version
            .as_deref()
            .map(|v| format!("; most recently signed off, not used: {v}"))
            .unwrap_or_default();
        let newer =
            panel.newer_version.as_deref().map(|v| format!("; newer, not used: {v}")).unwrap_or_default();
        lines.push(format!(
            "  panel   {} {} v{} ({signed}; {} green genes{used}{last}{newer})",
            panel.id, panel.name, panel.version, panel.green_genes
        ));
    }
    let green = |gene: &&crate::model::plan::PlannedGene| {
        gene.entries.iter().any(|entry| entry.confidence == Confidence::Green)
    };
    let genes: Vec<&str> = plan.genes.iter().filter(green).map(|gene| gene.symbol.as_str()).collect();
    let genes = match (plan.gene_agnostic, plan.only_looks_up()) {
        (true, _) => "every gene".to_owned(),
        (_, true) => "none: named variants are looked up, and nothing else is analysed".to_owned(),
        _ => genes.join(" "),
    };
    lines.extend(plan.named_variants.iter().map(|variant| {
        let same = variant.name == variant.written;
        let written = if same { String::new() } else { format!(" (written {})", variant.written) };
        format!("  variant {}{written}", variant.name)
    }));
    lines.push(format!("  genes   {genes}"));
    lines.extend(plan.not_covered.iter().map(|what| format!("  not covered  {what}")));
    lines.extend(pending_links(plan).into_iter().map(|words| format!("  notice  {words}")));
    lines.push(format!("  rules   {}, {}", plan.pipeline, plan.rule_set));
    lines.push(String::new());
    lines.join("\n") + "\n"
}
