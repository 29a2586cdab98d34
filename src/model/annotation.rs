//! What is known about one allele: its effect on each transcript, and the rows of the site tables.

use serde::{Deserialize, Serialize};

use super::consequence::{Impact, Terms};
use super::gene::HgncId;
use super::transcript::{Mane, Strand};

/// The effect of one allele on one transcript (or on no transcript, for an intergenic one).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    pub exon: Option<String>,
    /// `2/11`, where an intron is touched.
    pub intron: Option<String>,
    /// Position or range in the spliced transcript, 1-based.
    pub cdna_position: Option<String>,
    /// Position or range in the coding sequence, 1-based.
    pub cds_position: Option<String>,
    /// Position or range in the protein, 1-based.
    pub protein_position: Option<String>,
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
    /// Remarks for the `flags` column, such as `placement_dependent=splice_donor_variant`.
    pub flags: Vec<String>,
}

/// Whether a premature stop is expected to trigger nonsense-mediated decay, and by which rule not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonsenseMediatedDecay {
    /// True when decay is expected.
    pub predicted: bool,
    /// The rule by which the transcript escapes: `last_exon`, `last_50_bases`, `single_exon`.
    pub escape: Option<String>,
    /// Bases from the new stop to the last exon–exon junction; negative when it lies behind it.
    pub distance_to_last_junction: Option<i64>,
}

impl NonsenseMediatedDecay {
    /// `nmd=predicted`, or `nmd=escapes:` and the rule.
    pub fn push_flag(&self, out: &mut String) {
        out.push_str(if self.predicted { "nmd=predicted" } else { "nmd=escapes" });
        if let Some(rule) = &self.escape {
            out.push(':');
            out.push_str(rule);
        }
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
