//! How the finding runs in the family.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::segregation::{SegregationMode, Verdict};

/// The verdict on one mode of inheritance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inheritance {
    /// The mode.
    pub mode: SegregationMode,
    /// In words.
    pub words: String,
    /// `yes` or `possible`.
    pub verdict: Verdict,
    /// Why, in words a clinical scientist can check.
    pub reason: String,
    /// Partner alleles, for a compound heterozygous mode.
    pub partners: Vec<Partner>,
    /// Remarks.
    pub flags: Vec<String>,
}

/// The other allele of a compound heterozygous pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// `CHROM-POS-REF-ALT`, normalised, as the partner's own finding has it.
    pub variant: String,
    /// Its c. name, where it has one.
    pub coding: Option<String>,
    /// What the phase rests on.
    pub phase: PhaseGrade,
    /// Whether the pair is in trans.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// What the phase of a pair rests on, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhaseGrade {
    /// Transmission from both parents.
    Trio,
    /// Reads that span both places.
    ReadBacked,
    /// A phase set of the caller.
    PhaseSet,
    /// Two alleles of one site.
    SameSite,
    /// One parent is missing; the other carries exactly one of the two.
    ProbableTrans,
    /// Nothing decides.
    PhaseUnknown,
}

impl PhaseGrade {
    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Trio => "shown by transmission from both parents",
            Self::ReadBacked => "shown by reads that span both variants",
            Self::PhaseSet => "phased by the variant caller",
            Self::SameSite => "two alleles of one site",
            Self::ProbableTrans => {
                "probably in trans: one parent carries exactly one of the two, the other is missing"
            }
            Self::PhaseUnknown => "phase unknown",
        }
    }
}
