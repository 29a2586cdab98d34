//! What alleles are annotated with, whatever the form of the output.

use std::path::Path;

use super::sites::SiteColumns;
use crate::annotate::haplotype::notes::Notes;
use crate::annotate::{Annotator, Options};
use crate::model::allele::{Allele, Alternate};
use crate::model::annotation::NotEvaluable;
use crate::model::record::VariantRecord;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::{ReadOptions, VariantReader};
use crate::reference::bundle::Bundle;

/// The engine with everything that goes into a row or an entry.
#[derive(Debug)]
pub struct Setting<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) annotator: Annotator<'a>,
    pub(super) sites: SiteColumns<'a>,
    pub(super) notes: &'a Notes,
    pub(super) hgvs: bool,
    pub(super) content: Content,
}

/// What is written into INFO.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// CSQ: consequences, with the site tables' values among them.
    Consequences,
    /// The site tables' values alone, each a field of its own.
    SiteFields,
}

impl<'a> Setting<'a> {
    /// `notes` holds what alleles of one sample do together; without `hgvs` no HGVS name is made; an allele within
    /// `distance` bases of a transcript is named upstream or downstream of it.
    pub fn new(bundle: &'a Bundle, notes: &'a Notes, hgvs: bool, distance: u32) -> Self {
        let options = Options { distance, ..Options::new(bundle.assembly().clone()) };
        Self {
            bundle,
            annotator: Annotator::new(bundle.genome(), bundle.transcripts(), options),
            sites: SiteColumns::new(bundle),
            notes,
            hgvs,
            content: Content::Consequences,
        }
    }

    /// Looks at site tables only.
    pub fn site_fields_only(self) -> Self {
        Self { content: Content::SiteFields, ..self }
    }

    /// Opens a file for annotating: each record is looked at by itself, so that neither their order nor one past the
    /// end of its contig matters to the others.
    pub(super) fn open(&self, input: &Path) -> Result<VariantReader, ReadError> {
        let contigs = ContigSource::reference(self.bundle.genome().contigs(), self.bundle.assembly());
        let options = ReadOptions { accept_unsorted: true, accept_past_end: true, ..ReadOptions::default() };
        VariantReader::open(input, &contigs, &[], options)
    }
}

/// The allele, where ALT is a sequence.
pub(super) fn allele(record: &VariantRecord, alternate: &Alternate) -> Result<Allele, NotEvaluable> {
    match alternate {
        Alternate::Bases(bases) => Ok(Allele {
            contig: record.contig,
            start: record.start,
            reference: record.reference.clone(),
            alternate: bases.clone(),
        }),
        Alternate::Ambiguous(_) => Err(NotEvaluable::AmbiguousBases),
        _ => Err(NotEvaluable::NotASequence),
    }
}
