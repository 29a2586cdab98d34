//! Makes the plan of a referral: which tests, which panel versions, which genes and transcripts, under which
//! rules and knowledge. Everything is decided before any variant is read, and the plan's hash locks it.

pub mod canonical;
pub mod context;
pub mod diff;
pub mod error;
pub mod export;
pub mod genes;
mod links;
mod named_variants;
pub mod overrides;
pub mod panels;
pub mod stored;
pub mod test_code;
pub mod transcripts;

use std::path::PathBuf;

use crate::model::directory::{DirectoryTest, TestTarget};
use crate::model::participant::Affection;
use crate::model::pipeline::Pipeline;
use crate::model::plan::{Plan, PlannedScope, PlannedTest, Referral};

pub use canonical::{canonical_json, plan_hash};
pub use context::PlanContext;
pub use diff::{PlanDifference, plan_diff};
pub use error::{PlanError, Refusal};
use genes::VirtualPanel;
pub use links::pending_links;
pub use overrides::TranscriptOverrides;
pub use stored::{Lock, StoredPlan, StoredPlanError, StoredPlanFault, StoredPlans};
pub use transcripts::TranscriptChoices;

/// Version of the plan's layout; a plan of another version is not read.
pub const SCHEMA: u32 = 1;

/// Makes the plan of a referral, or says why none can be made.
///
/// # Errors
/// When a test code is unknown or stands for something a virtual panel cannot answer, a panel is missing,
/// retired or not signed off, a gene's name is ambiguous, or a test would look at no gene at all: a plan
/// without genes would end as a clean negative report.
pub fn make_plan(referral: &Referral, context: &PlanContext<'_>) -> Result<Plan, PlanError> {
    plan_of(referral, context).map_err(|reason| PlanError {
        referral: referral.id.clone(),
        line: referral.line,
        reason: Box::new(reason),
    })
}

fn plan_of(referral: &Referral, context: &PlanContext<'_>) -> Result<Plan, Refusal> {
    if referral.test_codes.is_empty() && referral.panels.is_empty() && referral.variants.is_empty() {
        return Err(Refusal::NothingRequested);
    }
    let tests = test_code::look_up(&referral.test_codes, context.directory)?;
    let named_variants = named_variants::of(&referral.variants, context)?;
    let mut panel = VirtualPanel::new(context);
    let asks_for_genes =
        !referral.panels.is_empty() || tests.iter().any(|test| test.target != TestTarget::FamilialVariant);
    panel.looks_up(!named_variants.is_empty() && !asks_for_genes);
    for test in &tests {
        add_test(&mut panel, test, referral)?;
    }
    for id in &referral.panels {
        panels::add(&mut panel, *id, None)?;
    }
    panel.check()?;
    let parts = panel.finish();
    let pipeline = context.pipeline;
    let plan = Plan {
        schema: SCHEMA,
        referral: referral.clone(),
        directory_release: context.directory.release.clone(),
        directory_hash: context.directory.source_hash.clone(),
        links: links::of(&tests, &referral.panels, &parts.panels, context),
        tests: tests.iter().map(|test| planned(test)).collect(),
        panels: parts.panels,
        genes: parts.genes,
        gene_agnostic: parts.gene_agnostic,
        mitochondrial: parts.mitochondrial,
        named_variants,
        not_covered: parts.not_covered,
        scope: Some(PlannedScope {
            genes: pipeline.scope.genes,
            exon_padding: pipeline.scope.exon_padding,
            coverage_padding: pipeline.coverage.exon_padding,
        }),
        pipeline: pipeline_words(pipeline),
        pipeline_hash: context.pipeline_hash.to_owned(),
        rule_set: context.rule_set.to_owned(),
        rule_set_hash: context.rule_set_hash.to_owned(),
        lists: context.lists.to_vec(),
        bundle_hash: context.bundle_hash.to_owned(),
        assembly: context.assembly.name().to_owned(),
        inputs: inputs_of(referral),
    };
    // A look-up asks nothing of the proband's health; every mode of inheritance does.
    let proband = referral.family.proband();
    if proband.affection != Affection::Affected && !plan.only_looks_up() {
        return Err(Refusal::ProbandNotAffected { proband: proband.id.clone() });
    }
    Ok(plan)
}

/// Name and date of a pipeline definition.
fn pipeline_words(pipeline: &Pipeline) -> String {
    format!("{} ({})", pipeline.name, pipeline.date)
}

/// Files of the family, each once.
fn inputs_of(referral: &Referral) -> Vec<PathBuf> {
    let members = &referral.family.members;
    let mut inputs: Vec<PathBuf> =
        members.iter().flat_map(|m| [&m.vcf, &m.alignments]).flatten().cloned().collect();
    inputs.sort();
    inputs.dedup();
    inputs
}

fn planned(test: &DirectoryTest) -> PlannedTest {
    PlannedTest {
        code: test.code.clone(),
        name: test.name.clone(),
        target: test.target.clone(),
        method: test.method.clone(),
    }
}

/// Adds what one test stands for, or refuses it.
fn add_test(panel: &mut VirtualPanel<'_>, test: &DirectoryTest, referral: &Referral) -> Result<(), Refusal> {
    panel.begin(test);
    match &test.target {
        TestTarget::Panels(ids) => {
            for id in ids {
                panels::add(panel, *id, Some(test))?;
            }
        }
        TestTarget::Genes(genes) => panel.add_named_genes(test, genes)?,
        TestTarget::GeneAgnostic => panel.gene_agnostic(test, referral),
        TestTarget::MitochondrialGenome => panel.mitochondrial_genome(),
        TestTarget::FamilialVariant if !referral.variants.is_empty() => {
            panel.found_green(true);
            for id in &referral.panels {
                panels::add(panel, *id, Some(test))?;
            }
        }
        other => {
            if referral.panels.is_empty() {
                return Err(Refusal::not_a_panel(test));
            }
            // The requester's panels stand in; what the test itself asks for is still not looked at.
            if !matches!(other, TestTarget::RequesterSelectedPanels) {
                panel.stand_in(test);
            }
            for id in &referral.panels {
                panels::add(panel, *id, Some(test))?;
            }
        }
    }
    panel.end(test)
}

#[cfg(test)]
mod tests;
