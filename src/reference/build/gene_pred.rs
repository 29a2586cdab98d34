//! Transcripts in UCSC tables: genePred, genePredExt (refGene) with or without `bin`, refFlat, and the
//! bigGenePred BED of MANE.
//!
//! `cdsStartStat` and `cdsEndStat` speak of the low and the high genomic end, not of start and stop codon.
//! `exonFrames` gives, per exon, the position within its codon of the exon's first coding base in transcript
//! direction, and -1 for an exon without any (UCSC Genome Browser, "Gene prediction table formats").

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::model::position::Interval;
use crate::model::transcript::{Exon, Mane, Strand};
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;

use super::gff3::{SourceContent, SourceGene};
use super::placed::{Placed, Segment};
use super::report::{BuildReport, Remark};
use super::text::Lines;

mod columns;
use columns::{Columns, Layout};

/// Blocks closer than this are one exon on the transcript: the genome has bases the transcript lacks, or,
/// at distance 0, lacks bases it has. The shortest human introns are about 30 bases long (Piovesan et al.
/// 2015, DNA Research 22:495).
const SHORTEST_INTRON: u32 = 20;

/// Reads a table.
///
/// # Errors
/// When the file cannot be read, or a row does not have the columns its neighbours have.
pub(crate) fn read(
    path: &Path,
    lines: &mut Lines,
    genome: &Genome,
    report: &mut BuildReport,
) -> Result<SourceContent, ReferenceError> {
    let mut content = SourceContent::default();
    let mut genes: FxHashMap<String, u32> = FxHashMap::default();
    let mut layout: Option<Layout> = None;
    while let Some(line) = lines.next_line()? {
        if line.is_empty() || line.starts_with("track ") || line.starts_with("browser ") {
            continue;
        }
        if line.starts_with('#') {
            layout = layout.or_else(|| Layout::from_heading(line));
            continue;
        }
        let result = match layout {
            Some(layout) => Ok(layout),
            None => Layout::from_row(line),
        };
        let result = result.and_then(|found| {
            layout = Some(found);
            row(&found.split(line)?, genome, &mut content, &mut genes, report)
        });
        if let Err(message) = result {
            return Err(lines.error(message));
        }
    }
    let Some(layout) = layout else {
        return Err(ReferenceError::source_file(path, "holds no transcript"));
    };
    report.format = layout.name().to_owned();
    Ok(content)
}

fn row(
    columns: &Columns<'_>,
    genome: &Genome,
    content: &mut SourceContent,
    genes: &mut FxHashMap<String, u32>,
    report: &mut BuildReport,
) -> Result<(), String> {
    report.rows += 1;
    let strand = match columns.strand {
        "+" => Strand::Forward,
        "-" => Strand::Reverse,
        other => return Err(format!("strand is '{other}'; expected + or -")),
    };
    let exons = columns.exons()?;
    let cds = columns.cds()?;
    let frames = columns.frames(exons.len())?;
    let Some(contig) = genome.contig_id(columns.chrom) else {
        report.remark(Remark::ContigNotInFasta, &format!("{} on {}", columns.name, columns.chrom));
        return Ok(());
    };
    let mut placed = Placed::new(columns.name.to_owned(), contig, strand);
    placed.biotype = columns.biotype(!cds.is_empty());
    placed.protein = columns.protein.map(str::to_owned);
    placed.mane = match columns.mane {
        Some("MANE Select") => Some(Mane::Select),
        Some("MANE Plus Clinical") => Some(Mane::PlusClinical),
        _ => None,
    };
    placed.canonical = placed.mane == Some(Mane::Select);
    let (low, high) = (incomplete(columns.start_status)?, incomplete(columns.end_status)?);
    (placed.start_incomplete, placed.end_incomplete) = match strand {
        Strand::Forward => (low, high),
        Strand::Reverse => (high, low),
    };
    placed.segments = segments(&exons, cds, frames.as_deref(), strand);
    if exons
        .windows(2)
        .any(|pair| pair[1].start >= pair[0].end && pair[1].start - pair[0].end < SHORTEST_INTRON)
    {
        report.remark(Remark::AlignmentGap, columns.name);
        placed.blocks = Some(blocks(&exons, cds, frames.as_deref(), strand, columns.name, report));
    }
    placed.exons = exons;
    placed.gene = gene(columns, content, genes);
    content.transcripts.push(placed);
    Ok(())
}

/// What a status says; nothing for `none` and `unk`.
fn incomplete(status: Option<&str>) -> Result<Option<bool>, String> {
    match status {
        Some("cmpl") => Ok(Some(false)),
        Some("incmpl") => Ok(Some(true)),
        None | Some("none" | "unk") => Ok(None),
        Some(other) => Err(format!("CDS status is '{other}'; expected cmpl, incmpl, unk or none")),
    }
}

fn segments(exons: &[Interval], cds: Interval, frames: Option<&[i8]>, strand: Strand) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (at, exon) in exons.iter().enumerate() {
        let (start, end) = (exon.start.max(cds.start), exon.end.min(cds.end));
        if start < end {
            let phase = frames.and_then(|f| u8::try_from(f[at]).ok()).map(|frame| (3 - frame % 3) % 3);
            segments.push(Segment { interval: Interval::new(start, end), phase });
        }
    }
    if strand == Strand::Reverse {
        segments.reverse();
    }
    segments
}

/// Blocks with the transcript's own offsets: where two blocks of one exon touch, the frame tells how many
/// bases (modulo three) the transcript has that the genome lacks.
fn blocks(
    exons: &[Interval],
    cds: Interval,
    frames: Option<&[i8]>,
    strand: Strand,
    name: &str,
    report: &mut BuildReport,
) -> Vec<Exon> {
    let mut order: Vec<usize> = (0..exons.len()).collect();
    if strand == Strand::Reverse {
        order.reverse();
    }
    let mut blocks: Vec<Exon> = Vec::with_capacity(exons.len());
    let (mut cdna, mut read) = (0u32, None::<u32>);
    for (step, &at) in order.iter().enumerate() {
        let exon = exons[at];
        let coding = exon.end.min(cds.end).saturating_sub(exon.start.max(cds.start));
        let frame = frames.and_then(|f| u32::try_from(f[at]).ok());
        if coding > 0 {
            let expected = *read.get_or_insert(frame.unwrap_or(0));
            let touches = step > 0 && {
                let before = exons[order[step - 1]];
                before.end == exon.start || exon.end == before.start
            };
            if let (true, Some(frame)) = (touches, frame) {
                let missing = (frame + 3 - expected % 3) % 3;
                if missing > 0 {
                    report.remark(Remark::GapFromFrame, name);
                }
                cdna += missing;
                read = Some(expected + missing);
            }
        }
        blocks.push(Exon { start: exon.start, end: exon.end, cdna_start: cdna });
        cdna += exon.len();
        read = read.map(|r| r + coding);
    }
    blocks
}

/// The gene of a row; rows of one symbol (or gene identifier, where given) share it.
fn gene(columns: &Columns<'_>, content: &mut SourceContent, genes: &mut FxHashMap<String, u32>) -> u32 {
    let source_id = columns.gene_id.unwrap_or(columns.symbol);
    if let Some(&index) = genes.get(source_id) {
        return index;
    }
    let index = content.genes.len() as u32;
    content.genes.push(SourceGene {
        source_id: source_id.to_owned(),
        symbol: columns.symbol.to_owned(),
        hgnc: None,
        entrez: columns.entrez.and_then(|id| id.trim_start_matches("GeneID:").parse().ok()),
    });
    genes.insert(source_id.to_owned(), index);
    index
}
