//! The plan of a referral: everything that was decided before any variant was read.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::directory::{TestCode, TestTarget};
use super::family::Family;
use super::gene::HgncId;
use super::panel::{Confidence, ModeOfInheritance, ModeOfPathogenicity, Penetrance};
use super::pipeline::GeneScope;

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
    /// Variants to be looked up in every member, as the requester writes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// Penetrance ordered.
    pub penetrance: Penetrance,
    /// First samplesheet line of the referral, 1-based. A stored plan leaves it out, since moving a row decides
    /// nothing; it is zero when read back.
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
    /// The version signed off last, where another one is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_off_version: Option<String>,
    /// Which rule picked the version, in words; empty for the ordinary one, the version signed off last.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub chosen_by: String,
    /// The super panel for whose sake it is here, where that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<u32>,
    /// BLAKE3 of its source.
    pub source_hash: String,
}

/// Whether a person has approved that a test is answered by a version of a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedLink {
    /// Test code.
    pub code: TestCode,
    /// Panel.
    pub panel: u32,
    /// Version used.
    pub version: String,
    /// True when nobody has approved this version for this test under this release.
    pub pending: bool,
    /// Who approved last, where anyone did.
    pub approved_by: Option<String>,
    /// When (ISO).
    pub approved_on: Option<String>,
    /// Why it is pending; empty when it is not.
    pub reason: String,
}

/// Which part of the genome the plan's genes stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedScope {
    /// Genes of the plan only, or every gene.
    pub genes: GeneScope,
    /// Bases either side of each exon that are looked at.
    pub exon_padding: u32,
    /// Bases either side of each coding exon that coverage is counted over.
    pub coverage_padding: u32,
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

/// A variant that is looked up by name in every member of the family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedVariant {
    /// As the request writes it.
    pub written: String,
    /// Its one spelling: left-aligned, as VCF writes it (`CHROM-POS-REF-ALT`), under the bundle's contig name.
    pub name: String,
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
    /// Links between tests and panel versions, where the laboratory keeps a list of approvals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<PlannedLink>,
    /// Genes of the virtual panel, ordered by HGNC identifier; empty only for a gene-agnostic analysis, and where
    /// variants are looked up by name and nothing else.
    pub genes: Vec<PlannedGene>,
    /// True when all genes are analysed.
    pub gene_agnostic: bool,
    /// True when the mitochondrial genome is part of the target.
    pub mitochondrial: bool,
    /// Variants that are looked up by name, whatever the filters would say of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named_variants: Vec<PlannedVariant>,
    /// What could not be part of the plan, in words (repeats, regions, genes absent from the bundle).
    pub not_covered: Vec<String>,
    /// Which part of the genome is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<PlannedScope>,
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

impl Plan {
    /// True where a panel answers a test: named by its target, or chosen by the requester where the test leaves that
    /// to them, or part of such a panel.
    pub fn answers(&self, panel: &PlannedPanel, test: &PlannedTest) -> bool {
        let asked: &[u32] = match &test.target {
            TestTarget::Panels(ids) => ids,
            TestTarget::Genes(_) | TestTarget::GeneAgnostic | TestTarget::MitochondrialGenome => &[],
            _ => &self.referral.panels,
        };
        let mut above = Some(panel);
        // A super panel stands before its parts, so that this ends.
        while let Some(at) = above {
            if asked.contains(&at.id) {
                return true;
            }
            let place = self.panels.iter().position(|p| p.id == at.id).unwrap_or(0);
            above = at.part_of.and_then(|id| self.panels[..place].iter().find(|p| p.id == id));
        }
        false
    }

    /// True when named variants are looked up and nothing else is looked at: no gene is analysed, so that nothing
    /// but what was asked for comes to light.
    pub fn only_looks_up(&self) -> bool {
        !self.named_variants.is_empty() && self.genes.is_empty() && !self.gene_agnostic && !self.mitochondrial
    }
}

/// What a laboratory's list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListRole {
    /// Alleles for which frequency and consequence are waived.
    Inclusion,
    /// Artefacts and benign alleles, which are dropped.
    Artefact,
    /// The transcripts on which genes are reported.
    Transcripts,
}

impl ListRole {
    /// The name used in files, and the word a report uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inclusion => "inclusion",
            Self::Artefact => "artefact",
            Self::Transcripts => "transcripts",
        }
    }
}

/// A laboratory's list: of alleles, or of transcripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedList {
    /// What it is for.
    pub role: ListRole,
    /// Path as the pipeline definition writes it.
    pub file: String,
    /// BLAKE3 of the file.
    pub hash: String,
    /// Number of alleles, or of genes in a list of transcripts.
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
