//! What each member of the family carries, in words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Proportion;
use crate::model::genotype::{Call, Copy as ChromosomeCopy, MissingReason};
use crate::model::segregation::CopyRegion;

pub use crate::model::zygosity::Zygosity;

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

impl MemberGenotype {
    /// What a call says. `expected_copies` is the number of copies the person has at the place, where
    /// known: a call `1/1` on the single X of a male is one copy, not two.
    pub fn of(
        participant: impl Into<String>,
        call: &Call,
        region: CopyRegion,
        expected_copies: Option<u8>,
    ) -> Self {
        // Without a fraction from the caller, the reads of a mixed call give one.
        let mixed = region == CopyRegion::Mitochondrial
            && call.carries()
            && call.copies.contains(&ChromosomeCopy::Other);
        let counted = || call.allele_balance().filter(|_| mixed);
        let fraction = call.fraction.map(f64::from).or_else(counted).and_then(Proportion::new);
        let zygosity = Zygosity::of(call, region, expected_copies);
        let words = match call.missing {
            Some(reason) => format!("unknown: {}", missing_words(reason)),
            None => words(call, zygosity, fraction, expected_copies),
        };
        Self {
            participant: participant.into(),
            zygosity,
            words,
            missing: call.missing,
            depth: call.depth,
            reads: call.allele_depths.map(|(reference, alternate)| Reads { reference, alternate }),
            allele_balance: call.allele_balance().and_then(Proportion::new),
            quality: call.quality,
            fraction,
        }
    }
}

fn missing_words(reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::NotSequenced => "not sequenced",
        MissingReason::NoCall => "no call",
        MissingReason::NotCovered => "no record at this position",
        MissingReason::BelowQuality => "below the quality limit",
        MissingReason::Filtered => "filtered by the caller (FT)",
    }
}

fn words(
    call: &Call,
    zygosity: Zygosity,
    fraction: Option<Proportion>,
    expected_copies: Option<u8>,
) -> String {
    let copies = call.copies.len();
    let with_fraction =
        |word: &str| fraction.map_or_else(|| word.to_owned(), |f| format!("{word} (fraction {f})"));
    match zygosity {
        Zygosity::Unknown if copies == 0 => "unknown: no call".to_owned(),
        Zygosity::Unknown => "unknown: partially called".to_owned(),
        Zygosity::NotCarried => "not carried".to_owned(),
        Zygosity::Homoplasmic => with_fraction("homoplasmic"),
        Zygosity::Heteroplasmic => with_fraction("heteroplasmic"),
        Zygosity::CarriedOtherCopyUnknown => "carried; the other copy was not called".to_owned(),
        Zygosity::Hemizygous if call.copies.contains(&ChromosomeCopy::Deleted) => {
            "hemizygous: the other copy is deleted here".to_owned()
        }
        Zygosity::Hemizygous if expected_copies == Some(1) => "hemizygous".to_owned(),
        Zygosity::Hemizygous => "hemizygous (one copy called)".to_owned(),
        Zygosity::Homozygous => "homozygous".to_owned(),
        Zygosity::Heterozygous if expected_copies == Some(1) => {
            "heterozygous call where one copy is expected".to_owned()
        }
        Zygosity::Heterozygous if copies > 2 => {
            format!("heterozygous ({} of {copies} copies)", call.alternate_copies())
        }
        Zygosity::Heterozygous => "heterozygous".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ChromosomeCopy::{Alternate, Deleted, Other, Unknown};

    fn words(copies: &[ChromosomeCopy], expected: Option<u8>) -> String {
        MemberGenotype::of("P", &Call::of(copies), CopyRegion::Autosomal, expected).words
    }

    #[test]
    fn copies_become_the_words_of_the_field() {
        assert_eq!(words(&[Other, Alternate], Some(2)), "heterozygous");
        assert_eq!(words(&[Alternate, Alternate], Some(2)), "homozygous");
        assert_eq!(words(&[Alternate, Alternate], Some(1)), "hemizygous");
        assert_eq!(words(&[Alternate], Some(1)), "hemizygous");
        assert_eq!(words(&[Other, Other], Some(2)), "not carried");
        assert_eq!(words(&[Alternate, Deleted], Some(2)), "hemizygous: the other copy is deleted here");
        assert_eq!(words(&[Other, Alternate], Some(1)), "heterozygous call where one copy is expected");
        assert_eq!(words(&[Alternate, Alternate, Other], None), "heterozygous (2 of 3 copies)");
    }

    #[test]
    fn what_was_not_called_is_never_read_as_reference() {
        assert_eq!(words(&[], Some(2)), "unknown: no call");
        assert_eq!(words(&[Other, Unknown], Some(2)), "unknown: partially called");
        assert_eq!(words(&[Unknown, Alternate], Some(2)), "carried; the other copy was not called");
        let missing = Call::missing(MissingReason::BelowQuality);
        let genotype = MemberGenotype::of("P", &missing, CopyRegion::Autosomal, Some(2));
        assert_eq!(genotype.zygosity, Zygosity::Unknown);
        assert_eq!(genotype.words, "unknown: below the quality limit");
    }

    #[test]
    fn mitochondrial_calls_carry_their_fraction() {
        let call = Call { fraction: Some(0.312), ..Call::of(&[Other, Alternate]) };
        let genotype = MemberGenotype::of("P", &call, CopyRegion::Mitochondrial, None);
        assert_eq!(genotype.words, "heteroplasmic (fraction 0.312)");
        let call = Call { fraction: Some(0.97), ..Call::of(&[Other, Alternate]) };
        let genotype = MemberGenotype::of("P", &call, CopyRegion::Mitochondrial, None);
        assert_eq!(genotype.zygosity, Zygosity::Homoplasmic);
    }
}
