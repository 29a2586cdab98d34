//! One referral from its plan to its decided candidates.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::annotate::Scratch;
use crate::model::annotation::NotEvaluable;
use crate::model::plan::{Plan, Referral};
use crate::model::record::NormalisedAllele;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::SampleWanted;

use super::build_check::is_another_build;
use super::candidate::Candidate;
use super::decide::{best_steps, decide_all, find_partners};
use super::decided::Decided;
use super::error::ReferralError;
use super::examine::{Examined, Examiner};
use super::family_reader::{self as file, FamilyInput, FamilyOptions, FamilyReader, FamilySummary};
use super::funnel::{Funnel, Step};
use super::identity::Identity;
use super::in_cis;
use super::knowledge::Knowledge;

/// What was found in one referral.
pub struct Interpreted {
    /// Alleles that passed the filters.
    pub candidates: Vec<Candidate>,
    /// The outcome of each in each of its genes.
    pub decided: Vec<Decided>,
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
}

/// One batch of alleles, examined.
#[derive(Default)]
struct Part {
    kept: Vec<Candidate>,
    funnel: Funnel,
    not_evaluable: BTreeMap<NotEvaluable, u64>,
    identity: Identity,
}

/// The variant files of a family, each with the members it holds, in order of first use.
pub fn family_inputs(
    referral: &Referral,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<(Vec<FamilyInput>, Vec<String>), ReferralError> {
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
    let affected_is_read = referral.family.affected().any(|i| referral.family.members[i].vcf.is_some());
    if !affected_is_read {
        return Err(ReferralError::NothingToRead { referral: referral.id.clone(), line: referral.line });
    }
    Ok((inputs, files))
}

/// Reads, examines and decides every allele of a referral.
///
/// # Errors
/// When a file is refused, or is of another build by its REF bases.
pub fn interpret(
    plan: &Plan,
    knowledge: &Knowledge,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<Interpreted, ReferralError> {
    let examiner = Examiner::new(knowledge, plan);
    let whole_genome = examiner.scope().regions().is_none();
    let wanted = |gene: u32| whole_genome || examiner.scope().planned(gene).is_some();
    let notes = in_cis::read(plan, &knowledge.bundle, resolve, &wanted)?;
    let examiner = examiner.with_in_cis(notes);
    let (inputs, files) = family_inputs(&plan.referral, resolve)?;
    let genome = knowledge.bundle.genome();
    let contigs = ContigSource::reference(genome.contigs(), knowledge.bundle.assembly());
    let options = FamilyOptions { regions: examiner.scope().regions().cloned(), ..FamilyOptions::default() };
    let members = plan.referral.family.members.len();

    let mut whole = Part { identity: Identity::new(&plan.referral.family), ..Part::default() };
    // The alleles of a lone file are counted and gated as they are read; several files are joined first.
    let gate = |entry: &NormalisedAllele, early: &mut Early| early.settles(&examiner, entry);
    let early = (inputs.len() == 1).then_some(&gate as file::Early<'_, Early>);
    let count_identity = early.is_none();
    let mut settled = Early::default();
    let summary = FamilyReader::open(&inputs, members, &contigs, &options)?
        .process_early::<Early, Part, ReadError>(
            Some(genome),
            early,
            |alleles| examine_batch(&examiner, alleles, count_identity),
            |early| settled.add(&early),
            |part| {
                whole.kept.extend(part.kept);
                whole.funnel.add(&part.funnel);
                whole.identity.add(&part.identity);
                for (reason, count) in part.not_evaluable {
                    *whole.not_evaluable.entry(reason).or_default() += count;
                }
                Ok(())
            },
        )?;
    whole.funnel.add(&settled.funnel);
    if let Some(identity) = &settled.identity {
        whole.identity.add(identity);
    }
    check_build(&summary, &inputs, knowledge)?;

    let Part { kept: mut candidates, mut funnel, not_evaluable, identity } = whole;
    find_partners(&mut candidates, plan, examiner.family_policy());
    let decided = decide_all(&candidates, plan, &knowledge.rule_set);
    for step in best_steps(candidates.len(), &decided) {
        funnel.count(step);
    }
    count_unread(&mut funnel, &summary);
    Ok(Interpreted { candidates, decided, funnel, not_evaluable, identity, summary, files })
}

/// What the cheap gates settled.
#[derive(Default)]
struct Early {
    funnel: Funnel,
    identity: Option<Identity>,
}

impl Early {
    fn settles(&mut self, examiner: &Examiner, entry: &NormalisedAllele) -> bool {
        let identity = self.identity.get_or_insert_with(|| Identity::new(examiner.family()));
        examiner.count_identity(entry, identity);
        let step = examiner.dropped_early(entry);
        debug_assert!(step.is_none_or(|step| examiner.drops_at(entry, step)), "{entry:?} {step:?}");
        step.inspect(|&step| self.funnel.count(step)).is_some()
    }

    fn add(&mut self, other: &Self) {
        self.funnel.add(&other.funnel);
        match (&mut self.identity, &other.identity) {
            (Some(mine), Some(theirs)) => mine.add(theirs),
            (mine @ None, Some(theirs)) => *mine = Some(theirs.clone()),
            (_, None) => {}
        }
    }
}

fn examine_batch(examiner: &Examiner, alleles: Vec<NormalisedAllele>, count_identity: bool) -> Part {
    let mut part = Part { identity: Identity::new(examiner.family()), ..Part::default() };
    let mut scratch = Scratch::new();
    for allele in alleles {
        if count_identity {
            examiner.count_identity(&allele, &mut part.identity);
        }
        match examiner.examine(allele, &mut scratch) {
            Examined::Kept(candidate) => part.kept.push(*candidate),
            Examined::Dropped(step, reason) => {
                part.funnel.count(step);
                if let Some(reason) = reason {
                    *part.not_evaluable.entry(reason).or_default() += 1;
                }
            }
        }
    }
    part
}

/// What the readers left aside counts too: nothing of the input is lost from the sum.
fn count_unread(funnel: &mut Funnel, summary: &FamilySummary) {
    let symbolic: u64 = summary.not_sequence.iter().map(|(_, count)| count).sum();
    funnel.count_many(Step::NotASequence, symbolic);
    for file in &summary.files {
        funnel.count_many(Step::UnknownContig, file.unknown_contig);
        funnel.count_many(Step::OutsideScope, file.outside_regions);
        funnel.count_many(Step::NotCarried, file.uncarried);
    }
}

fn check_build(
    summary: &FamilySummary,
    inputs: &[FamilyInput],
    knowledge: &Knowledge,
) -> Result<(), ReferralError> {
    let limit = u64::from(knowledge.pipeline.input.reference_mismatches_per_10000);
    let (mismatches, checked) = (summary.reference_mismatches, summary.reference_checked);
    if !is_another_build(mismatches, checked, limit) {
        return Ok(());
    }
    Err(ReferralError::WrongBuild {
        file: inputs.first().map(|input| input.file.clone()).unwrap_or_default(),
        assembly: knowledge.bundle.assembly().to_string(),
        mismatches,
        checked,
    })
}
