//! Gene by gene: the modes that fit, and the tier of each candidate.

use super::kinds::{self, Handling};
use crate::filter::frequency;
use crate::genotype::carries_in_family;
use crate::model::candidate::{Candidate, GeneEffect};
use crate::model::frequency::{FrequencyOutcome, frequency_mode};
use crate::model::panel::{Confidence, Penetrance};
use crate::model::plan::{Plan, PlannedGeneEntry};
use crate::model::remark::TierRemark;
use crate::model::segregation::{SegregationMode, Verdict};
use crate::model::tier::Tier;
use crate::tier::{RuleSet, TierInput, decide};

use crate::model::decision::{Decision, ModeFit};
use crate::model::funnel::FunnelStep;

/// Decides every candidate in each of its genes, in order of candidate and gene. Events of a kind that is not reported
/// by itself ([`super::kinds`]) are partners of others and nothing more.
pub fn decide_all(candidates: &[Candidate], plan: &Plan, rules: &RuleSet) -> Vec<Decision> {
    let mut decided = Vec::new();
    for (index, candidate) in candidates.iter().enumerate().filter(|(_, c)| is_reported(c)) {
        for (effect, gene) in candidate.genes.iter().enumerate() {
            decided.push(decide_one(index, effect, candidate, gene, plan, rules));
        }
    }
    decided
}

fn decide_one(
    index: usize,
    effect: usize,
    candidate: &Candidate,
    gene: &GeneEffect,
    plan: &Plan,
    rules: &RuleSet,
) -> Decision {
    let modes = modes_that_fit(candidate, gene, plan);
    let carries = |member: &usize| carries_in_family(&candidate.entry.calls, *member) == Verdict::Yes;
    let affected_carriers: Vec<usize> = plan.referral.family.affected().filter(carries).collect();
    let on = gene.reported.and_then(|index| candidate.annotation.consequences.get(index));
    let planned = gene.planned.and_then(|i| plan.genes.get(i));
    let entries: &[PlannedGeneEntry] = planned.map_or(&[], |planned| &planned.entries);
    let input = TierInput {
        terms: gene.terms,
        biotype: on.map_or("", |on| &on.biotype),
        region: candidate.region,
        // A record with filters that are not accepted was dropped before, and so was an allele of the artefact list.
        refused_filters: &[],
        frequency: &candidate.frequency,
        modes: &modes,
        de_novo: candidate.de_novo.as_ref(),
        affected_carriers: &affected_carriers,
        entries,
        penetrance: plan.referral.penetrance,
        known_pathogenic: candidate.known_pathogenic.as_deref(),
        inclusion_list: candidate.inclusion.as_deref(),
        artefact_list: None,
    };
    let mut outcome = decide(rules, &input);
    if let Some(evidence) = &candidate.de_novo
        && modes.iter().any(|fit| fit.verdict.mode == SegregationMode::DeNovo && fit.is_shown())
    {
        let reasons = evidence.reasons.join("; ");
        outcome.decision.reasons.push(format!("{}: {reasons}.", evidence.grade.words()));
    }
    outcome.decision.reasons.extend(too_frequent(candidate, &modes, entries, rules));
    outcome.decision.reasons.extend(no_frequency(candidate));
    if let Some(reason) = &candidate.inclusion {
        outcome.decision.reasons.push(format!("On the inclusion list: {reason}."));
    }
    let single_hit = outcome.flags.contains(&TierRemark::SingleHit);
    let step = match outcome.decision.tier {
        Tier::Tier1 => FunnelStep::Tier1,
        Tier::Tier2 => FunnelStep::Tier2,
        Tier::Tier3 => FunnelStep::Tier3,
        Tier::Untiered if single_hit => FunnelStep::SingleHit,
        Tier::Untiered if modes.is_empty() => FunnelStep::Inheritance,
        Tier::Untiered => FunnelStep::Untiered,
    };
    let modes = told(modes, entries, rules);
    Decision { candidate: index, effect, step, decision: outcome.decision, modes }
}

/// Modes of the panel that the family does not contradict and only the allele's frequency rules out, in words; none
/// where another mode of the panel passes.
fn too_frequent(
    candidate: &Candidate,
    passed: &[ModeFit],
    entries: &[PlannedGeneEntry],
    rules: &RuleSet,
) -> Vec<String> {
    let curated = curated(entries, rules);
    if candidate.is_waived() || passed.iter().any(|fit| is_curated(fit.verdict.mode, &curated)) {
        return Vec::new();
    }
    let of_kind = |outcome: &FrequencyOutcome| {
        let modes: Vec<&str> = candidate
            .site
            .iter()
            .filter(|v| v.verdict != Verdict::No && curated.contains(&v.mode))
            .filter(|v| frequency_mode(v.mode, candidate.region) == outcome.mode)
            .map(|v| v.mode.words())
            .collect();
        let answer = frequency::outcome(outcome);
        (!modes.is_empty()).then(|| {
            let would_keep = answer.would_keep.unwrap_or_default();
            format!(
                "Segregation does not exclude {}, but the allele is {}. It would have passed with a \
                 {would_keep}.",
                modes.join(", "),
                answer.reason
            )
        })
    };
    candidate.frequency.0.iter().filter(|outcome| !outcome.kept).filter_map(of_kind).collect()
}

/// That no frequency filter was applied, where none could be: a reader must not take the allele to be rare.
fn no_frequency(candidate: &Candidate) -> Option<String> {
    let outcomes = &candidate.frequency.0;
    if candidate.is_waived() || outcomes.iter().any(FrequencyOutcome::is_evaluable) {
        return None;
    }
    let mut words = frequency::outcome(outcomes.last()?).reason;
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some(words + ".")
}

/// The modes for which the gene is green on a panel.
fn curated(entries: &[PlannedGeneEntry], rules: &RuleSet) -> Vec<SegregationMode> {
    entries
        .iter()
        .filter(|entry| entry.confidence == Confidence::Green)
        .flat_map(|entry| rules.filters_of(entry.mode_of_inheritance).iter().copied())
        .collect()
}

/// True for a curated mode; incomplete penetrance widens the dominant mode that the panel names.
fn is_curated(mode: SegregationMode, curated: &[SegregationMode]) -> bool {
    curated.contains(&match mode {
        SegregationMode::AutosomalDominantIncompletePenetrance => SegregationMode::AutosomalDominant,
        mode => mode,
    })
}

/// The modes a reader is told of: where the gene is green on a panel and a mode that the panel names fits,
/// only such modes; otherwise all that fit. An imprinted mode that nothing asks for would only distract.
fn told(modes: Vec<ModeFit>, entries: &[PlannedGeneEntry], rules: &RuleSet) -> Vec<ModeFit> {
    let curated = curated(entries, rules);
    let is_curated = |fit: &ModeFit| is_curated(fit.verdict.mode, &curated);
    if modes.iter().any(is_curated) { modes.into_iter().filter(is_curated).collect() } else { modes }
}

/// The modes that are not contradicted and whose frequency limits are kept (or waived), those that are shown
/// first. Incomplete penetrance is told only where it was ordered and adds something to complete.
fn modes_that_fit(candidate: &Candidate, gene: &GeneEffect, plan: &Plan) -> Vec<ModeFit> {
    let allowed =
        |mode| candidate.is_waived() || candidate.frequency.allows(frequency_mode(mode, candidate.region));
    let complete = candidate
        .site
        .iter()
        .any(|v| v.mode == SegregationMode::AutosomalDominant && v.verdict == Verdict::Yes);
    let mut modes: Vec<ModeFit> = candidate
        .site
        .iter()
        .filter(|v| v.verdict != Verdict::No && allowed(v.mode))
        .filter(|v| {
            v.mode != SegregationMode::AutosomalDominantIncompletePenetrance
                || (plan.referral.penetrance == Penetrance::Incomplete && !complete)
        })
        .cloned()
        .map(ModeFit::alone)
        .collect();
    modes.extend(ModeFit::compound(&gene.partners));
    modes.sort_by_key(|fit| (std::cmp::Reverse(fit.verdict.verdict), fit.verdict.mode));
    modes
}

/// Where each candidate that is reported by itself ended: its best outcome over its genes.
pub fn best_steps(candidates: &[Candidate], decided: &[Decision]) -> Vec<FunnelStep> {
    let mut best: Vec<Option<FunnelStep>> =
        candidates.iter().map(|c| is_reported(c).then_some(FunnelStep::Inheritance)).collect();
    for outcome in decided {
        let step = &mut best[outcome.candidate];
        *step = (*step).max(Some(outcome.step));
    }
    best.into_iter().flatten().collect()
}

fn is_reported(candidate: &Candidate) -> bool {
    kinds::of(candidate.entry.event.kind()).handling == Handling::Interpreted
}
