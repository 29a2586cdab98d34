//! One person of a referral.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Relation to the proband, as the samplesheet gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person the test was requested for.
    Proband,
    /// The proband's mother.
    Mother,
    /// The proband's father.
    Father,
    /// A brother or sister of the proband.
    Sibling,
    /// Any other relative, in the samplesheet's words.
    Relative(String),
}

/// Sex as registered.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Not stated.
    #[default]
    Unknown,
}

/// Whether the person has the disease in question.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Affection {
    /// Has the disease.
    Affected,
    /// Does not.
    Unaffected,
    /// Not known: never constrains a mode of inheritance.
    #[default]
    Unknown,
}

/// Numbers of X and Y chromosomes, where known from coverage rather than from the registered sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct SexChromosomes {
    /// Copies of X: 1, 2 or 3.
    pub x: u8,
    /// Copies of Y.
    pub y: u8,
}

/// One person of a referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Identifier in the samplesheet; a pseudonym, never a name.
    pub id: String,
    /// Relation to the proband.
    pub role: Role,
    /// Registered sex.
    pub sex: Sex,
    /// Sex chromosomes inferred from the data, where known.
    pub sex_chromosomes: Option<SexChromosomes>,
    /// Whether affected.
    pub affection: Affection,
    /// Index of the mother among the family's members.
    pub mother: Option<usize>,
    /// Index of the father among the family's members.
    pub father: Option<usize>,
    /// The VCF, gVCF or BCF that holds the person's calls.
    pub vcf: Option<PathBuf>,
    /// Name of the person's sample column in that file; the only column when absent.
    pub vcf_sample: Option<String>,
    /// BAM or CRAM, where there is one.
    pub alignments: Option<PathBuf>,
}

impl Participant {
    /// Copies of X and Y to expect: as inferred, else from the registered sex, else not known.
    pub fn expected_sex_chromosomes(&self) -> Option<SexChromosomes> {
        self.sex_chromosomes.or(match self.sex {
            Sex::Female => Some(SexChromosomes { x: 2, y: 0 }),
            Sex::Male => Some(SexChromosomes { x: 1, y: 1 }),
            Sex::Unknown => None,
        })
    }
}
