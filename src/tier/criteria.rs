//! The criteria a rule set can name.

use serde::{Deserialize, Serialize};

/// One criterion, true or false of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// The record passed the caller's filters.
    FilterPass,
    /// At or below the frequency limits that apply to the event.
    Frequency,
    /// A consequence that counts.
    FunctionalImpact,
    /// A consequence of the high list.
    HighImpact,
    /// A consequence of the moderate list.
    ModerateImpact,
    /// A consequence of the non-coding list in a gene that makes no protein.
    NonCodingImpact,
    /// A consequence of the loss-of-function list.
    LossOfFunctionImpact,
    /// At least one segregation filter passed.
    Segregation,
    /// The gene is green on the panel.
    GreenGene,
    /// The filter that passed is one that the panel's mode of inheritance stands for.
    ModeMatches,
    /// Shown to be de novo, and not by a weak call.
    DeNovo,
    /// Known pathogenic or likely pathogenic.
    KnownPathogenic,
    /// On the inclusion list.
    InclusionList,
    /// On the artefact or benign list.
    ArtefactList,
    /// The gene makes a protein.
    CodingGene,
    /// Every panel on which the gene is green says that loss of function is not the mechanism.
    LossOfFunctionNotMechanism,
    /// An affected member carries the allele.
    CarriedByAffected,
}

impl Criterion {
    /// All criteria.
    pub const ALL: &'static [Self] = &[
        Self::FilterPass,
        Self::Frequency,
        Self::FunctionalImpact,
        Self::HighImpact,
        Self::ModerateImpact,
        Self::NonCodingImpact,
        Self::LossOfFunctionImpact,
        Self::Segregation,
        Self::GreenGene,
        Self::ModeMatches,
        Self::DeNovo,
        Self::KnownPathogenic,
        Self::InclusionList,
        Self::ArtefactList,
        Self::CodingGene,
        Self::LossOfFunctionNotMechanism,
        Self::CarriedByAffected,
    ];

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::FilterPass => "passed the caller's filters",
            Self::Frequency => "population frequency within the limit for the mode of inheritance",
            Self::FunctionalImpact => "qualifying consequence",
            Self::HighImpact => "high-impact consequence",
            Self::ModerateImpact => "moderate-impact consequence",
            Self::NonCodingImpact => "consequence in a non-coding gene",
            Self::LossOfFunctionImpact => "loss-of-function consequence",
            Self::Segregation => "segregation filter passed",
            Self::GreenGene => "gene green on an applied panel",
            Self::ModeMatches => "segregation filter matching the panel's mode of inheritance",
            Self::DeNovo => "de novo, supported by the reads",
            Self::KnownPathogenic => "known pathogenic or likely pathogenic",
            Self::InclusionList => "on the inclusion list",
            Self::ArtefactList => "on the artefact or benign list",
            Self::CodingGene => "protein-coding gene",
            Self::LossOfFunctionNotMechanism => "loss of function is not the gene's mechanism",
            Self::CarriedByAffected => "carried by an affected member",
        }
    }
}

/// The criteria that are true of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts(u32);

impl Facts {
    pub fn set(&mut self, criterion: Criterion, holds: bool) {
        if holds {
            self.0 |= 1 << criterion as u32;
        } else {
            self.0 &= !(1 << criterion as u32);
        }
    }

    pub fn has(self, criterion: Criterion) -> bool {
        self.0 >> criterion as u32 & 1 == 1
    }
}
