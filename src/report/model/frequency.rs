//! Population frequency and clinical assertions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Rate;

/// One population of one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// Name of the site table.
    pub source: String,
    /// Its release.
    pub version: Option<String>,
    /// Population label.
    pub population: String,
    /// What the source says.
    pub state: FrequencyState,
    /// The source's filtering allele frequency, where that is what was compared with the limit.
    #[serde(default)]
    pub filtering: Option<Rate>,
}

/// What a source says of an allele. Absence is never printed as 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FrequencyState {
    /// Exact counts.
    Counts {
        /// Allele count.
        allele_count: u64,
        /// Allele number.
        allele_number: u64,
        /// Their quotient; absent when the allele number is 0 or less than the count.
        frequency: Option<Rate>,
    },
    /// The source gives a frequency and no counts.
    FrequencyOnly {
        /// The frequency, as in the source.
        frequency: Rate,
    },
    /// The source has a record of the allele, without a readable frequency: how common it is is not known.
    WithoutFrequency,
    /// The source has no record of the allele; whether it covers the position is not known.
    NotInTable,
    /// The source covers the position and did not see the allele.
    NotSeen,
    /// The source does not cover the position.
    NotCovered,
    /// The source is not in the knowledge bundle.
    SourceNotLoaded,
}

impl FrequencyState {
    /// Exact counts and their quotient.
    pub fn counts(allele_count: u64, allele_number: u64) -> Self {
        Self::Counts { allele_count, allele_number, frequency: Rate::of(allele_count, allele_number) }
    }
}

/// What a database of clinical assertions says: context, not evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClinicalAssertion {
    /// Name of the source.
    pub source: String,
    /// Its release.
    pub release: Option<String>,
    /// Its value, in its own words; absent when it has no record of the allele.
    pub value: Option<String>,
    /// Review status, in its own words.
    pub review_status: Option<String>,
    /// Conditions named, in its own words.
    pub conditions: Option<String>,
}

impl ClinicalAssertion {
    /// The statement printed beside every assertion.
    pub const STATEMENT: &'static str =
        "Context only: a third-party assertion is not evidence and does not classify the variant.";
}
