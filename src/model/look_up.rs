//! What the look-up of a named variant says of each member of the family.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::allele::Allele;
use super::annotation::Annotation;
use super::candidate::GeneEffect;
use super::carriage::{Carriage, Contradiction};
use super::genotype::{Call, MissingReason};
use super::record::{InputSpelling, RecordCall};
use super::segregation::CopyRegion;
use super::zygosity::Zygosity;

/// A variant that the request names, with what was found of it.
#[derive(Clone, Debug)]
pub struct LookedUpVariant {
    /// As the request writes it.
    pub written: String,
    /// Trimmed and left-aligned.
    pub allele: Allele,
    /// How copies are counted at its place.
    pub region: CopyRegion,
    /// What it does.
    pub annotation: Annotation,
    /// What it does in each gene it lies in.
    pub genes: Vec<GeneEffect>,
    /// One for each member, in the order of the family.
    pub answers: Vec<LookUpAnswer>,
}

/// What the look-up says of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LookUpState {
    /// The person carries the variant.
    Carried,
    /// The position was called, or a reference block covers it, without the variant.
    NotCarried,
    /// Neither can be said.
    NotEvaluable,
}

impl LookUpState {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::NotCarried => "not carried",
            Self::NotEvaluable => "not evaluable",
        }
    }
}

/// The answer for one variant in one person.
#[derive(Clone, Debug, PartialEq)]
pub struct LookUpAnswer {
    /// Index of the member in the family.
    pub participant: usize,
    /// The answer.
    pub state: LookUpState,
    /// Why.
    pub reason: LookUpReason,
    /// Zygosity; unknown where not evaluable.
    pub zygosity: Zygosity,
    /// What the person carries, where a call was judged.
    pub carriage: Option<Carriage>,
    /// That call, as seen from the variant.
    pub call: Option<Call>,
    /// The record that it is from; the first, where several cover the place.
    pub record: Option<AnsweringRecord>,
}

impl LookUpAnswer {
    /// No call answers, for this reason.
    pub fn not_evaluable(participant: usize, reason: LookUpReason) -> Self {
        Self {
            participant,
            state: LookUpState::NotEvaluable,
            reason,
            zygosity: Zygosity::Unknown,
            carriage: None,
            call: None,
            record: None,
        }
    }
}

/// The record that an answer is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweringRecord {
    /// What it is.
    pub kind: RecordKind,
    /// The genotype in the record's own allele numbers; none where the record has none.
    pub genotype: Option<WrittenGenotype>,
    /// FILTER names other than PASS; `None` when no filter was applied (`.`).
    pub filters: Option<Vec<String>>,
    /// The record's own spelling of the variant, where it lists it.
    pub spelling: Option<InputSpelling>,
}

/// What a record is to the variant that is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// It lists the variant.
    Listed,
    /// A reference block over the place.
    ReferenceBlock,
    /// It lists other alleles at the place.
    OtherAlleles,
}

/// Why the look-up gives its answer.
#[derive(Clone, Debug, PartialEq)]
pub enum LookUpReason {
    /// The genotype carries the variant, and nothing speaks against it.
    Carried,
    /// The genotype is without the variant, and nothing speaks against it.
    NotCarried,
    /// No variant file is given for the person.
    NoFile,
    /// The record has no column for the person.
    NoColumn,
    /// The record has no genotype of the person, or its caller filtered it (`FT`).
    NoGenotype(MissingReason),
    /// Something speaks against the genotype.
    Contradicted(Contradiction),
    /// A record has not passed the caller's filters.
    RecordFiltered {
        /// FILTER of that record; `None` when no filter was applied (`.`).
        filters: Option<Vec<String>>,
    },
    /// A genotype without the variant does not answer for a change of this size.
    TooLong {
        /// Bases of the longer side.
        bases: usize,
    },
    /// REF in the file is not the base of the reference.
    AnotherReference,
    /// A record calls another allele at the place.
    AnotherAllele {
        /// The allele.
        other: OtherAllele,
        /// The genotype there.
        genotype: WrittenGenotype,
    },
    /// The record at the place lists other alleles, and its genotype does not answer for this one.
    OtherAllelesOnly,
    /// Records reach over a part of the place.
    PartOfPlace,
    /// A gVCF has neither a block nor a record at the place.
    NotInGvcf,
    /// A plain VCF has no record at the place.
    NotInPlainVcf,
    /// Two records of the file list the variant and do not agree.
    RecordsDiffer(Box<[LookUpAnswer; 2]>),
}

/// An allele that is called where another is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherAllele {
    /// Of known sequence.
    Sequence(Allele),
    /// `*`: deleted by a record before this one.
    SpanningDeletion,
    /// Without a sequence: symbolic, a breakend, ambiguous bases.
    WithoutSequence,
}

/// A genotype in the allele numbers of its record; written as VCF does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenGenotype {
    /// Allele number of each copy; `None` for `.`. Never empty.
    alleles: SmallVec<[Option<u8>; 2]>,
    phased: bool,
}

impl WrittenGenotype {
    /// The genotype of a call; none where the record has no GT for the sample.
    pub fn of(call: &RecordCall) -> Option<Self> {
        (!call.alleles.is_empty()).then(|| Self { alleles: call.alleles.clone(), phased: call.phased })
    }
}

impl fmt::Display for WrittenGenotype {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, allele) in self.alleles.iter().enumerate() {
            if place > 0 {
                formatter.write_str(if self.phased { "|" } else { "/" })?;
            }
            match allele {
                Some(number) => write!(formatter, "{number}")?,
                None => formatter.write_str(".")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genotypes_are_written_as_vcf_does() {
        let written = |alleles: &[Option<u8>], phased| {
            let call =
                RecordCall { alleles: alleles.iter().copied().collect(), phased, ..RecordCall::default() };
            WrittenGenotype::of(&call).map(|genotype| genotype.to_string())
        };
        assert_eq!(written(&[Some(0), Some(12)], false).as_deref(), Some("0/12"));
        assert_eq!(written(&[None, Some(1)], true).as_deref(), Some(".|1"));
        assert_eq!(written(&[Some(1)], true).as_deref(), Some("1"));
        assert_eq!(written(&[], false), None);
    }
}
