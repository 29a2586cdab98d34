//! Variants that a request names, looked up in every member of the family.
//!
//! No filter, panel or mode of inheritance can hide such a variant. Every member has an answer: carried, not
//! carried, or not evaluable with the reason. What a file does not say is never "not carried".

mod answer;
pub mod site_records;

use std::path::{Path, PathBuf};

use crate::annotate::{Annotator, Options, Scratch};
use crate::interpret::error::InterpretError;
use crate::interpret::family_reader::FamilySummary;
use crate::interpret::files_of;
use crate::interpret::scope::copy_region;
use crate::interpret::small::genes::gene_effects;
use crate::knowledge::Knowledge;
use crate::model::allele::Allele;
use crate::model::annotation::Annotation;
use crate::model::candidate::GeneEffect;
use crate::model::look_up::{LookUpAnswer, LookUpReason, LookedUpVariant};
use crate::model::plan::{Plan, PlannedVariant};
use crate::normalise::variant_name;
use crate::reference::placement;
use answer::Question;
use site_records::{SiteRecords, read_sites};

/// The answers, and what was read for them.
#[derive(Default)]
pub struct LookedUp {
    /// One for each variant named, in the order of the plan.
    pub variants: Vec<LookedUpVariant>,
    /// What was read.
    pub summary: FamilySummary,
    /// The variant files as the samplesheet writes them, in the order of `summary.files`.
    pub files: Vec<String>,
}

/// Looks up every variant that the plan names.
///
/// # Errors
/// When no member has a variant file, or a file is refused.
pub fn look_up(
    plan: &Plan,
    knowledge: &Knowledge,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<LookedUp, InterpretError> {
    let all: Vec<&PlannedVariant> = plan.named_variants.iter().collect();
    look_up_some(&all, plan, knowledge, resolve)
}

/// Looks up some of the variants that the plan names.
///
/// # Errors
/// As [`look_up`].
pub(crate) fn look_up_some(
    variants: &[&PlannedVariant],
    plan: &Plan,
    knowledge: &Knowledge,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<LookedUp, InterpretError> {
    if variants.is_empty() {
        return Ok(LookedUp::default());
    }
    let bundle = &knowledge.bundle;
    let (inputs, files) = files_of(&plan.referral, resolve);
    if inputs.is_empty() {
        return Err(InterpretError::NothingToLookUpIn {
            referral: plan.referral.id.clone(),
            line: plan.referral.line,
        });
    }
    let alleles = variants
        .iter()
        .map(|variant| allele_of(variant, plan, knowledge))
        .collect::<Result<Vec<Allele>, InterpretError>>()?;
    let mut summary = FamilySummary::default();
    let mut read: Vec<SiteRecords> = Vec::with_capacity(inputs.len());
    for (number, input) in inputs.iter().enumerate() {
        let records = read_sites(input, number as u16, bundle, &alleles)?;
        summary.files.push(records.summary.clone());
        summary.warnings.push(records.warnings.clone());
        read.push(records);
    }
    let annotator =
        Annotator::new(bundle.genome(), bundle.transcripts(), Options::new(bundle.assembly().clone()));
    let mut scratch = Scratch::new();
    let mut answered = Vec::with_capacity(variants.len());
    for (variant, allele) in variants.iter().zip(&alleles) {
        let region = copy_region(bundle, allele.contig, allele.start);
        let members = &plan.referral.family.members;
        let answers = members.iter().enumerate().map(|(index, member)| {
            let question = Question { allele, member, index, region, policy: &knowledge.pipeline.quality };
            let column = |members: &[(usize, _)]| members.iter().position(|(member, _)| *member == index);
            let found =
                inputs.iter().zip(&read).find_map(|(input, read)| Some((read, column(&input.members)?)));
            match found {
                Some((records, column)) => question.answer(records, column),
                None => LookUpAnswer::not_evaluable(index, LookUpReason::NoFile),
            }
        });
        let answers = answers.collect();
        let annotation = annotator.annotate(allele, &mut scratch);
        answered.push(LookedUpVariant {
            written: variant.written.clone(),
            allele: allele.clone(),
            region,
            genes: genes(&annotation, knowledge),
            annotation,
            answers,
        });
    }
    Ok(LookedUp { variants: answered, summary, files })
}

/// The variant in its one spelling. A stored plan was held against this bundle when it was opened.
fn allele_of(variant: &PlannedVariant, plan: &Plan, knowledge: &Knowledge) -> Result<Allele, InterpretError> {
    let genome = knowledge.bundle.genome();
    let allele =
        variant_name::read(&variant.name, genome).map_err(|problem| InterpretError::NamedVariant {
            referral: plan.referral.id.clone(),
            variant: variant.name.clone(),
            problem,
        })?;
    Ok(placement::left_align(genome, &allele))
}

/// What the variant does in each gene it lies in, on the gene's reported transcript.
fn genes(annotation: &Annotation, knowledge: &Knowledge) -> Vec<GeneEffect> {
    let transcripts = knowledge.bundle.transcripts();
    let chosen = |gene| Some(knowledge.choices.get(transcripts.gene(gene).hgnc_id?)?.index);
    gene_effects(annotation, transcripts, chosen, |_| None, false)
}
