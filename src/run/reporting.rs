//! From an interpreted referral to its report.

use crate::model::consequence::Terms;
use crate::model::pipeline::GeneScope;
use crate::model::plan::Plan;
use crate::report::model as report;

use super::error::ReferralError;
use super::findings::{FindingWriter, place, shown_in_proband};
use super::funnel::{Funnel, Step};
use super::input_notices::{input_notices, missing_end};
use super::interpret::Interpreted;
use super::knowledge::Knowledge;
use super::lists::TRANSCRIPTS;

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
    /// What the reads cover.
    pub coverage: report::Coverage,
    /// Remarks on the referral beside those of its files.
    pub warnings: Vec<report::InputCheck>,
    /// Date of the run (ISO).
    pub run_date: &'a str,
}

/// Makes the report.
///
/// # Errors
/// When the funnel does not sum to the input.
pub fn make_report(parts: ReportParts<'_>) -> Result<report::Report, ReferralError> {
    let ReportParts { knowledge, plan, plan_hash, found, coverage, warnings, run_date } = parts;
    let identity = found.identity.checks(
        &plan.referral.family,
        knowledge.bundle.genome().contigs(),
        &knowledge.pipeline.input.identity,
    );
    let warnings = warnings.into_iter().chain(identity).collect();
    let lists = Lists::of(knowledge, plan, found);
    let mut notices = input_notices(&found.funnel);
    let all_genes = plan.gene_agnostic || knowledge.pipeline.scope.genes == GeneScope::Genome;
    for (file, read) in found.files.iter().zip(&found.summary.files) {
        notices.extend(missing_end(file, read, knowledge.bundle.genome().contigs(), all_genes));
    }
    notices.extend(report::Headline::coverage_notices(&coverage));
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
        headline: report::Headline::of(&lists.findings, notices),
        findings: lists.findings,
        single_hits: lists.single_hits,
        off_panel: lists.off_panel,
        untiered: lists.untiered,
        classification: report::Stated::not_provided("no classification was made; a scientist enters it"),
        interpretation: report::Stated::not_provided("written by the reporting scientist"),
        tested: report::Tested::of(plan),
        coverage,
        policy: policy(knowledge),
        funnel: funnel(&found.funnel)?,
        not_evaluable: found
            .not_evaluable
            .iter()
            .map(|(reason, &count)| report::NotEvaluableCount { reason: reason.words().to_owned(), count })
            .collect(),
        limitations: assessed.limitations(),
        input_checks: input_checks(found, warnings),
        knowledge: knowledge_section(knowledge, plan, plan_hash),
        authorisers: report::Authoriser::placeholders(),
        glossary: report::glossary(),
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
        let writer = FindingWriter { knowledge, plan, candidates: &found.candidates, files: &found.files };
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
                candidate.entry.allele.clone(),
            )
        });
        let mut lists = Self::default();
        for decided in order {
            let list = match decided.step {
                Step::Tier1 | Step::Tier2 => &mut lists.findings,
                Step::Tier3 => &mut lists.off_panel,
                Step::SingleHit => &mut lists.single_hits,
                _ => &mut lists.untiered,
            };
            let rank = list.len() as u32 + 1;
            list.push(writer.finding(decided, rank));
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

/// The filters and the rows of the rule set, in the words of the objects that ran.
fn policy(knowledge: &Knowledge) -> Vec<report::PolicyStatement> {
    let statement = |rule: &str, words: String| report::PolicyStatement { rule: rule.to_owned(), words };
    let pipeline = &knowledge.pipeline;
    let quality = &pipeline.quality;
    let mut statements = vec![
        statement(
            "FILTER",
            format!(
                "PASS{}{} is accepted.",
                quality.accept_filters.iter().map(|name| format!(", {name}")).collect::<String>(),
                if quality.accept_unfiltered { " or '.' (no filter applied)" } else { "" }
            ),
        ),
        statement(
            "Genotype quality",
            format!(
                "A genotype with quality below {} ({} on a single X or Y), depth below {}, or a fraction of \
                 alternate reads below {} (heterozygous) or {} (homozygous) is treated as unknown.",
                quality.genotype_quality,
                quality.genotype_quality_hemizygous,
                quality.depth,
                quality.heterozygous_balance,
                quality.homozygous_balance
            ),
        ),
        statement(
            "Scope",
            match pipeline.scope.genes {
                GeneScope::Panel => {
                    format!(
                        "Exons of the genes tested and {} bases either side.",
                        pipeline.scope.exon_padding
                    )
                }
                GeneScope::Genome => {
                    "Every gene; a variant outside the genes tested reaches Tier 3 at most.".to_owned()
                }
            },
        ),
    ];
    for population in &pipeline.frequency.populations {
        statements.push(statement(
            "Population frequency",
            format!(
                "{} {}: at most {} for dominant and {} for recessive inheritance.",
                population.table, population.population, population.dominant, population.recessive
            ),
        ));
    }
    for list in &knowledge.lists.planned {
        if list.role == TRANSCRIPTS {
            let words = format!(
                "{} ({} genes, BLAKE3 {}): a gene on it is reported on the transcript named there.",
                list.file, list.alleles, list.hash
            );
            statements.push(statement("List: transcripts", words));
            continue;
        }
        let use_of_it = match list.role.as_str() {
            "inclusion" => "frequency and consequence are waived for an allele on it",
            _ => "an allele on it is dropped, whatever else is known of it",
        };
        statements.push(statement(
            &format!("List: {}", list.role),
            format!("{} ({} alleles, BLAKE3 {}): {use_of_it}.", list.file, list.alleles, list.hash),
        ));
    }
    for row in &knowledge.rule_set.rows {
        statements.push(statement(&row.name, row.words.clone()));
    }
    for cap in &knowledge.rule_set.caps {
        statements.push(statement(&cap.name, cap.words.clone()));
    }
    statements
}

fn funnel(funnel: &Funnel) -> Result<report::Funnel, ReferralError> {
    let (dropped, kept): (Vec<Step>, Vec<Step>) = Step::ALL.into_iter().partition(|step| step.is_drop());
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
    Ok(report::Funnel::new("alleles", funnel.input, steps, outcomes)?)
}

fn input_checks(found: &Interpreted, warnings: Vec<report::InputCheck>) -> report::InputChecks {
    let check = |severity, subject: &str, message: String| report::InputCheck {
        severity,
        subject: subject.to_owned(),
        message,
        remedy: None,
    };
    let mut checks = warnings;
    let summary = &found.summary;
    for ((file, read), remarks) in found.files.iter().zip(&summary.files).zip(&summary.warnings) {
        checks.extend(remarks.iter().map(|text| check(report::Severity::Warning, file, text.clone())));
        for (finding, count) in &read.findings {
            checks.push(check(report::Severity::Warning, file, format!("{finding} ({count} times)")));
        }
    }
    let all = found.files.join(", ");
    for (count, what) in [
        (summary.duplicates, "records repeat an allele of the same file; the better supported call was kept"),
        (summary.reference_mismatches, "alleles have a REF that differs from the reference"),
        (summary.reference_unknown, "alleles lie where the reference base is unknown"),
    ] {
        if count > 0 {
            checks.push(check(report::Severity::Warning, &all, format!("{count} {what}")));
        }
    }
    for (kind, count) in &summary.not_sequence {
        checks.push(check(
            report::Severity::Information,
            &all,
            format!("{count} alleles left aside: {kind}"),
        ));
    }
    let contig_mappings = found
        .files
        .iter()
        .zip(&summary.files)
        .flat_map(|(file, read)| {
            read.renamed.iter().map(|(from, to)| report::ContigMapping {
                file: file.clone(),
                from: from.clone(),
                to: to.clone(),
            })
        })
        .collect();
    report::InputChecks { checks, contig_mappings }
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
        sources: super::sources::sources(&knowledge.bundle),
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
