//! Two events of one gene, held against each other.

use super::remark::FamilyRemark;
use super::segregation::{PhaseGrade, Verdict};

/// The verdict on a pair of alleles.
#[derive(Clone, Debug, PartialEq)]
pub struct PairVerdict {
    /// The verdict over the whole pedigree.
    pub verdict: Verdict,
    /// What the proband's phase rests on.
    pub grade: PhaseGrade,
    /// Why, in words a clinical scientist can check.
    pub reason: String,
    /// Remarks.
    pub flags: Vec<FamilyRemark>,
}

/// How two alleles of a gene stand to each other on one chromosome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairRelation {
    /// Different places: one chromosome may carry both.
    Independent,
    /// Two ALTs of one record: one chromosome carries one of them at most.
    SameRecord,
    /// The second allele is a deletion that removes the place of the first: a chromosome with the deletion
    /// has nothing there, and a homozygous-looking call of the first allele is one copy opposite it.
    SecondDeletesFirst,
    /// The first allele is a deletion that removes the place of the second.
    FirstDeletesSecond,
}
