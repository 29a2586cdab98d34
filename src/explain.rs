//! Why a variant is, or is not, in a report: the one variant again through the same code.

mod checks;
mod named;
mod place;
mod text;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::annotate::Scratch;
use crate::model::allele::Allele;
use crate::model::event::CarriedEvent;
use crate::model::genotype::MissingReason;
use crate::model::plan::Plan;
use crate::model::read_summary::ReadSummary;
use crate::model::record::NormalisedAllele;
use crate::model::regions::Regions;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::reference::placement;

use checks::{parse, same_inputs, stored_plan, unchanged};
use text::{calls, frequency_by_kind, heading, nearest, not_in_input, penetrance, rules};

use crate::annotate::haplotype::collect::Open;
use crate::annotate::haplotype::notes::Notes;
use crate::interpret::decide::decide_all;
use crate::interpret::error::InterpretError;
use crate::interpret::family_inputs;
use crate::interpret::family_reader::{FamilyOptions, FamilyReader};
use crate::interpret::scope::neighbourhood;
use crate::interpret::second_hit::find_partners;
use crate::interpret::small::examine::{Examined, Examiner};
use crate::interpret::small::in_cis;
use crate::interpret::structural;
use crate::knowledge::{Knowledge, KnowledgeError, KnowledgePaths, PanelPins};
use crate::model::candidate::Candidate;
use crate::model::decision::Decision;
use crate::model::funnel::FunnelStep;
use crate::normalise::variant_name::{self, FORM};
use crate::publish::provenance::Provenance;

/// Why nothing can be explained.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// The variant is not understood.
    #[error("'{text}': {problem}; {FORM}")]
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
        "{what} has changed since the results were made ({then} then, {now} now); restore it, or run the \
         referral again"
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
    Interpret(#[from] InterpretError),
}

impl From<ReadError> for ExplainError {
    fn from(fault: ReadError) -> Self {
        Self::Interpret(fault.into())
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
        pins: PanelPins::default(),
    })?;
    unchanged(&plan, &knowledge)?;
    let genome = knowledge.bundle.genome();
    let typed = parse(variant, genome)?;
    let wanted = placement::left_align(genome, &typed);
    let folder = provenance.samplesheet.parent().map(Path::to_path_buf).unwrap_or_default();
    let resolve = |written: &Path| -> PathBuf { folder.join(written) };
    same_inputs(results, &resolve)?;

    let looked_up = named::answers(&plan, &knowledge, &wanted, &resolve)?;
    if plan.only_looks_up() {
        return Ok(heading(&plan, &knowledge, &wanted) + &named::alone(looked_up));
    }
    let Around { entries, structural, notes, files } = read_around(&plan, &knowledge, &wanted, &resolve)?;
    let examiner = Examiner::new(&knowledge, &plan).with_in_cis(notes);
    let mut text = heading(&plan, &knowledge, &wanted) + &looked_up.unwrap_or_default();
    let Some(at) = entries.iter().position(|entry| entry.allele == wanted) else {
        not_in_input(&mut text, &entries, &wanted);
        place::members(&mut text, &plan, &knowledge, &wanted, &resolve, |_| true)?;
        return Ok(text);
    };
    let mut scratch = Scratch::new();
    let (examined, trace) = examiner.explain(entries[at].clone(), &mut scratch);
    let intact = || knowledge.bundle.intact().map_err(|fault| ExplainError::Interpret(fault.into()));
    intact()?;
    let by_index = files.get(usize::from(entries[at].spelling.file)).is_some_and(|read| read.indexed);
    calls(&mut text, &plan, &entries[at], by_index);
    let silent = |member: usize| {
        entries[at].calls.get(member).is_some_and(|call| call.missing == Some(MissingReason::NotCovered))
    };
    if (0..plan.referral.family.members.len()).any(silent) {
        let _ = writeln!(text, "\nMembers whose own file does not list the allele");
        place::members(&mut text, &plan, &knowledge, &wanted, &resolve, silent)?;
    }
    rules(&mut text, &trace);
    if let Some((step, reason)) = trace.dropped {
        let why = reason.map(|r| format!(": {}", r.words())).unwrap_or_default();
        let _ = writeln!(text, "\nNot in the report: {}{why}.", step.words());
        nearest(&mut text, &trace, step);
        return Ok(text);
    }
    if let Examined::Kept(candidate) = examined {
        verdict(&mut text, &examiner, &plan, &knowledge, *candidate, (&entries, at), structural);
    }
    intact()?;
    Ok(text)
}

/// What the input has around a place.
struct Around {
    entries: Vec<NormalisedAllele>,
    /// Structural variants, which may be partners.
    structural: Vec<CarriedEvent>,
    /// What the proband's variants do together.
    notes: Notes,
    files: Vec<ReadSummary>,
}

/// Every allele of the input in the genes around the place, so that pairs can be found again. A gene counts
/// whole: the partner may lie on a transcript that the variant does not touch.
fn read_around(
    plan: &Plan,
    knowledge: &Knowledge,
    wanted: &Allele,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<Around, ExplainError> {
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
    let family = &plan.referral.family;
    let reader = FamilyReader::open(&inputs, family.members.len(), &contigs, &options)?;
    let proband = in_cis::Proband::find(family, &inputs, &reader, bundle, &|gene| genes.contains(&gene));
    let (mut entries, mut open) = (Vec::new(), Open::default());
    let mut structural = Vec::new();
    let summary = reader.process_watched::<_, _, ReadError>(
        Some(bundle.genome()),
        &proband,
        |alleles| alleles,
        |gathered| {
            if let Some(proband) = &proband {
                proband.take(&mut open, gathered);
            }
        },
        |event| structural.push(event),
        |alleles| {
            entries.extend(alleles);
            Ok(())
        },
    )?;
    let notes = proband.map(|proband| proband.finish(open)).unwrap_or_default();
    Ok(Around { entries, structural, notes, files: summary.files })
}

/// The family, the pairs and the tier of a variant that passed the filters.
fn verdict(
    text: &mut String,
    examiner: &Examiner,
    plan: &Plan,
    knowledge: &Knowledge,
    candidate: Candidate,
    (entries, at): (&[NormalisedAllele], usize),
    events: Vec<CarriedEvent>,
) {
    let wanted = candidate.entry.event.clone();
    frequency_by_kind(text, &candidate.frequency);
    let _ = writeln!(text, "\nInheritance");
    for verdict in &candidate.site {
        let _ =
            writeln!(text, "  {:<9} {:<45} {}", verdict.verdict.name(), verdict.mode.words(), verdict.reason);
    }
    penetrance(text, plan);
    let mut scratch = Scratch::new();
    let mut candidates = vec![candidate];
    for (index, entry) in entries.iter().enumerate() {
        if index != at
            && let Examined::Kept(other) = examiner.examine(entry.clone(), &mut scratch)
        {
            candidates.push(*other);
        }
    }
    candidates.sort_by(|a, b| a.entry.event.cmp(&b.entry.event));
    candidates.extend(structural::partners(events, &candidates, examiner));
    find_partners(&mut candidates, &plan.referral.family, examiner.family_policy());
    let decided = decide_all(&candidates, plan, &knowledge.rule_set);
    let own: Vec<&Decision> =
        decided.iter().filter(|d| candidates[d.candidate].entry.event == wanted).collect();
    for outcome in &own {
        let candidate = &candidates[outcome.candidate];
        let effect = &candidate.genes[outcome.effect];
        let Some(on) = effect.reported.and_then(|index| candidate.annotation.consequences.get(index)) else {
            continue;
        };
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
                let other = &candidates[*partner].entry.event;
                let _ = writeln!(
                    text,
                    "  partner {}: {} ({})",
                    variant_name::write_event(other, knowledge.bundle.genome()),
                    pair.reason,
                    pair.grade.short_words()
                );
            }
        }
        for reason in &outcome.decision.reasons {
            let _ = writeln!(text, "  {reason}");
        }
        let _ = writeln!(text, "  rule {}: {}", outcome.decision.rule, outcome.step.words());
    }
    let best = own.iter().map(|outcome| outcome.step).max().unwrap_or(FunnelStep::Inheritance);
    let standing = if best.is_drop() { "Not in the report" } else { "In the report" };
    let _ = writeln!(text, "\n{standing}: {}.", best.words());
}
