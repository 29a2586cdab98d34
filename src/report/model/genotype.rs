//! What each member of the family carries, in words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Proportion;
use crate::model::genotype::MissingReason;

/// Zygosity of the allele in one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Zygosity {
    /// Every copy of two or more carries it.
    Homozygous,
    /// One copy of two carries it.
    Heterozygous,
    /// The only copy carries it.
    Hemizygous,
    /// All mitochondrial copies carry it.
    Homoplasmic,
    /// Some mitochondrial copies carry it.
    Heteroplasmic,
    /// All copies were called and none carries it.
    NotCarried,
    /// Carries it; the other copy is not known.
    CarriedOtherCopyUnknown,
    /// Not known.
    Unknown,
}

/// What one member carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberGenotype {
    /// Pseudonym.
    pub participant: String,
    /// Zygosity.
    pub zygosity: Zygosity,
    /// In words: `heterozygous`, `not carried`, `unknown: no call`.
    pub words: String,
    /// Why nothing is known, where so.
    pub missing: Option<MissingReason>,
    /// Total depth.
    pub depth: Option<u32>,
    /// Reads for either allele.
    pub reads: Option<Reads>,
    /// Fraction of those reads that show the allele.
    pub allele_balance: Option<Proportion>,
    /// Genotype quality, Phred.
    pub quality: Option<u32>,
    /// Heteroplasmic or mosaic fraction, where the caller gives one.
    pub fraction: Option<Proportion>,
}

/// Informative reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reads {
    /// For the reference.
    pub reference: u32,
    /// For the allele.
    pub alternate: u32,
}
