//! Why a referral has no plan, in words its requester can act on.

use std::borrow::Cow;

use crate::directory::GeneNameError;
use crate::directory::panels::PanelChoiceError;
use crate::model::directory::{DirectoryTest, TestTarget};
use crate::model::remedy::{Remedy, then};

/// A referral without a plan: where it stands in the samplesheet, and why.
#[derive(Debug, thiserror::Error)]
#[error("referral {referral} (samplesheet line {line}): {reason}")]
pub struct PlanError {
    /// The referral.
    pub referral: String,
    /// Its first samplesheet line, 1-based.
    pub line: u64,
    /// Why.
    pub reason: Box<Refusal>,
}

/// Why no plan can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No test code, no panel and no variant.
    #[error("neither a test code, a panel nor a variant is given{}", then(self))]
    NothingRequested,
    /// The Directory has no such test.
    #[error(
        "test code '{code}' is not in Test Directory release {release}{}{}",
        if near.is_empty() { String::new() } else { format!(", which has {}", near.join(", ")) },
        then(self)
    )]
    UnknownTestCode {
        /// The code.
        code: String,
        /// The release.
        release: String,
        /// Tests of the same clinical indication.
        near: Vec<String>,
    },
    /// Several rows of the Directory have the code, and they do not agree.
    #[error(
        "test code {code} is on rows {} of the Test Directory with different targets{}",
        rows.iter().map(u32::to_string).collect::<Vec<_>>().join(" and "),
        then(self)
    )]
    ContradictoryRows {
        /// The code.
        code: String,
        /// The rows.
        rows: Vec<u32>,
    },
    /// The test cannot be answered by a virtual panel.
    #[error("test {code} is a request for {stands_for} ('{target}'): {remedy}")]
    NotAPanel {
        /// The code.
        code: String,
        /// What the test is.
        stands_for: &'static str,
        /// The Directory's own words.
        target: String,
        /// What to do.
        remedy: &'static str,
    },
    /// No usable version of a panel.
    #[error("{}{source}", code.as_ref().map(|code| format!("test {code}: ")).unwrap_or_default())]
    Panel {
        /// The test that asks for the panel; absent for one of the samplesheet.
        code: Option<String>,
        /// Why.
        source: PanelChoiceError,
    },
    /// A super panel whose part cannot be pinned.
    #[error("super panel {panel} version {version} is made of panels that must be pinned too: {source}")]
    Child {
        /// The super panel.
        panel: u32,
        /// Its version.
        version: String,
        /// Why.
        source: PanelChoiceError,
    },
    /// A gene named by symbol only, whose symbol means several genes.
    #[error("{place}: {source}")]
    AmbiguousGene {
        /// The test or the panel version.
        place: String,
        /// The candidates.
        source: GeneNameError,
    },
    /// A variant of the request cannot be looked up.
    #[error("variant '{text}': {problem}{}", then(self))]
    Variant {
        /// As the request writes it.
        text: String,
        /// What is wrong.
        problem: String,
    },
    /// Genes are to be analysed in a family whose proband is not affected.
    #[error(
        "the proband {proband} is not affected: variants can be looked up, but no gene can be analysed, since no mode \
         of inheritance can be tested{}",
        then(self)
    )]
    ProbandNotAffected {
        /// Pseudonym.
        proband: String,
    },
    /// Nothing would be looked at.
    #[error(
        "{what} has no green gene in the reference bundle, and an empty panel would give a false negative \
         report{}",
        if missing.is_empty() { String::new() } else { format!(": {}", missing.join("; ")) }
    )]
    NoGreenGene {
        /// The test, or the panel.
        what: String,
        /// What was asked for and is not there.
        missing: Vec<String>,
    },
    /// The plan cannot be written down.
    #[error("the plan cannot be written as JSON: {0}")]
    NotWritable(String),
}

impl Refusal {
    /// The refusal of a test that is not a virtual panel.
    pub(super) fn not_a_panel(test: &DirectoryTest) -> Self {
        let (stands_for, remedy) = stands_for(&test.target);
        Self::NotAPanel { code: test.code.to_string(), stands_for, target: test.target_raw.clone(), remedy }
    }
}

impl Remedy for PlanError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        self.reason.remedy()
    }
}

impl Remedy for Refusal {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        let remedy = match self {
            Self::NothingRequested => "fill test_code, panels or variants",
            Self::UnknownTestCode { .. } => "correct test_code, or load the release it comes from",
            Self::ContradictoryRows { .. } => "correct the Directory",
            Self::NotAPanel { remedy, .. } => remedy,
            Self::Panel { source, .. } | Self::Child { source, .. } => return source.remedy(),
            Self::AmbiguousGene { source, .. } => return source.remedy(),
            Self::Variant { .. } => crate::normalise::variant_name::FORM,
            Self::ProbandNotAffected { .. } => {
                "request only tests for named variants, or correct the samplesheet"
            }
            Self::NoGreenGene { .. } | Self::NotWritable(_) => return None,
        };
        Some(remedy.into())
    }
}

/// What a target is, and what to do where a virtual panel cannot answer it.
pub(super) fn stands_for(target: &TestTarget) -> (&'static str, &'static str) {
    const ELSE: &str = "order the test that answers it, or name panels in the samplesheet";
    match target {
        TestTarget::Panels(_) => ("virtual panels", ""),
        TestTarget::Genes(_) => ("a list of genes", ""),
        TestTarget::GeneAgnostic => ("the gene-agnostic analysis", ""),
        TestTarget::MitochondrialGenome => ("the mitochondrial genome", ""),
        TestTarget::RequesterSelectedPanels => {
            ("panels chosen by the requester", "name them in the samplesheet's panels column, joined by ';'")
        }
        TestTarget::FamilialVariant => (
            "a variant known in the family",
            "name it in the samplesheet's variants column as CHROM-POS-REF-ALT, and it is looked up in every member \
             of the family; or name panels to analyse genes",
        ),
        TestTarget::NamedVariants(_) => ("named variants", ELSE),
        TestTarget::ShortTandemRepeat(_) => ("a short tandem repeat", ELSE),
        TestTarget::Genomewide => ("a genome-wide copy-number or structural test", ELSE),
        TestTarget::Imprinting(_) => ("a methylation or imprinting test", ELSE),
        TestTarget::DependsOnOtherTest(_) => (
            "the target of another test of the patient",
            "use that test's code, or name its panels in the samplesheet",
        ),
        TestTarget::Unresolved(_) => (
            "a target that the Test Directory's row does not define",
            "name panels in the samplesheet, or correct the row",
        ),
    }
}
