//! What a filter answers.

use serde::Serialize;

/// The filters, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The record's FILTER column.
    SiteFilter,
    /// The genotype quality floors.
    GenotypeQuality,
    /// At least one affected member carries the allele.
    AffectedCarry,
    /// The genes that are looked at.
    Scope,
    /// Population frequency.
    Frequency,
    /// Consequence.
    FunctionalImpact,
    /// The list of artefacts and benign alleles.
    ArtefactList,
}

impl Rule {
    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::SiteFilter => "caller's filter",
            Self::GenotypeQuality => "genotype quality",
            Self::AffectedCarry => "carried by an affected member",
            Self::Scope => "genes analysed",
            Self::Frequency => "population frequency",
            Self::FunctionalImpact => "functional impact",
            Self::ArtefactList => "artefact or benign list",
        }
    }
}

/// The answer of one filter on one allele.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The filter.
    pub rule: Rule,
    /// True when the allele was kept.
    pub kept: bool,
    /// The value looked at, as text.
    pub value: String,
    /// What was asked of it.
    pub threshold: String,
    /// One sentence that says both.
    pub reason: String,
    /// What threshold would have kept it, when dropped and a threshold could.
    pub would_keep: Option<String>,
}
