//! One file of a family, read ahead of the join.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{FamilyInput, FamilyOptions, LONGEST_MOVE};
use crate::model::assembly::Assembly;
use crate::model::contig::{Contig, ContigId};
use crate::model::record::{NormalisedAllele, VariantRecord};
use crate::normalise::align::{Counts, normalise};
use crate::normalise::join::{Cover, CoverList};
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::region::Regions;
use crate::read::variants::{ReadOptions, ReadSummary, VariantReader};
use crate::reference::genome::Genome;

/// Bases by which regions are widened for reading, so that an allele written elsewhere in a repeat is met.
const WIDENED: u32 = 1_000;

/// A place in the order of a file: rank of the contig, then offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) rank: u32,
    pub(super) offset: u32,
}

impl Place {
    pub(super) const START: Self = Self { rank: 0, offset: 0 };

    pub(super) fn back(self, bases: u32) -> Self {
        Self { offset: self.offset.saturating_sub(bases), ..self }
    }
}

/// What a worker makes of a batch of records.
#[derive(Default)]
struct Batch {
    alleles: Vec<NormalisedAllele>,
    covers: Vec<(ContigId, Cover)>,
    /// Contigs in order of appearance, with the last start on each.
    contigs: Vec<(ContigId, u32)>,
    counts: Counts,
}

/// One file of a family.
#[derive(Debug)]
pub(super) struct FamilyFile {
    path: PathBuf,
    reader: VariantReader,
    number: u16,
    pub(super) members: Vec<usize>,
    pub(super) is_gvcf: bool,
    /// Alleles read and not yet handed on, in order.
    pub(super) pending: Vec<NormalisedAllele>,
    pub(super) covers: BTreeMap<ContigId, CoverList>,
    /// Rank of each contig met. With several files it is the contig's own number.
    pub(super) ranks: BTreeMap<ContigId, u32>,
    /// Where the last record read stands; none before the first.
    pub(super) reached: Option<Place>,
    handed_on: Place,
    pub(super) done: bool,
    pub(super) counts: Counts,
}

impl FamilyFile {
    pub(super) fn open(
        input: &FamilyInput,
        number: u16,
        contigs: &ContigSource,
        options: &FamilyOptions,
        several: bool,
    ) -> Result<Self, ReadError> {
        let samples: Vec<_> = input.members.iter().map(|(_, sample)| sample.clone()).collect();
        let options = ReadOptions {
            regions: options.regions.as_ref().map(|regions| regions.widened(WIDENED)),
            // A lone file has a genotype for everybody: what nobody carries need not be looked at. With several,
            // it says that the place was looked at.
            skip_uncarried: !several,
            accept_unsorted: false,
            reference_order: true,
        };
        let reader = VariantReader::open(&input.file, contigs, &samples, options)?;
        Ok(Self {
            path: input.file.clone(),
            is_gvcf: reader.is_gvcf(),
            reader,
            number,
            members: input.members.iter().map(|(member, _)| *member).collect(),
            pending: Vec::new(),
            covers: BTreeMap::new(),
            ranks: BTreeMap::new(),
            reached: None,
            handed_on: Place::START,
            done: false,
            counts: Counts::default(),
        })
    }

    pub(super) fn contigs(&self) -> &[Contig] {
        self.reader.contigs().contigs()
    }

    /// Without a bundle, the first file's contigs are those of all.
    pub(super) fn contigs_for_the_next(&self, source: &ContigSource) -> ContigSource {
        match source {
            ContigSource::Reference { .. } => source.clone(),
            ContigSource::File => ContigSource::reference(
                self.contigs(),
                &Assembly::Other("the family's first file".to_owned()),
            ),
        }
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        self.reader.warnings().to_vec()
    }

    pub(super) fn summary(&self) -> ReadSummary {
        self.reader.summary()
    }

    /// Reads a wave.
    pub(super) fn read_on(
        &mut self,
        genome: Option<&Genome>,
        options: &FamilyOptions,
        several: bool,
    ) -> Result<(), ReadError> {
        let (number, regions) = (self.number, options.regions.as_ref());
        let work = |records: Vec<VariantRecord>| batch(&records, number, genome, regions, several);
        let Some(batches) = self.reader.next_wave(&work)? else {
            self.done = true;
            return Ok(());
        };
        let before = self.pending.len();
        for batch in batches {
            self.counts.add(&batch.counts);
            self.note_contigs(&batch.contigs, several)?;
            for (contig, cover) in batch.covers {
                self.covers.entry(contig).or_default().extend([cover]);
            }
            self.pending.extend(batch.alleles);
        }
        self.covers.values_mut().for_each(CoverList::settle);
        let ranks = &self.ranks;
        let rank = |entry: &NormalisedAllele| ranks.get(&entry.allele.contig).copied().unwrap_or(u32::MAX);
        let moved = self.pending[before..]
            .iter()
            .find(|entry| Place { rank: rank(entry), offset: entry.allele.start } < self.handed_on);
        if let Some(entry) = moved {
            return Err(ReadError::Record {
                file: self.path.clone(),
                record: entry.spelling.record,
                place: format!("{}:{}", self.contig_name(entry.allele.contig), entry.spelling.start + 1),
                reason: format!("the allele can be moved left by more than {LONGEST_MOVE} bases; remove it"),
            });
        }
        // Nearly sorted already: what is moved is moved a little.
        self.pending.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.allele.cmp(&b.allele)));
        Ok(())
    }

    fn contig_name(&self, contig: ContigId) -> &str {
        self.contigs().get(contig.index()).map_or("", |c| c.name.as_str())
    }

    fn note_contigs(&mut self, contigs: &[(ContigId, u32)], several: bool) -> Result<(), ReadError> {
        for &(contig, offset) in contigs {
            let next = if several { u32::from(contig.0) } else { self.ranks.len() as u32 };
            let rank = *self.ranks.entry(contig).or_insert(next);
            if self.reached.is_some_and(|reached| reached.rank > rank) {
                let name = self.contig_name(contig).to_owned();
                return Err(ReadError::ContigOrder { file: self.path.clone(), contig: name });
            }
            self.reached = Some(Place { rank, offset });
        }
        Ok(())
    }

    /// Takes the alleles before a place, or all.
    pub(super) fn take_until(&mut self, place: Option<Place>) -> Vec<NormalisedAllele> {
        let Some(place) = place else { return std::mem::take(&mut self.pending) };
        self.handed_on = place;
        let rank =
            |entry: &NormalisedAllele| self.ranks.get(&entry.allele.contig).copied().unwrap_or(u32::MAX);
        let end = self.pending.partition_point(|e| Place { rank: rank(e), offset: e.allele.start } < place);
        let rest = self.pending.split_off(end);
        std::mem::replace(&mut self.pending, rest)
    }

    /// Forgets what is said of places that are done with.
    pub(super) fn forget_before(&mut self, place: Option<Place>) {
        let Some(place) = place else { return };
        let ranks = &self.ranks;
        self.covers.retain(|contig, list| {
            let rank = ranks.get(contig).copied().unwrap_or(u32::MAX);
            if rank == place.rank {
                list.forget_before(place.offset);
            }
            rank >= place.rank
        });
    }
}

fn batch(
    records: &[VariantRecord],
    number: u16,
    genome: Option<&Genome>,
    regions: Option<&Regions>,
    several: bool,
) -> Batch {
    let mut batch = Batch::default();
    for record in records {
        let first = batch.alleles.len();
        normalise(record, number, genome, &mut batch.counts, &mut batch.alleles);
        if several {
            batch.covers.push((record.contig, Cover::of(record, &batch.alleles[first..])));
        }
        match batch.contigs.last_mut() {
            Some((contig, last)) if *contig == record.contig => *last = record.start,
            _ => batch.contigs.push((record.contig, record.start)),
        }
    }
    if let Some(regions) = regions {
        batch.alleles.retain(|entry| {
            let spelt = entry.spelling.start + entry.spelling.reference.len() as u32;
            let end = entry.allele.interval().end;
            regions.overlap(entry.allele.contig, entry.allele.start, end)
                || regions.overlap(entry.allele.contig, entry.spelling.start, spelt)
        });
    }
    batch
}
