//! The nodes and parts of a GFF3 file while it is being read.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::contig::ContigId;
use crate::model::gene::HgncId;
use crate::model::position::Interval;
use crate::model::transcript::{Mane, Strand};

use super::alignment::{self, AlignmentRow};
use super::attributes::{Attributes, Dialect};
use super::values::{hgnc_of_description, incomplete_sides, protein, selenocysteines, with_version};
use super::{BuildReport, Remark, SourceGene};

/// What a part row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    Exon,
    Coding,
    Untranslated,
    Stop,
    Selenocysteine,
}

/// An exon, CDS, UTR or codon row.
#[derive(Debug)]
pub(crate) struct Part {
    pub kind: PartKind,
    pub interval: Interval,
    pub strand: Option<Strand>,
    pub phase: Option<u8>,
    pub protein: Option<String>,
    pub selenocysteines: Vec<Interval>,
    /// Sides at which a partial CDS goes on: true for the low genomic side.
    pub incomplete_low: Vec<bool>,
}

/// A gene or transcript row.
#[derive(Debug)]
pub(crate) struct Node {
    id: u32,
    pub contig: ContigId,
    pub strand: Option<Strand>,
    pub parent: Option<u32>,
    pub is_gene: bool,
    kind: String,
    spelled_id: String,
    attributes: BTreeMap<&'static str, String>,
}

/// Identity of a node: its number by `ID`, and its contig (PAR copies may share an `ID`).
pub(crate) type Key = (u32, ContigId);

/// Everything of a file that matters to us.
#[derive(Debug, Default)]
pub(crate) struct Features {
    numbers: FxHashMap<String, u32>,
    names: Vec<String>,
    pub nodes: Vec<Node>,
    pub node_at: BTreeMap<Key, usize>,
    parents: BTreeMap<Key, ()>,
    parts: BTreeMap<Key, Vec<Part>>,
    alignments: FxHashMap<String, Vec<AlignmentRow>>,
}

/// The attributes that are kept of a node.
const KEPT: &[&str] = &[
    "Name",
    "version",
    "biotype",
    "gene_biotype",
    "transcript_biotype",
    "gene_type",
    "transcript_type",
    "gene_name",
    "gene",
    "gene_id",
    "transcript_id",
    "tag",
    "hgnc_id",
    "Dbxref",
    "db_xref",
    "description",
    "Ensembl_canonical",
    "Note",
];

impl Features {
    fn number(&mut self, id: &str) -> u32 {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        let number = self.names.len() as u32;
        self.names.push(id.to_owned());
        self.numbers.insert(id.to_owned(), number);
        number
    }

    /// The `ID` behind a number.
    pub(crate) fn name_of(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// The `ID` of a node's parent.
    pub(crate) fn parent_name(&self, node: &Node) -> Option<&str> {
        node.parent.map(|p| self.name_of(p))
    }

    /// True where a node is named as the parent of another node.
    pub(crate) fn is_parent(&self, key: Key) -> bool {
        self.parents.contains_key(&key)
    }

    pub(crate) fn take_parts(&mut self) -> BTreeMap<Key, Vec<Part>> {
        std::mem::take(&mut self.parts)
    }

    pub(crate) fn add_part(
        &mut self,
        contig: ContigId,
        kind: PartKind,
        interval: Interval,
        strand: Option<Strand>,
        phase: Option<u8>,
        attributes: &Attributes<'_>,
    ) -> Result<(), String> {
        let parents = attributes.get("Parent").ok_or("the row has no Parent")?;
        let coding = kind == PartKind::Coding;
        for parent in parents.split(',') {
            let part = Part {
                kind,
                interval,
                strand,
                phase,
                protein: if coding { protein(attributes) } else { None },
                selenocysteines: if coding { selenocysteines(attributes)? } else { Vec::new() },
                incomplete_low: if coding { incomplete_sides(attributes, interval) } else { Vec::new() },
            };
            let number = self.number(parent);
            self.parts.entry((number, contig)).or_default().push(part);
        }
        Ok(())
    }

    pub(crate) fn add_alignment(
        &mut self,
        contig: ContigId,
        interval: Interval,
        strand: Option<Strand>,
        attributes: &Attributes<'_>,
    ) -> Result<(), String> {
        let row = alignment::row(contig, interval, strand, attributes)?;
        if let Some((target, row)) = row {
            self.alignments.entry(target).or_default().push(row);
        }
        Ok(())
    }

    /// The alignment rows of a transcript placed on one contig and strand.
    pub(crate) fn alignments_of(
        &self,
        accession: &str,
        contig: ContigId,
        strand: Strand,
    ) -> Option<Vec<AlignmentRow>> {
        let rows: Vec<AlignmentRow> = self
            .alignments
            .get(accession)?
            .iter()
            .filter(|r| r.contig == contig && r.strand == strand)
            .cloned()
            .collect();
        (!rows.is_empty()).then_some(rows)
    }

    pub(crate) fn add_node(
        &mut self,
        contig: ContigId,
        strand: Option<Strand>,
        kind: &str,
        attributes: &Attributes<'_>,
        report: &mut BuildReport,
    ) -> Result<(), String> {
        let spelled_id = attributes.get("ID").ok_or("the row has no ID")?;
        let id = self.number(spelled_id);
        let parent = attributes.get("Parent").and_then(|p| p.split(',').next()).map(str::to_owned);
        let parent = parent.map(|p| self.number(&p));
        if let Some(parent) = parent {
            self.parents.insert((parent, contig), ());
        }
        let is_gene = parent.is_none()
            && (kind.ends_with("gene")
                || spelled_id.starts_with("gene") && !spelled_id.starts_with("transcript"));
        if let Some(&before) = self.node_at.get(&(id, contig)) {
            // RefSeq writes a trans-spliced gene as several rows of one ID: nothing is lost by keeping one.
            if !self.nodes[before].is_gene {
                report.remark(Remark::DuplicateFeature, spelled_id);
            }
            return Ok(());
        }
        let kept = KEPT
            .iter()
            .filter_map(|key| attributes.decoded(key).map(|value| (*key, value.into_owned())))
            .collect();
        self.node_at.insert((id, contig), self.nodes.len());
        self.nodes.push(Node {
            id,
            contig,
            strand,
            parent,
            is_gene,
            kind: kind.to_owned(),
            spelled_id: spelled_id.to_owned(),
            attributes: kept,
        });
        Ok(())
    }

    /// The gene above a node: the last node up the chain of parents. `None` where the chain is broken.
    pub(crate) fn gene_above(&self, at: usize) -> Option<usize> {
        let mut at = at;
        // A chain longer than this is a ring.
        for _ in 0..8 {
            let node = &self.nodes[at];
            match node.parent {
                None => return node.is_gene.then_some(at),
                Some(parent) if parent == node.id => return None,
                Some(parent) => at = *self.node_at.get(&(parent, node.contig))?,
            }
        }
        None
    }
}

impl Node {
    fn get(&self, key: &'static str) -> Option<&str> {
        self.attributes.get(key).map(String::as_str)
    }

    /// True where the comma-separated `tag` attribute holds the tag; RefSeq writes blanks where GENCODE
    /// writes underscores.
    pub(crate) fn tag(&self, tag: &str) -> bool {
        self.get("tag").is_some_and(|tags| tags.split(',').any(|t| t.trim().replace(' ', "_") == tag))
    }

    /// The accession with its version.
    pub(crate) fn accession(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Gencode => self.spelled_id.clone(),
            Dialect::RefSeq => match self.get("transcript_id") {
                Some(id) if !self.is_gene => id.to_owned(),
                _ => self.spelled_id.clone(),
            },
            Dialect::Ensembl | Dialect::Plain => {
                let bare = ["transcript:", "gene:"].iter().find_map(|p| self.spelled_id.strip_prefix(p));
                with_version(bare.unwrap_or(&self.spelled_id), self.get("version"))
            }
        }
    }

    /// The biotype; RefSeq's feature types are given the names Ensembl uses for the same thing.
    pub(crate) fn biotype(&self, dialect: Dialect) -> String {
        let given = ["transcript_type", "transcript_biotype", "biotype", "gene_biotype", "gene_type"];
        if dialect != Dialect::RefSeq
            && let Some(biotype) = given.iter().find_map(|key| self.get(key))
        {
            return biotype.to_owned();
        }
        match (self.kind.as_str(), self.is_gene) {
            ("mRNA", _) => "protein_coding".to_owned(),
            ("lnc_RNA", _) => "lncRNA".to_owned(),
            (_, true) => self.get("gene_biotype").unwrap_or(&self.kind).to_owned(),
            (kind, false) => kind.to_owned(),
        }
    }

    pub(crate) fn mane(&self) -> Option<Mane> {
        if self.tag("MANE_Select") {
            Some(Mane::Select)
        } else if self.tag("MANE_Plus_Clinical") {
            Some(Mane::PlusClinical)
        } else {
            None
        }
    }

    /// True where RefSeq notes that the transcript's own sequence has substitutions, or covers more, than the genome
    /// (`Note=The RefSeq transcript has 1 substitution compared to this genomic sequence`). It does not say where.
    pub(crate) fn differs_from_genome(&self) -> bool {
        self.get("Note").is_some_and(|note| {
            note.contains("RefSeq transcript has ") || note.contains("RefSeq transcript aligns ")
        })
    }

    /// Ensembl canonical; in RefSeq files RefSeq Select, which every MANE Select transcript is.
    pub(crate) fn canonical(&self, dialect: Dialect) -> bool {
        self.tag("Ensembl_canonical")
            || self.get("Ensembl_canonical").is_some_and(|v| v == "1")
            || dialect == Dialect::RefSeq && (self.tag("RefSeq_Select") || self.tag("MANE_Select"))
    }

    /// The gene a gene row describes.
    pub(crate) fn source_gene(&self, dialect: Dialect) -> SourceGene {
        let dbxref = |prefix: &str| {
            ["Dbxref", "db_xref"]
                .iter()
                .filter_map(|key| self.get(key))
                .flat_map(|list| list.split(','))
                .find_map(|entry| entry.strip_prefix(prefix))
        };
        let entrez = dbxref("GeneID:").and_then(|id| id.parse::<u32>().ok());
        let hgnc = self
            .get("hgnc_id")
            .or_else(|| dbxref("HGNC:"))
            .or_else(|| hgnc_of_description(self.get("description")));
        let bare = self.spelled_id.strip_prefix("gene:").unwrap_or(&self.spelled_id);
        let source_id = match (dialect, entrez) {
            (Dialect::RefSeq, Some(id)) => id.to_string(),
            (Dialect::RefSeq, None) => self.spelled_id.clone(),
            (Dialect::Gencode, _) => self.spelled_id.clone(),
            _ => with_version(bare, self.get("version")),
        };
        let symbol = ["gene_name", "gene", "Name"].iter().find_map(|key| self.get(key)).unwrap_or(bare);
        SourceGene {
            source_id,
            symbol: symbol.to_owned(),
            hgnc: hgnc.and_then(|id| id.parse::<HgncId>().ok()).map(|id| id.0),
            entrez,
        }
    }

    /// The gene as its transcript describes it, where the gene has no row of its own.
    pub(crate) fn gene_by_own_words(&self, dialect: Dialect, parent: Option<&str>) -> SourceGene {
        let mut gene = self.source_gene(dialect);
        let parent = parent.map(|p| p.trim_start_matches("gene:").trim_start_matches("gene-"));
        if let Some(id) = self.get("gene_id").or(parent) {
            gene.source_id = id.to_owned();
        }
        if let Some(symbol) = self.get("gene_name").or(self.get("gene")).or(parent) {
            gene.symbol = symbol.to_owned();
        }
        gene
    }
}
