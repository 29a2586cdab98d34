//! The result in one plain sentence.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coverage::{Coverage, CoverageState};
use super::finding::Finding;
use super::looked_up::{self, LookedUpVariant};
use crate::model::segregation::{SegregationMode, Verdict};

/// What a reader sees first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// One plain sentence.
    pub sentence: String,
    /// National outcome code: the authoriser's to assign.
    pub outcome: String,
    /// What must be read with it: low coverage, outdated knowledge, a check that needs attention.
    pub notices: Vec<String>,
}

/// What stands where the national outcome code will be.
const OUTCOME: &str = "to be assigned by the authoriser";

impl Headline {
    /// The sentence for these Tier 1 and Tier 2 findings, best rank first.
    pub fn of(findings: &[Finding], notices: Vec<String>) -> Self {
        Self { sentence: sentence(findings), outcome: OUTCOME.to_owned(), notices }
    }

    /// The same with the answers of the look-ups before it. Without an analysis of genes they are all there is, and
    /// nothing is said of what was not looked for.
    pub fn with_look_ups(self, looked_up: &[LookedUpVariant], genes_analysed: bool) -> Self {
        if looked_up.is_empty() {
            return self;
        }
        let answers = looked_up::sentence(looked_up);
        let sentence = match genes_analysed {
            true => format!("{answers} Genes tested: {}", self.sentence),
            false => format!("{answers} No other variant or gene was analysed."),
        };
        let notices = looked_up::notices(looked_up).into_iter().chain(self.notices).collect();
        Self { sentence, notices, ..self }
    }

    /// Notices about coverage: how many genes lie below the limit, and who could not be evaluated.
    pub fn coverage_notices(coverage: &Coverage) -> Vec<String> {
        let mut notices = Vec::new();
        let mut not_evaluable: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for participant in &coverage.participants {
            match &participant.coverage {
                CoverageState::NotEvaluable(reason) => {
                    not_evaluable.entry(reason).or_default().push(&participant.participant);
                }
                CoverageState::Measured(measured) => {
                    let below = measured
                        .genes
                        .iter()
                        .filter(|gene| gene.at_depth.is_none_or(|share| share < coverage.limits.report_below))
                        .count();
                    if below > 0 {
                        notices.push(format!(
                            "{below} {} of {} below {} coverage at {}× in {}; a variant there may have been \
                             missed.",
                            if below == 1 { "gene" } else { "genes" },
                            measured.genes.len(),
                            coverage.limits.report_below,
                            coverage.limits.depth,
                            participant.participant,
                        ));
                    }
                }
            }
        }
        notices.extend(not_evaluable.into_iter().map(|(reason, participants)| {
            format!("Coverage not evaluable in {}: {reason}.", participants.join(", "))
        }));
        notices
    }
}

fn sentence(findings: &[Finding]) -> String {
    let Some(first) = findings.first() else {
        return "No Tier 1 or Tier 2 variant was found in the genes tested; this does not exclude a genetic \
                cause."
            .to_owned();
    };
    let gene = &first.gene.symbol;
    let tier = first.tier.tier.words();
    // A mode that is shown goes before one that is only possible; among equals the first listed.
    let mode = first.inheritance.iter().rev().max_by_key(|i| (i.verdict, std::cmp::Reverse(rank(i.mode))));
    let fits = match mode {
        Some(mode) if mode.verdict == Verdict::Yes => format!(", consistent with {}", phrase(mode.mode)),
        Some(mode) => format!(", possibly consistent with {}", phrase(mode.mode)),
        None => String::new(),
    };
    let partner = mode.filter(|mode| mode.mode == SegregationMode::CompoundHeterozygous).and_then(|mode| {
        let is_partner = |f: &&Finding| mode.partners.iter().any(|p| p.variant == f.variant.name);
        findings.iter().skip(1).find(is_partner)
    });
    let (subject, told) = match partner {
        Some(partner) => {
            let tiers = if partner.tier.tier == first.tier.tier {
                tier.to_owned()
            } else {
                format!("{tier} and {}", partner.tier.tier.words())
            };
            let (one, other) = (name(first), name(partner));
            (format!("Two variants in {gene} ({tiers}), {one} and {other}, were found"), 2)
        }
        None => (format!("A {tier} variant in {gene}, {}, was found", name(first)), 1),
    };
    let rest = match findings.len() - told {
        0 => String::new(),
        1 => "; one further candidate is listed".to_owned(),
        more => format!("; {more} further candidates are listed"),
    };
    format!("{subject}{fits}{rest}.")
}

/// The name a reader knows the variant by: the protein change where there is one, else the coding, else
/// the genomic change, else the coordinates. `p.?` and `p.(=)` say too little to stand alone.
fn name(finding: &Finding) -> &str {
    let names = &finding.nomenclature;
    let protein = names.protein.as_deref().filter(|name| !name.contains(['?', '=']));
    [protein, names.coding.as_deref(), names.genomic.as_deref()]
        .into_iter()
        .flatten()
        .next()
        .map_or(finding.variant.name.as_str(), |name| {
            name.rsplit_once(':').map_or(name, |(_, change)| change)
        })
}

/// The mode as part of a sentence.
fn phrase(mode: SegregationMode) -> &'static str {
    match mode {
        SegregationMode::AutosomalDominant => "autosomal dominant inheritance",
        SegregationMode::AutosomalDominantIncompletePenetrance => {
            "autosomal dominant inheritance with incomplete penetrance"
        }
        SegregationMode::AutosomalRecessive => "autosomal recessive inheritance",
        SegregationMode::CompoundHeterozygous => "recessive inheritance as a compound heterozygous pair",
        SegregationMode::XLinkedRecessive => "X-linked recessive inheritance",
        SegregationMode::XLinkedDominant => "X-linked dominant inheritance",
        SegregationMode::YLinked => "Y-linked inheritance",
        SegregationMode::Mitochondrial => "mitochondrial inheritance",
        SegregationMode::DeNovo => "a de novo origin",
        SegregationMode::DominantMaternallyImprinted => {
            "dominant inheritance with maternal imprinting (the paternal copy is expressed)"
        }
        SegregationMode::DominantPaternallyImprinted => {
            "dominant inheritance with paternal imprinting (the maternal copy is expressed)"
        }
        SegregationMode::UniparentalIsodisomy => "uniparental isodisomy",
    }
}

/// De novo says more than the dominant mode it implies.
fn rank(mode: SegregationMode) -> u8 {
    u8::from(mode != SegregationMode::DeNovo)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::example;

    #[test]
    fn a_pair_is_one_result_and_the_rest_are_counted() {
        let report = example::report();
        assert_eq!(
            report.headline.sentence,
            "Two variants in WEAVR1 (Tier 1), p.(Arg112Ter) and p.(Lys201GlufsTer7), were found, consistent with \
             recessive inheritance as a compound heterozygous pair; one further candidate is listed."
        );
    }

    #[test]
    fn a_partner_that_is_not_among_the_findings_is_not_counted() {
        let mut findings = example::report().findings;
        findings.truncate(1);
        findings[0].nomenclature.protein = Some("PENP00000017.2:p.?".to_owned());
        let sentence = Headline::of(&findings, vec![]).sentence;
        assert!(
            sentence.starts_with("A Tier 1 variant in WEAVR1, c.334C>T, was found, consistent with"),
            "{sentence}"
        );
        assert!(!sentence.contains("further"), "{sentence}");
    }

    #[test]
    fn nothing_found_is_not_nothing_there() {
        assert!(Headline::of(&[], vec![]).sentence.contains("does not exclude"));
    }

    #[test]
    fn who_could_not_be_evaluated_is_said_once_a_reason() {
        let notices = Headline::coverage_notices(&example::report().coverage);
        assert_eq!(notices.len(), 2);
        assert!(notices[0].starts_with("1 gene of 3 below 95% coverage at 20×"), "{}", notices[0]);
        assert!(notices[1].contains("EX-0001-M, EX-0001-F"), "{}", notices[1]);
    }

    #[test]
    fn a_look_up_names_everybody_and_never_says_that_nothing_was_found() {
        let alone = example::looked_up(true).headline;
        assert_eq!(
            alone.sentence,
            "WEAVR1 PENT00000017.2:c.334C>T: carried by EX-0001-P (heterozygous); not carried by EX-0001-M; not \
             evaluable in EX-0001-F. chr3-77001-G-A: not evaluable in EX-0001-P. No other variant or gene \
             was analysed."
        );
        assert_eq!(
            alone.notices[..1],
            ["WEAVR1 PENT00000017.2:c.334C>T is not evaluable in EX-0001-F: no variant file was \
                 provided. It is neither confirmed nor excluded in this person."]
        );
        let both = example::looked_up(false).headline.sentence;
        assert!(
            both.contains("not carried by EX-0001-M") && both.contains("Genes tested: Two variants"),
            "{both}"
        );
    }
}
