//! One thing to be said of one allele on one transcript, for the samples it holds for.

use std::fmt::Write;

use serde::Serialize;

use super::sample::{Compound, Kind};
use crate::model::allele::Allele;
use crate::model::consequence::Terms;

/// Longest allele that is written out in a partner's name; of a longer one its length is given.
const LONGEST_SHOWN: usize = 50;

/// Something to be said of an allele on one transcript because of other alleles of the same sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Index of the transcript in the bundle.
    #[serde(skip)]
    pub transcript_index: u32,
    /// The transcript's accession.
    pub transcript: String,
    /// `compound`, `behind_stop`, `behind_lost_start`, `behind_unreadable`, `overlaps_in_cis` or
    /// `possible_compound`.
    pub kind: &'static str,
    /// The samples.
    pub samples: Vec<String>,
    /// The other alleles, each `pos-ref-alt` as its record spells it, in the direction of transcription.
    pub partners: Vec<String>,
    /// Terms of the combined effect; none where there is none.
    #[serde(skip)]
    pub terms: Terms,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consequence: Option<String>,
    /// `NM_…:c.[…;…]`, or one description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hgvsc: Option<String>,
    /// `NP_…:p.(…)` of the combined effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hgvsp: Option<String>,
    /// Some of the alleles shift the frame and all together do not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub restores_frame: bool,
}

/// `pos-ref-alt`, 1-based.
pub(crate) fn spelling(allele: &Allele) -> String {
    let bases = |bases: &[u8]| {
        if bases.len() > LONGEST_SHOWN {
            format!("{}bp", bases.len())
        } else {
            String::from_utf8_lossy(bases).into_owned()
        }
    };
    format!("{}-{}-{}", allele.position(), bases(&allele.reference), bases(&allele.alternate))
}

impl Note {
    /// A note for one sample.
    pub(crate) fn new(transcript: (u32, &str), kind: &Kind, sample: &str, partners: Vec<String>) -> Self {
        let compound = match kind {
            Kind::Compound(compound) => Some(compound),
            _ => None,
        };
        Self {
            transcript_index: transcript.0,
            transcript: transcript.1.to_owned(),
            kind: name(kind),
            samples: vec![sample.to_owned()],
            partners,
            terms: compound.map_or(Terms::NONE, |c| c.terms),
            consequence: compound.map(|c| c.terms.joined()),
            hgvsc: compound.and_then(|c| c.hgvsc.clone()),
            hgvsp: compound.and_then(|c| c.hgvsp.clone()),
            restores_frame: compound.is_some_and(|c: &Compound| c.restores_frame),
        }
    }

    /// True where two notes say the same of different samples.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        Self { samples: Vec::new(), ..self.clone() } == Self { samples: Vec::new(), ..other.clone() }
    }

    /// The note for the `flags` column: `kind=SAMPLES:PARTNERS`, and for a compound effect `:TERMS:c.…:p.…` and
    /// `:restores_frame`; samples are joined by `,` and partners by `+`. Characters that separate flags or their
    /// parts are written as `%` and two hexadecimal digits.
    pub fn flag(&self) -> String {
        let samples: Vec<String> =
            self.samples.iter().map(|s| escaped(s, &[';', ':', ',', '=', '%'])).collect();
        let mut out = format!("{}={}:{}", self.kind, samples.join(","), self.partners.join("+"));
        if let Some(terms) = &self.consequence {
            for part in [Some(terms), self.hgvsc.as_ref(), self.hgvsp.as_ref()] {
                let part = part.map_or("", |p| p.split_once(':').map_or(p.as_str(), |(_, p)| p));
                out.push(':');
                out.push_str(&escaped(part, &[';', '=', '%']));
            }
            if self.restores_frame {
                out.push_str(":restores_frame");
            }
        }
        out
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Compound(_) => "compound",
        Kind::BehindStop => "behind_stop",
        Kind::BehindLostStart => "behind_lost_start",
        Kind::BehindUnreadable => "behind_unreadable",
        Kind::Overlap => "overlaps_in_cis",
        Kind::PossibleCompound => "possible_compound",
    }
}

fn escaped(text: &str, separators: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if separators.contains(&c) {
            let _ = write!(out, "%{:02X}", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_can_be_split_again() {
        let note = Note {
            transcript_index: 0,
            transcript: "NM_1.1".to_owned(),
            kind: "compound",
            samples: vec!["a;b".to_owned(), "c".to_owned()],
            partners: vec!["7-A-T".to_owned(), "9-C-G".to_owned()],
            terms: Terms::NONE,
            consequence: Some("stop_gained".to_owned()),
            hgvsc: Some("NM_1.1:c.[4A>T;6C>G]".to_owned()),
            hgvsp: Some("NP_1.1:p.(Lys2=)".to_owned()),
            restores_frame: true,
        };
        assert_eq!(
            note.flag(),
            "compound=a%3Bb,c:7-A-T+9-C-G:stop_gained:c.[4A>T%3B6C>G]:p.(Lys2%3D):restores_frame"
        );
    }
}
