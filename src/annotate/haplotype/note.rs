//! One thing to be said of one allele on one transcript, for the samples it holds for.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::model::allele::Allele;
use crate::model::remark::{InCis, InCisEffect, TranscriptRemark};

/// Longest allele that is written out in a partner's name; of a longer one its length is given.
const LONGEST_SHOWN: usize = 50;

/// Something to be said of an allele on one transcript because of other alleles of the same sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Index of the transcript in the bundle.
    pub transcript_index: u32,
    /// The transcript's accession.
    pub transcript: String,
    /// What is to be said.
    pub in_cis: InCis,
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
    pub(crate) fn new(
        transcript: (u32, &str),
        effect: InCisEffect,
        sample: &str,
        partners: Vec<String>,
    ) -> Self {
        Self {
            transcript_index: transcript.0,
            transcript: transcript.1.to_owned(),
            in_cis: InCis { effect, samples: vec![sample.to_owned()], partners },
        }
    }

    /// True where two notes say the same of different samples.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        self.transcript_index == other.transcript_index
            && self.in_cis.effect == other.in_cis.effect
            && self.in_cis.partners == other.in_cis.partners
    }

    /// The remark on the consequence.
    pub fn remark(&self) -> TranscriptRemark {
        TranscriptRemark::InCis(Box::new(self.in_cis.clone()))
    }

    /// The note for the `flags` column.
    pub fn flag(&self) -> String {
        let mut out = String::new();
        self.in_cis.push(&mut out);
        out
    }
}

/// Without the index, and with the joint effect's fields only where there are any.
impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Note", 8)?;
        fields.serialize_field("transcript", &self.transcript)?;
        fields.serialize_field("kind", self.in_cis.effect.name())?;
        fields.serialize_field("samples", &self.in_cis.samples)?;
        fields.serialize_field("partners", &self.in_cis.partners)?;
        if let Some(compound) = self.in_cis.effect.compound() {
            fields.serialize_field("consequence", &compound.terms.joined())?;
            for (key, name) in [("hgvsc", &compound.hgvsc), ("hgvsp", &compound.hgvsp)] {
                match name {
                    Some(name) => fields.serialize_field(key, name)?,
                    None => fields.skip_field(key)?,
                }
            }
            if compound.restores_frame {
                fields.serialize_field("restores_frame", &true)?;
            }
        }
        fields.end()
    }
}
