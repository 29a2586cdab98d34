//! The reference sequence.

use std::collections::BTreeMap;

use crate::model::contig::{Contig, ContigId, canonical_name};
use crate::model::position::Interval;

/// The reference sequence of every contig.
#[derive(Debug)]
pub struct Genome {
    contigs: Vec<Contig>,
    by_name: BTreeMap<String, ContigId>,
    sequences: Vec<Vec<u8>>,
}

impl Genome {
    /// A genome held in memory, from names and bases in contig order; for tests and simulated worlds.
    pub fn from_sequences(sequences: Vec<(String, Vec<u8>)>) -> Self {
        let contigs: Vec<Contig> = sequences
            .iter()
            .map(|(name, bases)| Contig { name: name.clone(), length: bases.len() as u32 })
            .collect();
        let by_name = contigs
            .iter()
            .enumerate()
            .map(|(i, contig)| (canonical_name(&contig.name), ContigId(i as u16)))
            .collect();
        let sequences = sequences.into_iter().map(|(_, bases)| bases.to_ascii_uppercase()).collect();
        Self { contigs, by_name, sequences }
    }

    /// The contigs in FASTA order.
    pub fn contigs(&self) -> &[Contig] {
        &self.contigs
    }

    /// The contig that goes by `name` under any of its spellings (`1`, `chr1`, `NC_000001.11`).
    pub fn contig_id(&self, name: &str) -> Option<ContigId> {
        self.by_name.get(&canonical_name(name)).copied()
    }

    /// A contig.
    pub fn contig(&self, id: ContigId) -> &Contig {
        &self.contigs[id.index()]
    }

    /// The base at a 0-based offset, upper case; `N` where unknown or past the contig's end.
    pub fn base(&self, contig: ContigId, offset: u32) -> u8 {
        self.sequences[contig.index()].get(offset as usize).copied().unwrap_or(b'N')
    }

    /// Appends the bases of an interval to `out`, upper case; `N` where unknown or past the contig's end.
    pub fn bases_into(&self, contig: ContigId, interval: Interval, out: &mut Vec<u8>) {
        out.extend((interval.start..interval.end).map(|offset| self.base(contig, offset)));
    }

    /// The bases of an interval, upper case; `N` where unknown or past the contig's end.
    pub fn bases(&self, contig: ContigId, interval: Interval) -> Vec<u8> {
        let mut out = Vec::with_capacity(interval.len() as usize);
        self.bases_into(contig, interval, &mut out);
        out
    }
}
