//! Choices a laboratory may make differently about how a pedigree is read.

use crate::model::pipeline::mitochondrial_absence_depth;

/// How a pedigree is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FamilyPolicy {
    /// What an unaffected woman who carries the allele means for X-linked dominance.
    pub x_linked_dominant: XLinkedDominantRule,
    /// What a heterozygous call on a single copy means.
    pub het_in_haploid: HetInHaploid,
    /// What an unaffected carrier of a mitochondrial allele means.
    pub mitochondrial: MitochondrialRule,
    /// Least mitochondrial fraction that counts as present; a smaller one is absent.
    pub mitochondrial_fraction: f64,
    /// Least depth at which a mitochondrial allele that was not seen counts as absent; below it, and where
    /// the depth is given, the call is unknown.
    pub mitochondrial_absence_depth: u32,
}

impl FamilyPolicy {
    /// The default policy with a pipeline's mitochondrial fraction. Absence asks for the depth at which an allele of
    /// that fraction would show at least one read with 95 % probability: `(1 − f)^depth ≤ 0.05`.
    pub fn with_mitochondrial_fraction(fraction: f64) -> Self {
        Self {
            x_linked_dominant: XLinkedDominantRule::FemalesMayBeUnaffected,
            het_in_haploid: HetInHaploid::Unknown,
            mitochondrial: MitochondrialRule::Threshold,
            mitochondrial_fraction: fraction,
            mitochondrial_absence_depth: mitochondrial_absence_depth(fraction),
        }
    }
}

impl Default for FamilyPolicy {
    /// PanelApp's reading of X-linked dominance, and the threshold rule on the mitochondrial genome at a fraction of
    /// 10 %, the least heteroplasmy gnomAD reports (gnomAD v3.1 mitochondrial DNA variants; Laricchia et al. 2022,
    /// Genome Research 32:569).
    fn default() -> Self {
        Self::with_mitochondrial_fraction(0.10)
    }
}

/// How X-linked dominance treats an unaffected woman who carries the allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XLinkedDominantRule {
    /// No contradiction. PanelApp: "hemizygous mutation in males, monoallelic mutations in females may cause
    /// disease (may be less severe, later onset than males)".
    FemalesMayBeUnaffected,
    /// A contradiction: complete penetrance in both sexes.
    Strict,
}

/// What a heterozygous call means where a person has one copy: mosaicism, a duplication, a mapping error,
/// an XXY karyotype, or a wrong pseudoautosomal table. The flag `het_in_haploid` is raised either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HetInHaploid {
    /// The copy is not known.
    Unknown,
    /// The copy carries the allele.
    Carrier,
}

/// What an unaffected carrier of a mitochondrial allele means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MitochondrialRule {
    /// No contradiction while the fraction is below the lowest fraction of an affected member.
    Threshold,
    /// A contradiction at any fraction that counts as present.
    Presence,
}
