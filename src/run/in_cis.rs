//! What the proband's variants on one copy do together, for the findings of a referral.

use std::path::Path;

use crate::model::allele::Allele;
use crate::model::annotation::Annotation;
use crate::model::contig::ContigId;
use crate::model::participant::Participant;
use crate::model::plan::Plan;
use crate::model::record::InputSpelling;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::{ReadOptions, VariantReader};
use crate::reference::bundle::Bundle;

use super::annotate::haplotypes::{Notes, SampleOfInterest};
use super::candidate::GeneEffect;

/// Reads the proband's genotypes in the coding exons of the genes looked at; parents tell the phase where they are
/// in the proband's file. Alleles that the filters drop later count: a common variant changes what a rare one on the
/// same copy does.
///
/// # Errors
/// When the file is refused.
pub fn read(
    plan: &Plan,
    bundle: &Bundle,
    resolve: &dyn Fn(&Path) -> std::path::PathBuf,
    wanted: &dyn Fn(u32) -> bool,
) -> Result<Notes, ReadError> {
    let family = &plan.referral.family;
    let proband = family.proband();
    let Some(written) = &proband.vcf else { return Ok(Notes::default()) };
    let file = resolve(written);
    let contigs = ContigSource::reference(bundle.genome().contigs(), bundle.assembly());
    let reader = VariantReader::open(&file, &contigs, &[], ReadOptions::default())?;
    let names = reader.sample_names().to_vec();
    let column = |member: &Participant| match (&member.vcf_sample, &names[..]) {
        (Some(name), _) => Some(name.clone()).filter(|n| names.contains(n)),
        (None, _) if names.contains(&member.id) => Some(member.id.clone()),
        (None, [only]) if member.id == proband.id => Some(only.clone()),
        _ => None,
    };
    // A column that is not there is for the reading of the family to refuse.
    let Some(name) = column(proband) else { return Ok(Notes::default()) };
    let parent = |index: Option<usize>| {
        let member = family.members.get(index?)?;
        column(member).filter(|_| member.vcf.as_ref() == Some(written))
    };
    let parents = parent(proband.mother).zip(parent(proband.father));
    Notes::read(bundle, &file, &[SampleOfInterest { name, parents }], wanted)
}

/// Adds to an allele's effects what it does together with others: a flag on each transcript, and the combined terms to
/// those of the gene, so that filters and tiers see them.
pub fn add(
    notes: &Notes,
    contig: ContigId,
    spelling: &InputSpelling,
    annotation: &mut Annotation,
    genes: &mut [GeneEffect],
) {
    if notes.is_empty() {
        return;
    }
    let written = Allele {
        contig,
        start: spelling.start,
        reference: spelling.reference.clone(),
        alternate: spelling.alternate.clone(),
    };
    for note in notes.of(&written) {
        let on = annotation.consequences.iter_mut();
        for consequence in on.filter(|c| c.transcript_index == Some(note.transcript_index)) {
            consequence.flags.push(note.flag());
            if consequence.biotype != "protein_coding" {
                continue;
            }
            for gene in genes.iter_mut().filter(|g| Some(g.gene) == consequence.gene_index) {
                gene.terms = gene.terms.union(note.terms);
            }
        }
    }
}
