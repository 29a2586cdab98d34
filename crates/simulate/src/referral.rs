//! One referral of the world: family, planted alleles, the panel, the files it comes in, the right answer.

use super::lesions::Lesion;
use super::pedigree::Pedigree;
use super::sequence::Spelling;

/// How a caller spelled an allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Left-aligned and trimmed.
    Plain,
    /// As far right as it goes.
    ShiftedRight,
    /// With bases of the genome on both sides.
    Padded,
}

impl Written {
    /// The spelling in the calls.
    pub fn spell(self, plain: &Spelling, bases: &[u8]) -> Spelling {
        match self {
            Self::Plain => plain.clone(),
            Self::ShiftedRight => plain.shifted_right(bases),
            Self::Padded => plain.padded(bases, 3, 2),
        }
    }
}

/// The right answer for one planted allele; see the README of the world for the words.
#[derive(Clone, Debug)]
pub struct Truth {
    /// `cause`, `decoy`, `single_hit` or `coverage_gap`.
    pub kind: &'static str,
    /// `TIER1` … `untiered`.
    pub tier: &'static str,
    /// Segregation mode, or empty.
    pub mode: &'static str,
    /// Further modes that hold too, joined by `;`.
    pub also: &'static str,
    /// Index of the partner among the referral's plants.
    pub partner: Option<usize>,
    /// Why, in words; the construction is put before it.
    pub why: &'static str,
}

/// A planted allele.
#[derive(Clone, Debug)]
pub struct Plant {
    /// What is broken.
    pub lesion: Lesion,
    /// The member in whom it enters the family.
    pub founder: &'static str,
    /// On which copy: 0 the mother's, 1 the father's.
    pub copy: usize,
    /// Meioses that hand it on.
    pub path: &'static [(&'static str, &'static str)],
    /// Spelling in the calls.
    pub written: Written,
    /// A filtered call of bad quality.
    pub poor: bool,
    /// Heteroplasmic fractions by member.
    pub fractions: &'static [(&'static str, f64)],
    /// True where the calls don't have it, because no read covers it.
    pub hidden: bool,
    /// Population frequency, and whether the table spells it otherwise.
    pub frequency: Option<(f64, bool)>,
    /// What the assertion table says.
    pub assertion: Option<&'static str>,
    /// The right answer.
    pub truth: Truth,
}

impl Plant {
    /// A plain plant.
    pub fn new(
        lesion: Lesion,
        (founder, copy): (&'static str, usize),
        path: &'static [(&'static str, &'static str)],
        truth: Truth,
    ) -> Self {
        Self {
            lesion,
            founder,
            copy,
            path,
            written: Written::Plain,
            poor: false,
            fractions: &[],
            hidden: false,
            frequency: None,
            assertion: None,
            truth,
        }
    }
}

/// The files a family comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One multi-sample VCF.
    Joint,
    /// One multi-sample BCF.
    JointBcf,
    /// A VCF per member.
    PerMember,
    /// A gVCF per member.
    GvcfPerMember,
}

/// How calls are written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The files.
    pub form: Form,
    /// Contigs as `chr1`; else `1` and `MT`.
    pub prefixed: bool,
    /// Single copies as `1`; else `1/1`.
    pub haploid: bool,
    /// Heterozygous calls phased in blocks, with PS.
    pub phased: bool,
    /// Only calls in and near panel genes.
    pub targeted: bool,
    /// Alignments for every sequenced member.
    pub alignments: bool,
    /// A PED file beside the calls.
    pub ped: bool,
}

/// A multi-sample VCF of the plain kind.
pub const JOINT: Style = Style {
    form: Form::Joint,
    prefixed: true,
    haploid: false,
    phased: false,
    targeted: false,
    alignments: false,
    ped: false,
};

/// One referral.
pub struct Referral {
    /// Identifier, and the folder's name.
    pub id: String,
    /// The family.
    pub pedigree: Pedigree,
    /// Test codes.
    pub codes: Vec<String>,
    /// Value of the `panels` column.
    pub panels: &'static str,
    /// `routine` or `urgent`.
    pub priority: &'static str,
    /// HPO terms.
    pub hpo: &'static str,
    /// `complete` or `incomplete`.
    pub penetrance: &'static str,
    /// How calls are written.
    pub style: Style,
    /// What is planted.
    pub plants: Vec<Plant>,
    /// Genes whose surroundings are read or called in targeted work.
    pub targets: Vec<usize>,
    /// Contig, start and end of a stretch no read covers.
    pub gap: Option<(usize, u32, u32)>,
}
