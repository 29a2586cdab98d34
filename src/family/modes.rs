//! The modes of inheritance. A new mode is a file with a row, and a line here.

use super::clause::{Context, Rule};
use super::policy::FamilyPolicy;
use super::{
    autosomal_dominant, autosomal_recessive, de_novo, imprinted, mitochondrial, uniparental_isodisomy,
    x_linked_dominant, x_linked_recessive, y_linked,
};
use crate::model::guideline::Guideline;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// One mode of inheritance.
pub struct Mode {
    /// The mode, which has its identifier and words.
    pub mode: SegregationMode,
    /// Where it is tested.
    pub regions: &'static [CopyRegion],
    /// Where its rule is published.
    pub source: Guideline,
    /// How it is answered.
    pub(super) answer: Answer,
    /// Remarks on the answer.
    pub(super) flags: fn(&Context) -> Vec<FamilyRemark>,
}

/// How a mode is answered.
pub(super) enum Answer {
    /// Each member is asked about that member's own copies.
    Clauses(fn(&FamilyPolicy) -> &'static Rule),
    /// In a way of its own.
    Own { verdict: fn(&Context) -> Verdict, reason: fn(&Context) -> String },
    /// Of two alleles together, by [`super::compound_heterozygous`].
    Pairs,
}

/// All modes, in the order in which they are answered.
pub static MODES: [Mode; 12] = [
    autosomal_dominant::MODE,
    autosomal_dominant::INCOMPLETE_MODE,
    autosomal_recessive::MODE,
    PAIRS,
    x_linked_recessive::MODE,
    x_linked_dominant::MODE,
    y_linked::MODE,
    mitochondrial::MODE,
    de_novo::MODE,
    imprinted::MATERNALLY,
    imprinted::PATERNALLY,
    uniparental_isodisomy::MODE,
];

/// The row of pairs, which [`super::compound_heterozygous`] answers.
const PAIRS: Mode = Mode {
    mode: SegregationMode::CompoundHeterozygous,
    regions: &[CopyRegion::Autosomal, CopyRegion::X],
    source: genomics_england("CompoundHeterozygous, XLinkedCompoundHeterozygous"),
    answer: Answer::Pairs,
    flags: no_flags,
};

/// Genomics England's segregation filters, by name.
pub(super) const fn genomics_england(filter: &'static str) -> Guideline {
    Guideline::new(
        "Genomics England, Rare Disease Genome Analysis Guide, segregation filters",
        filter,
        "Mira, 2024-04",
    )
}

/// For a mode without remarks of its own.
pub(super) fn no_flags(_: &Context) -> Vec<FamilyRemark> {
    Vec::new()
}

/// The modes that are answered at a single site of a region. All are tried whatever the pedigree looks like.
pub(super) fn modes_at(region: CopyRegion) -> impl Iterator<Item = &'static Mode> {
    MODES.iter().filter(move |mode| mode.regions.contains(&region) && !matches!(mode.answer, Answer::Pairs))
}

impl Mode {
    /// The verdict. Of pairs nothing is known at a single site.
    pub(super) fn verdict(&self, context: &Context) -> Verdict {
        match self.answer {
            Answer::Clauses(rule) => rule(context.policy).verdict(context),
            Answer::Own { verdict, .. } => verdict(context),
            Answer::Pairs => Verdict::Possible,
        }
    }

    /// The verdict in words, with the members it rests on.
    pub(super) fn reason(&self, context: &Context) -> String {
        match self.answer {
            Answer::Clauses(rule) => rule(context.policy).reason(context),
            Answer::Own { reason, .. } => reason(context),
            Answer::Pairs => "Needs two alleles in one gene".to_owned(),
        }
    }

    /// The rule for each member, where the mode is made of such.
    pub(super) fn rule(&self, context: &Context) -> Option<&'static Rule> {
        match self.answer {
            Answer::Clauses(rule) => Some(rule(context.policy)),
            Answer::Own { .. } | Answer::Pairs => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_mode_has_one_row_and_each_region_its_modes_in_order() {
        assert_eq!(MODES.iter().map(|row| row.mode).collect::<BTreeSet<_>>().len(), MODES.len());
        let names = |region| modes_at(region).map(|row| row.mode.name()).collect::<Vec<_>>();
        assert_eq!(
            names(CopyRegion::Autosomal),
            [
                "autosomal_dominant",
                "autosomal_dominant_incomplete_penetrance",
                "autosomal_recessive",
                "de_novo",
                "dominant_maternally_imprinted",
                "dominant_paternally_imprinted",
                "uniparental_isodisomy",
            ]
        );
        assert_eq!(names(CopyRegion::X), ["x_linked_recessive", "x_linked_dominant", "de_novo"]);
        assert_eq!(names(CopyRegion::Y), ["y_linked", "de_novo"]);
        assert_eq!(names(CopyRegion::Mitochondrial), ["mitochondrial", "de_novo"]);
    }
}
