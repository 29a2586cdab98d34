//! What is known about one allele: its effect on each transcript, and the rows of the site tables.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize};

use super::consequence::{Impact, Terms};
use super::gene::HgncId;
use super::numbering::{Ends, Numbers};
use super::remark::TranscriptRemarks;
use super::transcript::{Mane, Strand};

/// The effect of one allele on one transcript (or on no transcript, for an intergenic one).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TranscriptConsequence {
    /// Gene symbol, for display.
    pub gene: String,
    /// Index of the gene in the bundle; absent for an intergenic consequence.
    pub gene_index: Option<u32>,
    /// The gene's identity, where it has one.
    pub hgnc_id: Option<HgncId>,
    /// Transcript accession with version; empty for an intergenic consequence.
    pub transcript: String,
    /// Index of the transcript in the bundle; absent for an intergenic consequence.
    pub transcript_index: Option<u32>,
    /// Biotype in the source's words.
    pub biotype: String,
    /// Strand of the transcript.
    pub strand: Option<Strand>,
    /// Sequence Ontology terms, for the placement the HGVS name describes.
    pub terms: Terms,
    /// Impact class of the most severe term.
    pub impact: Impact,
    /// `3/12`, where an exon is touched.
    pub exon: Option<Numbers>,
    /// `2/11`, where an intron is touched.
    pub intron: Option<Numbers>,
    /// Position or range in the spliced transcript, 1-based.
    pub cdna_position: Option<Ends>,
    /// Position or range in the coding sequence, 1-based.
    pub cds_position: Option<Ends>,
    /// Position or range in the protein, 1-based.
    pub protein_position: Option<Ends>,
    /// `K/N`.
    pub amino_acids: Option<String>,
    /// `aaG/aaC`.
    pub codons: Option<String>,
    /// `NM_…:c.…` or `n.…`.
    pub hgvsc: Option<String>,
    /// `NP_…:p.(…)`.
    pub hgvsp: Option<String>,
    /// Standing in the MANE set.
    pub mane: Option<Mane>,
    /// Canonical transcript of its gene in the source.
    pub canonical: bool,
    /// Whether the new stop, if there is one, is expected to trigger nonsense-mediated decay.
    pub nmd: Option<NonsenseMediatedDecay>,
    /// Remarks.
    pub flags: TranscriptRemarks,
}

/// Whether a premature stop is expected to trigger nonsense-mediated decay, and by which rule not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonsenseMediatedDecay {
    /// The rule by which the transcript escapes; decay is expected where there is none.
    pub escape: Option<DecayEscape>,
    /// Bases from the new stop to the last exon–exon junction; negative when it comes after the junction, absent
    /// where there is none.
    pub distance_to_last_junction: Option<i64>,
}

/// A rule by which a transcript with a premature stop escapes nonsense-mediated decay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecayEscape {
    /// The stop is in the last exon.
    LastExon,
    /// The stop is in the last 50 bases before the last junction.
    #[serde(rename = "last_50_bases")]
    Last50Bases,
    /// There is no junction.
    SingleExon,
}

impl DecayEscape {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::LastExon => "last_exon",
            Self::Last50Bases => "last_50_bases",
            Self::SingleExon => "single_exon",
        }
    }

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::LastExon => "the new stop codon is in the last exon",
            Self::Last50Bases => "the new stop codon is in the last 50 bases of the penultimate exon",
            Self::SingleExon => "the transcript has a single exon",
        }
    }
}

impl NonsenseMediatedDecay {
    /// True when decay is expected.
    pub fn is_predicted(&self) -> bool {
        self.escape.is_none()
    }

    /// Appends `predicted`, or `escapes:` and the rule.
    pub fn push(&self, out: &mut String) {
        match self.escape {
            None => out.push_str("predicted"),
            Some(rule) => {
                out.push_str("escapes:");
                out.push_str(rule.name());
            }
        }
    }
}

impl Serialize for NonsenseMediatedDecay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("NonsenseMediatedDecay", 3)?;
        fields.serialize_field("predicted", &self.is_predicted())?;
        fields.serialize_field("escape", &self.escape)?;
        fields.serialize_field("distance_to_last_junction", &self.distance_to_last_junction)?;
        fields.end()
    }
}

/// Why an allele has no consequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotEvaluable {
    /// The reference holds N where the allele, or its transcript context, lies.
    ReferenceBaseUnknown,
    /// REF differs from the reference base.
    ReferenceMismatch,
    /// The allele runs past the end of the contig.
    PastContigEnd,
    /// The allele is symbolic, a breakend, `*` or `<NON_REF>`.
    NotASequence,
    /// The allele holds N or another ambiguity code.
    AmbiguousBases,
    /// The contig is not in the reference.
    UnknownContig,
}

impl NotEvaluable {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReferenceBaseUnknown => "reference_base_unknown",
            Self::ReferenceMismatch => "reference_mismatch",
            Self::PastContigEnd => "past_contig_end",
            Self::NotASequence => "not_a_sequence",
            Self::AmbiguousBases => "ambiguous_bases",
            Self::UnknownContig => "unknown_contig",
        }
    }

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::ReferenceBaseUnknown => "not evaluable: reference base unknown",
            Self::ReferenceMismatch => "not evaluable: REF differs from the reference",
            Self::PastContigEnd => "not evaluable: allele extends past the end of the contig",
            Self::NotASequence => "not evaluable: the allele is not a sequence",
            Self::AmbiguousBases => "not evaluable: the allele contains ambiguous bases",
            Self::UnknownContig => "not evaluable: contig not in the reference",
        }
    }
}

/// The annotation of one allele.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Annotation {
    /// `NC_…:g.…`, or with the contig's name where no accession is known.
    pub hgvsg: Option<String>,
    /// One entry per transcript touched (5,000 bp either side included), or one intergenic entry.
    pub consequences: Vec<TranscriptConsequence>,
    /// Set when no consequence can be given; `consequences` is then empty.
    pub not_evaluable: Option<NotEvaluable>,
}

/// One value of a site table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SiteValue {
    /// A count or other whole number.
    Integer(i64),
    /// A score.
    Float(f64),
    /// A text, as in the source.
    Text(String),
    /// A flag that is set.
    Flag(bool),
}
