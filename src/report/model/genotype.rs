//! What each member of the family carries, in words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Proportion;
use crate::model::genotype::{Call, Copy as ChromosomeCopy, MissingReason};
use crate::model::segregation::CopyRegion;

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

/// Least fraction at which a mitochondrial allele counts as homoplasmic where the caller gives a fraction.
///
/// Source: gnomAD v3.1 mitochondrial call set (Laricchia et al., Genome Research 2022,
/// doi 10.1101/gr.276013.121): homoplasmic at 0.95 and above.
const HOMOPLASMIC: f32 = 0.95;

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
        let (zygosity, words) = match call.missing {
            Some(reason) => (Zygosity::Unknown, format!("unknown: {}", missing_words(reason))),
            None if region == CopyRegion::Mitochondrial => mitochondrial(call, fraction),
            None => nuclear(call, expected_copies),
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

fn mitochondrial(call: &Call, fraction: Option<Proportion>) -> (Zygosity, String) {
    if call.copies.is_empty() {
        return (Zygosity::Unknown, "unknown: no call".to_owned());
    }
    if !call.carries() {
        return unseen(call);
    }
    let all = match call.fraction {
        Some(fraction) => fraction >= HOMOPLASMIC,
        None => call.alternate_copies() == call.copies.len(),
    };
    let zygosity = if all { Zygosity::Homoplasmic } else { Zygosity::Heteroplasmic };
    let word = if all { "homoplasmic" } else { "heteroplasmic" };
    let words = fraction.map_or_else(|| word.to_owned(), |fraction| format!("{word} (fraction {fraction})"));
    (zygosity, words)
}

fn nuclear(call: &Call, expected_copies: Option<u8>) -> (Zygosity, String) {
    if call.copies.is_empty() {
        return (Zygosity::Unknown, "unknown: no call".to_owned());
    }
    let count = |copy| call.copies.iter().filter(|&&c| c == copy).count();
    let (carrying, copies) = (count(ChromosomeCopy::Alternate), call.copies.len());
    if carrying == 0 {
        return unseen(call);
    }
    if count(ChromosomeCopy::Unknown) > 0 {
        return (Zygosity::CarriedOtherCopyUnknown, "carried; the other copy was not called".to_owned());
    }
    if count(ChromosomeCopy::Other) == 0 && count(ChromosomeCopy::Deleted) > 0 {
        return (Zygosity::Hemizygous, "hemizygous: the other copy is deleted here".to_owned());
    }
    match (expected_copies, carrying == copies) {
        (Some(1), true) => (Zygosity::Hemizygous, "hemizygous".to_owned()),
        (Some(1), false) => {
            (Zygosity::Heterozygous, "heterozygous call where one copy is expected".to_owned())
        }
        (_, true) if copies == 1 => (Zygosity::Hemizygous, "hemizygous (one copy called)".to_owned()),
        (_, true) => (Zygosity::Homozygous, "homozygous".to_owned()),
        (_, false) if copies > 2 => {
            (Zygosity::Heterozygous, format!("heterozygous ({carrying} of {copies} copies)"))
        }
        (_, false) => (Zygosity::Heterozygous, "heterozygous".to_owned()),
    }
}

fn unseen(call: &Call) -> (Zygosity, String) {
    if call.copies.contains(&ChromosomeCopy::Unknown) {
        (Zygosity::Unknown, "unknown: partially called".to_owned())
    } else {
        (Zygosity::NotCarried, "not carried".to_owned())
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
