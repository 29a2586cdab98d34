//! From the annotation of an allele to the words of a report.

use super::consequence_words::words;
use super::variant::{
    Consequence, Nomenclature, NonsenseMediatedDecayPrediction, OtherTranscript, SequenceOntologyTerm,
};
use crate::model::annotation::{NonsenseMediatedDecay, NotEvaluable, TranscriptConsequence};
use crate::model::consequence::Terms;

impl Nomenclature {
    /// The names on one transcript; `reason` says why this transcript.
    pub fn of(genomic: Option<String>, on: &TranscriptConsequence, reason: impl Into<String>) -> Self {
        Self {
            genomic,
            coding: on.hgvsc.clone(),
            protein: on.hgvsp.clone(),
            transcript: (!on.transcript.is_empty()).then(|| on.transcript.clone()),
            transcript_reason: reason.into(),
            mane: on.mane,
            exon: on.exon.map(|numbers| numbers.to_string()),
            intron: on.intron.map(|numbers| numbers.to_string()),
        }
    }

    /// A variant without a consequence: its genomic name at most.
    pub fn genomic_only(genomic: Option<String>, reason: impl Into<String>) -> Self {
        Self {
            genomic,
            coding: None,
            protein: None,
            transcript: None,
            transcript_reason: reason.into(),
            mane: None,
            exon: None,
            intron: None,
        }
    }
}

impl Consequence {
    /// The consequence these terms stand for.
    pub fn of(terms: Terms) -> Self {
        Self {
            words: words(terms),
            terms: ontology_terms(terms),
            impact: (!terms.is_empty()).then(|| terms.impact()),
            not_evaluable: None,
        }
    }

    /// The statement that no consequence can be given.
    pub fn not_evaluable(reason: NotEvaluable) -> Self {
        Self {
            words: reason.words().to_owned(),
            terms: Vec::new(),
            impact: None,
            not_evaluable: Some(reason.words().to_owned()),
        }
    }
}

impl OtherTranscript {
    /// The transcripts among `all` whose terms differ from those on `reported`, in their own order.
    pub fn differing(reported: &TranscriptConsequence, all: &[TranscriptConsequence]) -> Vec<Self> {
        all.iter()
            .filter(|other| other.transcript != reported.transcript || other.gene != reported.gene)
            .filter(|other| other.terms != reported.terms)
            .map(Self::from)
            .collect()
    }
}

impl From<&TranscriptConsequence> for OtherTranscript {
    fn from(on: &TranscriptConsequence) -> Self {
        Self {
            gene: on.gene.clone(),
            transcript: on.transcript.clone(),
            biotype: on.biotype.clone(),
            mane: on.mane,
            terms: ontology_terms(on.terms),
            coding: on.hgvsc.clone(),
            protein: on.hgvsp.clone(),
        }
    }
}

impl From<&NonsenseMediatedDecay> for NonsenseMediatedDecayPrediction {
    fn from(decay: &NonsenseMediatedDecay) -> Self {
        let distance = match decay.distance_to_last_junction {
            Some(bases) if bases >= 0 => {
                format!("the new stop codon is {bases} bases upstream of the last exon junction")
            }
            Some(_) => "the new stop codon is downstream of the last exon junction".to_owned(),
            None => "the distance to the last exon junction is not known".to_owned(),
        };
        let words = match decay.escape {
            None => format!("Nonsense-mediated decay is predicted: {distance}."),
            Some(rule) => format!("Nonsense-mediated decay is not predicted ({}): {distance}.", rule.words()),
        };
        Self { predicted: decay.is_predicted(), words }
    }
}

fn ontology_terms(terms: Terms) -> Vec<SequenceOntologyTerm> {
    terms.iter().map(SequenceOntologyTerm::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::annotation::DecayEscape;
    use crate::model::consequence::{Impact, Term};

    #[test]
    fn terms_carry_their_accession_in_seven_digits() {
        let consequence = Consequence::of(Terms::of(Term::StopGained));
        assert_eq!(consequence.terms[0].accession, "SO:0001587");
        assert_eq!(consequence.impact, Some(Impact::High));
        assert_eq!(consequence.words, "new stop codon");
    }

    #[test]
    fn no_consequence_has_no_impact() {
        let none = Consequence::not_evaluable(NotEvaluable::ReferenceBaseUnknown);
        assert_eq!(none.impact, None);
        assert!(none.words.starts_with("not evaluable"));
    }

    #[test]
    fn decay_names_the_rule_by_which_it_is_escaped() {
        let escaped = NonsenseMediatedDecay {
            escape: Some(DecayEscape::LastExon),
            distance_to_last_junction: Some(-12),
        };
        let words = NonsenseMediatedDecayPrediction::from(&escaped).words;
        assert!(words.contains("not predicted (the new stop codon is in the last exon)"), "{words}");
        assert!(words.contains("downstream"), "{words}");
    }
}
