//! One variant in one member: what the member's own file says.

use super::site_records::{SiteRecord, SiteRecords};
use crate::filter::quality::site_filter;
use crate::genotype::{carriage, covered};
use crate::model::allele::{Allele, Alternate};
use crate::model::carriage::{Basis, Carriage, Contradiction};
use crate::model::genotype::Call;
use crate::model::look_up::{
    AnsweringRecord, LookUpAnswer, LookUpReason, LookUpState, OtherAllele, RecordKind, WrittenGenotype,
};
use crate::model::participant::Participant;
use crate::model::pipeline::QualityPolicy;
use crate::model::record::NormalisedAllele;
use crate::model::segregation::{CopyRegion, Verdict};
use crate::model::zygosity::Zygosity;
use crate::normalise::join::{CoverList, footprint};

/// Bases from which on a change is a structural variant, for which a reference block of small variants does not
/// answer: half the reads of a heterozygous deletion's bases are still there, and all of them fit the reference.
///
/// Source: dbVar, "Overview of structural variation": 50 bases or more.
const STRUCTURAL: usize = 50;

/// What is asked: one variant, in its left-aligned spelling, in one member.
pub(super) struct Question<'a> {
    pub(super) allele: &'a Allele,
    pub(super) member: &'a Participant,
    /// Index of the member in the family.
    pub(super) index: usize,
    pub(super) region: CopyRegion,
    pub(super) policy: &'a QualityPolicy,
}

impl Question<'_> {
    /// The answer of the member's file, in which the member has this column among those wanted.
    pub(super) fn answer(&self, file: &SiteRecords, column: usize) -> LookUpAnswer {
        let listed: Vec<LookUpAnswer> = file
            .records
            .iter()
            .flat_map(|site| site.alleles.iter().map(move |entry| (site, entry)))
            .filter(|(_, entry)| entry.allele == *self.allele)
            .map(|(site, entry)| self.of_record(site, entry, column))
            .collect();
        agreed(listed).unwrap_or_else(|| self.of_place(file, column))
    }

    /// The answer of a record that lists the variant.
    fn of_record(&self, site: &SiteRecord, entry: &NormalisedAllele, column: usize) -> LookUpAnswer {
        let (Some(call), Some(written)) = (entry.calls.get(column), site.record.calls.get(column)) else {
            return self.unknown(LookUpReason::NoColumn);
        };
        let judged = carriage(call, self.member, self.region, self.policy);
        let (state, reason) = state_of(&judged, || self.refused(entry.filters.as_deref()));
        let record = AnsweringRecord {
            kind: RecordKind::Listed,
            genotype: WrittenGenotype::of(written),
            filters: entry.filters.clone(),
            spelling: Some(entry.spelling.clone()),
        };
        self.judged(state, reason, judged, call.clone(), record)
    }

    /// The answer where no record lists the variant.
    fn of_place(&self, file: &SiteRecords, column: usize) -> LookUpAnswer {
        let place = footprint(self.allele);
        let here: Vec<&SiteRecord> =
            file.records.iter().filter(|site| site.speaks_of(self.allele, place)).collect();
        if here.iter().any(|site| site.is_of_another_reference) {
            return self.unknown(LookUpReason::AnotherReference);
        }
        if let Some(other) = here.iter().find_map(|site| other_allele(site, column)) {
            return self.unknown(other);
        }
        let (speaking, silent): (Vec<&SiteRecord>, Vec<&SiteRecord>) =
            here.iter().partition(|site| self.settles_absence(site));
        let mut covers = CoverList::default();
        covers.extend(speaking.iter().map(|site| site.cover()));
        covers.settle();
        match covers.call(place, column) {
            Some(call) => self.of_cover(call, &speaking, column),
            None if !silent.is_empty() => self.unknown(LookUpReason::OtherAllelesOnly),
            None if !speaking.is_empty() => self.unknown(LookUpReason::PartOfPlace),
            None if file.is_gvcf => self.unknown(LookUpReason::NotInGvcf),
            None => self.unknown(LookUpReason::NotInPlainVcf),
        }
    }

    /// The answer of reference blocks, or of a record at the very base.
    fn of_cover(&self, call: Call, speaking: &[&SiteRecord], column: usize) -> LookUpAnswer {
        let written = speaking.iter().filter_map(|site| site.record.calls.get(column));
        let is_block = speaking.iter().all(|site| is_block(site));
        let (kind, basis) = match is_block {
            true => (RecordKind::ReferenceBlock, Basis::ReferenceBlock),
            false => (RecordKind::OtherAlleles, Basis::OtherRecord),
        };
        let judged = covered(&call, written.clone(), basis, self.member, self.region, self.policy);
        let refused = || {
            // Callers leave the FILTER of a reference block empty.
            let named = speaking.iter().filter(|site| !is_block || site.record.filters.is_some());
            named.into_iter().find_map(|site| self.refused(site.record.filters.as_deref()))
        };
        let (state, reason) = match state_of(&judged, refused) {
            (LookUpState::NotCarried, _) if self.size() >= STRUCTURAL => {
                (LookUpState::NotEvaluable, LookUpReason::TooLong { bases: self.size() })
            }
            other => other,
        };
        let record = AnsweringRecord {
            kind,
            genotype: written.clone().find_map(WrittenGenotype::of),
            filters: speaking.first().and_then(|site| site.record.filters.clone()),
            spelling: None,
        };
        self.judged(state, reason, judged, call, record)
    }

    fn judged(
        &self,
        state: LookUpState,
        reason: LookUpReason,
        carriage: Carriage,
        call: Call,
        record: AnsweringRecord,
    ) -> LookUpAnswer {
        let zygosity = match state {
            LookUpState::NotEvaluable => Zygosity::Unknown,
            LookUpState::NotCarried => Zygosity::NotCarried,
            LookUpState::Carried => {
                Zygosity::of(&call, self.region, self.member.expected_copies(self.region))
            }
        };
        LookUpAnswer {
            participant: self.index,
            state,
            reason,
            zygosity,
            carriage: Some(carriage),
            call: Some(call),
            record: Some(record),
        }
    }

    /// True where a genotype without any of the record's alleles is one without the variant too: a block answers
    /// for every allele, a record of single bases for every single base in its place.
    fn settles_absence(&self, site: &SiteRecord) -> bool {
        let record = &site.record;
        let single = |alternate: &Alternate| matches!(alternate, Alternate::Bases(bases) if bases.len() == 1);
        record.alternates.is_empty()
            || record.alternates.contains(&Alternate::NonReference)
            || (self.allele.is_snv()
                && record.reference.len() == 1
                && record.start == self.allele.start
                && record.alternates.iter().all(single))
    }

    fn unknown(&self, reason: LookUpReason) -> LookUpAnswer {
        LookUpAnswer::not_evaluable(self.index, reason)
    }

    fn refused(&self, filters: Option<&[String]>) -> Option<LookUpReason> {
        let outcome = site_filter(filters, self.policy);
        (!outcome.kept).then(|| LookUpReason::RecordFiltered { filters: filters.map(<[String]>::to_vec) })
    }

    /// Bases of the longer side of the variant.
    fn size(&self) -> usize {
        self.allele.reference.len().max(self.allele.alternate.len())
    }
}

/// The answer that a carriage gives. A genotype that is not there, or in part only, goes before the filters of its
/// record, and these before what speaks against it.
fn state_of(
    carriage: &Carriage,
    refused: impl FnOnce() -> Option<LookUpReason>,
) -> (LookUpState, LookUpReason) {
    let unknown = |reason| (LookUpState::NotEvaluable, reason);
    if let Basis::Nothing(reason) = carriage.basis {
        return unknown(LookUpReason::NoGenotype(reason));
    }
    let in_part = carriage.contradiction.filter(|found| *found == Contradiction::InPart);
    if let Some(found) = in_part {
        return unknown(LookUpReason::Contradicted(found));
    }
    if let Some(refused) = refused() {
        return unknown(refused);
    }
    match (carriage.carries(), carriage.contradiction) {
        (_, Some(found)) => unknown(LookUpReason::Contradicted(found)),
        (Verdict::Yes, None) => (LookUpState::Carried, LookUpReason::Carried),
        (Verdict::No, None) => (LookUpState::NotCarried, LookUpReason::NotCarried),
        (Verdict::Possible, None) => unknown(LookUpReason::Contradicted(Contradiction::InPart)),
    }
}

/// What the member has instead, where a record calls another allele.
fn other_allele(site: &SiteRecord, column: usize) -> Option<LookUpReason> {
    let call = site.record.calls.get(column)?;
    let number = call.alleles.iter().flatten().copied().find(|&number| number > 0)?;
    let other = site.alleles.iter().find(|entry| entry.spelling.alternate_number == number);
    let other = match (other, site.record.alternates.get(usize::from(number) - 1)) {
        (Some(entry), _) => OtherAllele::Sequence(entry.allele.clone()),
        (None, Some(Alternate::SpanningDeletion)) => OtherAllele::SpanningDeletion,
        _ => OtherAllele::WithoutSequence,
    };
    Some(LookUpReason::AnotherAllele { other, genotype: WrittenGenotype::of(call)? })
}

/// The answer of several records that list the variant. One that carries it goes before those that cannot be
/// evaluated; one without it is no answer next to a record that may carry it; and two that differ give none.
fn agreed(listed: Vec<LookUpAnswer>) -> Option<LookUpAnswer> {
    let (evaluable, silent): (Vec<LookUpAnswer>, Vec<LookUpAnswer>) =
        listed.into_iter().partition(|answer| answer.state != LookUpState::NotEvaluable);
    let mut evaluable = evaluable.into_iter();
    let Some(first) = evaluable.next() else { return silent.into_iter().next() };
    let differing = evaluable.find(|other| other.zygosity != first.zygosity);
    let open = || silent.into_iter().next().filter(|_| first.state == LookUpState::NotCarried);
    match differing.or_else(open) {
        Some(other) => {
            let participant = first.participant;
            let reason = LookUpReason::RecordsDiffer(Box::new([first, other]));
            Some(LookUpAnswer::not_evaluable(participant, reason))
        }
        None => Some(first),
    }
}

fn is_block(site: &SiteRecord) -> bool {
    site.record.alternates.iter().all(|alternate| *alternate == Alternate::NonReference)
}
