//! Three-valued verdicts on how an allele runs in a family.
//!
//! ```
//! use ithaca::model::segregation::Verdict;
//!
//! let members = [Verdict::Yes, Verdict::Possible];
//! // A mode fits a family where it fits every member; a member who was not tested leaves it possible.
//! assert_eq!(members.into_iter().min(), Some(Verdict::Possible));
//! assert_eq!(!Verdict::Possible, Verdict::Possible);
//! assert_eq!(!Verdict::Yes, Verdict::No);
//! assert_eq!(Verdict::from(true).name(), "yes");
//! ```

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::remark::FamilyRemark;

/// A mode of inheritance as it is tested against a pedigree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SegregationMode {
    /// Autosomal dominant, complete penetrance.
    AutosomalDominant,
    /// Autosomal dominant, incomplete penetrance.
    AutosomalDominantIncompletePenetrance,
    /// Autosomal recessive at a single site.
    AutosomalRecessive,
    /// Two alleles of one gene on different copies.
    CompoundHeterozygous,
    /// X-linked recessive.
    XLinkedRecessive,
    /// X-linked dominant.
    XLinkedDominant,
    /// Y-linked.
    YLinked,
    /// Mitochondrial.
    Mitochondrial,
    /// De novo in the proband.
    DeNovo,
    /// Dominant, expressed from the father's copy (the mother's is silenced).
    DominantMaternallyImprinted,
    /// Dominant, expressed from the mother's copy.
    DominantPaternallyImprinted,
    /// Two copies from one parent.
    UniparentalIsodisomy,
}

impl SegregationMode {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::AutosomalDominant => "autosomal_dominant",
            Self::AutosomalDominantIncompletePenetrance => "autosomal_dominant_incomplete_penetrance",
            Self::AutosomalRecessive => "autosomal_recessive",
            Self::CompoundHeterozygous => "compound_heterozygous",
            Self::XLinkedRecessive => "x_linked_recessive",
            Self::XLinkedDominant => "x_linked_dominant",
            Self::YLinked => "y_linked",
            Self::Mitochondrial => "mitochondrial",
            Self::DeNovo => "de_novo",
            Self::DominantMaternallyImprinted => "dominant_maternally_imprinted",
            Self::DominantPaternallyImprinted => "dominant_paternally_imprinted",
            Self::UniparentalIsodisomy => "uniparental_isodisomy",
        }
    }

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::AutosomalDominant => "autosomal dominant",
            Self::AutosomalDominantIncompletePenetrance => "autosomal dominant, incomplete penetrance",
            Self::AutosomalRecessive => "autosomal recessive, homozygous",
            Self::CompoundHeterozygous => "compound heterozygous",
            Self::XLinkedRecessive => "X-linked recessive",
            Self::XLinkedDominant => "X-linked dominant",
            Self::YLinked => "Y-linked",
            Self::Mitochondrial => "mitochondrial",
            Self::DeNovo => "de novo",
            Self::DominantMaternallyImprinted => "dominant, maternally imprinted (paternal copy expressed)",
            Self::DominantPaternallyImprinted => "dominant, paternally imprinted (maternal copy expressed)",
            Self::UniparentalIsodisomy => "uniparental isodisomy",
        }
    }
}

/// Kleene's three truth values, ordered `No < Possible < Yes`: AND is the minimum, OR the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Contradicted.
    No,
    /// Neither shown nor contradicted.
    Possible,
    /// Shown.
    Yes,
}

impl Verdict {
    /// `yes`, `possible` or `no`.
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Possible => "possible",
            Self::Yes => "yes",
        }
    }
}

impl std::ops::Not for Verdict {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Possible => Self::Possible,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Verdict {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

/// The verdict on one mode, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegregationVerdict {
    /// The mode.
    pub mode: SegregationMode,
    /// The verdict over the whole pedigree.
    pub verdict: Verdict,
    /// Why, in words a clinical scientist can check; names members by identifier.
    pub reason: String,
    /// Remarks.
    pub flags: Vec<FamilyRemark>,
}

/// What kind of place an allele lies in, for counting copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyRegion {
    /// An autosome, or a pseudoautosomal region of X or Y.
    Autosomal,
    /// X outside the pseudoautosomal regions.
    X,
    /// Y outside the pseudoautosomal regions.
    Y,
    /// The mitochondrial genome.
    Mitochondrial,
}

/// How well a de novo call is supported by the reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeNovoGrade {
    /// The genotypes break Mendel's rules in a way that a new mutation alone does not explain.
    MendelianError,
    /// Not shown: a required parent carries the allele, or is not known.
    NotDeNovo,
    /// The genotypes fit and the reads do not reach the limits of a confident call.
    Weak,
    /// The genotypes fit and the reads bear them out.
    Confident,
}

impl DeNovoGrade {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::MendelianError => "mendelian_error",
            Self::NotDeNovo => "not_de_novo",
            Self::Weak => "weak",
            Self::Confident => "confident",
        }
    }

    /// In words, as a sentence begins.
    pub fn words(self) -> &'static str {
        match self {
            Self::MendelianError => "Mendelian error",
            Self::NotDeNovo => "Not de novo",
            Self::Weak => "Low-confidence de novo call",
            Self::Confident => "Confident de novo call",
        }
    }
}

/// How the phase of a pair of alleles was established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhaseGrade {
    /// The affected member lacks one of the two alleles: there is no phase to find.
    NotBothCarried,
    /// Two ALTs at one position, which one copy cannot both carry.
    SameSite,
    /// A deletion on one copy removes the position of the other allele.
    OppositeDeletion,
    /// One allele is on every copy, so the other is in trans.
    HomozygousPlusHeterozygous,
    /// One copy only: either allele acts alone.
    Hemizygous,
    /// Both calls carry the same phase set (`PS`).
    PhaseSet,
    /// Both calls are written with `|` and no phase set: phased along the contig (VCF 4.4, section 1.6.2).
    Phased,
    /// Both parents' genotypes establish it.
    Trio,
    /// Another relative's genotype establishes it: one parent, a child, a sibling.
    Relative,
    /// One parent carries exactly one of the two; the other parent is not known.
    ProbableTrans,
    /// The phase cannot be determined.
    PhaseUnknown,
    /// Phase and transmission, or the genotypes of parents and child, disagree.
    Conflict,
}

impl PhaseGrade {
    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotBothCarried => "not both carried",
            Self::SameSite => "two alleles at one site",
            Self::OppositeDeletion => "in trans with a deletion",
            Self::HomozygousPlusHeterozygous => "one is on every copy, so the other is in trans",
            Self::Hemizygous => "one copy only",
            Self::PhaseSet => "phased by the variant caller",
            Self::Phased => "phased by the variant caller along the chromosome",
            Self::Trio => "shown by transmission from both parents",
            Self::Relative => "shown by a relative's genotype",
            Self::ProbableTrans => {
                "probably in trans: one parent carries exactly one of the two, and the other parent's \
                 genotype is unknown"
            }
            Self::PhaseUnknown => "phase unknown",
            Self::Conflict => "phase and transmission disagree",
        }
    }

    /// The same in a word or two, where there is no room for more.
    pub fn short_words(self) -> &'static str {
        match self {
            Self::NotBothCarried => "not both carried",
            Self::SameSite => "same site",
            Self::OppositeDeletion => "opposite a deletion",
            Self::HomozygousPlusHeterozygous => "one homozygous",
            Self::Hemizygous => "one copy only",
            Self::PhaseSet => "phase set",
            Self::Phased => "phased",
            Self::Trio => "trio",
            Self::Relative => "relative",
            Self::ProbableTrans => "probably in trans",
            Self::PhaseUnknown => "phase unknown",
            Self::Conflict => "phase conflict",
        }
    }

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotBothCarried => "not_both_carried",
            Self::SameSite => "same_site",
            Self::OppositeDeletion => "opposite_deletion",
            Self::HomozygousPlusHeterozygous => "hom_plus_het",
            Self::Hemizygous => "hemizygous",
            Self::PhaseSet => "phase_set",
            Self::Phased => "phased",
            Self::Trio => "trio",
            Self::Relative => "relative",
            Self::ProbableTrans => "probable_trans",
            Self::PhaseUnknown => "phase_unknown",
            Self::Conflict => "phase_conflict",
        }
    }
}
