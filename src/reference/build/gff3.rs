//! GFF3 transcripts as Ensembl, GENCODE and RefSeq write them, and plain GFF3 with `ID` and `Parent`.
//!
//! Rows may come in any order. Genes and transcripts are *nodes* (rows with an `ID` that others may name as
//! `Parent`); exons, CDS, UTR and codon rows are *parts* of a node. A transcript is a node with parts.

mod alignment;
mod attributes;
mod features;
mod values;

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::model::transcript::{Exon, Strand};
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;

use super::placed::{Placed, Segment};
use super::report::{BuildReport, Remark};
use super::text::Lines;
use attributes::{Attributes, Dialect};
use features::{Features, Node, PartKind};

/// A gene as a source describes it, before the gene table is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourceGene {
    /// The source's identifier.
    pub source_id: String,
    /// The source's symbol.
    pub symbol: String,
    /// HGNC identifier as the source gives it.
    pub hgnc: Option<u32>,
    /// NCBI Gene identifier.
    pub entrez: Option<u32>,
}

/// Genes and transcripts of one source; `Placed::gene` is an index into the genes.
#[derive(Debug, Default)]
pub(crate) struct SourceContent {
    /// Genes, each with at least one transcript.
    pub genes: Vec<SourceGene>,
    /// Transcripts in file order.
    pub transcripts: Vec<Placed>,
}

/// Reads a GFF3 file.
///
/// # Errors
/// When the file cannot be read, a row is not GFF3, or no row has the attributes of a known dialect.
pub(crate) fn read(
    path: &Path,
    lines: &mut Lines,
    genome: &Genome,
    report: &mut BuildReport,
) -> Result<SourceContent, ReferenceError> {
    let mut features = Features::default();
    let mut contigs: FxHashMap<String, Option<ContigId>> = FxHashMap::default();
    let mut dialect = None;
    while let Some(line) = lines.next_line()? {
        if line.starts_with("##FASTA") || line.starts_with('>') {
            break;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(message) = row(line, genome, &mut contigs, &mut dialect, &mut features, report) {
            return Err(lines.error(message));
        }
    }
    let Some(dialect) = dialect else {
        return Err(ReferenceError::line(
            path,
            lines.number(),
            "no gene or transcript row found; expected GFF3 from Ensembl, GENCODE or RefSeq, or with ID and Parent",
        ));
    };
    report.format = format!("GFF3 ({})", dialect.name());
    Ok(collect(features, dialect, report))
}

/// One row; the error is a message without its place.
fn row(
    line: &str,
    genome: &Genome,
    contigs: &mut FxHashMap<String, Option<ContigId>>,
    dialect: &mut Option<Dialect>,
    features: &mut Features,
    report: &mut BuildReport,
) -> Result<(), String> {
    // Some files have tabs within the last column.
    let mut columns = line.splitn(9, '\t');
    let mut column =
        |name: &str| columns.next().ok_or_else(|| format!("column {name} is missing; GFF3 has nine"));
    let (seqid, _source, kind) = (column("seqid")?, column("source")?, column("type")?);
    let (start, end, _score) = (column("start")?, column("end")?, column("score")?);
    let (strand, phase, attributes) = (column("strand")?, column("phase")?, column("attributes")?);
    report.rows += 1;
    let attributes = Attributes::parse(attributes)?;
    let role = Role::of(kind, &attributes);
    if matches!(role, Role::Ignored) {
        return Ok(());
    }
    if dialect.is_none_or(|d| d == Dialect::Plain)
        && let Some(found) = attributes.dialect()
    {
        *dialect = Some(found);
    }
    let strand = match strand {
        "+" => Some(Strand::Forward),
        "-" => Some(Strand::Reverse),
        "." | "?" => None,
        other => return Err(format!("strand is '{other}'; expected +, -, . or ?")),
    };
    let phase = match phase {
        "." => None,
        "0" | "1" | "2" => Some(phase.as_bytes()[0] - b'0'),
        other => return Err(format!("phase is '{other}'; expected 0, 1, 2 or .")),
    };
    let contig = *contigs.entry(seqid.to_owned()).or_insert_with(|| genome.contig_id(seqid));
    let Some(contig) = contig else {
        if !matches!(role, Role::Part(_) | Role::Alignment) && attributes.get("Parent").is_some() {
            report.remark(Remark::ContigNotInFasta, &format!("{} on {seqid}", attributes.name()));
        }
        return Ok(());
    };
    // The extent of genes and transcripts follows from their parts.
    match role {
        Role::Part(part) => {
            features.add_part(contig, part, interval(start, end)?, strand, phase, &attributes)
        }
        Role::Alignment => features.add_alignment(contig, interval(start, end)?, strand, &attributes),
        Role::Node | Role::Ignored => features.add_node(contig, strand, kind, &attributes, report),
    }
}

/// What a row is to us.
enum Role {
    Node,
    Part(PartKind),
    Alignment,
    Ignored,
}

impl Role {
    fn of(kind: &str, attributes: &Attributes<'_>) -> Self {
        match kind {
            "exon" | "pseudogenic_exon" => Self::Part(PartKind::Exon),
            "CDS" => Self::Part(PartKind::Coding),
            "five_prime_UTR" | "three_prime_UTR" | "UTR" | "five_prime_utr" | "three_prime_utr" => {
                Self::Part(PartKind::Untranslated)
            }
            "stop_codon" => Self::Part(PartKind::Stop),
            "stop_codon_redefined_as_selenocysteine" | "Selenocysteine" | "selenocysteine" => {
                Self::Part(PartKind::Selenocysteine)
            }
            "cDNA_match" => Self::Alignment,
            "start_codon" | "intron" | "biological_region" | "region" | "chromosome" | "match" => {
                Self::Ignored
            }
            _ if attributes.get("ID").is_none() => Self::Ignored,
            _ if attributes.get("Parent").is_some() || looks_like_gene(kind, attributes) => Self::Node,
            _ => Self::Ignored,
        }
    }
}

/// Old Ensembl files call some genes `RNA`; their `ID` then says `gene:`.
fn looks_like_gene(kind: &str, attributes: &Attributes<'_>) -> bool {
    kind.ends_with("gene")
        || attributes.get("ID").is_some_and(|id| id.starts_with("gene") || id.starts_with("transcript"))
        || matches!(kind, "transcript" | "mRNA" | "ncRNA" | "lnc_RNA")
}

fn interval(start: &str, end: &str) -> Result<Interval, String> {
    let number = |text: &str, name: &str| {
        text.parse::<u32>().map_err(|_| format!("{name} is '{text}'; expected a whole number"))
    };
    let (start, end) = (number(start, "start")?, number(end, "end")?);
    if start == 0 || end < start {
        return Err(format!("positions {start} to {end} are not a 1-based interval"));
    }
    Ok(Interval::new(start - 1, end))
}

/// Turns nodes and parts into transcripts under their genes.
fn collect(mut features: Features, dialect: Dialect, report: &mut BuildReport) -> SourceContent {
    let mut content = SourceContent::default();
    let mut gene_of: FxHashMap<String, u32> = FxHashMap::default();
    let parts = features.take_parts();
    for (key, parts) in &parts {
        let Some(&at) = features.node_at.get(key) else {
            report.remark(Remark::ParentMissing, features.name_of(key.0));
            continue;
        };
        let node = &features.nodes[at];
        let Some(strand) = one_strand(node, parts) else {
            report.remark(Remark::StrandsDisagree, &node.accession(dialect));
            continue;
        };
        let gene_node = features.gene_above(at);
        if gene_node == Some(at) && node.parent.is_none() && node.is_gene {
            report.remark(Remark::NamedAfterGene, &node.accession(dialect));
        }
        let gene = match gene_node {
            Some(gene) => features.nodes[gene].source_gene(dialect),
            None => {
                report.remark(Remark::GeneRowMissing, &node.accession(dialect));
                node.gene_by_own_words(dialect, features.parent_name(node))
            }
        };
        let gene = *gene_of.entry(gene.source_id.clone()).or_insert_with(|| {
            content.genes.push(gene);
            (content.genes.len() - 1) as u32
        });
        let mut placed = placed(node, dialect, strand, parts);
        placed.gene = gene;
        attach_alignment(&mut placed, &features, report);
        content.transcripts.push(placed);
    }
    for (key, &at) in &features.node_at {
        let node = &features.nodes[at];
        if node.parent.is_some() && !node.is_gene && !parts.contains_key(key) && !features.is_parent(*key) {
            report.remark(Remark::NoExons, &node.accession(dialect));
        }
    }
    content
}

/// The strand of a transcript and of all its parts; a row without strand agrees with any.
fn one_strand(node: &Node, parts: &[features::Part]) -> Option<Strand> {
    let mut strands = parts.iter().map(|p| p.strand).chain([node.strand]).flatten();
    let first = strands.next()?;
    strands.all(|s| s == first).then_some(first)
}

fn placed(node: &Node, dialect: Dialect, strand: Strand, parts: &[features::Part]) -> Placed {
    let mut placed = Placed::new(node.accession(dialect), node.contig, strand);
    placed.biotype = node.biotype(dialect);
    placed.mane = node.mane();
    placed.canonical = node.canonical(dialect);
    placed.differs_somewhere = node.differs_from_genome();
    placed.start_incomplete = node.tag("cds_start_NF").then_some(true);
    placed.end_incomplete = node.tag("cds_end_NF").then_some(true);
    if dialect == Dialect::Gencode {
        // GENCODE tags every incomplete CDS, so that silence is a statement.
        placed.start_incomplete = Some(placed.start_incomplete.is_some());
        placed.end_incomplete = Some(placed.end_incomplete.is_some());
    }
    for part in parts {
        match part.kind {
            PartKind::Exon => placed.exons.push(part.interval),
            PartKind::Untranslated => placed.untranslated.push(part.interval),
            PartKind::Stop => placed.stops.push(part.interval),
            PartKind::Selenocysteine => placed.selenocysteines.push(part.interval),
            PartKind::Coding => {
                placed.segments.push(Segment { interval: part.interval, phase: part.phase });
                if placed.protein.is_none() {
                    placed.protein = part.protein.clone();
                }
                placed.selenocysteines.extend(&part.selenocysteines);
                for low in &part.incomplete_low {
                    let at_start = *low == (strand == Strand::Forward);
                    let side =
                        if at_start { &mut placed.start_incomplete } else { &mut placed.end_incomplete };
                    *side = Some(true);
                }
            }
        }
    }
    placed
}

/// Replaces exon rows by gapless blocks where `cDNA_match` rows describe gaps.
fn attach_alignment(placed: &mut Placed, features: &Features, report: &mut BuildReport) {
    let Some(rows) = features.alignments_of(&placed.accession, placed.contig, placed.strand) else { return };
    if rows.iter().all(|r| r.gap.is_none()) && rows.len() == placed.exons.len() {
        return;
    }
    let blocks = alignment::blocks(&rows, placed.strand);
    match blocks.filter(|(blocks, _)| covers_same(blocks, &placed.exons)) {
        Some((blocks, lacking)) => {
            report.remark(Remark::AlignmentGap, &placed.accession);
            placed.blocks = Some(blocks);
            placed.lacking = lacking;
        }
        None => {
            report.remark(Remark::AlignmentUnusable, &placed.accession);
            placed.differs_somewhere = true;
        }
    }
}

/// True where blocks and exon rows reach over the same stretch of the contig.
fn covers_same(blocks: &[Exon], exons: &[Interval]) -> bool {
    let low = |i: &mut dyn Iterator<Item = u32>| i.min();
    let high = |i: &mut dyn Iterator<Item = u32>| i.max();
    low(&mut blocks.iter().map(|b| b.start)) == low(&mut exons.iter().map(|e| e.start))
        && high(&mut blocks.iter().map(|b| b.end)) == high(&mut exons.iter().map(|e| e.end))
}
