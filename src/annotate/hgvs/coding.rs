//! `c.` and `n.` descriptions: 3'-most in the direction of transcription.

use super::{Kind, description, kind};
use crate::annotate::edit::Bases;
use crate::annotate::edit::oriented::Oriented;
use crate::annotate::layout::{Layout, Place};
use crate::reference::genome::Genome;

/// One position of a transcript: a spliced base, or an intron base by its distance from the nearer exon.
///
/// Source: HGVS nomenclature, "Numbering": no `c.0`; upstream of the start codon `-`, behind the stop codon
/// `*`; the middle base of an intron of odd length counts from the exon before it.
pub fn position(layout: &Layout<'_>, pre: i64) -> Option<String> {
    match layout.place(pre) {
        Place::Exon { spliced, .. } => Some(spliced_position(layout, spliced)),
        Place::Intron { block, from_donor, to_acceptor } => {
            if from_donor <= to_acceptor {
                let exon = layout.block(block);
                let last = exon.spliced + (exon.end - exon.start) as u32 - 1;
                Some(format!("{}+{from_donor}", spliced_position(layout, last)))
            } else {
                let first = layout.block(block + 1).spliced;
                Some(format!("{}-{to_acceptor}", spliced_position(layout, first)))
            }
        }
        Place::Before | Place::After => None,
    }
}

fn spliced_position(layout: &Layout<'_>, spliced: u32) -> String {
    match layout.coding() {
        None => (spliced + 1).to_string(),
        Some(coding) if spliced < coding.cds.start => format!("-{}", coding.cds.start - spliced),
        Some(coding) if spliced >= coding.cds.end => format!("*{}", spliced - coding.cds.end + 1),
        Some(coding) => (spliced - coding.cds.start + 1).to_string(),
    }
}

/// The description of an edit at its 3' placement on a transcript, `c.…` or `n.…` without accession; `None`
/// where it lies outside the transcript, even in part: such positions must not be described by `c.` or `n.`.
///
/// Source: HGVS nomenclature, "General recommendations" and "Reference sequences".
pub fn describe(layout: &Layout<'_>, genome: &Genome, edit: &Oriented) -> Option<String> {
    let removed: Bases = (edit.start..edit.end).map(|pre| layout.base(genome, pre)).collect();
    let before = |i: usize| layout.base(genome, edit.start - i as i64);
    let mut kind = kind(&removed, &edit.inserted, before);
    let length = edit.inserted.len() as i64;
    if kind == Kind::Duplication && position(layout, edit.start - length).is_none() {
        kind = Kind::Insertion;
    }
    let (from, to) = match kind {
        Kind::Insertion => (edit.start - 1, edit.start),
        Kind::Duplication => (edit.start - length, edit.start - 1),
        _ => (edit.start, edit.end - 1),
    };
    let (first, last) = (position(layout, from)?, position(layout, to)?);
    let to = (from != to).then_some(last.as_str());
    let letter = if layout.coding().is_some() { 'c' } else { 'n' };
    Some(format!("{letter}.{}", description(&kind, &first, to, &removed, &edit.inserted)))
}
