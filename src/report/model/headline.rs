//! The result in one plain sentence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coverage::{Coverage, CoverageState};
use super::finding::Finding;
use crate::model::segregation::{SegregationMode, Verdict};

/// What a reader sees first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// One plain sentence.
    pub sentence: String,
    /// National outcome code: the authoriser's to assign.
    pub outcome: String,
    /// What must be known beside it: low coverage, old knowledge, a check that asks for attention.
    pub notices: Vec<String>,
}

/// What stands where the national outcome code will be.
const OUTCOME: &str = "to be assigned by the authoriser";

impl Headline {
    /// The sentence for these Tier 1 and Tier 2 findings, best rank first.
    pub fn of(findings: &[Finding], notices: Vec<String>) -> Self {
        Self { sentence: sentence(findings), outcome: OUTCOME.to_owned(), notices }
    }

    /// Notices about coverage: who could not be evaluated, and how many genes lie below the limit.
    pub fn coverage_notices(coverage: &Coverage) -> Vec<String> {
        let mut notices = Vec::new();
        for participant in &coverage.participants {
            match &participant.coverage {
                CoverageState::NotEvaluable(reason) => {
                    notices.push(format!("Coverage not evaluable in {}: {reason}.", participant.participant));
                }
                CoverageState::Measured(measured) => {
                    let below = measured
                        .genes
                        .iter()
                        .filter(|gene| gene.at_depth.is_none_or(|share| share < coverage.limits.report_below))
                        .count();
                    if below > 0 {
                        notices.push(format!(
                            "{below} {} of {} below {} at {}× in {}; a variant there may have been missed.",
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
        Some(mode) if mode.verdict == Verdict::Yes => format!(", fitting {}", phrase(mode.mode)),
        Some(mode) => format!(", possibly fitting {}", phrase(mode.mode)),
        None => String::new(),
    };
    let partner = mode
        .filter(|mode| mode.mode == SegregationMode::CompoundHeterozygous)
        .and_then(|mode| findings.iter().find(|f| mode.partners.iter().any(|p| p.variant == f.variant.name)));
    let (subject, told) = match partner {
        Some(partner) => {
            (format!("Two variants in {gene} ({tier}), {} and {}, were found", name(first), name(partner)), 2)
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

/// The shortest name a reader knows the variant by: protein, else coding, else genomic, else coordinates.
fn name(finding: &Finding) -> &str {
    let names = &finding.nomenclature;
    [&names.protein, &names.coding, &names.genomic]
        .into_iter()
        .find_map(|name| name.as_deref())
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
