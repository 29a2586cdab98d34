//! One referral from its row to its published folder.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use crate::family::PedigreeError;
use crate::model::plan::{Plan, Referral};
use crate::report::ReportError;
use crate::report::model as report;
use crate::report::renderers::RENDERERS;

use super::batch::BatchOptions;
use super::error::ReferralError;
use crate::compose::checks::ReadsRemark;
use crate::compose::coverage;
use crate::compose::look_up::looked_up as looked_up_in_words;
use crate::compose::{ReportParts, make_report};
use crate::interpret::{Interpreted, interpret};
use crate::look_up::look_up;
use crate::measure;
use crate::model::done::{Done, FileDigest};
use crate::plan::{canonical_json, make_plan, plan_hash};
use crate::publish::Staging;
use crate::publish::provenance::PROVENANCE;
use crate::read::digest::digest_file;

/// A referral that is done.
pub struct Published {
    /// What was decided before any variant was read.
    pub plan: Plan,
    /// The report.
    pub report: report::Report,
}

/// Plans, reads, interprets, reports and publishes one referral.
///
/// # Errors
/// Whatever stops it; nothing is then left under the referral's name.
pub fn run_referral(referral: &Referral, options: &BatchOptions) -> Result<Published, ReferralError> {
    check_pedigree(referral)?;
    let knowledge = options.knowledge;
    let (plan, plan_notices) = plan_of(referral, options)?;
    let plan_json = canonical_json(&plan).map_err(|fault| ReferralError::Internal(fault.to_string()))?;
    let hash = plan_hash(&plan).map_err(|fault| ReferralError::Internal(fault.to_string()))?;
    let resolve = |written: &Path| options.samplesheet.resolve(written);
    let looked_up = look_up(&plan, knowledge, &resolve)?;
    let found = match plan.only_looks_up() {
        true => Interpreted::nothing_but(
            looked_up.summary.clone(),
            looked_up.files.clone(),
            &plan.referral.family,
        ),
        false => interpret(&plan, knowledge, &resolve)?,
    };
    let (coverage, reads_remarks) = measure_coverage(&plan, &found.columns, options)?;
    let report = make_report(ReportParts {
        knowledge,
        plan: &plan,
        plan_hash: &hash,
        found: &found,
        looked_up: looked_up_in_words(
            &looked_up.variants,
            &looked_up.files,
            &looked_up.summary.files,
            knowledge,
            &plan,
        ),
        coverage,
        plan_notices,
        reads_remarks,
        run_date: options.run_date,
    })?;
    knowledge.bundle.intact()?;
    publish(&plan, &plan_json, hash, &report, options)
        .map_err(|source| ReferralError::Publish { path: options.output.join(&referral.id), source })??;
    Ok(Published { plan, report })
}

/// Whether the pedigree can be worked with. A look-up does not need an affected proband; where genes are analysed
/// beside it, the plan asks for one.
fn check_pedigree(referral: &Referral) -> Result<(), ReferralError> {
    let mut faults = crate::family::validate(&referral.family).err().unwrap_or_default();
    if !referral.variants.is_empty() {
        faults.retain(|fault| !matches!(fault, PedigreeError::ProbandNotAffected { .. }));
    }
    if faults.is_empty() { Ok(()) } else { Err(ReferralError::Pedigree { faults }) }
}

/// The plan stored for the referral, with what has moved on since; or, where none are given, a new one.
fn plan_of(referral: &Referral, options: &BatchOptions) -> Result<(Plan, Vec<String>), ReferralError> {
    let Some(stored) = options.plans else {
        return Ok((make_plan(referral, &options.knowledge.plan_context())?, Vec::new()));
    };
    match stored.get(&referral.id) {
        Some(Ok(stored)) => Ok((stored.plan.clone(), stored.notices.clone())),
        Some(Err(fault)) => {
            Err(ReferralError::StoredPlan { referral: referral.id.clone(), source: fault.clone() })
        }
        None => Err(ReferralError::Internal(format!("no stored plan was opened for {}", referral.id))),
    }
}

/// Depth over the plan's coding exons, for each member whose reads are given. `columns` names each member's sample
/// in the variant file: the reads are to be of the same.
fn measure_coverage(
    plan: &Plan,
    columns: &[Option<String>],
    options: &BatchOptions,
) -> Result<(report::Coverage, Vec<ReadsRemark>), ReferralError> {
    let knowledge = options.knowledge;
    let policy = &knowledge.pipeline.coverage;
    let mut remarks = Vec::new();
    let mut targets = None;
    let mut participants = Vec::new();
    for (member, column) in plan.referral.family.members.iter().zip(columns) {
        let state = match &member.alignments {
            _ if plan.only_looks_up() => report::CoverageState::NotEvaluable(
                "no gene was analysed; the depth at each variant looked up is given with its result"
                    .to_owned(),
            ),
            None => report::CoverageState::NotEvaluable("no alignments were provided".to_owned()),
            Some(written) => {
                let targets = targets.get_or_insert_with(|| {
                    measure::targets::targets(plan, &knowledge.bundle, &knowledge.choices)
                });
                let path = options.samplesheet.resolve(written);
                let sample = member.vcf_sample.as_deref().or(column.as_deref());
                let result = measure::of_participant(&path, sample, targets, policy, &knowledge.bundle)?;
                remarks.extend(result.warnings.iter().map(|warning| ReadsRemark {
                    file: written.to_string_lossy().into_owned(),
                    message: warning.to_string(),
                }));
                report::CoverageState::Measured(coverage::measured(&result, plan, &knowledge.bundle))
            }
        };
        participants.push(report::ParticipantCoverage { participant: member.id.clone(), coverage: state });
    }
    Ok((report::Coverage { limits: coverage::limits(policy), participants }, remarks))
}

/// Writes the folder. The outer error is the disk's, the inner one the renderer's.
fn publish(
    plan: &Plan,
    plan_json: &str,
    plan_hash: String,
    report: &report::Report,
    options: &BatchOptions,
) -> std::io::Result<Result<(), ReferralError>> {
    let written = RENDERERS.iter().filter(|renderer| (renderer.is_written)(report));
    let rendered = written.map(|renderer| Ok((renderer.file, (renderer.render)(report)?)));
    let files: Vec<(&str, String)> = match rendered.collect::<Result<_, ReportError>>() {
        Ok(files) => files,
        Err(fault) => return Ok(Err(ReferralError::from(fault))),
    };
    let mut inputs: BTreeMap<String, FileDigest> = BTreeMap::new();
    for member in &plan.referral.family.members {
        if let Some(written) = &member.vcf {
            let name = written.to_string_lossy().into_owned();
            if let Entry::Vacant(free) = inputs.entry(name) {
                free.insert(digest_file(&options.samplesheet.resolve(written))?);
            }
        }
    }
    let mut staging = Staging::start(options.output, &plan.referral.id)?;
    staging.write("plan.json", plan_json.as_bytes())?;
    for (name, content) in &files {
        staging.write(name, content.as_bytes())?;
    }
    let mut provenance = serde_json::to_string_pretty(options.provenance)?;
    provenance.push('\n');
    staging.write_provenance(PROVENANCE, provenance.as_bytes())?;
    let software = report::Software::this();
    staging.publish(Done {
        software: format!("{} {}", software.name, software.version),
        plan_hash,
        inputs,
        outputs: BTreeMap::new(),
    })?;
    Ok(Ok(()))
}
