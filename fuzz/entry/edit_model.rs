//! Any transcript on any genome, any allele: an answer or a reason, never a panic, and no half answers.

use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::model::gene::Gene;
use ithaca::model::position::Interval;
use ithaca::model::transcript::{Coding, Exon, Strand, Transcript};
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::Transcripts;

use super::bytes::Choices;

/// Builds a world from the bytes and annotates one allele in it.
pub fn run(data: &[u8]) {
    let mut choices = Choices(data);
    let length = 20 + choices.below(180);
    let name = if choices.once_in(4) { "chrM" } else { "chr1" };
    let bases = choices.bases(length);
    let genome = Genome::from_sequences(vec![(name.to_owned(), bases.clone())]);
    let gene = Gene { hgnc_id: None, symbol: "G".to_owned(), source_id: "1".to_owned() };
    let transcripts = Transcripts::from_records(vec![gene], vec![transcript(&mut choices, length)]);
    let annotator = Annotator::new(&genome, &transcripts, Options::new(Assembly::GRCh38));
    let allele = allele(&mut choices, &bases);
    let mut scratch = Scratch::new();
    let answer = annotator.annotate(&allele, &mut scratch);
    assert_ne!(answer.not_evaluable.is_some(), answer.hgvsg.is_some());
    for consequence in &answer.consequences {
        assert!(!consequence.terms.is_empty());
        assert!(
            consequence.hgvsp.is_none()
                || consequence.hgvsc.is_some()
                || consequence.transcript_index.is_some()
        );
    }
    let mut terms = Vec::new();
    annotator.terms(&allele, &mut scratch, |_, found| terms.push(found));
    let full: Vec<_> =
        answer.consequences.iter().filter(|c| c.transcript_index.is_some()).map(|c| c.terms).collect();
    assert_eq!(terms, full);
}

fn transcript(choices: &mut Choices<'_>, length: u32) -> Transcript {
    let mut exons: Vec<(u32, u32)> = Vec::new();
    let mut at = choices.below(length / 2);
    for _ in 0..=choices.below(4) {
        let end = at + 1 + choices.below(40);
        if end >= length {
            break;
        }
        exons.push((at, end));
        at = end + choices.below(30);
    }
    if exons.is_empty() {
        exons.push((0, length));
    }
    let strand = if choices.once_in(2) { Strand::Forward } else { Strand::Reverse };
    if strand == Strand::Reverse {
        exons.reverse();
    }
    let mut spliced = 0;
    let exons: Vec<Exon> = exons
        .into_iter()
        .map(|(start, end)| {
            let exon = Exon { start, end, cdna_start: spliced };
            // Now and then the transcript holds bases that the genome lacks.
            spliced += end - start + u32::from(choices.once_in(16));
            exon
        })
        .collect();
    let total = exons.last().map_or(0, |e| e.cdna_start + e.len());
    let coding = (!choices.once_in(8)).then(|| {
        let start = choices.below(total);
        let end = start + 1 + choices.below(total - start);
        Coding {
            cds: Interval::new(start, end.min(total)),
            phase: choices.byte() % 3,
            start_incomplete: choices.once_in(4),
            end_incomplete: choices.once_in(4),
            selenocysteines: if choices.once_in(8) { vec![start] } else { Vec::new() },
            slippage: if choices.once_in(8) { vec![start + choices.below(end - start)] } else { Vec::new() },
            skipped: Vec::new(),
            protein: None,
        }
    });
    Transcript {
        accession: "T.1".to_owned(),
        gene: 0,
        biotype: "protein_coding".to_owned(),
        contig: ContigId(0),
        strand,
        exons,
        coding,
        own_bases: Vec::new(),
        differs_somewhere: false,
        mane: None,
        canonical: false,
    }
}

/// Mostly one that fits the genome; now and then anything.
fn allele(choices: &mut Choices<'_>, bases: &[u8]) -> Allele {
    let length = bases.len() as u32;
    let contig = ContigId(u16::from(choices.byte() == 255));
    let start = choices.below(length);
    let end = (start + choices.below(12)).min(length);
    let mut reference = bases[start as usize..end as usize].to_vec();
    let added = choices.below(12);
    let mut alternate = choices.bases(added);
    match choices.byte() % 16 {
        0 => reference.push(choices.byte()),
        1 => alternate.push(choices.byte()),
        2 => alternate = reference.iter().rev().copied().collect(),
        _ => {}
    }
    let start = if choices.byte() == 255 { u32::MAX - start } else { start };
    Allele { contig, start, reference, alternate }
}
