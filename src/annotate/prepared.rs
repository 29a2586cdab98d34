//! What is worth keeping of a transcript while allele after allele hits it.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::layout::Layout;
use super::sequence::Sequence;
use crate::model::gene::Gene;
use crate::reference::genome::Genome;
use crate::reference::transcripts::Transcripts;

/// Facts about one transcript that do not depend on the allele.
#[derive(Debug)]
pub struct Prepared {
    /// Its gene.
    pub gene: Gene,
    /// Number of exons.
    pub exons: usize,
    /// Two exon blocks lie side by side on the genome, so that blocks and exons are numbered apart.
    pub blocks_touch: bool,
    /// Its own sequence holds bases that the genome lacks, or lacks some, or is said to differ in bases that are not
    /// known.
    pub differs_somewhere: bool,
    sequence: OnceLock<Sequence>,
}

impl Prepared {
    fn new(layout: &Layout<'_>, transcripts: &Transcripts) -> Self {
        let exons = layout.exon_count();
        Self {
            gene: transcripts.gene(layout.transcript.gene),
            exons,
            blocks_touch: exons != layout.blocks(),
            differs_somewhere: layout.transcript.differs_somewhere
                || layout.has_alignment_gap()
                || layout.lacks_bases(),
            sequence: OnceLock::new(),
        }
    }

    /// The spliced sequence and the protein, built when first asked for.
    pub fn sequence(&self, layout: &Layout<'_>, genome: &Genome) -> &Sequence {
        self.sequence.get_or_init(|| Sequence::build(layout, genome))
    }
}

/// Transcripts kept between alleles, and buffers; one for each thread, and for one engine only.
#[derive(Debug, Default)]
pub struct Scratch {
    transcripts: FxHashMap<u32, Arc<Prepared>>,
    pub(super) indices: Vec<u32>,
}

/// Transcripts kept at most; alleles arrive in order, so those of the last few genes are enough.
const KEPT: usize = 256;

impl Scratch {
    /// Empty; fills itself.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn prepared(&mut self, layout: &Layout<'_>, transcripts: &Transcripts) -> Arc<Prepared> {
        let index = layout.transcript.index;
        if let Some(prepared) = self.transcripts.get(&index) {
            return Arc::clone(prepared);
        }
        if self.transcripts.len() >= KEPT {
            self.transcripts.clear();
        }
        let prepared = Arc::new(Prepared::new(layout, transcripts));
        self.transcripts.insert(index, Arc::clone(&prepared));
        prepared
    }
}
