//! What was requested, and for whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::panel::Penetrance;
use crate::model::participant::{Affection, Role, Sex, SexChromosomes};

/// The referral.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferralSection {
    /// Identifier in the samplesheet.
    pub id: String,
    /// The tests requested.
    pub tests: Vec<RequestedTest>,
    /// Priority in the samplesheet's words.
    pub priority: String,
    /// Phenotype terms of the proband.
    pub phenotypes: Vec<Phenotype>,
    /// Penetrance requested.
    pub penetrance: Penetrance,
    /// True when the parents are known to be related by blood.
    pub consanguineous: bool,
    /// The family, in the order of the samplesheet; per-member lists of findings have this order.
    pub members: Vec<FamilyMember>,
}

/// A test of the Test Directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestedTest {
    /// Test code: `R59.3`.
    pub code: String,
    /// Name of the clinical indication.
    pub name: String,
    /// Test method, in the Directory's words.
    pub method: String,
}

/// A phenotype term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phenotype {
    /// `HP:0001250`.
    pub id: String,
    /// Its label, where known.
    pub label: Option<String>,
}

/// A member of the family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FamilyMember {
    /// Pseudonym in the samplesheet.
    pub participant: String,
    /// Relation to the proband.
    pub role: Role,
    /// Registered sex.
    pub sex: Sex,
    /// Sex chromosomes inferred from the data, where known; kept apart from the registered sex.
    pub sex_chromosomes: Option<SexChromosomes>,
    /// Whether affected.
    pub affection: Affection,
    /// Pseudonym of the mother, where she is in the family.
    pub mother: Option<String>,
    /// Pseudonym of the father, where he is in the family.
    pub father: Option<String>,
    /// The person's data.
    pub files: MemberFiles,
}

/// Files of one member, as the samplesheet writes them (never made absolute: a path of one machine has
/// no place in a result).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberFiles {
    /// VCF, gVCF or BCF.
    pub variants: Option<String>,
    /// Sample column in it.
    pub sample: Option<String>,
    /// BAM or CRAM.
    pub alignments: Option<String>,
}
