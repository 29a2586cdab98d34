//! What the variants of each sample do together: read once before the rows are written, and looked up for each row.
//!
//! Only alleles that a sample carries and that touch the coding sequence or the 3'UTR are kept, and only until the
//! transcript's end is passed; what stays is one note for each allele and transcript that has something to be said.

use rustc_hash::FxHashMap;

use super::note::Note;
use crate::model::allele::Allele;
use crate::model::remark::InCisEffect;

/// Where a sample and its parents stand among the calls of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleColumns {
    /// The sample, for the notes.
    pub name: String,
    /// Its own call.
    pub own: usize,
    /// The calls of mother and father, where they may tell the phase.
    pub parents: Option<(usize, usize)>,
}

/// Notes on the alleles of a file.
#[derive(Clone, Debug, Default)]
pub struct Notes(pub(super) FxHashMap<Allele, Vec<Note>>);

impl Notes {
    /// Takes the HGVS names out of all notes.
    pub fn drop_names(&mut self) {
        for note in self.0.values_mut().flatten() {
            if let InCisEffect::Compound(compound) = &mut note.in_cis.effect {
                (compound.hgvsc, compound.hgvsp) = (None, None);
            }
        }
    }

    /// True where there is nothing to be said of any allele.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is to be said of an allele as its record spells it.
    pub fn of(&self, allele: &Allele) -> &[Note] {
        self.0.get(allele).map_or(&[], Vec::as_slice)
    }
}
