//! A batch: what became of each referral.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SCHEMA_VERSION;
use super::knowledge::{Definition, Software};
use super::referral::RequestedTest;

/// A batch of referrals.
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
    /// Done, with at least one Tier 1 or Tier 2 finding.
    pub with_findings: u64,
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

impl Batch {
    /// A batch; the counts are made from the referrals.
    pub fn new(
        run_date: impl Into<String>,
        pipeline: Definition,
        assembly: impl Into<String>,
        bundle_hash: impl Into<String>,
        warnings: Vec<String>,
        referrals: Vec<BatchReferral>,
    ) -> Self {
        let mut counts = BatchCounts { referrals: referrals.len() as u64, ..BatchCounts::default() };
        for referral in &referrals {
            match &referral.state {
                ReferralState::Done { tiers, .. } => {
                    counts.done += 1;
                    counts.with_findings += u64::from(tiers.tier_1 + tiers.tier_2 > 0);
                }
                ReferralState::Failed { .. } => counts.failed += 1,
            }
        }
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            run_date: run_date.into(),
            software: Software::this(),
            pipeline,
            assembly: assembly.into(),
            bundle_hash: bundle_hash.into(),
            counts,
            warnings,
            referrals,
        }
    }
}
