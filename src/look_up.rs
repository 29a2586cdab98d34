//! Variants that a request names, looked up in every member of the family.
//!
//! No filter, panel or mode of inheritance can hide such a variant. Every member has an answer: carried, not
//! carried, or not evaluable with the reason. What a file does not say is never "not carried".

mod answer;
mod mitochondrial;
pub mod site_records;

use std::path::{Path, PathBuf};

use crate::annotate::{Annotator, Options, Scratch};
use crate::model::allele::Allele;
use crate::model::plan::{Plan, PlannedVariant};
use crate::reference::placement;
use crate::report::model as report;

use crate::compose::findings::FindingWriter;
use crate::interpret::family_reader::FamilySummary;
use crate::interpret::files_of;
use crate::interpret::scope::copy_region;
use crate::interpret::small::genes::gene_effects;
use crate::knowledge::Knowledge;
use crate::normalise::variant_name;
use crate::run::error::ReferralError;
use answer::Question;
use site_records::{SiteRecords, read_sites};

/// The answers, and what was read for them.
#[derive(Default)]
pub struct LookedUp {
    /// One for each variant named, in the order of the plan.
    pub variants: Vec<report::LookedUpVariant>,
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
) -> Result<LookedUp, ReferralError> {
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
) -> Result<LookedUp, ReferralError> {
    if variants.is_empty() {
        return Ok(LookedUp::default());
    }
    let bundle = &knowledge.bundle;
    let (inputs, files) = files_of(&plan.referral, resolve);
    if inputs.is_empty() {
        return Err(ReferralError::NothingToLookUpIn {
            referral: plan.referral.id.clone(),
            line: plan.referral.line,
        });
    }
    let alleles = variants
        .iter()
        .map(|variant| allele_of(variant, plan, knowledge))
        .collect::<Result<Vec<Allele>, ReferralError>>()?;
    let mut summary = FamilySummary::default();
    let mut read: Vec<SiteRecords> = Vec::with_capacity(inputs.len());
    for (number, input) in inputs.iter().enumerate() {
        let records = read_sites(input, number as u16, bundle, &alleles)?;
        summary.files.push(records.summary.clone());
        summary.warnings.push(records.warnings.clone());
        read.push(records);
    }
    let writer = FindingWriter { knowledge, plan, candidates: &[], files: &files, read: &[] };
    let annotator =
        Annotator::new(bundle.genome(), bundle.transcripts(), Options::new(bundle.assembly().clone()));
    let mut scratch = Scratch::new();
    let mut answered = Vec::with_capacity(variants.len());
    for (variant, allele) in variants.iter().zip(&alleles) {
        let region = copy_region(bundle, allele.contig, allele.start);
        let members = &plan.referral.family.members;
        let answers = members.iter().enumerate().map(|(index, member)| {
            let question =
                Question { allele, member, region, policy: &knowledge.pipeline.quality, writer: &writer };
            let column = |members: &[(usize, _)]| members.iter().position(|(member, _)| *member == index);
            let found =
                inputs.iter().zip(&read).find_map(|(input, read)| Some((read, column(&input.members)?)));
            match found {
                Some((records, column)) => question.answer(records, column),
                None => report::LookUpAnswer::not_evaluable(&member.id, "no variant file was provided"),
            }
        });
        let answers = answers.collect();
        let annotation = annotator.annotate(allele, &mut scratch);
        answered.push(report::LookedUpVariant {
            written: variant.written.clone(),
            variant: writer.allele(allele),
            effects: effects(&annotation, &writer),
            effects_not_evaluable: annotation.not_evaluable.map(|reason| reason.words().to_owned()),
            genomic: annotation.hgvsg,
            answers,
        });
    }
    Ok(LookedUp { variants: answered, summary, files })
}

/// The variant in its one spelling. A stored plan was held against this bundle when it was opened.
fn allele_of(variant: &PlannedVariant, plan: &Plan, knowledge: &Knowledge) -> Result<Allele, ReferralError> {
    let genome = knowledge.bundle.genome();
    let allele =
        variant_name::read(&variant.name, genome).map_err(|problem| ReferralError::NamedVariant {
            referral: plan.referral.id.clone(),
            variant: variant.name.clone(),
            problem,
        })?;
    Ok(placement::left_align(genome, &allele))
}

/// What the variant does in each gene it lies in, on the gene's reported transcript.
fn effects(
    annotation: &crate::model::annotation::Annotation,
    writer: &FindingWriter<'_>,
) -> Vec<report::LookedUpEffect> {
    let knowledge = writer.knowledge;
    let transcripts = knowledge.bundle.transcripts();
    let chosen = |gene| Some(knowledge.choices.get(transcripts.gene(gene).hgnc_id?)?.index);
    gene_effects(annotation, transcripts, chosen, |_| None, false)
        .into_iter()
        .filter_map(|effect| {
            let on = &annotation.consequences[effect.reported?];
            let reason = writer.transcript_reason(effect.hgnc_id, &on.transcript);
            Some(report::LookedUpEffect {
                gene: report::GeneName { symbol: effect.symbol, hgnc_id: effect.hgnc_id },
                nomenclature: report::Nomenclature::of(annotation.hgvsg.clone(), on, reason),
                consequence: report::Consequence::of(on.terms),
            })
        })
        .collect()
}
