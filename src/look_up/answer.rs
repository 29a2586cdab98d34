//! One variant in one member: what the member's own file says.

use super::mitochondrial;
use super::site_records::{SiteRecord, SiteRecords};
use crate::compose::findings::{FindingWriter, filter_text};
use crate::filter::quality::{missed_floor, site_filter};
use crate::model::allele::{Allele, Alternate};
use crate::model::genotype::{Call, Copy, MissingReason};
use crate::model::participant::Participant;
use crate::model::pipeline::QualityPolicy;
use crate::model::record::{NormalisedAllele, RecordCall};
use crate::model::segregation::CopyRegion;
use crate::normalise::join::{CoverList, footprint};
use crate::report::model::{LookUpAnswer, LookUpState, MemberGenotype, Zygosity};

/// Bases from which on a change is a structural variant, for which a reference block of small variants does not
/// answer: half the reads of a heterozygous deletion's bases are still there, and all of them fit the reference.
///
/// Source: dbVar, "Overview of structural variation": 50 bases or more.
const STRUCTURAL: usize = 50;

/// What is asked: one variant, in its left-aligned spelling, in one member.
pub(super) struct Question<'a> {
    pub(super) allele: &'a Allele,
    pub(super) member: &'a Participant,
    pub(super) region: CopyRegion,
    pub(super) policy: &'a QualityPolicy,
    pub(super) writer: &'a FindingWriter<'a>,
}

impl Question<'_> {
    /// The answer of the member's file, in which the member has this column among those wanted.
    pub(super) fn answer(&self, file: &SiteRecords, column: usize) -> LookUpAnswer {
        let listed: Vec<LookUpAnswer> = file
            .records
            .iter()
            .flat_map(|site| site.alleles.iter().map(move |entry| (site, entry)))
            .filter(|(_, entry)| entry.allele == *self.allele)
            .map(|(site, entry)| {
                let mut answer = self.of_record(site, entry, column);
                // Read by its index, a file's records are not counted from its beginning.
                if let Some(input) = answer.input.as_mut().filter(|_| file.summary.indexed) {
                    input.record = None;
                }
                answer
            })
            .collect();
        agreed(listed).unwrap_or_else(|| self.of_place(file, column))
    }

    /// The answer of a record that lists the variant.
    fn of_record(&self, site: &SiteRecord, entry: &NormalisedAllele, column: usize) -> LookUpAnswer {
        let (Some(call), Some(written)) = (entry.calls.get(column), site.record.calls.get(column)) else {
            return self.unknown("the record has no column for this sample");
        };
        let genotype = self.genotype(call);
        let mut answer = self.figures(call, &genotype);
        answer.genotype = written_genotype(written);
        answer.filter = Some(filter_text(entry.filters.as_deref()));
        answer.input =
            Some(self.writer.spelling(&entry.spelling, entry.allele.contig, entry.filters.as_deref()));
        let gt = answer.genotype.as_deref().unwrap_or("no genotype");
        let (state, words) = self.judge(call, &genotype, entry.filters.as_deref(), gt);
        LookUpAnswer { state, words, zygosity: zygosity(state, genotype.zygosity), ..answer }
    }

    /// What a call of the variant's own record says, once its quality is held against the thresholds.
    fn judge(
        &self,
        call: &Call,
        genotype: &MemberGenotype,
        filters: Option<&[String]>,
        gt: &str,
    ) -> (LookUpState, String) {
        let unknown = |why: String| (LookUpState::NotEvaluable, why);
        if call.missing == Some(MissingReason::Filtered) {
            return unknown(FILTERED_GENOTYPE.to_owned());
        }
        if call.missing.is_some() || call.copies.is_empty() {
            return unknown(format!("the record lists the variant but has no genotype ({gt})"));
        }
        if !call.carries() && call.copies.contains(&Copy::Unknown) {
            return unknown(format!("the genotype is only partially called ({gt})"));
        }
        if let Some(why) = self.filtered(filters) {
            return unknown(format!("{why}; the genotype is {gt}"));
        }
        if let Some(why) = self.below(call) {
            return unknown(format!("{why}; the genotype is {gt}"));
        }
        if self.region == CopyRegion::Mitochondrial {
            return mitochondrial::judge(call, gt, &genotype.words, self.policy);
        }
        if call.carries() {
            return (LookUpState::Carried, genotype.words.clone());
        }
        // As many reads as a heterozygous call would need contradict a genotype without the variant.
        let seen = call.allele_balance().is_some_and(|share| share >= self.policy.heterozygous_balance);
        match call.allele_depths.filter(|_| seen) {
            Some((reference, alternate)) => unknown(format!(
                "called without the variant ({gt}), but {alternate} of {} reads support it",
                u64::from(reference) + u64::from(alternate)
            )),
            None => (LookUpState::NotCarried, format!("the genotype is called without the variant ({gt})")),
        }
    }

    /// The answer where no record lists the variant.
    fn of_place(&self, file: &SiteRecords, column: usize) -> LookUpAnswer {
        let place = footprint(self.allele);
        let here: Vec<&SiteRecord> =
            file.records.iter().filter(|site| site.speaks_of(self.allele, place)).collect();
        if here.iter().any(|site| site.is_of_another_reference) {
            return self.unknown("the file's REF differs from the reference at this position");
        }
        if let Some(other) = here.iter().find_map(|site| self.other_allele(site, column)) {
            return self.unknown(&other);
        }
        let (speaking, silent): (Vec<&SiteRecord>, Vec<&SiteRecord>) =
            here.iter().partition(|site| self.settles_absence(site));
        let mut covers = CoverList::default();
        covers.extend(speaking.iter().map(|site| site.cover()));
        covers.settle();
        match covers.call(place, column) {
            Some(call) => self.of_cover(&call, &speaking, column),
            None if !silent.is_empty() => self.unknown(
                "the record here lists other alleles only, and its genotype does not show whether this \
                 variant is present",
            ),
            None if !speaking.is_empty() => self.unknown("the records span only part of the position"),
            None if file.is_gvcf => self.unknown("the gVCF has neither a block nor a record here"),
            None => self.unknown(
                "the file has no record here, and a plain VCF does not distinguish a reference genotype \
                 from a position without reads",
            ),
        }
    }

    /// The answer of reference blocks, or of a record at the very base.
    fn of_cover(&self, call: &Call, speaking: &[&SiteRecord], column: usize) -> LookUpAnswer {
        let genotype = self.genotype(call);
        let mut answer = self.figures(call, &genotype);
        answer.genotype = speaking.iter().find_map(|site| written_genotype(site.record.calls.get(column)?));
        answer.filter = speaking.first().map(|site| filter_text(site.record.filters.as_deref()));
        let gt = answer.genotype.as_deref().unwrap_or("no genotype");
        let is_block = speaking.iter().all(|site| is_block(site));
        let what = if is_block { "a reference block" } else { "a record with other alleles" };
        let filtered = || {
            // Callers leave the FILTER of a reference block empty.
            let named = speaking.iter().filter(|site| !is_block || site.record.filters.is_some());
            named.into_iter().find_map(|site| self.filtered(site.record.filters.as_deref()))
        };
        let unknown = |why: String| (LookUpState::NotEvaluable, why);
        let of_members = || speaking.iter().filter_map(|site| site.record.calls.get(column));
        let (state, words) = if of_members().any(|written| written.filtered) {
            unknown(FILTERED_GENOTYPE.to_owned())
        } else if call.missing.is_some() {
            unknown(format!("{what} here has no genotype ({gt})"))
        } else if call.copies.contains(&Copy::Unknown) {
            unknown(format!("{what} here has a partially called genotype ({gt})"))
        } else if let Some(why) = filtered() {
            unknown(format!("{why}; the genotype is {gt}"))
        } else if let Some(why) = self.below(call) {
            unknown(format!("{why} in {what} ({gt})"))
        } else if let Some((others, all)) = of_members().find_map(|written| self.contradicted(written)) {
            unknown(format!(
                "{what} has the genotype {gt}, but {others} of {all} reads support another allele"
            ))
        } else if self.size() >= STRUCTURAL {
            unknown(format!(
                "{what} ({gt}) cannot exclude a change of {} bases, which reads from the other copy would mask",
                self.size()
            ))
        } else {
            (LookUpState::NotCarried, format!("{what} has a genotype without the variant ({gt})"))
        };
        LookUpAnswer { state, words, zygosity: zygosity(state, genotype.zygosity), ..answer }
    }

    /// What the member has instead, where a record calls another allele.
    fn other_allele(&self, site: &SiteRecord, column: usize) -> Option<String> {
        let call = site.record.calls.get(column)?;
        let number = call.alleles.iter().flatten().copied().find(|&number| number > 0)?;
        let other = site.alleles.iter().find(|entry| entry.spelling.alternate_number == number);
        let name = match (other, site.record.alternates.get(usize::from(number) - 1)) {
            (Some(entry), _) => self.writer.allele(&entry.allele).name,
            (None, Some(Alternate::SpanningDeletion)) => "a deletion spanning the position".to_owned(),
            _ => "an allele without a sequence".to_owned(),
        };
        Some(format!(
            "another allele is called here ({name}, genotype {}), and the file does not list this one",
            written_genotype(call).unwrap_or_default()
        ))
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

    fn genotype(&self, call: &Call) -> MemberGenotype {
        let copies = self.member.expected_copies(self.region);
        MemberGenotype::of(&self.member.id, call, self.region, copies)
    }

    fn figures(&self, call: &Call, genotype: &MemberGenotype) -> LookUpAnswer {
        LookUpAnswer {
            depth: call.depth,
            reads: genotype.reads,
            allele_balance: genotype.allele_balance,
            quality: call.quality,
            fraction: genotype.fraction,
            ..self.unknown("")
        }
    }

    fn unknown(&self, why: &str) -> LookUpAnswer {
        LookUpAnswer::not_evaluable(&self.member.id, why)
    }

    fn filtered(&self, filters: Option<&[String]>) -> Option<String> {
        let outcome = site_filter(filters, self.policy);
        (!outcome.kept).then(|| format!("the record is filtered (FILTER is {})", filter_text(filters)))
    }

    /// The reads of a genotype without an ALT that show one, and all its reads, where they are as many as a call of
    /// it would need.
    fn contradicted(&self, written: &RecordCall) -> Option<(u32, u32)> {
        let (reference, others) = written.allele_depths.split_first()?;
        let others = others.iter().copied().fold(0, u32::saturating_add);
        let all = reference.saturating_add(others);
        let least = match self.region {
            CopyRegion::Mitochondrial => self.policy.mitochondrial_fraction,
            _ => self.policy.heterozygous_balance,
        };
        (others > 0 && f64::from(others) >= least * f64::from(all)).then_some((others, all))
    }

    /// Bases of the longer side of the variant.
    fn size(&self) -> usize {
        self.allele.reference.len().max(self.allele.alternate.len())
    }

    /// The threshold a call misses.
    fn below(&self, call: &Call) -> Option<String> {
        if self.region == CopyRegion::Mitochondrial {
            return mitochondrial::missed(call, self.policy).or_else(|| {
                let is_block = call.from_reference_block;
                is_block.then(|| mitochondrial::too_shallow(call, self.policy)).flatten()
            });
        }
        missed_floor(call, self.member.is_hemizygous(self.region), self.policy).map(|outcome| outcome.reason)
    }
}

/// The answer of several records that list the variant. One that carries it goes before those that cannot be
/// evaluated; one without it is no answer beside a record that may carry it; and two that differ give none.
fn agreed(listed: Vec<LookUpAnswer>) -> Option<LookUpAnswer> {
    let (evaluable, silent): (Vec<LookUpAnswer>, Vec<LookUpAnswer>) =
        listed.into_iter().partition(|answer| answer.state != LookUpState::NotEvaluable);
    let mut evaluable = evaluable.into_iter();
    let Some(first) = evaluable.next() else { return silent.into_iter().next() };
    let described = |answer: &LookUpAnswer| {
        format!("{} in one ({})", answer.state.words(), answer.genotype.as_deref().unwrap_or("no genotype"))
    };
    if let Some(other) = evaluable.find(|other| other.zygosity != first.zygosity) {
        let why = format!(
            "records in the file disagree: {}, {} in another ({})",
            described(&first),
            other.state.words(),
            other.genotype.as_deref().unwrap_or_default()
        );
        return Some(LookUpAnswer::not_evaluable(&first.participant, why));
    }
    match silent.into_iter().next().filter(|_| first.state == LookUpState::NotCarried) {
        Some(other) => {
            let why = format!(
                "records in the file disagree: {}, and another cannot be evaluated: {}",
                described(&first),
                other.words
            );
            Some(LookUpAnswer::not_evaluable(&first.participant, why))
        }
        None => Some(first),
    }
}

/// Why a genotype whose own filter failed is no answer.
const FILTERED_GENOTYPE: &str = "the caller filtered this genotype (FT)";

fn zygosity(state: LookUpState, of_call: Zygosity) -> Zygosity {
    match state {
        LookUpState::NotEvaluable => Zygosity::Unknown,
        LookUpState::NotCarried => Zygosity::NotCarried,
        LookUpState::Carried => of_call,
    }
}

fn is_block(site: &SiteRecord) -> bool {
    site.record.alternates.iter().all(|alternate| *alternate == Alternate::NonReference)
}

/// GT in the record's own allele numbers.
fn written_genotype(call: &RecordCall) -> Option<String> {
    let copies: Vec<String> = call
        .alleles
        .iter()
        .map(|allele| allele.map_or_else(|| ".".to_owned(), |number| number.to_string()))
        .collect();
    (!copies.is_empty()).then(|| copies.join(if call.phased { "|" } else { "/" }))
}
