//! The reference sequence.

mod checked;
mod packed;

use std::collections::BTreeMap;

use crate::model::contig::{Contig, ContigId, canonical_name};
use crate::model::position::Interval;

pub(crate) use packed::GenomeBuilder;

use super::sections::{FileKind, Sections};
use checked::Checked;
use packed::{ARRAYS, Place};

/// The reference sequence of every contig: two bits a base, and the runs of unknown bases beside them.
#[derive(Debug)]
pub struct Genome {
    contigs: Vec<Contig>,
    by_name: BTreeMap<String, ContigId>,
    /// Where each contig's bases lie, found once: a base is looked up for every allele.
    places: Vec<Place>,
    sections: Sections,
    checked: Checked,
}

impl Genome {
    /// A genome held in memory, from names and bases in contig order; for tests and simulated worlds.
    pub fn from_sequences(sequences: Vec<(String, Vec<u8>)>) -> Self {
        let mut builder = GenomeBuilder::default();
        for (name, bases) in &sequences {
            builder.start(name);
            builder.extend(bases);
        }
        Self::from_builder(&builder)
    }

    /// A genome held in memory, as built.
    pub(crate) fn from_builder(builder: &GenomeBuilder) -> Self {
        let sections = Sections::from_bytes(&builder.encode(), FileKind::Genome, ARRAYS);
        match sections.and_then(Self::from_sections) {
            Ok(genome) => genome,
            Err(_) => Self {
                contigs: Vec::new(),
                by_name: BTreeMap::new(),
                places: Vec::new(),
                sections: Sections::none(),
                checked: Checked::nothing(),
            },
        }
    }

    /// Checks that the arrays are as built and fit together; the bases are checked as they are used.
    pub(crate) fn from_sections(sections: Sections) -> Result<Self, String> {
        let checked = packed::checked(&sections)?;
        let contigs = packed::contigs(&sections)?;
        let by_name = contigs
            .iter()
            .enumerate()
            .map(|(i, contig)| (canonical_name(&contig.name).to_owned(), ContigId(i as u16)))
            .collect();
        let places = packed::places(&sections, &contigs);
        Ok(Self { contigs, by_name, places, sections, checked })
    }

    /// Number of arrays in the genome's file.
    pub(crate) const ARRAYS: usize = ARRAYS;

    /// The contigs in FASTA order.
    pub fn contigs(&self) -> &[Contig] {
        &self.contigs
    }

    /// The contig that goes by `name` under any of its spellings (`1`, `chr1`, `NC_000001.11`).
    pub fn contig_id(&self, name: &str) -> Option<ContigId> {
        self.by_name.get(canonical_name(name)).copied()
    }

    /// A contig.
    pub fn contig(&self, id: ContigId) -> &Contig {
        &self.contigs[id.index()]
    }

    /// What of the bases used so far was found damaged. They were given as unknown; answers that rest on them
    /// must not be used.
    pub fn damage(&self) -> Option<&str> {
        self.checked.damage()
    }

    /// The base at a 0-based offset, upper case; `N` where unknown or past the contig's end.
    #[inline]
    pub fn base(&self, contig: ContigId, offset: u32) -> u8 {
        if offset >= self.contig(contig).length {
            return b'N';
        }
        let runs = &self.places[contig.index()].unknown;
        let next = runs.partition_point(|r| r.end <= offset);
        if runs.get(next).is_some_and(|r| r.start <= offset) {
            return b'N';
        }
        self.packed(contig, offset, offset + 1).map_or(b'N', |packed| packed::base(packed, offset))
    }

    /// Appends the bases of an interval to `out`, upper case; `N` where unknown or past the contig's end.
    pub fn bases_into(&self, contig: ContigId, interval: Interval, out: &mut Vec<u8>) {
        let before = out.len();
        let end = interval.end.min(self.contig(contig).length);
        if interval.start < end
            && let Some(packed) = self.packed(contig, interval.start, end)
        {
            packed::bases_into(packed, interval.start, end, out);
        }
        if out.len() == before {
            out.resize(before + interval.len() as usize, b'N');
            return;
        }
        let runs = &self.places[contig.index()].unknown;
        for run in &runs[runs.partition_point(|r| r.end <= interval.start)..] {
            if run.start >= end {
                break;
            }
            let from = run.start.max(interval.start) - interval.start;
            let to = run.end.min(end) - interval.start;
            out[before + from as usize..before + to as usize].fill(b'N');
        }
        out.resize(before + interval.len() as usize, b'N');
    }

    /// The bases of an interval, upper case; `N` where unknown or past the contig's end.
    pub fn bases(&self, contig: ContigId, interval: Interval) -> Vec<u8> {
        let mut out = Vec::with_capacity(interval.len() as usize);
        self.bases_into(contig, interval, &mut out);
        out
    }

    /// The stretches of a contig whose bases are not known, in order.
    pub fn unknown(&self, contig: ContigId) -> impl Iterator<Item = Interval> + '_ {
        self.places[contig.index()].unknown.iter().map(|r| Interval::new(r.start, r.end))
    }

    /// The packed bases of a contig, of which those from `start` to `end` are sound.
    #[inline]
    fn packed(&self, contig: ContigId, start: u32, end: u32) -> Option<&[u8]> {
        packed::sequence(&self.sections, &self.checked, &self.places[contig.index()], start, end)
    }
}

#[cfg(test)]
mod tests;
