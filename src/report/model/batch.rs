//! A batch: what became of each referral.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::knowledge::{Definition, Software};
use super::referral::RequestedTest;
use super::{Report, SCHEMA_VERSION, Severity};
use crate::model::tier::Tier;

/// A batch of referrals. The date, program, pipeline, build and bundle are those of the last run into the folder;
/// each referral states those of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Version of this layout.
    pub schema_version: String,
    /// Date of the run (ISO), as given by the caller.
    pub run_date: String,
    /// The program.
    pub software: Software,
    /// Pipeline definition.
    pub pipeline: Definition,
    /// Genome build.
    pub assembly: String,
    /// Hash of the knowledge bundle.
    pub bundle_hash: String,
    /// Counts.
    pub counts: BatchCounts,
    /// Warnings that concern the batch as a whole (unknown samplesheet columns).
    pub warnings: Vec<String>,
    /// The referrals, in the order of the samplesheet.
    pub referrals: Vec<BatchReferral>,
}

/// Counts over a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchCounts {
    /// Referrals.
    pub referrals: u64,
    /// Done.
    pub done: u64,
    /// Failed.
    pub failed: u64,
    /// Not run: the run was stopped before it came to them, or nothing is known of them.
    pub not_run: u64,
    /// Done, with at least one Tier 1 or Tier 2 finding.
    pub with_findings: u64,
}

/// The run that an entry comes from. A run of some referrals keeps the entries of the others, so that one batch may
/// hold entries of several runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryRun {
    /// Date of the run (ISO), as given by the caller.
    pub run_date: String,
    /// The program.
    pub software: Software,
    /// Pipeline definition.
    pub pipeline: Definition,
    /// Genome build.
    pub assembly: String,
    /// Hash of the knowledge bundle.
    pub bundle_hash: String,
}

/// One referral of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchReferral {
    /// Identifier.
    pub id: String,
    /// Tests requested.
    pub tests: Vec<RequestedTest>,
    /// Priority.
    pub priority: String,
    /// Number of family members; 0 when the rows could not be read.
    pub members: u64,
    /// The run that this entry comes from.
    pub run: EntryRun,
    /// What became of it.
    pub state: ReferralState,
}

/// What became of a referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ReferralState {
    /// Done.
    Done {
        /// The headline of its report.
        headline: String,
        /// Numbers of findings.
        tiers: TierCounts,
        /// Number of warnings in its report.
        warnings: u64,
        /// Its files.
        links: ReportLinks,
    },
    /// Failed; the others were not touched by it.
    Failed {
        /// What happened, and where.
        message: String,
        /// What to do.
        remedy: String,
    },
    /// Not run.
    NotRun {
        /// Why.
        message: String,
        /// What to do.
        remedy: String,
    },
}

/// Numbers of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierCounts {
    /// Tier 1.
    pub tier_1: u64,
    /// Tier 2.
    pub tier_2: u64,
    /// Tier 3.
    pub tier_3: u64,
    /// Single hits.
    pub single_hits: u64,
}

/// Files of a referral, relative to the batch's folder, `/` between folders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportLinks {
    /// HTML report.
    pub html: String,
    /// JSON report.
    pub json: String,
}

impl BatchReferral {
    /// The entry of a referral that is done, from its report.
    pub fn done(report: &Report) -> Self {
        let id = &report.referral.id;
        let tiered = || report.findings.iter().chain(&report.off_panel);
        let count = |tier| tiered().filter(|finding| finding.tier.tier == tier).count() as u64;
        let checks = &report.input_checks.checks;
        Self {
            id: id.clone(),
            tests: report.referral.tests.clone(),
            priority: report.referral.priority.clone(),
            members: report.referral.members.len() as u64,
            run: EntryRun {
                run_date: report.identity.run_date.clone(),
                software: report.knowledge.software.clone(),
                pipeline: report.knowledge.pipeline.clone(),
                assembly: report.knowledge.assembly.clone(),
                bundle_hash: report.knowledge.bundle_hash.clone(),
            },
            state: ReferralState::Done {
                headline: report.headline.sentence.clone(),
                tiers: TierCounts {
                    tier_1: count(Tier::Tier1),
                    tier_2: count(Tier::Tier2),
                    tier_3: count(Tier::Tier3),
                    single_hits: report.single_hits.len() as u64,
                },
                warnings: checks.iter().filter(|check| check.severity == Severity::Warning).count() as u64,
                links: ReportLinks { html: format!("{id}/report.html"), json: format!("{id}/report.json") },
            },
        }
    }
}

impl Batch {
    /// A batch as the run `last` leaves it; the counts are made from the referrals.
    pub fn new(last: EntryRun, warnings: Vec<String>, referrals: Vec<BatchReferral>) -> Self {
        let mut counts = BatchCounts { referrals: referrals.len() as u64, ..BatchCounts::default() };
        for referral in &referrals {
            match &referral.state {
                ReferralState::Done { tiers, .. } => {
                    counts.done += 1;
                    counts.with_findings += u64::from(tiers.tier_1 + tiers.tier_2 > 0);
                }
                ReferralState::Failed { .. } => counts.failed += 1,
                ReferralState::NotRun { .. } => counts.not_run += 1,
            }
        }
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            run_date: last.run_date,
            software: last.software,
            pipeline: last.pipeline,
            assembly: last.assembly,
            bundle_hash: last.bundle_hash,
            counts,
            warnings,
            referrals,
        }
    }

    /// True when an entry comes from another run than the last, by date, program, pipeline, build or bundle.
    pub fn is_mixed(&self) -> bool {
        self.referrals.iter().any(|referral| {
            let run = &referral.run;
            run.run_date != self.run_date
                || run.software != self.software
                || run.pipeline != self.pipeline
                || run.assembly != self.assembly
                || run.bundle_hash != self.bundle_hash
        })
    }
}
