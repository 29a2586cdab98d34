//! The typed model of a report and of a batch: the one source of every output format.
//!
//! Key order in JSON is the order of the fields here; [`SCHEMA_VERSION`] moves when a field changes its
//! meaning. Coordinates are 1-based and inclusive: a report is an edge of the program.

mod batch;
mod checks;
mod consequence_words;
mod coverage;
mod finding;
mod flag;
mod frequency;
mod from_annotation;
mod from_plan;
mod funnel;
mod genotype;
mod headline;
mod identity;
mod inheritance;
mod knowledge;
mod limits;
mod looked_up;
mod number;
mod referral;
mod stated;
mod tested;
mod variant;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use batch::{Batch, BatchCounts, BatchReferral, EntryRun, ReferralState, ReportLinks, TierCounts};
pub use checks::{ContigMapping, InputCheck, InputChecks, Severity};
pub use coverage::{
    Coverage, CoverageLimits, CoverageState, Gap, GeneCoverage, MeasuredCoverage, PanelCoverage,
    ParticipantCoverage,
};
pub use finding::{Finding, GeneName, PanelEntry, TierReasons};
pub use flag::Flag;
pub use frequency::{ClinicalAssertion, Frequency, FrequencyState};
pub use funnel::{Funnel, FunnelError, FunnelStep, Outcome};
pub use genotype::{MemberGenotype, Reads, Zygosity};
pub use headline::Headline;
pub use identity::{Administrative, Authoriser, Blank, DRAFT_MARK, Identity, Status};
pub use inheritance::{Inheritance, Partner, PhaseGrade};
pub use knowledge::{Definition, Knowledge, Software, Source};
pub use limits::{
    Assessed, GlossaryEntry, Limitation, NotEvaluableCount, PolicyStatement, glossary, look_up_limitations,
};
pub use looked_up::{LookUpAnswer, LookUpState, LookedUpEffect, LookedUpVariant};
pub use number::{MeanDepth, Percent, Proportion, Rate};
pub use referral::{FamilyMember, MemberFiles, Phenotype, ReferralSection, RequestedTest};
pub use stated::Stated;
pub use tested::{Tested, TestedGene, TestedPanel};
pub use variant::{
    Consequence, InputSpelling, Nomenclature, NonsenseMediatedDecayPrediction, OtherTranscript,
    SequenceOntologyTerm, Variant,
};

/// Version of the JSON layout.
pub const SCHEMA_VERSION: &str = "1.0.0";

/// A report on one referral.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Version of this layout ([`SCHEMA_VERSION`]).
    pub schema_version: String,
    /// Which report this is, and its standing.
    pub identity: Identity,
    /// Laboratory, patient, specimen and requester.
    pub administrative: Administrative,
    /// What was requested, and for whom.
    pub referral: ReferralSection,
    /// The result in one plain sentence.
    pub headline: Headline,
    /// Variants that the request names, and what is known of each in each member.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked_up: Vec<LookedUpVariant>,
    /// Tier 1 and Tier 2 findings, best rank first.
    pub findings: Vec<Finding>,
    /// Lone heterozygotes in genes whose disease needs two copies: not tiered, listed.
    pub single_hits: Vec<Finding>,
    /// Tier 3: outside the genes requested.
    pub off_panel: Vec<Finding>,
    /// Passed the filters and fits no tier; each with its reason.
    pub untiered: Vec<Finding>,
    /// Classification of variants by evidence.
    pub classification: Stated<String>,
    /// Interpretation and recommendations.
    pub interpretation: Stated<String>,
    /// What was tested.
    pub tested: Tested,
    /// What the reads cover.
    pub coverage: Coverage,
    /// The filters and tier rules in words, made from the policy that ran.
    pub policy: Vec<PolicyStatement>,
    /// What became of every allele of the input.
    pub funnel: Funnel,
    /// Alleles about which nothing can be said, by reason.
    pub not_evaluable: Vec<NotEvaluableCount>,
    /// What this analysis cannot see.
    pub limitations: Vec<Limitation>,
    /// What the input checks found.
    pub input_checks: InputChecks,
    /// Data sources and versions.
    pub knowledge: Knowledge,
    /// Empty placeholders: nothing in this program fills them.
    pub authorisers: Vec<Authoriser>,
    /// Terms used.
    pub glossary: Vec<GlossaryEntry>,
}
