//! Remarks on how an allele, or a pair of alleles, runs in a family.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A remark on the verdict on a mode of inheritance, or on a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FamilyRemark {
    /// The verdict is possible, and only for want of a genotype: all who are called fit.
    CalledMembersFit,
    /// No member is affected, so that no mode can be tested.
    NotEvaluable,
    /// A call is heterozygous where one copy is expected.
    HetInHaploid,
    /// A member's sex is not known, on X or Y.
    SexUnknown,
    /// An affected member is homozygous under a dominant mode.
    HomozygousUnderDominant,
    /// An unaffected member carries it, under incomplete penetrance.
    UnaffectedCarrier,
    /// An unaffected member carries it on every copy, under incomplete penetrance.
    UnaffectedHomozygote,
    /// A deletion took the other copy away.
    HemizygousByDeletion,
    /// An unaffected female carries it, under an X-linked dominant mode.
    UnaffectedCarrierFemale,
    /// A call on Y in a member without a Y.
    YCallInXx,
    /// A maternal relative who is not affected carries it at a lower fraction than the affected.
    CarrierBelowThreshold,
    /// Homozygous, and neither parent is a carrier.
    DoubleDeNovo,
    /// The parents cannot have given what the child carries.
    TransmissionConflict,
    /// A sibling carries what is new in the proband.
    SiblingCarries,
    /// Physical phase and transmission disagree.
    PhaseConflict,
    /// One allele of the pair is on every copy.
    HomPlusHet,
    /// The pedigree has too many members for all assignments of haplotypes to be tried.
    PedigreeTooLarge,
}

impl FamilyRemark {
    /// Every remark.
    pub const ALL: [Self; 17] = [
        Self::CalledMembersFit,
        Self::NotEvaluable,
        Self::HetInHaploid,
        Self::SexUnknown,
        Self::HomozygousUnderDominant,
        Self::UnaffectedCarrier,
        Self::UnaffectedHomozygote,
        Self::HemizygousByDeletion,
        Self::UnaffectedCarrierFemale,
        Self::YCallInXx,
        Self::CarrierBelowThreshold,
        Self::DoubleDeNovo,
        Self::TransmissionConflict,
        Self::SiblingCarries,
        Self::PhaseConflict,
        Self::HomPlusHet,
        Self::PedigreeTooLarge,
    ];

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::CalledMembersFit => "called_members_fit",
            Self::NotEvaluable => "not_evaluable",
            Self::HetInHaploid => "het_in_haploid",
            Self::SexUnknown => "sex_unknown",
            Self::HomozygousUnderDominant => "homozygous_under_dominant",
            Self::UnaffectedCarrier => "unaffected_carrier",
            Self::UnaffectedHomozygote => "unaffected_homozygote",
            Self::HemizygousByDeletion => "hemizygous_by_deletion",
            Self::UnaffectedCarrierFemale => "unaffected_carrier_female",
            Self::YCallInXx => "y_call_in_xx",
            Self::CarrierBelowThreshold => "carrier_below_threshold",
            Self::DoubleDeNovo => "double_de_novo",
            Self::TransmissionConflict => "transmission_conflict",
            Self::SiblingCarries => "sibling_carries",
            Self::PhaseConflict => "phase_conflict",
            Self::HomPlusHet => "hom_plus_het",
            Self::PedigreeTooLarge => "pedigree_too_large",
        }
    }

    /// The names of several, as the `inheritance` command writes them.
    pub fn names(remarks: &[Self]) -> String {
        let names: Vec<&str> = remarks.iter().map(|remark| remark.name()).collect();
        names.join(", ")
    }

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::CalledMembersFit => {
                "Consistent in every member with a genotype; undetermined only because others have none."
            }
            Self::NotEvaluable => "No member is affected, so inheritance cannot be tested.",
            Self::HetInHaploid => "Called heterozygous where only one copy is expected.",
            Self::SexUnknown => "The sex of a member is not known; both were considered.",
            Self::HomozygousUnderDominant => {
                "Homozygous under a dominant mode, for which one copy would suffice."
            }
            Self::UnaffectedCarrier => "An unaffected member carries it.",
            Self::UnaffectedHomozygote => "An unaffected member is homozygous for it.",
            Self::HemizygousByDeletion => "The other copy is deleted.",
            Self::UnaffectedCarrierFemale => "An unaffected female carries it.",
            Self::YCallInXx => "Called on Y in a person without a Y chromosome.",
            Self::CarrierBelowThreshold => {
                "An unaffected maternal relative carries it at a lower fraction than the affected members."
            }
            Self::DoubleDeNovo => {
                "On both copies, and neither parent is a carrier: most often a sample or mapping error."
            }
            Self::TransmissionConflict => {
                "The parents' genotypes do not explain the child's: consider a new variant, uniparental disomy, \
                 a deletion or a sample error."
            }
            Self::SiblingCarries => {
                "A sibling carries it too: consider mosaicism in a parent, or a sample error."
            }
            Self::PhaseConflict => "Read-based phasing and transmission disagree.",
            Self::HomPlusHet => "One of the pair is homozygous and fits recessive inheritance on its own.",
            Self::PedigreeTooLarge => {
                "The pedigree is too large to be evaluated in full; each member was evaluated with their parents."
            }
        }
    }
}
