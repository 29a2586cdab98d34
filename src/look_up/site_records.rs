//! The records of one file around a variant, wherever the file may write it.

use crate::model::allele::{Allele, Alternate};
use crate::model::position::Interval;
use crate::model::read_summary::ReadSummary;
use crate::model::record::{NormalisedAllele, VariantRecord};
use crate::model::regions::Regions;
use crate::normalise::align::{Counts, normalise};
use crate::normalise::join::Cover;
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::{ReadOptions, VariantReader};
use crate::reference::bundle::Bundle;
use crate::reference::placement;
use crate::reference::placement::ReferenceMatch;

use crate::interpret::family_reader::FamilyInput;

/// A record with its alleles in their one spelling.
pub(crate) struct SiteRecord {
    pub(crate) record: VariantRecord,
    pub(crate) alleles: Vec<NormalisedAllele>,
    /// True where REF is not what the reference has there.
    pub(crate) is_of_another_reference: bool,
}

/// What one file holds near some variants.
pub(crate) struct SiteRecords {
    pub(crate) records: Vec<SiteRecord>,
    /// True when the file has reference blocks, so that silence means no reads.
    pub(crate) is_gvcf: bool,
    pub(crate) summary: ReadSummary,
    pub(crate) warnings: Vec<String>,
}

impl SiteRecord {
    /// True where the record, or an allele of it as left-aligned, says something of the place.
    pub(crate) fn speaks_of(&self, allele: &Allele, place: Interval) -> bool {
        let here = self.record.contig == allele.contig;
        here && (self.cover().interval.overlaps(place) || self.symbolic().is_some_and(|i| i.overlaps(place)))
    }

    /// The bases that a symbolic allele of the record reaches over: those after POS, up to END.
    fn symbolic(&self) -> Option<Interval> {
        let is_symbolic = |a: &Alternate| matches!(a, Alternate::Symbolic(_));
        let end = self.record.end.filter(|_| self.record.alternates.iter().any(is_symbolic))?;
        Some(Interval::new(self.record.start, end.max(self.record.start + 1)))
    }

    /// What the record says of its place.
    pub(crate) fn cover(&self) -> Cover {
        Cover::of(&self.record, &self.alleles)
    }
}

/// Reads what a file has wherever one of these alleles may be written: by its index where it has one, else whole.
///
/// # Errors
/// When the file is refused, or has not the samples wanted.
pub(crate) fn read_sites(
    input: &FamilyInput,
    file: u16,
    bundle: &Bundle,
    alleles: &[Allele],
) -> Result<SiteRecords, ReadError> {
    let genome = bundle.genome();
    let contigs = ContigSource::reference(genome.contigs(), bundle.assembly());
    let samples: Vec<_> = input.members.iter().map(|(_, sample)| sample.clone()).collect();
    let places = alleles.iter().map(|allele| {
        let (first, last) = placement::equivalent_starts(genome, allele);
        let end = last.saturating_add(allele.reference.len() as u32).saturating_add(1);
        (allele.contig, Interval::new(first.saturating_sub(1), end))
    });
    let options =
        ReadOptions { regions: Some(Regions::new(places)), reference_order: true, ..ReadOptions::default() };
    let reader = VariantReader::open(&input.file, &contigs, &samples, options)?;
    let (is_gvcf, warnings) = (reader.is_gvcf(), reader.warnings().to_vec());
    let mut records: Vec<SiteRecord> = Vec::new();
    let summary = reader.process(
        |batch| {
            let of = |record: VariantRecord| {
                let mut alleles = Vec::new();
                normalise(&record, file, Some(genome), &mut Counts::default(), &mut alleles);
                let reference = Allele {
                    contig: record.contig,
                    start: record.start,
                    reference: record.reference.clone(),
                    alternate: Vec::new(),
                };
                let matched = placement::compare_reference(genome, &reference);
                let is_of_another_reference = matched == ReferenceMatch::Differs;
                SiteRecord { record, alleles, is_of_another_reference }
            };
            batch.into_iter().map(of).collect::<Vec<_>>()
        },
        |batch| -> Result<(), ReadError> {
            records.extend(batch);
            Ok(())
        },
    )?;
    Ok(SiteRecords { records, is_gvcf, summary, warnings })
}
