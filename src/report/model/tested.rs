//! What was tested: test, panels, genes, transcripts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::gene::HgncId;

/// What was tested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tested {
    /// Test Directory release.
    pub directory_release: String,
    /// Panel versions used.
    pub panels: Vec<TestedPanel>,
    /// Genes analysed, with the transcript reported on; empty only for a gene-agnostic analysis.
    pub genes: Vec<TestedGene>,
    /// True when all genes are analysed.
    pub gene_agnostic: bool,
    /// True when the mitochondrial genome is part of the target.
    pub mitochondrial: bool,
    /// True when variants were looked up by name and no gene was analysed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_named_variants: bool,
    /// Parts of the request that could not be tested, in words.
    pub not_covered: Vec<String>,
}

/// A panel version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestedPanel {
    /// PanelApp identifier.
    pub id: u32,
    /// Name.
    pub name: String,
    /// Version used.
    pub version: String,
    /// Date of sign-off (ISO); absent when not signed off.
    pub signed_off: Option<String>,
    /// Number of green genes.
    pub green_genes: usize,
    /// A newer version that exists and was not used.
    pub newer_version: Option<String>,
    /// The version signed off last, where another one is used.
    #[serde(default)]
    pub signed_off_version: Option<String>,
    /// Which rule picked the version; absent for the ordinary one, the version signed off last.
    #[serde(default)]
    pub chosen_by: Option<String>,
}

/// A gene analysed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestedGene {
    /// Approved symbol.
    pub symbol: String,
    /// Identity.
    pub hgnc_id: HgncId,
    /// Transcript reported on, with version; absent when the bundle has none.
    pub transcript: Option<String>,
    /// Why that transcript, or why none.
    pub transcript_reason: String,
    /// Identifiers of the panels it is on.
    pub panels: Vec<u32>,
}
