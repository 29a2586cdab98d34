//! Virtual panels: which genes, by which inheritance and mechanism, at which version.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::gene::HgncId;

/// Diagnostic rating of an entity on a panel (PanelApp "traffic light").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// No list (0).
    Grey,
    /// Not enough evidence (1).
    Red,
    /// Moderate evidence (2).
    Amber,
    /// Diagnostic grade (3, and 4 in older dumps).
    Green,
}

/// Mode of inheritance in PanelApp's vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModeOfInheritance {
    /// `MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted`
    MonoallelicNotImprinted,
    /// `MONOALLELIC, …, maternally imprinted (paternal allele expressed)`
    MonoallelicMaternallyImprinted,
    /// `MONOALLELIC, …, paternally imprinted (maternal allele expressed)`
    MonoallelicPaternallyImprinted,
    /// `MONOALLELIC, …, imprinted status unknown`
    Monoallelic,
    /// `BIALLELIC, autosomal or pseudoautosomal`
    Biallelic,
    /// `BOTH monoallelic and biallelic, …`
    MonoallelicAndBiallelic,
    /// `BOTH monoallelic and biallelic (but BIALLELIC mutations cause a more SEVERE disease form), …`
    MonoallelicAndMoreSevereBiallelic,
    /// `X-LINKED: hemizygous mutation in males, biallelic mutations in females`
    XLinkedBiallelic,
    /// `X-LINKED: hemizygous mutation in males, monoallelic mutations in females may cause disease …`
    XLinkedMonoallelic,
    /// `MITOCHONDRIAL`
    Mitochondrial,
    /// `Unknown`
    Unknown,
    /// `Other`, and its longer spellings
    Other,
    /// The empty string
    NotStated,
}

/// Mode of pathogenicity in PanelApp's vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModeOfPathogenicity {
    /// Empty: loss of function is taken to be the mechanism.
    LossOfFunctionAssumed,
    /// `Loss-of-function variants … DO NOT cause this phenotype`
    NotLossOfFunction,
    /// `Other`, in any of its spellings
    Other,
}

/// Penetrance on a panel, and the penetrance setting of a referral.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Penetrance {
    /// Complete.
    #[default]
    Complete,
    /// Incomplete: an unaffected carrier is no contradiction.
    Incomplete,
    /// Not known.
    Unknown,
}

/// What a panel entry is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PanelEntityKind {
    /// A gene, by identity.
    Gene {
        /// HGNC identifier; absent when the source's symbol could not be resolved (kept, and linted).
        hgnc_id: Option<HgncId>,
        /// Symbol in the source.
        symbol: String,
    },
    /// A genomic region (copy-number entries).
    Region {
        /// The source's name of it.
        name: String,
        /// Contig name in the source.
        chromosome: String,
        /// 1-based inclusive GRCh38 coordinates, where given.
        grch38: Option<(u32, u32)>,
        /// 1-based inclusive GRCh37 coordinates, where given.
        grch37: Option<(u32, u32)>,
        /// `small`, `cnv_loss`, `cnv_gain`, `cnv_both`.
        type_of_variants: String,
    },
    /// A short tandem repeat.
    ShortTandemRepeat {
        /// The source's name of it: `ATN1_CAG`.
        name: String,
        /// Gene it lies in, where given.
        hgnc_id: Option<HgncId>,
        /// Repeat unit.
        unit: String,
        /// Largest normal count.
        normal: Option<u32>,
        /// Smallest pathogenic count.
        pathogenic: Option<u32>,
    },
}

/// One entry of a panel version: typed values beside the source's own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PanelEntity {
    /// The gene, region or repeat.
    pub kind: PanelEntityKind,
    /// Rating.
    pub confidence: Confidence,
    /// Mode of inheritance.
    pub mode_of_inheritance: ModeOfInheritance,
    /// The source's own string.
    pub mode_of_inheritance_raw: String,
    /// Mode of pathogenicity.
    pub mode_of_pathogenicity: ModeOfPathogenicity,
    /// The source's own string.
    pub mode_of_pathogenicity_raw: String,
    /// Penetrance.
    pub penetrance: Penetrance,
    /// The source's own string; empty where it gives none.
    #[serde(default)]
    pub penetrance_raw: String,
    /// Panel of a super panel that the entry comes from, with its version, where the source says.
    #[serde(default)]
    pub component: Option<PanelComponent>,
    /// Tags, as in the source.
    pub tags: Vec<String>,
    /// Transcripts named by the source.
    pub transcripts: Vec<String>,
}

/// The panel, and its version, that an entry of a super panel comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelComponent {
    /// Panel identifier.
    pub id: u32,
    /// Version, where the source gives one.
    pub version: Option<String>,
}

/// Who keeps a panel. The same number names different panels in different sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelSource {
    /// Genomics England PanelApp; the Test Directory's numbers mean these.
    #[default]
    England,
    /// PanelApp Australia.
    Australia,
    /// The hub's own.
    Local,
}

/// One version of one panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PanelVersion {
    /// PanelApp identifier.
    pub id: u32,
    /// Who keeps it.
    #[serde(default)]
    pub source: PanelSource,
    /// Name.
    pub name: String,
    /// Status in the source's words: `public`, `retired`.
    #[serde(default)]
    pub status: String,
    /// Version, such as `3.12`.
    pub version: String,
    /// Date of sign-off (ISO), where signed off.
    pub signed_off: Option<String>,
    /// `relevant_disorders`: names and R-codes.
    pub relevant_disorders: Vec<String>,
    /// Type slugs: `gms-signed-off`, `superpanel`.
    pub types: Vec<String>,
    /// Panels a super panel is made of.
    pub children: Vec<u32>,
    /// Its entries.
    pub entities: Vec<PanelEntity>,
    /// BLAKE3 of the source file, hexadecimal.
    pub source_hash: String,
}
