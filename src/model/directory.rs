//! The National Genomic Test Directory: test codes and what each stands for.

use serde::{Deserialize, Serialize};

use super::gene::HgncId;

/// A test code such as `R59.3` or `M4.14`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TestCode(pub String);

impl std::fmt::Display for TestCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A gene named by a Directory row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NamedGene {
    /// The text of the row.
    pub symbol: String,
    /// Its identity, once resolved against the gene table.
    pub hgnc_id: Option<HgncId>,
}

/// What a Directory row asks to be tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum TestTarget {
    /// One or more PanelApp panels, by identifier.
    Panels(Vec<u32>),
    /// A list of genes.
    Genes(Vec<NamedGene>),
    /// All genes: the trio gene-agnostic analysis.
    GeneAgnostic,
    /// The requester names the panels.
    RequesterSelectedPanels,
    /// A variant known in the family.
    FamilialVariant,
    /// Variants named by the row, such as `FGFR3 c.1138`.
    NamedVariants(Vec<String>),
    /// A repeat, such as `FMR1 STR`.
    ShortTandemRepeat(Vec<NamedGene>),
    /// The whole genome (microarray and the like).
    Genomewide,
    /// The mitochondrial genome.
    MitochondrialGenome,
    /// Methylation or imprinting.
    Imprinting(String),
    /// Decision by another test: `As dictated by relevant test ID`.
    DependsOnOtherTest(String),
    /// Not understood: kept with its text, never an empty panel.
    Unresolved(String),
}

/// One test of the Directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DirectoryTest {
    /// `R59.3`.
    pub code: TestCode,
    /// `R59`.
    pub indication: String,
    /// Name of the clinical indication.
    pub name: String,
    /// What is tested.
    pub target: TestTarget,
    /// The row's own words for it.
    pub target_raw: String,
    /// Test method, in the row's own words, trimmed.
    pub method: String,
    /// Commissioning category, in the row's own words, trimmed.
    #[serde(default)]
    pub commissioning: String,
    /// Specialist test group, in the row's own words, trimmed.
    #[serde(default)]
    pub specialist_group: String,
    /// What changed since the last publication, in the row's own words, trimmed.
    #[serde(default)]
    pub changes: String,
    /// Sheet of a workbook; empty where the source has one table only.
    #[serde(default)]
    pub sheet: String,
    /// Row number in the source, 1-based.
    pub row: u32,
}

/// One release of the Directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestDirectory {
    /// Release, as its title states it or as given on import.
    pub release: String,
    /// BLAKE3 of the source file, hexadecimal.
    pub source_hash: String,
    /// Dates that the source states of itself, as `2026-01` or `2026-01-31`, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<String>,
    /// Its tests, in row order.
    pub tests: Vec<DirectoryTest>,
}
