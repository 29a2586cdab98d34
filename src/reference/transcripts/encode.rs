//! Transcripts and genes as the bytes of their file.

use rustc_hash::FxHashMap;

use crate::model::gene::Gene;
use crate::model::transcript::{Exon, OwnBase, Transcript};

use super::super::sections::{self, FileKind};
use super::layout::{GeneRow, TextRef, TranscriptRow};

/// Text in which equal pieces are kept once.
#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    known: FxHashMap<String, TextRef>,
}

impl Text {
    fn add(&mut self, piece: &str) -> TextRef {
        if let Some(&known) = self.known.get(piece) {
            return known;
        }
        let text = TextRef { offset: self.bytes.len() as u32, length: piece.len() as u32 };
        self.bytes.extend(piece.as_bytes());
        self.known.insert(piece.to_owned(), text);
        text
    }
}

/// The bytes of the file; sorts the transcripts.
pub(crate) fn encode(genes: &[Gene], mut transcripts: Vec<Transcript>) -> Vec<u8> {
    transcripts.sort_by(|a, b| {
        let (x, y) = (a.interval(), b.interval());
        (a.contig, x.start, x.end, &a.accession).cmp(&(b.contig, y.start, y.end, &b.accession))
    });
    let mut text = Text::default();
    let genes: Vec<GeneRow> = genes
        .iter()
        .map(|gene| GeneRow {
            symbol: text.add(&gene.symbol),
            source_id: text.add(&gene.source_id),
            hgnc: gene.hgnc_id.map_or(0, |id| id.0),
        })
        .collect();
    let mut exons: Vec<Exon> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let mut own_bases: Vec<OwnBase> = Vec::new();
    let mut rows: Vec<TranscriptRow> = Vec::with_capacity(transcripts.len());
    let mut furthest: Vec<u32> = Vec::with_capacity(transcripts.len());
    let mut index: Vec<u32> = vec![0];
    for transcript in &transcripts {
        while index.len() <= transcript.contig.index() {
            index.push(rows.len() as u32);
        }
        let interval = transcript.interval();
        let same_contig = rows.len() > *index.last().unwrap_or(&0) as usize;
        let before = if same_contig { furthest.last().copied().unwrap_or(0) } else { 0 };
        furthest.push(before.max(interval.end));
        let coding = transcript.coding.as_ref();
        let row = TranscriptRow {
            start: interval.start,
            end: interval.end,
            gene: transcript.gene,
            accession: text.add(&transcript.accession),
            biotype: text.add(&transcript.biotype),
            protein: coding.and_then(|c| c.protein.as_deref()).map(|p| text.add(p)).unwrap_or_default(),
            first_exon: exons.len() as u32,
            exon_count: transcript.exons.len() as u32,
            cds_start: coding.map_or(0, |c| c.cds.start),
            cds_end: coding.map_or(0, |c| c.cds.end),
            first_number: numbers.len() as u32,
            selenocysteine_count: coding.map_or(0, |c| c.selenocysteines.len() as u32),
            slippage_count: coding.map_or(0, |c| c.slippage.len() as u32),
            skipped_count: coding.map_or(0, |c| c.skipped.len() as u32),
            first_own_base: own_bases.len() as u32,
            own_base_count: transcript.own_bases.len() as u32,
            flags: 0,
        };
        rows.push(row.with_flags(transcript));
        exons.extend(&transcript.exons);
        own_bases.extend(&transcript.own_bases);
        if let Some(coding) = coding {
            numbers.extend(&coding.selenocysteines);
            numbers.extend(&coding.slippage);
            numbers.extend(&coding.skipped);
        }
    }
    index.push(rows.len() as u32);
    sections::encode(
        FileKind::Transcripts,
        &[
            &text.bytes,
            bytemuck::cast_slice(&genes),
            bytemuck::cast_slice(&rows),
            bytemuck::cast_slice(&exons),
            bytemuck::cast_slice(&numbers),
            bytemuck::cast_slice(&index),
            bytemuck::cast_slice(&furthest),
            bytemuck::cast_slice(&own_bases),
        ],
    )
}
