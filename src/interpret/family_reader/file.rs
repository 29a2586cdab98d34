//! One file of a family, read ahead of the join.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{FamilyInput, FamilyOptions, LONGEST_MOVE};
use crate::model::allele::Alternate;
use crate::model::assembly::Assembly;
use crate::model::contig::{Contig, ContigId};
use crate::model::event::CarriedEvent;
use crate::model::genotype::{Call, MissingReason};
use crate::model::read_summary::ReadSummary;
use crate::model::record::{NormalisedAllele, VariantRecord};
use crate::model::regions::Regions;
use crate::normalise::align::{Counts, normalise};
use crate::normalise::join::{Cover, CoverList};
use crate::normalise::structural::structural;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::{ReadOptions, VariantReader};
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

/// The rank of each contig, by its number; contigs not met yet have the last.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    ranks: Vec<u32>,
    met: u32,
}

impl Ranks {
    pub(super) fn of(&self, contig: ContigId) -> u32 {
        self.ranks.get(contig.index()).copied().unwrap_or(u32::MAX)
    }

    /// The rank of a contig; when it was not met before, the one given or the next.
    fn meet(&mut self, contig: ContigId, given: Option<u32>) -> u32 {
        if self.ranks.len() <= contig.index() {
            self.ranks.resize(contig.index() + 1, u32::MAX);
        }
        let rank = &mut self.ranks[contig.index()];
        if *rank == u32::MAX {
            *rank = given.unwrap_or(self.met);
            self.met += 1;
        }
        *rank
    }

    pub(super) fn place(&self, entry: &NormalisedAllele) -> Place {
        Place { rank: self.of(entry.allele.contig), offset: entry.allele.start }
    }
}

/// Looks on while the files of a family are read, before their alleles are sorted and joined.
pub trait Onlooker: Sync {
    /// What it gathers from a batch of records.
    type Gathered: Default + Send;

    /// Sees a record of a file, by its index among the inputs, with a call for each member the file holds.
    fn see(&self, _file: usize, _record: &VariantRecord, _gathered: &mut Self::Gathered) {}

    /// Sees an allele of a lone file, with a call for each member of the family; true where that settles it, which
    /// saves keeping, sorting and joining it.
    fn settles(&self, _entry: &NormalisedAllele, _gathered: &mut Self::Gathered) -> bool {
        false
    }
}

/// Nobody looks on.
impl Onlooker for () {
    type Gathered = ();
}

impl<O: Onlooker> Onlooker for Option<O> {
    type Gathered = O::Gathered;

    fn see(&self, file: usize, record: &VariantRecord, gathered: &mut O::Gathered) {
        if let Some(onlooker) = self {
            onlooker.see(file, record, gathered);
        }
    }

    fn settles(&self, entry: &NormalisedAllele, gathered: &mut O::Gathered) -> bool {
        self.as_ref().is_some_and(|onlooker| onlooker.settles(entry, gathered))
    }
}

/// What a worker makes of a batch of records.
#[derive(Default)]
struct Batch<G> {
    /// What the onlooker gathered.
    gathered: G,
    alleles: Vec<NormalisedAllele>,
    structural: Vec<CarriedEvent>,
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
    /// For a lone file that does not hold the whole family in its order: the member of each column, and the number
    /// of members. Its alleles are given a call for each member at once.
    spread: Option<(Vec<usize>, usize)>,
    pub(super) is_gvcf: bool,
    /// Structural variants read and not yet handed on, in the order of the file.
    pub(super) structural: Vec<CarriedEvent>,
    /// Alleles read and not yet handed on, in order.
    pub(super) pending: Vec<NormalisedAllele>,
    pub(super) covers: BTreeMap<ContigId, CoverList>,
    /// Rank of each contig met. With several files it is the contig's own number.
    pub(super) ranks: Ranks,
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
        lone_family: Option<usize>,
    ) -> Result<Self, ReadError> {
        let samples: Vec<_> = input.members.iter().map(|(_, sample)| sample.clone()).collect();
        let options = ReadOptions {
            regions: options.regions.as_ref().map(|regions| regions.widened(WIDENED)),
            // A lone file has a genotype for everybody: what nobody carries need not be looked at. With several,
            // it says that the place was looked at.
            skip_uncarried: lone_family.is_some() && !options.keep_uncarried,
            accept_past_end: false,
            accept_unsorted: false,
            reference_order: true,
        };
        let reader = VariantReader::open(&input.file, contigs, &samples, options)?;
        let own: Vec<usize> = input.members.iter().map(|(member, _)| *member).collect();
        let (members, spread) = match lone_family.map(|count| (0..count).collect::<Vec<_>>()) {
            Some(all) if all == own => (own, None),
            Some(all) => (all, lone_family.map(|count| (own, count))),
            None => (own, None),
        };
        Ok(Self {
            path: input.file.clone(),
            is_gvcf: reader.is_gvcf(),
            reader,
            number,
            members,
            spread,
            structural: Vec::new(),
            pending: Vec::new(),
            covers: BTreeMap::new(),
            ranks: Ranks::default(),
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

    pub(super) fn sample_names(&self) -> &[String] {
        self.reader.sample_names()
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        self.reader.warnings().to_vec()
    }

    pub(super) fn summary(&self) -> ReadSummary {
        self.reader.summary()
    }

    /// Reads a wave; returns what the onlooker gathered, batch by batch.
    pub(super) fn read_on<O: Onlooker>(
        &mut self,
        genome: Option<&Genome>,
        options: &FamilyOptions,
        several: bool,
        onlooker: &O,
    ) -> Result<Vec<O::Gathered>, ReadError> {
        let batcher = Batcher {
            file: self.number,
            genome,
            regions: options.regions.as_ref(),
            spread: self.spread.as_ref(),
            several,
            onlooker,
        };
        let each = |batch: &mut Batch<O::Gathered>, record: VariantRecord| batcher.take(batch, &record);
        let Some(batches) = self.reader.next_wave(&each, &|batch| batch)? else {
            self.done = true;
            return Ok(Vec::new());
        };
        let mut gathered = Vec::with_capacity(batches.len());
        let before = self.pending.len();
        for batch in batches {
            self.counts.add(&batch.counts);
            self.note_contigs(&batch.contigs, several)?;
            for (contig, cover) in batch.covers {
                self.covers.entry(contig).or_default().extend([cover]);
            }
            self.pending.extend(batch.alleles);
            self.structural.extend(batch.structural);
            gathered.push(batch.gathered);
        }
        self.covers.values_mut().for_each(CoverList::settle);
        let ranks = &self.ranks;
        let moved = self.pending[before..].iter().find(|entry| ranks.place(entry) < self.handed_on);
        if let Some(entry) = moved {
            return Err(ReadError::Record {
                file: self.path.clone(),
                record: entry.spelling.record,
                place: format!("{}:{}", self.contig_name(entry.allele.contig), entry.spelling.start + 1),
                reason: format!("the allele can be moved left by more than {LONGEST_MOVE} bases; remove it"),
            });
        }
        // Nearly sorted already: what is moved is moved a little.
        self.pending
            .sort_by(|a, b| ranks.place(a).cmp(&ranks.place(b)).then_with(|| a.allele.cmp(&b.allele)));
        Ok(gathered)
    }

    fn contig_name(&self, contig: ContigId) -> &str {
        self.contigs().get(contig.index()).map_or("", |c| c.name.as_str())
    }

    fn note_contigs(&mut self, contigs: &[(ContigId, u32)], several: bool) -> Result<(), ReadError> {
        for &(contig, offset) in contigs {
            let rank = self.ranks.meet(contig, several.then_some(u32::from(contig.0)));
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
        let end = self.pending.partition_point(|entry| self.ranks.place(entry) < place);
        let rest = self.pending.split_off(end);
        std::mem::replace(&mut self.pending, rest)
    }

    /// Forgets what is said of places that are done with.
    pub(super) fn forget_before(&mut self, place: Option<Place>) {
        let Some(place) = place else { return };
        let ranks = &self.ranks;
        self.covers.retain(|contig, list| {
            let rank = ranks.of(*contig);
            if rank == place.rank {
                list.forget_before(place.offset);
            }
            rank >= place.rank
        });
    }
}

/// How records of one file become alleles.
struct Batcher<'a, O> {
    file: u16,
    genome: Option<&'a Genome>,
    regions: Option<&'a Regions>,
    spread: Option<&'a (Vec<usize>, usize)>,
    several: bool,
    onlooker: &'a O,
}

impl<O: Onlooker> Batcher<'_, O> {
    fn take(&self, batch: &mut Batch<O::Gathered>, record: &VariantRecord) {
        self.onlooker.see(usize::from(self.file), record, &mut batch.gathered);
        match batch.contigs.last_mut() {
            Some((contig, last)) if *contig == record.contig => *last = record.start,
            _ => batch.contigs.push((record.contig, record.start)),
        }
        let first = batch.alleles.len();
        normalise(record, self.file, self.genome, &mut batch.counts, &mut batch.alleles);
        if self.several {
            batch.covers.push((record.contig, Cover::of(record, &batch.alleles[first..])));
        }
        self.take_structural(batch, record);
        let mut at = first;
        while let Some(entry) = batch.alleles.get_mut(at) {
            if let Some((members, count)) = self.spread {
                entry.calls = spread(std::mem::take(&mut entry.calls), members, *count);
            }
            let settled = self.regions.is_some_and(|regions| !is_within(regions, entry))
                || (!self.several && self.onlooker.settles(entry, &mut batch.gathered));
            if settled {
                batch.alleles.remove(at);
            } else {
                at += 1;
            }
        }
    }
}

impl<O: Onlooker> Batcher<'_, O> {
    fn take_structural(&self, batch: &mut Batch<O::Gathered>, record: &VariantRecord) {
        if !record.alternates.iter().any(|alternate| {
            matches!(alternate, Alternate::Symbolic(_) | Alternate::Breakend(_) | Alternate::Ambiguous(_))
        }) {
            return;
        }
        let first = batch.structural.len();
        structural(record, self.file, &mut batch.structural);
        if let Some((members, count)) = self.spread {
            for entry in &mut batch.structural[first..] {
                entry.calls = spread(std::mem::take(&mut entry.calls), members, *count);
            }
        }
    }
}

/// Calls of some members as calls of the whole family.
fn spread(calls: Vec<Call>, members: &[usize], count: usize) -> Vec<Call> {
    let mut all = vec![Call::missing(MissingReason::NotSequenced); count];
    for (&member, call) in members.iter().zip(calls) {
        all[member] = call;
    }
    all
}

/// True where the allele, as left-aligned or as written, overlaps the regions.
fn is_within(regions: &Regions, entry: &NormalisedAllele) -> bool {
    let spelt = entry.spelling.start + entry.spelling.reference.len() as u32;
    let end = entry.allele.interval().end;
    regions.overlap(entry.allele.contig, entry.allele.start, end)
        || regions.overlap(entry.allele.contig, entry.spelling.start, spelt)
}
