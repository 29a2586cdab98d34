//! One variant in one member: what the member's own file says.

use crate::filter::quality::{missed_floor, site_filter};
use crate::model::allele::{Allele, Alternate};
use crate::model::genotype::{Call, Copy};
use crate::model::participant::Participant;
use crate::model::pipeline::QualityPolicy;
use crate::model::record::{NormalisedAllele, RecordCall};
use crate::model::segregation::CopyRegion;
use crate::normalise::join::{CoverList, footprint};
use crate::report::model::{LookUpAnswer, LookUpState, MemberGenotype, Zygosity};
use crate::run::findings::{FindingWriter, filter_text};
use crate::run::site_records::{SiteRecord, SiteRecords};

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
        answer.input = Some(self.writer.spelling(entry));
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
        if call.missing.is_some() || call.copies.is_empty() {
            return unknown(format!("the record lists the variant and has no genotype here ({gt})"));
        }
        if !call.carries() && call.copies.contains(&Copy::Unknown) {
            return unknown(format!("the genotype is called in part only ({gt})"));
        }
        if let Some(why) = self.filtered(filters) {
            return unknown(format!("{why}; the genotype there is {gt}"));
        }
        if let Some(why) = self.below(call) {
            return unknown(format!("{why}; the genotype there is {gt}"));
        }
        if call.carries() {
            return (LookUpState::Carried, genotype.words.clone());
        }
        // As many reads as a heterozygous call would need contradict a genotype without the variant.
        let seen = call.allele_balance().is_some_and(|share| share >= self.policy.heterozygous_balance);
        match call.allele_depths.filter(|_| seen && self.region != CopyRegion::Mitochondrial) {
            Some((reference, alternate)) => unknown(format!(
                "called without the variant ({gt}), and {alternate} of {} reads show it",
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
            return self.unknown("the file's REF is not the reference's at this place");
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
                "the record here lists other alleles only, and its genotype does not answer for this variant",
            ),
            None if !speaking.is_empty() => self.unknown("records reach over a part of the place only"),
            None if file.is_gvcf => self.unknown("the gVCF has neither a block nor a record here"),
            None => self.unknown(
                "the file has no record here, and a plain VCF does not tell the reference genotype from a place \
                 without reads",
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
        let (state, words) = if call.missing.is_some() {
            unknown(format!("{what} is here and has no genotype ({gt})"))
        } else if call.copies.contains(&Copy::Unknown) {
            unknown(format!("{what} is here and its genotype is called in part only ({gt})"))
        } else if let Some(why) = filtered() {
            unknown(format!("{why}; the genotype there is {gt}"))
        } else if let Some(why) = self.below(call) {
            unknown(format!("{why} in {what} ({gt})"))
        } else {
            (LookUpState::NotCarried, format!("{what} gives the genotype without the variant ({gt})"))
        };
        LookUpAnswer { state, words, zygosity: zygosity(state, genotype.zygosity), ..answer }
    }

    /// What the member has instead, where a record calls another allele.
    fn other_allele(&self, site: &SiteRecord, column: usize) -> Option<String> {
        let call = site.record.calls.get(column)?;
        let number = call.alleles.iter().flatten().copied().find(|&number| number > 0)?;
        let other = site.alleles.iter().find(|entry| entry.spelling.alternate_number == number);
        let name = match (other, site.record.alternates.get(usize::from(number) - 1)) {
            (Some(entry), _) => self.writer.variant(entry).name,
            (None, Some(Alternate::SpanningDeletion)) => "a deletion that spans the place".to_owned(),
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

    /// The threshold a call misses. On the mitochondrial genome the fraction decides, as in the analysis of genes.
    fn below(&self, call: &Call) -> Option<String> {
        if self.region == CopyRegion::Mitochondrial {
            return None;
        }
        missed_floor(call, self.member.is_hemizygous(self.region), self.policy).map(|outcome| outcome.reason)
    }
}

/// The answer of several records that list the variant: one that can be evaluated goes before one that cannot, and
/// two that differ give none.
fn agreed(listed: Vec<LookUpAnswer>) -> Option<LookUpAnswer> {
    let mut kept: Option<LookUpAnswer> = None;
    for answer in listed {
        match &mut kept {
            Some(_) if answer.state == LookUpState::NotEvaluable => {}
            Some(known) if known.state != LookUpState::NotEvaluable => {
                if known.zygosity != answer.zygosity {
                    let why = format!(
                        "records of the file differ: {} in one ({}), {} in another ({})",
                        known.state.words(),
                        known.genotype.as_deref().unwrap_or_default(),
                        answer.state.words(),
                        answer.genotype.as_deref().unwrap_or_default()
                    );
                    return Some(LookUpAnswer::not_evaluable(&answer.participant, why));
                }
            }
            _ => kept = Some(answer),
        }
    }
    kept
}

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
