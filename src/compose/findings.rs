//! From decided candidates to the findings of a report.

use crate::genotype::called;
use crate::model::allele::Allele;
use crate::model::annotation::{SiteValue, TranscriptConsequence};
use crate::model::contig::ContigId;
use crate::model::event::CarriedEvent;
use crate::model::frequency::{FrequencyOutcome, PopulationFinding, PopulationResult};
use crate::model::plan::Plan;
use crate::model::position::{Interval, Position1};
use crate::model::read_summary::ReadSummary;
use crate::model::record::InputSpelling;
use crate::model::remark::Remark;
use crate::model::segregation::Verdict;
use crate::normalise::variant_name;
use crate::reference::bundle::Bundle;
use crate::reference::placement;
use crate::report::model as report;

use super::sources::table_version;
use crate::knowledge::Knowledge;
use crate::model::candidate::Candidate;
use crate::model::decision::{Decision, ModeFit};

/// Writes findings for one referral.
pub struct FindingWriter<'a> {
    /// What the batch rests on.
    pub knowledge: &'a Knowledge,
    /// The plan.
    pub plan: &'a Plan,
    /// All candidates of the referral.
    pub candidates: &'a [Candidate],
    /// Names of the input files as the samplesheet writes them, by file index.
    pub files: &'a [String],
    /// What was read of each; a file read by its index does not tell the number of a record.
    pub read: &'a [ReadSummary],
}

impl FindingWriter<'_> {
    /// The finding for a decided candidate, at this rank of its list; none for an event that is not reported by itself.
    pub fn finding(&self, decided: &Decision, rank: u32) -> Option<report::Finding> {
        let candidate = &self.candidates[decided.candidate];
        let effect = &candidate.genes[decided.effect];
        let all = &candidate.annotation.consequences;
        let (allele, on) = (candidate.entry.event.small()?, all.get(effect.reported?)?);
        let planned = effect.planned.and_then(|i| self.plan.genes.get(i));
        let reason = match planned {
            Some(gene) if gene.transcript.as_deref() == Some(on.transcript.as_str()) => {
                gene.transcript_reason.clone()
            }
            _ => self.transcript_reason(effect.hgnc_id, &on.transcript),
        };
        let same_gene: Vec<_> = all.iter().filter(|c| c.gene_index == Some(effect.gene)).cloned().collect();
        Some(report::Finding {
            rank,
            tier: report::TierReasons {
                tier: decided.decision.tier,
                rule: decided.decision.rule.clone(),
                reasons: decided.decision.reasons.clone(),
            },
            gene: report::GeneName { symbol: effect.symbol.clone(), hgnc_id: effect.hgnc_id },
            variant: self.allele(allele),
            input: vec![self.written(&candidate.entry)],
            nomenclature: report::Nomenclature::of(candidate.annotation.hgvsg.clone(), on, reason),
            consequence: report::Consequence::of(on.terms),
            nonsense_mediated_decay: on.nmd.as_ref().map(Into::into),
            other_transcripts: report::OtherTranscript::differing(on, &same_gene),
            genotypes: self.genotypes(candidate),
            inheritance: decided.modes.iter().map(|mode| self.inheritance(mode, decided)).collect(),
            frequencies: self.frequencies(candidate),
            assertions: self.assertions(candidate),
            panel_entries: planned.map(|gene| report::PanelEntry::all(self.plan, gene)).unwrap_or_default(),
            flags: self.flags(candidate, on, decided),
        })
    }

    fn bundle(&self) -> &Bundle {
        &self.knowledge.bundle
    }

    /// Why a gene is reported on this transcript.
    pub(crate) fn transcript_reason(
        &self,
        id: Option<crate::model::gene::HgncId>,
        accession: &str,
    ) -> String {
        match id.and_then(|id| self.knowledge.choices.get(id)) {
            Some(choice) if choice.accession == accession => choice.words(),
            Some(choice) => {
                format!("the gene's {} ({}) is not touched", choice.reason.words(), choice.accession)
            }
            None => "most severe consequence; the gene has no HGNC identifier".to_owned(),
        }
    }

    /// An allele as VCF writes it: left-aligned, with an anchor base where a side is empty.
    pub(crate) fn allele(&self, allele: &Allele) -> report::Variant {
        let spelt = placement::vcf_spelling(self.bundle().genome(), allele);
        report::Variant::new(
            self.contig(spelt.contig),
            spelt.position().0,
            text(&spelt.reference),
            text(&spelt.alternate),
        )
    }

    /// The allele as the input writes it.
    pub(crate) fn spelling(
        &self,
        spelling: &InputSpelling,
        contig: ContigId,
        filters: Option<&[String]>,
    ) -> report::InputSpelling {
        let file = usize::from(spelling.file);
        let by_index = self.read.get(file).is_some_and(|read| read.indexed);
        report::InputSpelling {
            file: self.files.get(file).cloned().unwrap_or_default(),
            record: (!by_index).then_some(spelling.record),
            variant: report::Variant::new(
                self.contig(contig),
                Position1::from_offset(spelling.start).0,
                text(&spelling.reference),
                text(&spelling.alternate),
            ),
            filter: filter_text(filters),
        }
    }

    fn written(&self, entry: &CarriedEvent) -> report::InputSpelling {
        self.spelling(&entry.spelling, entry.event.contig(), entry.filters.as_deref())
    }

    fn contig(&self, id: ContigId) -> String {
        self.bundle().genome().contig(id).name.clone()
    }

    fn genotypes(&self, candidate: &Candidate) -> Vec<report::MemberGenotype> {
        let members = &self.plan.referral.family.members;
        members
            .iter()
            .zip(&candidate.entry.calls)
            .map(|(member, call)| {
                let copies = member.expected_copies(candidate.region);
                report::MemberGenotype::of(member.id.clone(), call, candidate.region, copies)
            })
            .collect()
    }

    fn inheritance(&self, fit: &ModeFit, decided: &Decision) -> report::Inheritance {
        let verdict = &fit.verdict;
        report::Inheritance {
            mode: verdict.mode,
            words: verdict.mode.words().to_owned(),
            verdict: verdict.verdict,
            reason: verdict.reason.clone(),
            partners: fit
                .partners
                .iter()
                .map(|(index, pair)| {
                    let other = &self.candidates[*index];
                    let gene = self.candidates[decided.candidate].genes[decided.effect].gene;
                    let on = other.genes.iter().find(|effect| effect.gene == gene);
                    report::Partner {
                        variant: variant_name::write_event(&other.entry.event, self.bundle().genome()),
                        coding: on
                            .and_then(|e| other.annotation.consequences.get(e.reported?)?.hgvsc.clone()),
                        phase: pair.grade,
                        verdict: pair.verdict,
                        reason: pair.reason.clone(),
                    }
                })
                .collect(),
            flags: verdict.flags.clone(),
        }
    }

    /// One row a population: exact counts, or why there are none. A source that is not loaded is told once.
    fn frequencies(&self, candidate: &Candidate) -> Vec<report::Frequency> {
        let Some(FrequencyOutcome { populations, .. }) = candidate.frequency.0.first() else {
            return Vec::new();
        };
        let mut rows: Vec<report::Frequency> = Vec::new();
        for population in populations {
            let missing = population.finding == PopulationFinding::NotInBundle;
            if missing && rows.iter().any(|row| row.source == population.table) {
                continue;
            }
            rows.push(report::Frequency {
                source: population.table.clone(),
                version: table_version(self.bundle(), &population.table),
                population: if missing { "all".to_owned() } else { population.population.clone() },
                state: frequency_state(population),
                filtering: population
                    .frequency
                    .filter(|_| population.is_filtering)
                    .and_then(report::Rate::new),
            });
        }
        rows
    }

    fn assertions(&self, candidate: &Candidate) -> Vec<report::ClinicalAssertion> {
        let policy = &self.knowledge.pipeline.assertions;
        let Some(table) = self.bundle().sites(&policy.table) else { return Vec::new() };
        let Some(row) = candidate.entry.event.small().and_then(|allele| table.find(allele)) else {
            return Vec::new();
        };
        let field = |name: &str| match table.value(row, table.field_index(name)?)?.into() {
            SiteValue::Text(text) => Some(text.replace('_', " ")),
            _ => None,
        };
        vec![report::ClinicalAssertion {
            source: policy.table.clone(),
            release: table_version(self.bundle(), &policy.table),
            value: field(&policy.field),
            review_status: field("CLNREVSTAT").or_else(|| field("REVIEW_STATUS")),
            conditions: field("CLNDN").or_else(|| field("ALL_TRAITS")),
        }]
    }

    fn flags(
        &self,
        candidate: &Candidate,
        on: &TranscriptConsequence,
        decided: &Decision,
    ) -> Vec<report::Flag> {
        let of_transcript = on.flags.iter().cloned().map(Remark::from);
        let of_family = decided.modes.iter().flat_map(|mode| &mode.verdict.flags).copied().map(Remark::from);
        let of_proband = (!shown_in_proband(self.plan, candidate)).then_some(Remark::ProbandNotShownToCarry);
        report::Flag::all(of_transcript.chain(of_family).chain(of_proband))
    }
}

/// True when the proband is shown to carry the allele.
pub fn shown_in_proband(plan: &Plan, candidate: &Candidate) -> bool {
    let call = candidate.entry.calls.get(plan.referral.family.proband);
    call.is_some_and(|call| called(call) == Verdict::Yes)
}

fn frequency_state(population: &PopulationResult) -> report::FrequencyState {
    match (population.finding, population.allele_count, population.allele_number) {
        (PopulationFinding::NotInBundle, ..) => report::FrequencyState::SourceNotLoaded,
        (PopulationFinding::Absent, ..) => report::FrequencyState::NotInTable,
        (PopulationFinding::NotSeen, ..) => report::FrequencyState::NotSeen,
        (PopulationFinding::NotCovered, None, _) => report::FrequencyState::NotCovered,
        (_, Some(count), Some(number)) => report::FrequencyState::counts(count, number),
        _ => match population.frequency.and_then(report::Rate::new) {
            Some(frequency) => report::FrequencyState::FrequencyOnly { frequency },
            // The table lists the allele; it gives no frequency for it, or none that can be read.
            None => report::FrequencyState::WithoutFrequency,
        },
    }
}

/// FILTER as VCF writes it.
pub(crate) fn filter_text(filters: Option<&[String]>) -> String {
    match filters {
        None => ".".to_owned(),
        Some([]) => "PASS".to_owned(),
        Some(names) => names.join(";"),
    }
}

fn text(bases: &[u8]) -> String {
    String::from_utf8_lossy(bases).into_owned()
}

/// Interval of a candidate on its contig; used to order findings.
pub fn place(candidate: &Candidate) -> (ContigId, Interval) {
    (candidate.entry.event.contig(), candidate.entry.event.interval())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allele_in_the_table_is_never_said_to_be_absent_from_it() {
        let state = |finding, counts: Option<(u64, u64)>, frequency| {
            frequency_state(&PopulationResult {
                table: "t".to_owned(),
                population: "all".to_owned(),
                allele_count: counts.map(|c| c.0),
                allele_number: counts.map(|c| c.1),
                frequency,
                is_filtering: false,
                limit: None,
                finding,
            })
        };
        use report::FrequencyState as State;
        assert_eq!(state(PopulationFinding::NotGiven, None, None), State::WithoutFrequency);
        assert_eq!(state(PopulationFinding::NoLimit, None, None), State::WithoutFrequency);
        assert_eq!(state(PopulationFinding::NoLimit, Some((1, 2)), Some(0.5)), State::counts(1, 2));
        assert_eq!(state(PopulationFinding::Absent, None, Some(0.0)), State::NotInTable);
        assert_eq!(state(PopulationFinding::NotCovered, None, None), State::NotCovered);
    }
}
