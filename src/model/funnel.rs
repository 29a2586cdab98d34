//! The funnel: every allele of the input ends in exactly one place, and the places sum to the input.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where an allele of the input ended, in the order in which the rules are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FunnelStep {
    /// Symbolic, breakend, `*`, `<NON_REF>` or ambiguous: not a sequence that can be interpreted here.
    NotASequence,
    /// On a contig that the reference does not hold.
    UnknownContig,
    /// FILTER of the record.
    Filter,
    /// No affected member carries it.
    NotCarried,
    /// No affected member is shown to carry it, and the genotype of one is not known.
    GenotypeUnknown,
    /// Carried by affected members only in calls below the quality thresholds.
    CallQuality,
    /// Outside the genes that are looked at.
    OutsideScope,
    /// More frequent than every mode of inheritance allows.
    Frequency,
    /// No consequence can be given: the reference base is unknown, or differs from REF.
    NotEvaluable,
    /// No effect on a transcript that the rule set counts.
    Impact,
    /// No mode of inheritance fits the family.
    Inheritance,
    /// On the artefact or benign list.
    Excluded,
    /// Passed, and no tier of the rule set applies.
    Untiered,
    /// Passed as the only one allele found in a gene with biallelic inheritance.
    SingleHit,
    /// Tier 3.
    Tier3,
    /// Tier 2.
    Tier2,
    /// Tier 1.
    Tier1,
}

impl FunnelStep {
    /// All steps in order.
    pub const ALL: [Self; 17] = [
        Self::NotASequence,
        Self::UnknownContig,
        Self::Filter,
        Self::NotCarried,
        Self::GenotypeUnknown,
        Self::CallQuality,
        Self::OutsideScope,
        Self::Frequency,
        Self::NotEvaluable,
        Self::Impact,
        Self::Inheritance,
        Self::Excluded,
        Self::Untiered,
        Self::SingleHit,
        Self::Tier3,
        Self::Tier2,
        Self::Tier1,
    ];

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotASequence => "not_a_sequence",
            Self::UnknownContig => "unknown_contig",
            Self::Filter => "filter",
            Self::NotCarried => "not_carried",
            Self::GenotypeUnknown => "genotype_unknown",
            Self::CallQuality => "call_quality",
            Self::OutsideScope => "outside_scope",
            Self::Frequency => "frequency",
            Self::NotEvaluable => "not_evaluable",
            Self::Impact => "impact",
            Self::Inheritance => "inheritance",
            Self::Excluded => "excluded",
            Self::Untiered => "untiered",
            Self::SingleHit => "single_hit",
            Self::Tier3 => "tier_3",
            Self::Tier2 => "tier_2",
            Self::Tier1 => "tier_1",
        }
    }

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotASequence => "not a sequence allele (symbolic, breakend, * or ambiguous bases)",
            Self::UnknownContig => "on a contig that is not in the reference",
            Self::Filter => "FILTER of the record is not accepted",
            Self::NotCarried => "not carried by any affected member",
            Self::GenotypeUnknown => {
                "not known in any affected member, at least one of whom has an unknown \
                                      genotype"
            }
            Self::CallQuality => "carried by affected members only in genotypes below the quality thresholds",
            Self::OutsideScope => "outside the genes analysed",
            Self::Frequency => "more frequent than any mode of inheritance allows",
            Self::NotEvaluable => "consequence not evaluable",
            Self::Impact => "no qualifying consequence",
            Self::Inheritance => "no mode of inheritance is consistent with the family",
            Self::Excluded => "on the artefact or benign list",
            Self::Untiered => "passed the filters; no tier applies",
            Self::SingleHit => "only one allele found in a gene with biallelic inheritance",
            Self::Tier3 => "Tier 3",
            Self::Tier2 => "Tier 2",
            Self::Tier1 => "Tier 1",
        }
    }

    /// True for the steps at which an allele is dropped.
    pub fn is_drop(self) -> bool {
        self < Self::Untiered
    }
}

/// Counts per step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funnel {
    /// Alleles of the input: one per ALT of each record.
    pub input: u64,
    /// Records without an ALT (gVCF reference blocks and reference sites); not alleles.
    pub reference_records: u64,
    /// Where the alleles ended.
    pub steps: BTreeMap<FunnelStep, u64>,
}

impl Funnel {
    /// Counts an allele of the input at the step where it ended.
    pub fn count(&mut self, step: FunnelStep) {
        self.count_many(step, 1);
    }

    /// Counts several alleles of the input that ended at one step.
    pub fn count_many(&mut self, step: FunnelStep, alleles: u64) {
        if alleles > 0 {
            self.input += alleles;
            *self.steps.entry(step).or_default() += alleles;
        }
    }

    /// Adds the counts of another part of the same input.
    pub fn add(&mut self, other: &Self) {
        self.input += other.input;
        self.reference_records += other.reference_records;
        for (&step, &count) in &other.steps {
            *self.steps.entry(step).or_default() += count;
        }
    }

    /// Number of alleles that ended at a step.
    pub fn at(&self, step: FunnelStep) -> u64 {
        self.steps.get(&step).copied().unwrap_or(0)
    }

    /// True when the steps sum to the input.
    pub fn sums(&self) -> bool {
        self.steps.values().sum::<u64>() == self.input
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        let mut a = Funnel::default();
        a.count(FunnelStep::Filter);
        let mut b = Funnel::default();
        b.count(FunnelStep::Filter);
        b.count(FunnelStep::Tier1);
        a.add(&b);
        assert_eq!((a.input, a.at(FunnelStep::Filter), a.at(FunnelStep::Tier1)), (3, 2, 1));
        assert!(a.sums());
    }

    #[test]
    fn steps_are_listed_in_their_order() {
        assert!(FunnelStep::ALL.is_sorted());
        assert!(FunnelStep::Inheritance.is_drop() && !FunnelStep::SingleHit.is_drop());
    }
}
