//! The filters, in the order in which they run, and what waives them. A new filter is a file with a row, and a line here.

use super::outcome::{Outcome, Rule};
use super::{
    affected_carry, allele_list, frequency, functional_impact, genotype_quality, known_pathogenic, quality,
    scope,
};
use crate::model::allele::Allele;
use crate::model::consequence::Terms;
use crate::model::frequency::Frequencies;
use crate::model::funnel::FunnelStep;
use crate::model::genotype::Call;
use crate::model::guideline::Guideline;
use crate::model::segregation::CopyRegion;

/// One filter.
pub struct Filter {
    /// Identifier.
    pub id: &'static str,
    /// Where the rule is published.
    pub source: Guideline,
    /// What is asked, in words.
    pub words: &'static str,
    /// Where the funnel counts what it drops, the ordinary step first.
    pub steps: &'static [FunnelStep],
    /// When it is asked.
    pub ask: Ask,
}

/// When a filter is asked.
pub enum Ask {
    /// In a place of its own, as soon as what it needs is known: cheapest first.
    InPlace,
    /// Of an allele that the others kept, once everything is known of it.
    OfEvidence(fn(&Evidence) -> Outcome),
}

/// What is known of an allele that the filters asked in place have kept.
pub struct Evidence<'a> {
    /// The allele, left-aligned.
    pub allele: &'a Allele,
    /// How copies are counted at its place.
    pub region: CopyRegion,
    /// The calls of the family; those below the floors are unknown.
    pub calls: &'a [Call],
    /// Population frequency by kind of inheritance.
    pub frequency: &'a Frequencies,
    /// Consequence terms over all transcripts that are looked at.
    pub terms: Terms,
    /// What is known of the very allele.
    pub known: Known<'a>,
    /// Why it is on the list of artefacts and benign alleles, where it is.
    pub artefact: Option<&'a str>,
}

/// What is known of the very allele.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The clinical assertion that makes it known as pathogenic.
    pub assertion: Option<&'a str>,
    /// Why it is on the laboratory's inclusion list.
    pub inclusion: Option<&'a str>,
}

/// All filters, in the order in which they run.
pub static FILTERS: [Filter; 7] = [
    quality::SITE_FILTER,
    affected_carry::AFFECTED_CARRY,
    genotype_quality::GENOTYPE_QUALITY,
    scope::SCOPE,
    frequency::FREQUENCY,
    functional_impact::FUNCTIONAL_IMPACT,
    allele_list::ARTEFACT_LIST,
];

/// What waives the filters on frequency and consequence.
pub struct Waiver {
    /// Identifier.
    pub id: &'static str,
    /// Where the rule is published.
    pub source: Guideline,
    /// What waives, in words.
    pub words: &'static str,
    /// Why it waives them for this allele, where it does.
    pub why: fn(&Known) -> Option<String>,
}

/// All waivers.
pub static WAIVERS: [Waiver; 2] = [known_pathogenic::KNOWN_PATHOGENIC, allele_list::INCLUSION_LIST];

/// The filters that are asked once everything is known of an allele.
pub fn of_evidence() -> impl Iterator<Item = (&'static Filter, fn(&Evidence) -> Outcome)> {
    asked_of_evidence(&FILTERS)
}

fn asked_of_evidence(filters: &[Filter]) -> impl Iterator<Item = (&Filter, fn(&Evidence) -> Outcome)> {
    filters.iter().filter_map(|filter| match filter.ask {
        Ask::InPlace => None,
        Ask::OfEvidence(ask) => Some((filter, ask)),
    })
}

/// Why frequency and consequence are waived for an allele, where they are.
pub fn waiver(known: &Known) -> Option<String> {
    let reasons: Vec<String> = WAIVERS.iter().filter_map(|waiver| (waiver.why)(known)).collect();
    (!reasons.is_empty()).then(|| reasons.join(" and "))
}

impl Filter {
    /// The filter as its answers name it.
    pub const fn rule(&self) -> Rule {
        Rule { id: self.id, words: self.words }
    }

    /// The step at which the funnel counts what it drops.
    pub const fn step(&self) -> FunnelStep {
        self.steps[0]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::contig::ContigId;

    /// Steps at which no filter drops: the readers, the annotation and the family do.
    const OF_OTHERS: [FunnelStep; 4] = [
        FunnelStep::NotASequence,
        FunnelStep::UnknownContig,
        FunnelStep::NotEvaluable,
        FunnelStep::Inheritance,
    ];

    #[test]
    fn each_step_of_the_funnel_has_one_filter_and_the_order_is_the_funnels() {
        let steps: Vec<FunnelStep> = FILTERS.iter().flat_map(|filter| filter.steps).copied().collect();
        assert!(steps.is_sorted_by(|a, b| a < b), "{steps:?}");
        let all: BTreeSet<_> = steps.into_iter().chain(OF_OTHERS).collect();
        assert!(FunnelStep::ALL.iter().filter(|step| step.is_drop()).eq(all.iter()), "{all:?}");
        assert_eq!(FILTERS.iter().map(|filter| filter.id).collect::<BTreeSet<_>>().len(), FILTERS.len());
    }

    #[test]
    fn a_filter_that_is_not_in_the_program_needs_a_row_and_nothing_else() {
        const LONG: Filter = Filter {
            id: "long",
            source: Guideline::own("a test"),
            words: "short enough",
            steps: &[FunnelStep::Excluded],
            ask: Ask::OfEvidence(|evidence| {
                let length = evidence.allele.alternate.len();
                Outcome {
                    rule: LONG.rule(),
                    kept: length <= 3,
                    value: length.to_string(),
                    threshold: "at most 3 bases".to_owned(),
                    reason: format!("{length} bases"),
                    would_keep: None,
                }
            }),
        };
        let kept = |alternate: &[u8]| {
            let allele = Allele {
                contig: ContigId(0),
                start: 5,
                reference: b"A".to_vec(),
                alternate: alternate.to_vec(),
            };
            let evidence = Evidence {
                allele: &allele,
                region: CopyRegion::Autosomal,
                calls: &[],
                frequency: &Frequencies(Vec::new()),
                terms: Terms::NONE,
                known: Known::default(),
                artefact: None,
            };
            let rows = [allele_list::ARTEFACT_LIST, LONG];
            let dropped = asked_of_evidence(&rows).find(|(_, ask)| !ask(&evidence).kept);
            dropped.map(|(filter, _)| (filter.id, filter.step()))
        };
        assert_eq!(kept(b"ACG"), None);
        assert_eq!(kept(b"ACGT"), Some(("long", FunnelStep::Excluded)));
    }

    #[test]
    fn a_waiver_says_why_and_both_are_said() {
        assert_eq!(waiver(&Known::default()), None);
        let both = Known { assertion: Some("Pathogenic"), inclusion: Some("seen twice") };
        assert_eq!(
            waiver(&both).unwrap(),
            "the clinical assertion is 'Pathogenic' and it is on the inclusion list (seen twice)"
        );
    }
}
