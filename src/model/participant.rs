//! One person of a referral.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::segregation::CopyRegion;

/// Relation to the proband, as written in the samplesheet.
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

impl SexChromosomes {
    /// Reads `X`, `XX`, `XXY` and the like, with or without the number of chromosomes before it (`47,XXY`); at most
    /// three X and three Y, and at least one X.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.rsplit(',').next()?.trim();
        let count = |letter: char| letters.chars().filter(|c| c.eq_ignore_ascii_case(&letter)).count();
        // Turner syndrome is written X, or X0.
        let (x, y, none) = (count('X'), count('Y'), count('0'));
        let known = x + y + none == letters.chars().count() && (1..=3).contains(&x) && y <= 3;
        (known && (none == 0 || (x, y, none) == (1, 0, 1))).then_some(Self { x: x as u8, y: y as u8 })
    }
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

    /// Copies of a region that the person is expected to have; not known of the mitochondrial genome, nor of X and
    /// Y without a sex.
    pub fn expected_copies(&self, region: CopyRegion) -> Option<u8> {
        let chromosomes = self.expected_sex_chromosomes();
        match region {
            CopyRegion::Autosomal => Some(2),
            CopyRegion::X => chromosomes.map(|copies| copies.x),
            CopyRegion::Y => chromosomes.map(|copies| copies.y),
            CopyRegion::Mitochondrial => None,
        }
    }

    /// True where the person has one copy of the region by karyotype.
    pub fn is_hemizygous(&self, region: CopyRegion) -> bool {
        matches!(region, CopyRegion::X | CopyRegion::Y) && self.expected_copies(region) == Some(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn karyotypes_by_their_letters() {
        let of = |text| SexChromosomes::parse(text).map(|k| (k.x, k.y));
        for (text, counts) in [
            ("XX", (2, 0)),
            ("xy", (1, 1)),
            ("47,XXY", (2, 1)),
            ("XYY", (1, 2)),
            ("XXX", (3, 0)),
            ("X", (1, 0)),
            ("45,X0", (1, 0)),
        ] {
            assert_eq!(of(text), Some(counts), "{text}");
        }
        for text in ["", "Y", "XXXX", "46", "XX0", "female", "46,XX,t(1;2)"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
