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
    let length = edit.inserted.len() as i64;
    if let Some(copy) = copy_at_the_end(layout, genome, edit) {
        return Some(with_letter(layout, &copy));
    }
    let before = |i: usize| layout.base(genome, edit.start - i as i64);
    let mut kind = kind(&removed, &edit.inserted, before);
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
    Some(with_letter(layout, &description(&kind, &first, to, &removed, &edit.inserted)))
}

fn with_letter(layout: &Layout<'_>, description: &str) -> String {
    let letter = if layout.coding().is_some() { 'c' } else { 'n' };
    format!("{letter}.{description}")
}

/// An insertion before the last base of the transcript that could be moved on behind it, and is there a copy of
/// the last bases: a duplication, which needs no neighbour on the other side.
fn copy_at_the_end(layout: &Layout<'_>, genome: &Genome, edit: &Oriented) -> Option<String> {
    let end = layout.length();
    let length = edit.inserted.len() as i64;
    if !edit.is_insertion() || edit.start != end - 1 || length > end {
        return None;
    }
    let moved = edit.inserted.iter().skip(1).chain(edit.inserted.first());
    let copies = (end - length..end).zip(moved).all(|(pre, &base)| layout.base(genome, pre) == base);
    let can_move = edit.inserted.first() == Some(&layout.base(genome, end - 1));
    if !copies || !can_move {
        return None;
    }
    let (first, last) = (position(layout, end - length)?, position(layout, end - 1)?);
    let to = (length > 1).then_some(last.as_str());
    Some(description(&Kind::Duplication, &first, to, &[], &edit.inserted))
}
