//! What the proband's variants on one copy do together, for the findings of a referral.

use crate::model::allele::Allele;
use crate::model::annotation::Annotation;
use crate::model::consequence::Terms;
use crate::model::contig::ContigId;
use crate::model::family::Family;
use crate::model::record::{InputSpelling, VariantRecord};
use crate::reference::bundle::Bundle;

use crate::annotate::haplotype::collect::{Carried, Collector, Open};
use crate::annotate::haplotype::notes::{Notes, SampleColumns};
use crate::interpret::family_reader::{FamilyInput, FamilyReader, Onlooker};
use crate::model::candidate::GeneEffect;

/// Collects the proband's alleles in the coding exons of the genes analysed, while the family is read; parents tell
/// the phase where they are in the proband's file. Alleles that the filters drop count too: a common variant changes
/// what a rare one on the same copy does.
#[derive(Debug)]
pub struct Proband<'a> {
    collector: Collector<'a>,
    /// Index of its file among the inputs.
    file: usize,
}

impl<'a> Proband<'a> {
    /// Finds the proband among the files of its family; absent where it has none.
    pub fn find(
        family: &Family,
        inputs: &[FamilyInput],
        opened: &FamilyReader,
        bundle: &'a Bundle,
        wanted_gene: &dyn Fn(u32) -> bool,
    ) -> Option<Self> {
        let place = |file: usize, member: usize| inputs[file].members.iter().position(|(i, _)| *i == member);
        let (file, own) = (0..inputs.len()).find_map(|f| Some((f, place(f, family.proband)?)))?;
        let names = opened.sample_names(file);
        let name = names.get(inputs[file].members[own].1.column_in(names)?)?.clone();
        let parent = |member: Option<usize>| place(file, member?);
        let proband = family.proband();
        let parents = parent(proband.mother).zip(parent(proband.father));
        let sample = SampleColumns { name, own, parents };
        Some(Self { collector: Collector::new(bundle, vec![sample], wanted_gene), file })
    }

    /// Takes in a batch of what was gathered, in the order of the file.
    pub fn take(&self, open: &mut Open, carried: Vec<Carried>) {
        self.collector.take(open, carried);
    }

    /// What there is to be said once all is read.
    pub fn finish(&self, open: Open) -> Notes {
        self.collector.finish(open)
    }

    /// True where something may have to be said of an allele once all is read.
    pub fn may_note(&self, contig: ContigId, spelling: &InputSpelling) -> bool {
        self.collector.reaches(contig, spelling.start, &spelling.reference)
    }
}

impl Onlooker for Proband<'_> {
    type Gathered = Vec<Carried>;

    fn see(&self, file: usize, record: &VariantRecord, gathered: &mut Vec<Carried>) {
        if file == self.file {
            self.collector.gather(record, gathered);
        }
    }
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
        let combined = note.in_cis.effect.compound().map_or(Terms::NONE, |compound| compound.terms);
        let on = annotation.consequences.iter_mut();
        for consequence in on.filter(|c| c.transcript_index == Some(note.transcript_index)) {
            consequence.flags.push(note.remark());
            if consequence.biotype != "protein_coding" {
                continue;
            }
            for gene in genes.iter_mut().filter(|g| Some(g.gene) == consequence.gene_index) {
                gene.terms = gene.terms.union(combined);
            }
        }
    }
}
