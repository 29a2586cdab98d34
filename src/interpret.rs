//! One referral from its plan to its decided candidates.

pub mod decide;
pub mod error;
pub mod family_reader;
pub mod given_file;
pub mod kinds;
pub mod region;
pub mod repeat;
pub mod scope;
pub mod second_hit;
pub mod small;
pub mod structural;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::annotate::Scratch;
use crate::model::annotation::NotEvaluable;
use crate::model::family::Family;
use crate::model::plan::{Plan, Referral};
use crate::model::record::{NormalisedAllele, VariantRecord};
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::SampleWanted;

use crate::annotate::haplotype::collect::{Carried, Open};
use crate::knowledge::Knowledge;
use crate::model::candidate::Candidate;
use crate::model::decision::Decision;
use crate::model::funnel::{Funnel, FunnelStep};
use crate::normalise::build_check::is_another_build;
use crate::quality::identity::Identity;
use decide::{best_steps, decide_all};
use error::InterpretError;
use family_reader::{FamilyInput, FamilyOptions, FamilyReader, FamilySummary, Onlooker};
use second_hit::find_partners;
use small::examine::{Examined, Examiner};
use small::in_cis::Proband;

/// Waiting alleles examined at a time.
const AT_ONCE: usize = 500;

/// What was found in one referral.
pub struct Interpreted {
    /// Alleles that passed the filters.
    pub candidates: Vec<Candidate>,
    /// The outcome of each in each of its genes.
    pub decided: Vec<Decision>,
    /// Where every allele ended.
    pub funnel: Funnel,
    /// Alleles without a consequence, by reason.
    pub not_evaluable: BTreeMap<NotEvaluable, u64>,
    /// Whether the genotypes fit the people they are given as.
    pub identity: Identity,
    /// What was read.
    pub summary: FamilySummary,
    /// The variant files as the samplesheet writes them, in the order of `summary.files`.
    pub files: Vec<String>,
    /// The name of each member's column in the member's variant file.
    pub columns: Vec<Option<String>>,
}

/// An allele that no rule has dropped.
enum Reached {
    /// Passed.
    Kept(Box<Candidate>),
    /// Waits for what the proband's variants do together.
    Waits(Box<NormalisedAllele>),
}

/// One batch of alleles, examined.
struct Part {
    reached: Vec<Reached>,
    funnel: Funnel,
    not_evaluable: BTreeMap<NotEvaluable, u64>,
    identity: Identity,
}

/// The variant files of a family, each with the members it holds, in order of first use; refused where no affected
/// member has one.
pub fn family_inputs(
    referral: &Referral,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<(Vec<FamilyInput>, Vec<String>), InterpretError> {
    let affected_is_read = referral.family.affected().any(|i| referral.family.members[i].vcf.is_some());
    if !affected_is_read {
        return Err(InterpretError::NothingToRead { referral: referral.id.clone(), line: referral.line });
    }
    Ok(files_of(referral, resolve))
}

/// The variant files of a family, whoever has one.
pub(crate) fn files_of(
    referral: &Referral,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> (Vec<FamilyInput>, Vec<String>) {
    let mut inputs: Vec<FamilyInput> = Vec::new();
    let mut files: Vec<String> = Vec::new();
    for (index, member) in referral.family.members.iter().enumerate() {
        let Some(written) = &member.vcf else { continue };
        let name = written.to_string_lossy().into_owned();
        let wanted = match &member.vcf_sample {
            Some(name) => SampleWanted::Named(name.clone()),
            None => SampleWanted::OnlyOr(member.id.clone()),
        };
        match files.iter().position(|known| *known == name) {
            Some(at) => inputs[at].members.push((index, wanted)),
            None => {
                inputs.push(FamilyInput { file: resolve(written), members: vec![(index, wanted)] });
                files.push(name);
            }
        }
    }
    (inputs, files)
}

impl Interpreted {
    /// No gene was analysed: this is what was read for the look-up of named variants, and from which files.
    pub fn nothing_but(summary: FamilySummary, files: Vec<String>, family: &Family) -> Self {
        Self {
            candidates: Vec::new(),
            decided: Vec::new(),
            funnel: Funnel::default(),
            not_evaluable: BTreeMap::new(),
            identity: Identity::new(family),
            summary,
            files,
            columns: vec![None; family.members.len()],
        }
    }
}

/// Reads, examines and decides every allele of a referral.
///
/// # Errors
/// When a file is refused, or is of another build by its REF bases.
pub fn interpret(
    plan: &Plan,
    knowledge: &Knowledge,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<Interpreted, InterpretError> {
    let examiner = Examiner::new(knowledge, plan);
    let (inputs, files) = family_inputs(&plan.referral, resolve)?;
    let genome = knowledge.bundle.genome();
    let contigs = ContigSource::reference(genome.contigs(), knowledge.bundle.assembly());
    let options = FamilyOptions { regions: examiner.scope().regions().cloned(), ..FamilyOptions::default() };
    let policy = *examiner.family_policy();
    let family = &plan.referral.family;
    let reader = FamilyReader::open(&inputs, family.members.len(), &contigs, &options)?;
    let whole_genome = examiner.scope().regions().is_none();
    let wanted = |gene: u32| whole_genome || examiner.scope().planned(gene).is_some();
    let columns = columns(&inputs, family.members.len(), &reader);
    let proband = Proband::find(family, &inputs, &reader, &knowledge.bundle, &wanted);
    let examiner = match &proband {
        Some(proband) => examiner.awaiting(proband),
        None => examiner,
    };

    let (mut early, mut whole) = (Part::new(family), Part::new(family));
    let (mut open, mut events) = (Open::default(), Vec::new());
    // The alleles of a lone file are counted and gated as they are read; several files are joined first.
    let count_identity = inputs.len() > 1;
    let summary = reader.process_watched::<_, _, ReadError>(
        Some(genome),
        &Watch { examiner: &examiner, proband: proband.as_ref() },
        |alleles| examine_batch(&examiner, alleles, count_identity),
        |seen| {
            if let Some(proband) = &proband {
                proband.take(&mut open, seen.carried);
            }
            early.funnel.add(&seen.funnel);
            seen.identity.iter().for_each(|identity| early.identity.add(identity));
        },
        |event| events.push(event),
        |part| {
            whole.add(part);
            Ok(())
        },
    )?;
    whole.add(early);
    check_build(&summary, &inputs, knowledge)?;

    let notes = proband.as_ref().map(|proband| proband.finish(open)).unwrap_or_default();
    let examiner = examiner.with_in_cis(notes);
    whole.settle(&examiner);
    let Part { reached, mut funnel, not_evaluable, identity } = whole;
    let mut candidates: Vec<Candidate> = Vec::with_capacity(reached.len());
    for one in reached {
        match one {
            Reached::Kept(candidate) => candidates.push(*candidate),
            // Nothing waits any more; counted rather than lost.
            Reached::Waits(_) => funnel.count(FunnelStep::NotEvaluable),
        }
    }
    candidates.extend(structural::partners(events, &candidates, &examiner));
    find_partners(&mut candidates, family, &policy);
    let decided = decide_all(&candidates, plan, &knowledge.rule_set);
    for step in best_steps(&candidates, &decided) {
        funnel.count(step);
    }
    count_unread(&mut funnel, &summary);
    Ok(Interpreted { candidates, decided, funnel, not_evaluable, identity, summary, files, columns })
}

/// The name of each member's column.
fn columns(inputs: &[FamilyInput], members: usize, reader: &FamilyReader) -> Vec<Option<String>> {
    let mut columns = vec![None; members];
    for (file, input) in inputs.iter().enumerate() {
        for (member, wanted) in &input.members {
            columns[*member] = match (wanted, reader.sample_names(file)) {
                (SampleWanted::OnlyOr(_), [only]) => Some(only.clone()),
                (SampleWanted::Named(name) | SampleWanted::OnlyOr(name), _) => Some(name.clone()),
            };
        }
    }
    columns
}

/// Looks on while the family is read: gathers what the proband carries, and settles what the cheap gates can.
struct Watch<'a> {
    examiner: &'a Examiner<'a>,
    proband: Option<&'a Proband<'a>>,
}

/// What was gathered from a batch of records.
#[derive(Default)]
struct Seen {
    carried: Vec<Carried>,
    funnel: Funnel,
    identity: Option<Identity>,
}

impl Onlooker for Watch<'_> {
    type Gathered = Seen;

    fn see(&self, file: usize, record: &VariantRecord, seen: &mut Seen) {
        if let Some(proband) = self.proband {
            proband.see(file, record, &mut seen.carried);
        }
    }

    fn settles(&self, entry: &NormalisedAllele, seen: &mut Seen) -> bool {
        let identity = seen.identity.get_or_insert_with(|| Identity::new(self.examiner.family()));
        self.examiner.count_identity(entry, identity);
        let step = self.examiner.dropped_early(entry);
        debug_assert!(step.is_none_or(|step| self.examiner.drops_at(entry, step)), "{entry:?} {step:?}");
        step.inspect(|&step| seen.funnel.count(step)).is_some()
    }
}

impl Part {
    fn new(family: &Family) -> Self {
        Self {
            reached: Vec::new(),
            funnel: Funnel::default(),
            not_evaluable: BTreeMap::new(),
            identity: Identity::new(family),
        }
    }

    fn examine(&mut self, examiner: &Examiner, entry: NormalisedAllele, scratch: &mut Scratch) {
        match examiner.examine(entry, scratch) {
            Examined::Kept(candidate) => self.reached.push(Reached::Kept(candidate)),
            Examined::Waits(entry) => self.reached.push(Reached::Waits(entry)),
            Examined::Dropped(step, reason) => {
                self.funnel.count(step);
                if let Some(reason) = reason {
                    *self.not_evaluable.entry(reason).or_default() += 1;
                }
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.reached.extend(other.reached);
        self.funnel.add(&other.funnel);
        self.identity.add(&other.identity);
        for (reason, count) in other.not_evaluable {
            *self.not_evaluable.entry(reason).or_default() += count;
        }
    }

    /// Examines what waits, now that nothing has to; every allele keeps its place in the order.
    fn settle(&mut self, examiner: &Examiner) {
        let family = examiner.family();
        let settle_batch = |batch: Vec<Reached>| {
            let (mut part, mut scratch) = (Self::new(family), Scratch::new());
            for reached in batch {
                match reached {
                    Reached::Waits(entry) => part.examine(examiner, *entry, &mut scratch),
                    kept @ Reached::Kept(_) => part.reached.push(kept),
                }
            }
            part
        };
        let mut batches: Vec<Vec<Reached>> = Vec::new();
        for reached in std::mem::take(&mut self.reached) {
            match batches.last_mut().filter(|batch| batch.len() < AT_ONCE) {
                Some(batch) => batch.push(reached),
                None => batches.push(vec![reached]),
            }
        }
        let settled: Vec<Self> = batches.into_par_iter().map(settle_batch).collect();
        settled.into_iter().for_each(|part| self.add(part));
    }
}

fn examine_batch(examiner: &Examiner, alleles: Vec<NormalisedAllele>, count_identity: bool) -> Part {
    let mut part = Part::new(examiner.family());
    let mut scratch = Scratch::new();
    for allele in alleles {
        if count_identity {
            examiner.count_identity(&allele, &mut part.identity);
        }
        part.examine(examiner, allele, &mut scratch);
    }
    part
}

/// What the readers left aside counts too: nothing of the input is lost from the sum.
fn count_unread(funnel: &mut Funnel, summary: &FamilySummary) {
    let symbolic: u64 = summary.not_sequence.iter().map(|(_, count)| count).sum();
    funnel.count_many(FunnelStep::NotASequence, symbolic);
    for file in &summary.files {
        funnel.count_many(FunnelStep::UnknownContig, file.unknown_contig);
        funnel.count_many(FunnelStep::OutsideScope, file.outside_regions);
        funnel.count_many(FunnelStep::NotCarried, file.uncarried);
    }
}

fn check_build(
    summary: &FamilySummary,
    inputs: &[FamilyInput],
    knowledge: &Knowledge,
) -> Result<(), InterpretError> {
    let limit = u64::from(knowledge.pipeline.input.reference_mismatches_per_10000);
    let (mismatches, checked) = (summary.reference_mismatches, summary.reference_checked);
    if !is_another_build(mismatches, checked, limit) {
        return Ok(());
    }
    Err(InterpretError::WrongBuild {
        file: inputs.first().map(|input| input.file.clone()).unwrap_or_default(),
        assembly: knowledge.bundle.assembly().to_string(),
        mismatches,
        checked,
    })
}
