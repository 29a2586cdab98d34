//! A variant: its coordinates, its names, and what it does.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::consequence::{Impact, Term};
use crate::model::transcript::Mane;

/// Coordinates and bases, as VCF writes them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// `CHROM-POS-REF-ALT`.
    pub name: String,
    /// Contig, as the reference names it.
    pub chrom: String,
    /// 1-based position of the first base of `reference`.
    pub position: u32,
    /// REF.
    pub reference: String,
    /// ALT.
    pub alternate: String,
}

impl Variant {
    /// A variant; its name is made from its parts.
    pub fn new(
        chrom: impl Into<String>,
        position: u32,
        reference: impl Into<String>,
        alternate: impl Into<String>,
    ) -> Self {
        let (chrom, reference, alternate) = (chrom.into(), reference.into(), alternate.into());
        let name = format!("{chrom}-{position}-{reference}-{alternate}");
        Self { name, chrom, position, reference, alternate }
    }
}

/// The variant as the input wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputSpelling {
    /// File, as the samplesheet writes it.
    pub file: String,
    /// 1-based number of the record in that file, where known.
    pub record: Option<u64>,
    /// Coordinates and bases there (of this allele, not moved).
    pub variant: Variant,
    /// FILTER there: `PASS`, `.`, or the names of the filters let through.
    pub filter: String,
}

/// HGVS names and the transcript they refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nomenclature {
    /// `NC_…:g.…`.
    pub genomic: Option<String>,
    /// `NM_…:c.…` or `n.…`.
    pub coding: Option<String>,
    /// `NP_…:p.(…)`.
    pub protein: Option<String>,
    /// Transcript with version.
    pub transcript: Option<String>,
    /// Why this transcript.
    pub transcript_reason: String,
    /// Standing in the MANE set.
    pub mane: Option<Mane>,
    /// `3/12`, where an exon is touched.
    pub exon: Option<String>,
    /// `2/11`, where an intron is touched.
    pub intron: Option<String>,
}

/// A Sequence Ontology term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SequenceOntologyTerm {
    /// `stop_gained`.
    pub name: String,
    /// `SO:0001587`.
    pub accession: String,
}

impl From<Term> for SequenceOntologyTerm {
    fn from(term: Term) -> Self {
        Self { name: term.name().to_owned(), accession: format!("SO:{:07}", term.accession()) }
    }
}

/// What the variant does to the reported transcript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    /// In words: `new stop codon`.
    pub words: String,
    /// Terms, most severe first.
    pub terms: Vec<SequenceOntologyTerm>,
    /// Impact class; absent when no consequence was predicted.
    pub impact: Option<Impact>,
    /// Set when no consequence can be given, with the reason.
    pub not_evaluable: Option<String>,
}

/// A transcript on which the terms differ from those reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherTranscript {
    /// Gene symbol.
    pub gene: String,
    /// Transcript with version.
    pub transcript: String,
    /// Biotype.
    pub biotype: String,
    /// Standing in the MANE set.
    pub mane: Option<Mane>,
    /// Terms there, most severe first.
    pub terms: Vec<SequenceOntologyTerm>,
    /// c. or n. name there.
    pub coding: Option<String>,
    /// p. name there.
    pub protein: Option<String>,
}

/// Whether the transcript is expected to be removed by nonsense-mediated decay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NonsenseMediatedDecayPrediction {
    /// True when decay is expected.
    pub predicted: bool,
    /// The prediction and its rule, in words.
    pub words: String,
}
