//! What became of every allele and record, counted.

use crate::model::allele::Alternate;
use crate::model::annotation::NotEvaluable;

/// What became of an allele, or of a record that offers none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It has a consequence on a transcript.
    Annotated,
    /// It is near no transcript.
    Intergenic,
    /// A site table has it; told where nothing but site tables are looked at.
    InSiteTable,
    /// No site table has it.
    InNoSiteTable,
    /// The record has no ALT.
    NoAlternate,
    /// `*`.
    SpanningDeletion,
    /// `<NON_REF>` or `<*>`.
    NonReference,
    /// Another symbolic allele.
    Symbolic,
    /// A breakend.
    Breakend,
    /// REF and ALT are the same.
    NoChange,
    /// N or another ambiguity code.
    AmbiguousBases,
    /// REF differs from the reference.
    ReferenceMismatch,
    /// The reference holds N.
    ReferenceBaseUnknown,
    /// It runs past the end of the contig.
    PastContigEnd,
    /// The record's contig is not in the reference.
    UnknownContig,
    /// The record stands before the first base.
    Unplaced,
}

impl Class {
    const ALL: [Self; 16] = [
        Self::Annotated,
        Self::Intergenic,
        Self::InSiteTable,
        Self::InNoSiteTable,
        Self::NoAlternate,
        Self::SpanningDeletion,
        Self::NonReference,
        Self::Symbolic,
        Self::Breakend,
        Self::NoChange,
        Self::AmbiguousBases,
        Self::ReferenceMismatch,
        Self::ReferenceBaseUnknown,
        Self::PastContigEnd,
        Self::UnknownContig,
        Self::Unplaced,
    ];

    /// Of an ALT that could not be judged.
    pub fn of(alternate: &Alternate, reason: NotEvaluable) -> Self {
        match (reason, alternate) {
            (NotEvaluable::NotASequence, Alternate::SpanningDeletion) => Self::SpanningDeletion,
            (NotEvaluable::NotASequence, Alternate::NonReference) => Self::NonReference,
            (NotEvaluable::NotASequence, Alternate::Symbolic(_)) => Self::Symbolic,
            (NotEvaluable::NotASequence, Alternate::Breakend(_)) => Self::Breakend,
            (NotEvaluable::NotASequence, _) => Self::NoChange,
            (NotEvaluable::AmbiguousBases, _) => Self::AmbiguousBases,
            (NotEvaluable::ReferenceMismatch, _) => Self::ReferenceMismatch,
            (NotEvaluable::ReferenceBaseUnknown, _) => Self::ReferenceBaseUnknown,
            (NotEvaluable::PastContigEnd, _) => Self::PastContigEnd,
            (NotEvaluable::UnknownContig, _) => Self::UnknownContig,
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Annotated => "alleles with a consequence on a transcript",
            Self::Intergenic => "alleles near no transcript (intergenic_variant)",
            Self::InSiteTable => "alleles found in a site table",
            Self::InNoSiteTable => "alleles in no site table",
            Self::NoAlternate => "records without ALT: nothing to annotate",
            Self::SpanningDeletion => "ALT *: the copy is missing; not evaluable",
            Self::NonReference => "ALT <NON_REF> or <*>: no particular allele; not evaluable",
            Self::Symbolic => "symbolic alleles: not evaluable",
            Self::Breakend => "breakends: not evaluable",
            Self::NoChange => "ALT is the same as REF: not evaluable",
            Self::AmbiguousBases => "alleles with N or other ambiguity codes: not evaluable",
            Self::ReferenceMismatch => "alleles whose REF differs from the reference: not evaluable",
            Self::ReferenceBaseUnknown => "alleles where the reference is N: not evaluable",
            Self::PastContigEnd => "alleles past the end of the contig: not evaluable",
            Self::UnknownContig => "records on contigs that are not in the reference: not evaluable",
            Self::Unplaced => "records at POS 0, before the first base: not evaluable",
        }
    }
}

/// How often each outcome was met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes([u64; Class::ALL.len()]);

impl Outcomes {
    /// Counts one.
    pub fn add(&mut self, class: Class) {
        self.0[class as usize] += 1;
    }

    /// Adds the counts of another part of the file.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }

    /// How often an outcome was met.
    pub fn count(&self, class: Class) -> u64 {
        self.0[class as usize]
    }

    /// Alleles looked at.
    pub fn alleles(&self) -> u64 {
        let records = [Class::NoAlternate, Class::UnknownContig, Class::Unplaced];
        self.0.iter().sum::<u64>() - records.iter().map(|class| self.count(*class)).sum::<u64>()
    }

    /// Of these, alleles without a consequence.
    pub fn not_evaluable(&self) -> u64 {
        let judged = [Class::Annotated, Class::Intergenic, Class::InSiteTable, Class::InNoSiteTable];
        self.alleles() - judged.iter().map(|class| self.count(*class)).sum::<u64>()
    }

    /// Those met, in words.
    pub fn list(&self) -> Vec<(&'static str, u64)> {
        let met = Class::ALL.iter().zip(self.0).filter(|(_, count)| *count > 0);
        met.map(|(class, count)| (class.text(), count)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_counted_under_its_own_words() {
        let mut outcomes = Outcomes::default();
        for (times, class) in (1..).zip(Class::ALL) {
            (0..times).for_each(|_| outcomes.add(class));
        }
        let list = outcomes.list();
        assert!((1..).zip(&list).all(|(times, (_, count))| *count == times), "{list:?}");
        let words: std::collections::BTreeSet<_> = list.iter().map(|(words, _)| words).collect();
        assert_eq!(words.len(), Class::ALL.len());
        assert_eq!(outcomes.alleles(), (1..=16).sum::<u64>() - 5 - 15 - 16);
        assert_eq!(outcomes.not_evaluable(), outcomes.alleles() - 1 - 2 - 3 - 4);
    }
}
