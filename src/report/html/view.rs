//! What a page needs beside the model itself: the summary table, the drawings, and sentences that are made
//! from several fields.

use serde::Serialize;

use super::frequencies::Frequencies;
use super::funnel;
use super::pedigree::{self, Pedigree};
use crate::model::participant::Role;
use crate::report::model::{
    Batch, ClinicalAssertion, Coverage, CoverageState, DRAFT_MARK, Finding, LookedUpVariant,
    MeasuredCoverage, ParticipantCoverage, Report,
};

/// A report and what is drawn from it.
#[derive(Serialize)]
pub(super) struct ReportView<'a> {
    report: &'a Report,
    looked_up: &'a [LookedUpVariant],
    only_named_variants: bool,
    glance: Vec<Glance<'a>>,
    /// In the order of the findings.
    frequencies: Vec<Frequencies<'a>>,
    pedigree: Pedigree,
    funnel: Vec<funnel::Row>,
    outcomes: Vec<OutcomeRow<'a>>,
    funnel_unit: &'a str,
    funnel_input: u64,
    coverage: Vec<CoverageView<'a>>,
    assertion_statement: &'static str,
}

/// One row of the summary.
#[derive(Serialize)]
struct Glance<'a> {
    rank: u32,
    tier: &'a crate::model::tier::Tier,
    gene: &'a str,
    coding: Option<&'a str>,
    protein: Option<&'a str>,
    variant: &'a str,
    consequence: &'a str,
    proband: &'a str,
    inheritance: Vec<String>,
}

/// Where alleles ended.
#[derive(Serialize)]
struct OutcomeRow<'a> {
    name: &'a str,
    count: u64,
    width: u64,
}

/// Coverage of one member, with the sentences hubs print.
#[derive(Serialize)]
struct CoverageView<'a> {
    participant: &'a str,
    not_evaluable: Option<&'a str>,
    measured: Option<&'a MeasuredCoverage>,
    below: Option<String>,
    genes_below: usize,
}

impl<'a> ReportView<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        let proband = report.referral.members.iter().find(|member| member.role == Role::Proband);
        let proband = proband.map(|member| member.participant.as_str());
        let input = report.funnel.input();
        Self {
            report,
            looked_up: &report.looked_up,
            only_named_variants: report.tested.only_named_variants,
            glance: report.findings.iter().map(|finding| Glance::of(finding, proband, report)).collect(),
            frequencies: report.findings.iter().map(|f| Frequencies::of(&f.frequencies)).collect(),
            pedigree: pedigree::of(report),
            funnel: funnel::rows(&report.funnel),
            outcomes: report
                .funnel
                .outcomes()
                .iter()
                .map(|outcome| OutcomeRow {
                    name: &outcome.name,
                    count: outcome.count,
                    width: funnel::width(outcome.count, input),
                })
                .collect(),
            funnel_unit: report.funnel.unit(),
            funnel_input: input,
            coverage: report
                .coverage
                .participants
                .iter()
                .map(|participant| CoverageView::of(participant, &report.coverage))
                .collect(),
            assertion_statement: ClinicalAssertion::STATEMENT,
        }
    }
}

impl<'a> Glance<'a> {
    fn of(finding: &'a Finding, proband: Option<&str>, report: &'a Report) -> Self {
        let genotype =
            finding.genotypes.iter().find(|genotype| Some(genotype.participant.as_str()) == proband);
        Self {
            rank: finding.rank,
            tier: &finding.tier.tier,
            gene: &finding.gene.symbol,
            coding: finding.nomenclature.coding.as_deref(),
            protein: finding.nomenclature.protein.as_deref(),
            variant: &finding.variant.name,
            consequence: &finding.consequence.words,
            proband: genotype.map_or("not known", |genotype| &genotype.words),
            inheritance: finding
                .inheritance
                .iter()
                .map(|inheritance| {
                    let partners: Vec<String> = inheritance
                        .partners
                        .iter()
                        .map(|partner| {
                            report.findings.iter().find(|f| f.variant.name == partner.variant).map_or_else(
                                || partner.variant.clone(),
                                |partner| format!("finding {}", partner.rank),
                            )
                        })
                        .collect();
                    let with = if partners.is_empty() {
                        String::new()
                    } else {
                        format!(" with {}", partners.join(", "))
                    };
                    format!("{}{with}: {}", inheritance.words, inheritance.verdict.name())
                })
                .collect(),
        }
    }
}

impl<'a> CoverageView<'a> {
    fn of(participant: &'a ParticipantCoverage, coverage: &Coverage) -> Self {
        let mut view = Self {
            participant: &participant.participant,
            not_evaluable: None,
            measured: None,
            below: None,
            genes_below: 0,
        };
        match &participant.coverage {
            CoverageState::NotEvaluable(reason) => view.not_evaluable = Some(reason),
            CoverageState::Measured(measured) => {
                let limit = coverage.limits.report_below;
                let below: Vec<String> = measured
                    .genes
                    .iter()
                    .filter(|gene| gene.at_depth.is_none_or(|share| share < limit))
                    .map(|gene| {
                        let transcript = gene.transcript.as_deref().unwrap_or("no transcript");
                        let share = gene
                            .at_depth
                            .map_or_else(|| "not evaluable".to_owned(), |share| share.to_string());
                        format!("{} ({transcript}) {share}", gene.gene)
                    })
                    .collect();
                view.genes_below = below.len();
                view.below = (!below.is_empty()).then(|| below.join(", "));
                view.measured = Some(measured);
            }
        }
        view
    }
}

/// A batch as its page needs it.
#[derive(Serialize)]
pub(super) struct BatchView<'a> {
    batch: &'a Batch,
    mixed: bool,
    mark: &'static str,
}

impl<'a> BatchView<'a> {
    pub(super) fn of(batch: &'a Batch) -> Self {
        Self { batch, mixed: batch.is_mixed(), mark: DRAFT_MARK }
    }
}
