//! How the finding runs in the family.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::remark::FamilyRemark;
pub use crate::model::segregation::PhaseGrade;
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
    pub flags: Vec<FamilyRemark>,
}

/// The other allele of a compound heterozygous pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// `CHROM-POS-REF-ALT`, normalised, as the partner's own finding has it.
    pub variant: String,
    /// Its c. name, where it has one.
    pub coding: Option<String>,
    /// How the phase was established.
    pub phase: PhaseGrade,
    /// Whether the pair is in trans.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}
