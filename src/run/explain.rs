//! Why a variant is, or is not, in a report: the one variant again through the same code.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::annotate::Scratch;
use crate::model::allele::Allele;
use crate::model::plan::{Plan, PlannedList};
use crate::model::position::Position1;
use crate::model::record::NormalisedAllele;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::region::Regions;
use crate::reference::genome::Genome;
use crate::reference::placement::{self, ReferenceMatch};

use super::candidate::Candidate;
use super::decide::{decide_all, find_partners};
use super::decided::Decided;
use super::error::ReferralError;
use super::examine::{Examined, Examiner, Trace};
use super::family_reader::{FamilyOptions, read_family};
use super::funnel::Step;
use super::interpret::family_inputs;
use super::knowledge::{Knowledge, KnowledgeError, KnowledgePaths};
use super::plan::plan_hash;
use super::provenance::Provenance;
use super::publish::{DONE, Done, digest_file};
use super::scope::neighbourhood;

/// Why nothing can be explained.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// The variant is not understood.
    #[error("'{text}': {problem}; give it as CHROM-POS-REF-ALT, such as 1-55039974-G-T")]
    Variant {
        /// What was typed.
        text: String,
        /// What is wrong.
        problem: String,
    },
    /// The folder of results.
    #[error("{0}")]
    Results(String),
    /// What the results rest on cannot be opened.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    /// What the results rest on has changed since.
    #[error(
        "{what} is not what the results were made with ({then} then, {now} now); restore it, or run the referral again"
    )]
    Changed {
        /// Which part.
        what: String,
        /// Its hash then.
        then: String,
        /// Its hash now.
        now: String,
    },
    /// The variant files cannot be read again.
    #[error(transparent)]
    Referral(#[from] ReferralError),
}

impl From<ReadError> for ExplainError {
    fn from(fault: ReadError) -> Self {
        Self::Referral(fault.into())
    }
}

/// Explains one variant of one referral's results, as text.
///
/// # Errors
/// When the results, or what they rest on, cannot be opened or have changed.
pub fn explain(results: &Path, variant: &str) -> Result<String, ExplainError> {
    let provenance = Provenance::read(results).map_err(ExplainError::Results)?;
    let plan = stored_plan(results)?;
    let knowledge = Knowledge::open(&KnowledgePaths {
        pipeline: provenance.pipeline.clone(),
        bundle: provenance.bundle.clone(),
        directory: provenance.directory.clone(),
        panels: provenance.panels.clone(),
    })?;
    unchanged(&plan, &knowledge)?;
    let genome = knowledge.bundle.genome();
    let typed = parse(variant, genome)?;
    check_reference(variant, &typed, genome)?;
    let wanted = placement::left_align(genome, &typed);
    let folder = provenance.samplesheet.parent().map(Path::to_path_buf).unwrap_or_default();
    let resolve = |written: &Path| -> PathBuf { folder.join(written) };
    same_inputs(results, &resolve)?;

    let examiner = Examiner::new(&knowledge, &plan);
    let entries = read_around(&plan, &knowledge, &wanted, &resolve)?;
    let mut text = heading(&plan, &knowledge, &wanted);
    let Some(at) = entries.iter().position(|entry| entry.allele == wanted) else {
        not_in_input(&mut text, &entries, &wanted);
        return Ok(text);
    };
    let mut scratch = Scratch::new();
    let (examined, trace) = examiner.explain(entries[at].clone(), &mut scratch);
    calls(&mut text, &plan, &entries[at]);
    rules(&mut text, &trace);
    if let Some((step, reason)) = trace.dropped {
        let why = reason.map(|r| format!(": {}", r.words())).unwrap_or_default();
        let _ = writeln!(text, "\nNot in the report: {}{why}.", step.words());
        nearest(&mut text, &trace, step);
        return Ok(text);
    }
    if let Examined::Kept(candidate) = examined {
        verdict(&mut text, &examiner, &plan, &knowledge, *candidate, &entries, at);
    }
    Ok(text)
}

fn stored_plan(results: &Path) -> Result<Plan, ExplainError> {
    let path = results.join("plan.json");
    let fault = |problem: String| ExplainError::Results(format!("{}: {problem}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|e| fault(e.to_string()))?;
    serde_json::from_str(&text).map_err(|e| fault(e.to_string()))
}

fn unchanged(plan: &Plan, knowledge: &Knowledge) -> Result<(), ExplainError> {
    for (what, then, now) in [
        ("the knowledge bundle", plan.bundle_hash.as_str(), knowledge.bundle.hash()),
        ("the pipeline definition", plan.pipeline_hash.as_str(), knowledge.pipeline_hash.as_str()),
        ("the tier rule set", plan.rule_set_hash.as_str(), knowledge.rule_set_hash.as_str()),
    ] {
        if then != now {
            return Err(ExplainError::Changed {
                what: what.to_owned(),
                then: then.to_owned(),
                now: now.to_owned(),
            });
        }
    }
    let hashes = |lists: &[PlannedList]| -> String {
        lists.iter().map(|list| format!("{} {}", list.role, list.hash)).collect::<Vec<_>>().join(", ")
    };
    let (then, now) = (hashes(&plan.lists), hashes(&knowledge.lists.planned));
    if then != now {
        return Err(ExplainError::Changed { what: "a list of alleles".to_owned(), then, now });
    }
    Ok(())
}

fn parse(text: &str, genome: &Genome) -> Result<Allele, ExplainError> {
    let fault = |problem: String| ExplainError::Variant { text: text.to_owned(), problem };
    let mut parts = text.rsplitn(4, '-');
    let (alternate, reference, position, contig) = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(alternate), Some(reference), Some(position), Some(contig)) =
        (alternate, reference, position, contig)
    else {
        return Err(fault("four parts are needed".to_owned()));
    };
    let id =
        genome.contig_id(contig).ok_or_else(|| fault(format!("the reference has no contig '{contig}'")))?;
    let start = position
        .parse::<u32>()
        .ok()
        .and_then(|p| Position1(p).offset())
        .ok_or_else(|| fault(format!("'{position}' is not a position")))?;
    let bases = |bases: &str| {
        let upper = bases.to_ascii_uppercase().into_bytes();
        (!upper.is_empty() && upper.iter().all(|b| b"ACGT".contains(b))).then_some(upper)
    };
    match (bases(reference), bases(alternate)) {
        (Some(reference), Some(alternate)) => Ok(Allele { contig: id, start, reference, alternate }),
        _ => Err(fault("REF and ALT must be bases".to_owned())),
    }
}

/// Refuses a variant that cannot exist: "not in the input" would be true of it and mislead.
fn check_reference(text: &str, allele: &Allele, genome: &Genome) -> Result<(), ExplainError> {
    let fault = |problem: String| Err(ExplainError::Variant { text: text.to_owned(), problem });
    if allele.reference == allele.alternate {
        return fault("REF and ALT are the same".to_owned());
    }
    if placement::compare_reference(genome, allele) != ReferenceMatch::Differs {
        return Ok(());
    }
    let contig = genome.contig(allele.contig);
    let there = genome.bases(allele.contig, allele.interval());
    fault(if u64::from(allele.start) + allele.reference.len() as u64 > u64::from(contig.length) {
        format!("{} has {} bases", contig.name, contig.length)
    } else {
        format!("the reference has {} there", String::from_utf8_lossy(&there))
    })
}

/// Holds the input files against the hashes that `DONE.json` has of them.
fn same_inputs(results: &Path, resolve: &dyn Fn(&Path) -> PathBuf) -> Result<(), ExplainError> {
    let path = results.join(DONE);
    let fault = |problem: String| ExplainError::Results(format!("{}: {problem}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|e| fault(e.to_string()))?;
    let done: Done = serde_json::from_str(&text).map_err(|e| fault(e.to_string()))?;
    for (name, then) in done.inputs {
        let file = resolve(Path::new(&name));
        let now = digest_file(&file)
            .map_err(|e| ExplainError::Results(format!("{}: cannot be read: {e}", file.display())))?;
        if now != then {
            return Err(ExplainError::Changed {
                what: file.display().to_string(),
                then: then.blake3,
                now: now.blake3,
            });
        }
    }
    Ok(())
}

/// Every allele of the input in the genes around the place, so that pairs can be found again. A gene counts
/// whole: the partner may lie on a transcript that the variant does not touch.
fn read_around(
    plan: &Plan,
    knowledge: &Knowledge,
    wanted: &Allele,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<Vec<NormalisedAllele>, ExplainError> {
    let (inputs, _) = family_inputs(&plan.referral, resolve)?;
    let bundle = &knowledge.bundle;
    let contigs = ContigSource::reference(bundle.genome().contigs(), bundle.assembly());
    let mut around = vec![(wanted.contig, wanted.interval())];
    let transcripts = bundle.transcripts();
    let mut genes = BTreeSet::new();
    transcripts.overlapping(wanted.contig, neighbourhood(wanted.interval()), |index| {
        genes.insert(transcripts.get(index).gene);
    });
    let of_genes = (0..transcripts.len() as u32).map(|index| transcripts.get(index));
    around.extend(
        of_genes
            .filter(|t| t.contig == wanted.contig && genes.contains(&t.gene))
            .map(|t| (t.contig, t.interval)),
    );
    let regions = Regions::new(around.into_iter().map(|(contig, i)| {
        (contig, crate::model::position::Interval::new(i.start.saturating_sub(1), i.end + 1))
    }))
    .widened(100);
    let options = FamilyOptions { regions: Some(regions), ..FamilyOptions::default() };
    let mut entries = Vec::new();
    read_family::<_, ReadError>(
        &inputs,
        plan.referral.family.members.len(),
        &contigs,
        Some(bundle.genome()),
        &options,
        |alleles| alleles,
        |alleles| {
            entries.extend(alleles);
            Ok(())
        },
    )?;
    Ok(entries)
}

fn heading(plan: &Plan, knowledge: &Knowledge, wanted: &Allele) -> String {
    let genome = knowledge.bundle.genome();
    let spelt = placement::vcf_spelling(genome, wanted);
    let hash = plan_hash(plan).unwrap_or_default();
    format!(
        "{}-{}-{}-{} in referral {} (plan {}, {}, {})\n",
        genome.contig(spelt.contig).name,
        spelt.position(),
        String::from_utf8_lossy(&spelt.reference),
        String::from_utf8_lossy(&spelt.alternate),
        plan.referral.id,
        &hash[..hash.len().min(16)],
        plan.pipeline,
        plan.rule_set
    )
}

fn not_in_input(text: &mut String, entries: &[NormalisedAllele], wanted: &Allele) {
    let here = entries.iter().filter(|e| e.allele.interval().overlaps(wanted.interval())).count();
    let _ = writeln!(
        text,
        "\nNot in the report: the allele is not in the input. {}",
        if here > 0 {
            format!("{here} other alleles were called at this place.")
        } else {
            "No allele was called at this place; whether it was covered is not known from a variant file."
                .to_owned()
        }
    );
}

fn calls(text: &mut String, plan: &Plan, entry: &NormalisedAllele) {
    let _ = writeln!(text, "\nCalls (record {} of the input)", entry.spelling.record);
    for (member, call) in plan.referral.family.members.iter().zip(&entry.calls) {
        let what = match call.missing {
            Some(reason) => format!("unknown ({reason:?})"),
            None => format!("{} of {} copies", call.alternate_copies(), call.copies.len()),
        };
        let number = |value: Option<u32>| value.map_or("not given".to_owned(), |n| n.to_string());
        let depths = call.allele_depths.map_or("not given".to_owned(), |(r, a)| format!("{r}+{a}"));
        let _ = writeln!(
            text,
            "  {:<16} {what}; depth {}, reads {depths}, genotype quality {}",
            member.id,
            number(call.depth),
            number(call.quality)
        );
    }
}

fn rules(text: &mut String, trace: &Trace) {
    let _ = writeln!(text, "\nRules, in order");
    for (step, answer) in &trace.answers {
        let mark = if answer.kept { "kept   " } else { "dropped" };
        let _ = writeln!(
            text,
            "  {mark}  {:<16} {} [{}; asked: {}]",
            step.name(),
            answer.reason,
            answer.value,
            answer.threshold
        );
    }
}

/// The threshold of the first rule that would have let the allele pass, and the rules that would then drop it.
fn nearest(text: &mut String, trace: &Trace, step: Step) {
    let answer = trace.answers.iter().find(|(at, answer)| *at == step && !answer.kept);
    let Some(would) = answer.and_then(|(_, answer)| answer.would_keep.as_deref()) else { return };
    let next: Vec<&str> = trace
        .answers
        .iter()
        .filter(|(at, answer)| *at != step && !answer.kept)
        .map(|(at, _)| at.name())
        .collect();
    let _ = if next.is_empty() {
        writeln!(text, "This rule would have kept it with: {would}.")
    } else {
        writeln!(
            text,
            "This rule would have kept it with: {would}; it would then be dropped by {}.",
            next.join(", ")
        )
    };
}

/// The family, the pairs and the tier of a variant that passed the filters.
fn verdict(
    text: &mut String,
    examiner: &Examiner,
    plan: &Plan,
    knowledge: &Knowledge,
    candidate: Candidate,
    entries: &[NormalisedAllele],
    at: usize,
) {
    let wanted = candidate.entry.allele.clone();
    let _ = writeln!(text, "\nInheritance");
    for verdict in &candidate.site {
        let _ =
            writeln!(text, "  {:<9} {:<45} {}", verdict.verdict.name(), verdict.mode.words(), verdict.reason);
    }
    let mut scratch = Scratch::new();
    let mut candidates = vec![candidate];
    for (index, entry) in entries.iter().enumerate() {
        if index != at
            && let Examined::Kept(other) = examiner.examine(entry.clone(), &mut scratch)
        {
            candidates.push(*other);
        }
    }
    candidates.sort_by(|a, b| a.entry.allele.cmp(&b.entry.allele));
    find_partners(&mut candidates, plan, examiner.family_policy());
    let decided = decide_all(&candidates, plan, &knowledge.rule_set);
    let own: Vec<&Decided> =
        decided.iter().filter(|d| candidates[d.candidate].entry.allele == wanted).collect();
    for outcome in &own {
        let candidate = &candidates[outcome.candidate];
        let effect = &candidate.genes[outcome.effect];
        let on = &candidate.annotation.consequences[effect.reported];
        let _ = writeln!(
            text,
            "\n{} {} {} {}",
            effect.symbol,
            on.hgvsc.as_deref().unwrap_or(&on.transcript),
            on.hgvsp.as_deref().unwrap_or(""),
            effect.terms.joined()
        );
        for mode in &outcome.modes {
            for (partner, pair) in &mode.partners {
                let other = &candidates[*partner].entry.allele;
                let _ = writeln!(
                    text,
                    "  partner at {}: {} ({})",
                    other.position(),
                    pair.reason,
                    pair.grade.name()
                );
            }
        }
        for reason in &outcome.decision.reasons {
            let _ = writeln!(text, "  {reason}");
        }
        let _ = writeln!(text, "  rule {}: {}", outcome.decision.rule, outcome.step.words());
    }
    let best = own.iter().map(|outcome| outcome.step).max().unwrap_or(Step::Inheritance);
    let standing = if best.is_drop() { "Not in the report" } else { "In the report" };
    let _ = writeln!(text, "\n{standing}: {}.", best.words());
}
