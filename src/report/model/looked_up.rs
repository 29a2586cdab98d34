//! Variants that were looked up by name: one answer for each variant and each member of the family.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::GeneName;
use super::genotype::{Reads, Zygosity};
use super::number::Proportion;
use super::variant::{Consequence, InputSpelling, Nomenclature, Variant};

pub use crate::model::look_up::LookUpState;

/// A variant that the request names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookedUpVariant {
    /// As the request writes it.
    pub written: String,
    /// In its normalised representation.
    pub variant: Variant,
    /// `NC_…:g.…`, where it can be given.
    pub genomic: Option<String>,
    /// Its effect in each gene it is in; empty outside genes, and where it cannot be given.
    pub effects: Vec<LookedUpEffect>,
    /// Why no effect can be given, where so; the look-up itself does not depend on it.
    pub effects_not_evaluable: Option<String>,
    /// One for each member, in the order of the family.
    pub answers: Vec<LookUpAnswer>,
}

/// What a named variant does in one gene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookedUpEffect {
    /// The gene.
    pub gene: GeneName,
    /// Its names on the gene's reported transcript.
    pub nomenclature: Nomenclature,
    /// What it does there.
    pub consequence: Consequence,
}

/// The answer for one variant in one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookUpAnswer {
    /// Pseudonym.
    pub participant: String,
    /// The answer.
    pub state: LookUpState,
    /// Zygosity; `unknown` where not evaluable.
    pub zygosity: Zygosity,
    /// Zygosity, or the basis of the answer, or why there is none; in words.
    pub words: String,
    /// Genotype as the record writes it, in the record's own allele numbers.
    pub genotype: Option<String>,
    /// Total depth.
    pub depth: Option<u32>,
    /// Reads for either allele.
    pub reads: Option<Reads>,
    /// Fraction of those reads that show the variant.
    pub allele_balance: Option<Proportion>,
    /// Genotype quality, Phred.
    pub quality: Option<u32>,
    /// Heteroplasmic or mosaic fraction, where the caller gives one.
    pub fraction: Option<Proportion>,
    /// FILTER of the record: `PASS`, `.`, or names.
    pub filter: Option<String>,
    /// The record of the input that lists the variant, as written in the input.
    pub input: Option<InputSpelling>,
}

impl LookUpAnswer {
    /// An answer in words alone.
    pub fn not_evaluable(participant: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            participant: participant.into(),
            state: LookUpState::NotEvaluable,
            zygosity: Zygosity::Unknown,
            words: why.into(),
            genotype: None,
            depth: None,
            reads: None,
            allele_balance: None,
            quality: None,
            fraction: None,
            filter: None,
            input: None,
        }
    }
}

impl LookedUpVariant {
    /// The name a reader knows it by: the coding change with its gene, else the genomic change, else coordinates.
    pub fn known_as(&self) -> String {
        let coding = self.effects.iter().find_map(|effect| {
            let coding = effect.nomenclature.coding.as_deref()?;
            Some(format!("{} {coding}", effect.gene.symbol))
        });
        coding.or_else(|| self.genomic.clone()).unwrap_or_else(|| self.variant.name.clone())
    }

    fn who(&self, state: LookUpState) -> impl Iterator<Item = &LookUpAnswer> {
        self.answers.iter().filter(move |answer| answer.state == state)
    }

    /// The answers as a sentence; no member is left out.
    fn sentence(&self) -> String {
        let mut parts = Vec::new();
        for state in [LookUpState::Carried, LookUpState::NotCarried, LookUpState::NotEvaluable] {
            let people: Vec<String> = self
                .who(state)
                .map(|answer| match state {
                    LookUpState::Carried => format!("{} ({})", answer.participant, answer.words),
                    _ => answer.participant.clone(),
                })
                .collect();
            if !people.is_empty() {
                let by = if state == LookUpState::NotEvaluable { "in" } else { "by" };
                parts.push(format!("{} {by} {}", state.words(), people.join(", ")));
            }
        }
        parts.join("; ")
    }
}

/// The result of the look-ups, a sentence for each variant.
pub(super) fn sentence(looked_up: &[LookedUpVariant]) -> String {
    let mut text = String::new();
    for one in looked_up {
        let space = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{space}{}: {}.", one.known_as(), one.sentence());
    }
    text
}

/// One notice for each answer that could not be given.
pub(super) fn notices(looked_up: &[LookedUpVariant]) -> Vec<String> {
    looked_up
        .iter()
        .flat_map(|one| {
            one.who(LookUpState::NotEvaluable).map(|answer| {
                format!(
                    "{} is not evaluable in {}: {}. It is neither confirmed nor excluded in this person.",
                    one.known_as(),
                    answer.participant,
                    answer.words
                )
            })
        })
        .collect()
}
