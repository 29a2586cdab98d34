//! `ithaca plan`: resolves and prints the plan of each referral; runs nothing.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::failure::{ExitStatus, Failure};
use super::knowledge::KnowledgeArgs;
use crate::model::panel::Confidence;
use crate::model::plan::Plan;
use crate::read::samplesheet::Samplesheet;
use crate::run::plan::{canonical_json, make_plan, plan_hash};

/// Arguments of `ithaca plan`.
#[derive(Args)]
pub struct PlanArgs {
    /// Samplesheet (TSV or CSV): one row a participant
    samplesheet: PathBuf,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
    /// Where a bundle built from a manifest is kept
    #[arg(long, default_value = ".", value_name = "DIR")]
    output: PathBuf,
    /// A summary for a person, or one canonical JSON object a line
    #[arg(long, value_enum, default_value_t)]
    format: PlanFormat,
}

/// Form of the plans.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum PlanFormat {
    /// A summary for a person.
    #[default]
    Text,
    /// One canonical JSON object a line.
    Json,
}

/// Prints the plans.
pub fn run(args: &PlanArgs) -> Result<ExitStatus, Failure> {
    let samplesheet = Samplesheet::read(&args.samplesheet).map_err(Failure::input)?;
    let paths = args.knowledge.paths(&args.output)?;
    let knowledge = super::knowledge::open(&paths)?;
    let context = knowledge.plan_context();
    let mut out = std::io::stdout().lock();
    let mut refused = 0;
    for entry in &samplesheet.referrals {
        let fault = match entry {
            Err(fault) => fault.to_string(),
            Ok(referral) => match make_plan(referral, &context) {
                Err(fault) => fault.to_string(),
                Ok(plan) => {
                    print(&mut out, &plan, args.format)?;
                    continue;
                }
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
        let newer =
            panel.newer_version.as_deref().map(|v| format!("; newer, not used: {v}")).unwrap_or_default();
        lines.push(format!(
            "  panel   {} {} v{} ({signed}; {} green genes{newer})",
            panel.id, panel.name, panel.version, panel.green_genes
        ));
    }
    let green = |gene: &&crate::model::plan::PlannedGene| {
        gene.entries.iter().any(|entry| entry.confidence == Confidence::Green)
    };
    let genes: Vec<&str> = plan.genes.iter().filter(green).map(|gene| gene.symbol.as_str()).collect();
    let genes = if plan.gene_agnostic { "every gene".to_owned() } else { genes.join(" ") };
    lines.push(format!("  genes   {genes}"));
    lines.extend(plan.not_covered.iter().map(|what| format!("  not covered  {what}")));
    lines.push(format!("  rules   {}, {}", plan.pipeline, plan.rule_set));
    lines.push(String::new());
    lines.join("\n") + "\n"
}
