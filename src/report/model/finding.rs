//! One allele in one gene, with everything a reader needs to judge it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::flag::Flag;
use super::frequency::{ClinicalAssertion, Frequency};
use super::genotype::MemberGenotype;
use super::inheritance::Inheritance;
use super::variant::{
    Consequence, InputSpelling, Nomenclature, NonsenseMediatedDecayPrediction, OtherTranscript, Variant,
};
use crate::model::gene::HgncId;
use crate::model::panel::Confidence;
use crate::model::tier::Tier;

/// One allele in one gene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Place in its list, from 1.
    pub rank: u32,
    /// The tier and why.
    pub tier: TierReasons,
    /// The gene.
    pub gene: GeneName,
    /// The allele, normalised: trimmed and left-aligned.
    pub variant: Variant,
    /// The allele as the input wrote it, once a file that has it.
    pub input: Vec<InputSpelling>,
    /// HGVS names.
    pub nomenclature: Nomenclature,
    /// What it does.
    pub consequence: Consequence,
    /// Nonsense-mediated decay, where there is a new stop.
    pub nonsense_mediated_decay: Option<NonsenseMediatedDecayPrediction>,
    /// Transcripts on which the terms differ.
    pub other_transcripts: Vec<OtherTranscript>,
    /// What each member carries, in the order of the family.
    pub genotypes: Vec<MemberGenotype>,
    /// Modes of inheritance that are not contradicted.
    pub inheritance: Vec<Inheritance>,
    /// Population frequencies, in the order of the policy.
    pub frequencies: Vec<Frequency>,
    /// Clinical assertions, as context.
    pub assertions: Vec<ClinicalAssertion>,
    /// What each panel of the plan says of the gene; empty when it is on none.
    pub panel_entries: Vec<PanelEntry>,
    /// Remarks a reader must see.
    pub flags: Vec<Flag>,
}

/// A gene by name and identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GeneName {
    /// Approved symbol.
    pub symbol: String,
    /// HGNC identifier, where the gene has one.
    pub hgnc_id: Option<HgncId>,
}

/// The tier and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierReasons {
    /// The tier.
    pub tier: Tier,
    /// Row of the rule set that decided.
    pub rule: String,
    /// Why, in sentences.
    pub reasons: Vec<String>,
}

/// What one panel says of the gene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PanelEntry {
    /// Panel identifier; absent for a gene named by the Directory row itself.
    pub panel: Option<u32>,
    /// Panel name, or the Directory's own words.
    pub name: String,
    /// Panel version.
    pub version: Option<String>,
    /// Rating.
    pub confidence: Confidence,
    /// Mode of inheritance, in the panel's words.
    pub mode_of_inheritance: String,
    /// Mode of pathogenicity, in words.
    pub mode_of_pathogenicity: String,
}
