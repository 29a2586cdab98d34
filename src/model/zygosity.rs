//! Zygosity, in the words of the field.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::genotype::{Call, Copy as ChromosomeCopy};
use super::segregation::CopyRegion;

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

/// Least fraction at which a mitochondrial allele counts as homoplasmic where the caller gives a fraction.
///
/// Source: gnomAD v3.1 mitochondrial call set (Laricchia et al., Genome Research 2022,
/// doi 10.1101/gr.276013.121): homoplasmic at 0.95 and above.
const HOMOPLASMIC: f32 = 0.95;

impl Zygosity {
    /// The zygosity that a genotype gives. `expected_copies` is the number of copies the person has at the place, where
    /// known: a call `1/1` on the single X of a male is one copy, not two.
    pub fn of(call: &Call, region: CopyRegion, expected_copies: Option<u8>) -> Self {
        let count = |copy| call.copies.iter().filter(|&&c| c == copy).count();
        let (carrying, copies) = (count(ChromosomeCopy::Alternate), call.copies.len());
        let unknown = count(ChromosomeCopy::Unknown) > 0;
        if call.missing.is_some() || copies == 0 || (carrying == 0 && unknown) {
            Self::Unknown
        } else if carrying == 0 {
            Self::NotCarried
        } else if region == CopyRegion::Mitochondrial {
            let all = call.fraction.map_or(carrying == copies, |fraction| fraction >= HOMOPLASMIC);
            if all { Self::Homoplasmic } else { Self::Heteroplasmic }
        } else if unknown {
            Self::CarriedOtherCopyUnknown
        } else if count(ChromosomeCopy::Other) == 0 && count(ChromosomeCopy::Deleted) > 0 {
            Self::Hemizygous
        } else if carrying < copies {
            Self::Heterozygous
        } else if expected_copies == Some(1) || copies == 1 {
            Self::Hemizygous
        } else {
            Self::Homozygous
        }
    }
}
