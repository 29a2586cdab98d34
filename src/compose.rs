//! From an interpreted referral to its report.

pub mod checks;
pub mod coverage;
pub mod findings;
pub mod look_up;
mod policy;
mod sources;

use crate::model::consequence::Terms;
use crate::model::pipeline::GeneScope;
use crate::model::plan::Plan;
use crate::report::model as report;

use crate::interpret::Interpreted;
use crate::knowledge::Knowledge;
use crate::model::funnel::{Funnel, FunnelStep};
use checks::{Asked, Raised, ReadsRemark};
use findings::{FindingWriter, place, shown_in_proband};

/// What a report is made from.
pub struct ReportParts<'a> {
    /// What the batch rests on.
    pub knowledge: &'a Knowledge,
    /// The plan.
    pub plan: &'a Plan,
    /// Its hash.
    pub plan_hash: &'a str,
    /// What was found.
    pub found: &'a Interpreted,
    /// Variants that the request names, with their answers.
    pub looked_up: Vec<report::LookedUpVariant>,
    /// What the reads cover.
    pub coverage: report::Coverage,
    /// What has moved on since the plan was stored.
    pub plan_notices: Vec<String>,
    /// Remarks on files of reads.
    pub reads_remarks: Vec<ReadsRemark>,
    /// Date of the run (ISO).
    pub run_date: &'a str,
}

/// Makes the report.
///
/// # Errors
/// When the funnel does not sum to the input.
pub fn make_report(parts: ReportParts<'_>) -> Result<report::Report, report::FunnelError> {
    let ReportParts { knowledge, plan, plan_hash, found, looked_up, coverage, run_date, .. } = parts;
    let (plan_notices, reads_remarks) = (&parts.plan_notices, &parts.reads_remarks);
    let only_looks_up = plan.only_looks_up();
    let Raised { checks, notices } = checks::raise_all(&Asked {
        knowledge,
        plan,
        found,
        coverage: &coverage,
        plan_notices,
        reads_remarks,
    });
    let lists = Lists::of(knowledge, plan, found);
    let all_genes = plan.gene_agnostic || knowledge.pipeline.scope.genes == GeneScope::Genome;
    let headline = report::Headline::of(&lists.findings, notices).with_look_ups(&looked_up, !only_looks_up);
    let assessed = report::Assessed {
        mitochondrial: plan.mitochondrial || knowledge.pipeline.scope.genes == GeneScope::Genome,
        coverage: proband_is_covered(&coverage, plan),
        all_genes,
        ..report::Assessed::default()
    };
    Ok(report::Report {
        schema_version: report::SCHEMA_VERSION.to_owned(),
        identity: report::Identity::draft(&plan.referral.id, plan_hash, run_date),
        administrative: report::Administrative::not_provided(),
        referral: report::ReferralSection::of(plan, |_| None),
        headline,
        findings: lists.findings,
        single_hits: lists.single_hits,
        off_panel: lists.off_panel,
        untiered: lists.untiered,
        classification: report::Stated::not_provided("to be completed by a clinical scientist"),
        interpretation: report::Stated::not_provided("to be completed by the reporting scientist"),
        tested: report::Tested::of(plan),
        coverage,
        policy: match only_looks_up {
            true => policy::of_look_up(knowledge),
            false if looked_up.is_empty() => policy::of_analysis(knowledge),
            false => policy::of_both(knowledge),
        },
        funnel: match only_looks_up {
            true => report::Funnel::new("alleles", 0, Vec::new(), Vec::new())?,
            false => funnel(&found.funnel)?,
        },
        not_evaluable: found
            .not_evaluable
            .iter()
            .map(|(reason, &count)| report::NotEvaluableCount { reason: reason.words().to_owned(), count })
            .collect(),
        limitations: match only_looks_up {
            true => report::look_up_limitations(),
            false => assessed.limitations(),
        },
        input_checks: report::InputChecks { checks, contig_mappings: contig_mappings(found) },
        knowledge: knowledge_section(knowledge, plan, plan_hash),
        authorisers: report::Authoriser::placeholders(),
        glossary: report::glossary(),
        looked_up,
    })
}

#[derive(Default)]
struct Lists {
    findings: Vec<report::Finding>,
    single_hits: Vec<report::Finding>,
    off_panel: Vec<report::Finding>,
    untiered: Vec<report::Finding>,
}

impl Lists {
    fn of(knowledge: &Knowledge, plan: &Plan, found: &Interpreted) -> Self {
        let writer = FindingWriter {
            knowledge,
            plan,
            candidates: &found.candidates,
            files: &found.files,
            read: &found.summary.files,
        };
        let mut order: Vec<_> = found.decided.iter().filter(|d| !d.step.is_drop()).collect();
        order.sort_by_key(|decided| {
            let candidate = &found.candidates[decided.candidate];
            let effect = &candidate.genes[decided.effect];
            (
                std::cmp::Reverse(decided.step),
                !shown_in_proband(plan, candidate),
                std::cmp::Reverse(decided.modes.first().map(|mode| mode.verdict.verdict)),
                severity(effect.terms),
                effect.hgnc_id,
                place(candidate),
                candidate.entry.event.clone(),
            )
        });
        let mut lists = Self::default();
        for decided in order {
            let list = match decided.step {
                FunnelStep::Tier1 | FunnelStep::Tier2 => &mut lists.findings,
                FunnelStep::Tier3 => &mut lists.off_panel,
                FunnelStep::SingleHit => &mut lists.single_hits,
                _ => &mut lists.untiered,
            };
            let rank = list.len() as u32 + 1;
            list.extend(writer.finding(decided, rank));
        }
        lists
    }
}

/// Smaller is more severe.
fn severity(terms: Terms) -> u8 {
    terms.most_severe().map_or(u8::MAX, |term| term as u8)
}

fn proband_is_covered(coverage: &report::Coverage, plan: &Plan) -> bool {
    let proband = &plan.referral.family.proband().id;
    coverage.participants.iter().any(|participant| {
        participant.participant == *proband
            && matches!(participant.coverage, report::CoverageState::Measured(_))
    })
}

fn funnel(funnel: &Funnel) -> Result<report::Funnel, report::FunnelError> {
    let (dropped, kept): (Vec<FunnelStep>, Vec<FunnelStep>) =
        FunnelStep::ALL.into_iter().partition(|step| step.is_drop());
    let steps = dropped
        .into_iter()
        .map(|step| report::FunnelStep {
            rule: step.name().to_owned(),
            words: step.words().to_owned(),
            dropped: funnel.at(step),
        })
        .collect();
    let outcomes = kept
        .into_iter()
        .rev()
        .map(|step| report::Outcome { name: step.words().to_owned(), count: funnel.at(step) })
        .collect();
    report::Funnel::new("alleles", funnel.input, steps, outcomes)
}

/// Contig names of the files that the reference writes in another way.
fn contig_mappings(found: &Interpreted) -> Vec<report::ContigMapping> {
    let files = found.files.iter().zip(&found.summary.files);
    files
        .flat_map(|(file, read)| {
            read.renamed.iter().map(|(from, to)| report::ContigMapping {
                file: file.clone(),
                from: from.clone(),
                to: to.clone(),
            })
        })
        .collect()
}

fn knowledge_section(knowledge: &Knowledge, plan: &Plan, plan_hash: &str) -> report::Knowledge {
    let definition = |name: &str, date: Option<&str>, hash: &str| report::Definition {
        name: name.to_owned(),
        date: date.map(str::to_owned),
        hash: hash.to_owned(),
    };
    report::Knowledge {
        assembly: plan.assembly.clone(),
        bundle_hash: plan.bundle_hash.clone(),
        sources: self::sources::sources(&knowledge.bundle),
        directory: definition(&plan.directory_release, None, &plan.directory_hash),
        pipeline: definition(
            &knowledge.pipeline.name,
            Some(&knowledge.pipeline.date),
            &knowledge.pipeline_hash,
        ),
        rule_set: definition(
            &knowledge.rule_set.name,
            Some(&knowledge.rule_set.date),
            &knowledge.rule_set_hash,
        ),
        plan_hash: plan_hash.to_owned(),
        software: report::Software::this(),
    }
}
