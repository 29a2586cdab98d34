//! The plan of a referral: everything that was decided before any variant was read.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::directory::{TestCode, TestTarget};
use super::family::Family;
use super::gene::HgncId;
use super::panel::{Confidence, ModeOfInheritance, ModeOfPathogenicity, Penetrance};

/// A referral as the samplesheet states it, before its plan is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Referral {
    /// Identifier.
    pub id: String,
    /// The family.
    pub family: Family,
    /// Codes of the tests requested.
    pub test_codes: Vec<TestCode>,
    /// HPO terms of the proband.
    pub hpo: Vec<String>,
    /// Priority in the samplesheet's words; `routine` when not given.
    pub priority: String,
    /// Panels the requester named.
    pub panels: Vec<u32>,
    /// Penetrance ordered.
    pub penetrance: Penetrance,
    /// First samplesheet line of the referral, 1-based.
    #[serde(default)]
    pub line: u64,
}

/// A panel version that a plan uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPanel {
    /// PanelApp identifier.
    pub id: u32,
    /// Name.
    pub name: String,
    /// Version used.
    pub version: String,
    /// Date of sign-off, where signed off.
    pub signed_off: Option<String>,
    /// Number of green genes.
    pub green_genes: usize,
    /// A newer version that exists and was not used.
    pub newer_version: Option<String>,
    /// BLAKE3 of its source.
    pub source_hash: String,
}

/// One panel's view of a gene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedGeneEntry {
    /// Panel identifier; absent for a gene named by the Directory row itself.
    pub panel: Option<u32>,
    /// Rating there.
    pub confidence: Confidence,
    /// Mode of inheritance there.
    pub mode_of_inheritance: ModeOfInheritance,
    /// The source's own string.
    pub mode_of_inheritance_raw: String,
    /// Mode of pathogenicity there.
    pub mode_of_pathogenicity: ModeOfPathogenicity,
    /// Penetrance there.
    pub penetrance: Penetrance,
}

/// A gene of the virtual panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedGene {
    /// Identity.
    pub hgnc_id: HgncId,
    /// Approved symbol in the bundle.
    pub symbol: String,
    /// What each panel says of it.
    pub entries: Vec<PlannedGeneEntry>,
    /// Transcript findings are reported on, with version; absent when the bundle has none.
    pub transcript: Option<String>,
    /// Why that transcript.
    pub transcript_reason: String,
}

/// Everything decided about a referral before work starts. Its hash is the lock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of this layout.
    pub schema: u32,
    /// The referral.
    pub referral: Referral,
    /// Directory release.
    pub directory_release: String,
    /// BLAKE3 of the Directory's source.
    pub directory_hash: String,
    /// The tests: code, name, target and method.
    pub tests: Vec<PlannedTest>,
    /// Panel versions used.
    pub panels: Vec<PlannedPanel>,
    /// Genes of the virtual panel, ordered by HGNC identifier; empty only for a gene-agnostic analysis.
    pub genes: Vec<PlannedGene>,
    /// True when all genes are looked at.
    pub gene_agnostic: bool,
    /// True when the mitochondrial genome is part of the target.
    pub mitochondrial: bool,
    /// What could not be part of the plan, in words (repeats, regions, genes absent from the bundle).
    pub not_covered: Vec<String>,
    /// Name and date of the pipeline definition.
    pub pipeline: String,
    /// BLAKE3 of the pipeline definition.
    pub pipeline_hash: String,
    /// Name of the tier rule set.
    pub rule_set: String,
    /// BLAKE3 of the rule set.
    pub rule_set_hash: String,
    /// The laboratory's own lists of alleles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<PlannedList>,
    /// BLAKE3 of the knowledge bundle.
    pub bundle_hash: String,
    /// The bundle's build.
    pub assembly: String,
    /// Files that will be read.
    pub inputs: Vec<PathBuf>,
}

/// A laboratory's list of alleles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedList {
    /// `inclusion` or `artefact`.
    pub role: String,
    /// Path as the pipeline definition writes it.
    pub file: String,
    /// BLAKE3 of the file.
    pub hash: String,
    /// Number of alleles.
    pub alleles: usize,
}

/// One test of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedTest {
    /// Code.
    pub code: TestCode,
    /// Name of the clinical indication.
    pub name: String,
    /// What is tested.
    pub target: TestTarget,
    /// Method, in the Directory's words.
    pub method: String,
}
