//! From the answers of a look-up to those of a report.

use super::findings::{FindingWriter, filter_text};
use crate::knowledge::Knowledge;
use crate::model::candidate::GeneEffect;
use crate::model::carriage::Contradiction;
use crate::model::genotype::MissingReason;
use crate::model::look_up::{
    AnsweringRecord, LookUpAnswer, LookUpReason, LookedUpVariant, OtherAllele, RecordKind,
};
use crate::model::plan::Plan;
use crate::model::read_summary::ReadSummary;
use crate::report::model as report;

/// The variants that a request names, with their answers in words. `files` are the variant files as the samplesheet
/// writes them, `read` what was read of each.
pub fn looked_up(
    variants: &[LookedUpVariant],
    files: &[String],
    read: &[ReadSummary],
    knowledge: &Knowledge,
    plan: &Plan,
) -> Vec<report::LookedUpVariant> {
    let writer = FindingWriter { knowledge, plan, candidates: &[], files, read };
    variants.iter().map(|variant| in_words(variant, &writer)).collect()
}

fn in_words(variant: &LookedUpVariant, writer: &FindingWriter<'_>) -> report::LookedUpVariant {
    let LookedUpVariant { written, allele, annotation, answers, .. } = variant;
    report::LookedUpVariant {
        written: written.clone(),
        variant: writer.allele(allele),
        effects: effects(variant, writer),
        effects_not_evaluable: annotation.not_evaluable.map(|reason| reason.words().to_owned()),
        genomic: annotation.hgvsg.clone(),
        answers: answers.iter().map(|answer| Worded { answer, variant, writer }.report()).collect(),
    }
}

/// What the variant does in each gene it lies in, on the gene's reported transcript.
fn effects(variant: &LookedUpVariant, writer: &FindingWriter<'_>) -> Vec<report::LookedUpEffect> {
    let annotation = &variant.annotation;
    let of_gene = |effect: &GeneEffect| {
        let on = annotation.consequences.get(effect.reported?)?;
        let reason = writer.transcript_reason(effect.hgnc_id, &on.transcript);
        Some(report::LookedUpEffect {
            gene: report::GeneName { symbol: effect.symbol.clone(), hgnc_id: effect.hgnc_id },
            nomenclature: report::Nomenclature::of(annotation.hgvsg.clone(), on, reason),
            consequence: report::Consequence::of(on.terms),
        })
    };
    variant.genes.iter().filter_map(of_gene).collect()
}

/// One answer on its way into words.
struct Worded<'a> {
    answer: &'a LookUpAnswer,
    variant: &'a LookedUpVariant,
    writer: &'a FindingWriter<'a>,
}

impl Worded<'_> {
    fn report(&self) -> report::LookUpAnswer {
        let answer = self.answer;
        let genotype = self.genotype();
        let record = answer.record.as_ref();
        let input = record.and_then(|record| {
            let spelling = record.spelling.as_ref()?;
            Some(self.writer.spelling(spelling, self.variant.allele.contig, record.filters.as_deref()))
        });
        report::LookUpAnswer {
            participant: self.participant().to_owned(),
            state: answer.state,
            zygosity: answer.zygosity,
            words: self.words(),
            genotype: record.and_then(|record| Some(record.genotype.as_ref()?.to_string())),
            depth: answer.call.as_ref().and_then(|call| call.depth),
            reads: genotype.as_ref().and_then(|genotype| genotype.reads),
            allele_balance: genotype.as_ref().and_then(|genotype| genotype.allele_balance),
            quality: answer.call.as_ref().and_then(|call| call.quality),
            fraction: genotype.as_ref().and_then(|genotype| genotype.fraction),
            filter: record.map(|record| filter_text(record.filters.as_deref())),
            input,
        }
    }

    fn participant(&self) -> &str {
        &self.writer.plan.referral.family.members[self.answer.participant].id
    }

    /// What the call says, in the words of a finding.
    fn genotype(&self) -> Option<report::MemberGenotype> {
        let call = self.answer.call.as_ref()?;
        let member = &self.writer.plan.referral.family.members[self.answer.participant];
        let region = self.variant.region;
        Some(report::MemberGenotype::of(&member.id, call, region, member.expected_copies(region)))
    }

    /// The answer of another record to the same question.
    fn of<'b>(&'b self, answer: &'b LookUpAnswer) -> Worded<'b> {
        Worded { answer, ..*self }
    }

    fn words(&self) -> String {
        let record = self.answer.record.as_ref();
        let gt = record.map_or_else(|| NO_GENOTYPE.to_owned(), written);
        // The words for a record that covers the place; none for one that lists the variant.
        let cover = record.and_then(|record| match record.kind {
            RecordKind::Listed => None,
            RecordKind::ReferenceBlock => Some("a reference block"),
            RecordKind::OtherAlleles => Some("a record with other alleles"),
        });
        match &self.answer.reason {
            LookUpReason::Carried => self.genotype().map(|genotype| genotype.words).unwrap_or_default(),
            LookUpReason::NotCarried => match cover {
                Some(what) => format!("{what} has a genotype without the variant ({gt})"),
                None => format!("the genotype is called without the variant ({gt})"),
            },
            LookUpReason::NoFile => "no variant file was provided".to_owned(),
            LookUpReason::NoColumn => "the record has no column for this sample".to_owned(),
            LookUpReason::NoGenotype(MissingReason::Filtered) => {
                "the caller filtered this genotype (FT)".to_owned()
            }
            LookUpReason::NoGenotype(_) => match cover {
                Some(what) => format!("{what} here has no genotype ({gt})"),
                None => format!("the record lists the variant but has no genotype ({gt})"),
            },
            LookUpReason::Contradicted(contradiction) => contradicted(*contradiction, cover, &gt),
            LookUpReason::RecordFiltered { filters } => format!(
                "the record is filtered (FILTER is {}); the genotype is {gt}",
                filter_text(filters.as_deref())
            ),
            LookUpReason::TooLong { bases } => format!(
                "{} ({gt}) cannot exclude a change of {bases} bases, which reads from the other copy would mask",
                cover.unwrap_or("the record")
            ),
            LookUpReason::AnotherReference => {
                "the file's REF differs from the reference at this position".to_owned()
            }
            LookUpReason::AnotherAllele { other, genotype } => format!(
                "another allele is called here ({}, genotype {genotype}), and the file does not list this one",
                self.other(other)
            ),
            LookUpReason::OtherAllelesOnly => {
                "the record here lists other alleles only, and its genotype does not show whether this variant is \
                 present"
                    .to_owned()
            }
            LookUpReason::PartOfPlace => "the records span only part of the position".to_owned(),
            LookUpReason::NotInGvcf => "the gVCF has neither a block nor a record here".to_owned(),
            LookUpReason::NotInPlainVcf => {
                "the file has no record here, and a plain VCF does not distinguish a reference genotype from a \
                 position without reads"
                    .to_owned()
            }
            LookUpReason::RecordsDiffer(both) => self.differing(both),
        }
    }

    fn other(&self, other: &OtherAllele) -> String {
        match other {
            OtherAllele::Sequence(allele) => self.writer.allele(allele).name,
            OtherAllele::SpanningDeletion => "a deletion spanning the position".to_owned(),
            OtherAllele::WithoutSequence => "an allele without a sequence".to_owned(),
        }
    }

    /// Two records that list the variant: the first has an answer, the other has a different one or none.
    fn differing(&self, [first, other]: &[LookUpAnswer; 2]) -> String {
        let genotype = |answer: &LookUpAnswer| answer.record.as_ref().map(written);
        let one = format!(
            "records in the file disagree: {} in one ({})",
            first.state.words(),
            genotype(first).unwrap_or_default()
        );
        match other.state {
            report::LookUpState::NotEvaluable => {
                format!("{one}, and another cannot be evaluated: {}", self.of(other).words())
            }
            state => format!("{one}, {} in another ({})", state.words(), genotype(other).unwrap_or_default()),
        }
    }
}

/// What speaks against a genotype; `cover` names the record where it does not list the variant.
fn contradicted(contradiction: Contradiction, cover: Option<&str>, gt: &str) -> String {
    let figure = |why: String| match cover {
        Some(what) => format!("{why} in {what} ({gt})"),
        None => format!("{why}; the genotype is {gt}"),
    };
    match contradiction {
        Contradiction::InPart => match cover {
            Some(what) => format!("{what} here has a partially called genotype ({gt})"),
            None => format!("the genotype is only partially called ({gt})"),
        },
        Contradiction::BelowFloor(missed) => figure(missed.words()),
        Contradiction::TooShallow { depth, least } => figure(format!(
            "depth {depth} is below {least}, the depth needed to detect a heteroplasmic variant"
        )),
        Contradiction::ReadsShowIt { reference, alternate } => format!(
            "called without the variant ({gt}), but {alternate} of {} reads support it",
            u64::from(reference) + u64::from(alternate)
        ),
        Contradiction::ReadsShowAnother { others, all } => format!(
            "{} has the genotype {gt}, but {others} of {all} reads support another allele",
            cover.unwrap_or("the record")
        ),
        Contradiction::FractionBelowLimit { fraction, limit } => format!(
            "called with the variant ({gt}) at a fraction of {fraction:.3}, below the limit of {limit}"
        ),
        Contradiction::FractionShowsIt { fraction } => format!(
            "called without the variant ({gt}), but a fraction of {fraction:.3} of the reads supports it"
        ),
    }
}

/// What is written where a record has no genotype of the person.
const NO_GENOTYPE: &str = "no genotype";

fn written(record: &AnsweringRecord) -> String {
    record.genotype.as_ref().map_or_else(|| NO_GENOTYPE.to_owned(), ToString::to_string)
}
