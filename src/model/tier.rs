//! Tiers: how likely a finding is to be the answer, by a named rule set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Tier of a small variant; ordered from least to most likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Tier {
    /// Passed the filters and fits no tier; kept with its reason.
    #[serde(rename = "untiered")]
    Untiered,
    /// Tier 3.
    #[serde(rename = "TIER3")]
    Tier3,
    /// Tier 2.
    #[serde(rename = "TIER2")]
    Tier2,
    /// Tier 1.
    #[serde(rename = "TIER1")]
    Tier1,
}

impl Tier {
    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Untiered => "untiered",
            Self::Tier3 => "Tier 3",
            Self::Tier2 => "Tier 2",
            Self::Tier1 => "Tier 1",
        }
    }
}

/// The decision of a rule set on one allele in one gene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TierDecision {
    /// The tier.
    pub tier: Tier,
    /// Name of the rule-set row that decided.
    pub rule: String,
    /// Why, one sentence a row of the rule set contributes.
    pub reasons: Vec<String>,
}
