//! Remarks on a tier.

use serde::{Deserialize, Serialize};

/// A remark on the decision of a rule set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TierRemark {
    /// One hit in a gene that needs two.
    SingleHit,
    /// The genotypes are those of a new variant, and the reads do not bear it out.
    DeNovoWeak,
    /// The tier was lowered because loss of function is not the gene's mechanism.
    ModeOfPathogenicity,
}

impl TierRemark {
    /// Every remark.
    pub const ALL: [Self; 3] = [Self::SingleHit, Self::DeNovoWeak, Self::ModeOfPathogenicity];

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::SingleHit => "single_hit",
            Self::DeNovoWeak => "de_novo_weak",
            Self::ModeOfPathogenicity => "mode_of_pathogenicity",
        }
    }

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::SingleHit => "The only variant found in a gene with biallelic inheritance.",
            Self::DeNovoWeak => "The reads do not fully support a de novo origin.",
            Self::ModeOfPathogenicity => {
                "The tier is limited because loss of function is not the disease mechanism of this gene."
            }
        }
    }
}
