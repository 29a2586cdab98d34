//! `c.` and `n.` descriptions: 3'-most in the direction of transcription.

use super::{Kind, kind, push_change};
use crate::annotate::edit::Bases;
use crate::annotate::edit::oriented::Oriented;
use crate::annotate::layout::{Layout, Place};
use crate::model::text::push_number;
use crate::reference::genome::Genome;

/// Appends one position of a transcript: a spliced base, or an intron base by its distance from the nearer exon.
/// False, and nothing written, outside the transcript, or at a base of the genome that it lacks.
///
/// Source: HGVS nomenclature, "Numbering": no `c.0`; upstream of the start codon `-`, behind the stop codon
/// `*`; the middle base of an intron of odd length counts from the exon before it.
pub fn push_position(out: &mut String, layout: &Layout<'_>, pre: i64) -> bool {
    match layout.place(pre) {
        Place::Exon { spliced, .. } => push_spliced(out, layout, spliced),
        Place::Intron { block, from_donor, to_acceptor } => {
            if from_donor <= to_acceptor {
                let exon = layout.block(block);
                push_spliced(out, layout, exon.spliced + (exon.end - exon.start) as u32 - 1);
                out.push('+');
                push_number(out, from_donor);
            } else {
                push_spliced(out, layout, layout.block(block + 1).spliced);
                out.push('-');
                push_number(out, to_acceptor);
            }
        }
        Place::Before | Place::Lacking | Place::After => return false,
    }
    true
}

fn push_spliced(out: &mut String, layout: &Layout<'_>, spliced: u32) {
    match layout.coding() {
        None => push_number(out, spliced + 1),
        Some(coding) if spliced < coding.cds.start => {
            out.push('-');
            push_number(out, coding.cds.start - spliced);
        }
        Some(coding) if spliced >= coding.cds.end => {
            out.push('*');
            push_number(out, spliced - coding.cds.end + 1);
        }
        Some(coding) => push_number(out, spliced - coding.cds.start + 1),
    }
}

/// Appends the description of an edit at its 3' placement on a transcript, `c.…` or `n.…` without accession.
/// False, and nothing written, where it lies outside the transcript, even in part: such positions must not be
/// described by `c.` or `n.`.
///
/// Source: HGVS nomenclature, "General recommendations" and "Reference sequences".
pub fn write(out: &mut String, layout: &Layout<'_>, genome: &Genome, edit: &Oriented) -> bool {
    let before = out.len();
    out.push_str(if layout.coding().is_some() { "c." } else { "n." });
    let written = write_inside(out, layout, genome, edit);
    if !written {
        out.truncate(before);
    }
    written
}

fn write_inside(out: &mut String, layout: &Layout<'_>, genome: &Genome, edit: &Oriented) -> bool {
    if layout.differs_in(edit.start, edit.end) {
        return write_on_own_bases(out, layout, genome, edit);
    }
    let length = edit.inserted.len() as i64;
    if edit.is_insertion() && layout.runs_apart_in(edit.start - length, edit.start) {
        return write_beside_a_gap(out, layout, genome, edit);
    }
    if is_copy_at_the_end(layout, genome, edit) {
        let end = layout.length();
        return push_range(out, layout, end - length, end - 1) && {
            push_change(out, &Kind::Duplication, &[], &[]);
            true
        };
    }
    let removed: Bases = (edit.start..edit.end).map(|pre| layout.own_base(genome, pre)).collect();
    let before = |i: usize| layout.own_base(genome, edit.start - i as i64);
    let mut kind = kind(&removed, &edit.inserted, before);
    if kind == Kind::Duplication && edit.start < length {
        kind = Kind::Insertion;
    }
    let (from, to) = match kind {
        Kind::Insertion => (edit.start - 1, edit.start),
        Kind::Duplication => (edit.start - length, edit.start - 1),
        _ => (edit.start, edit.end - 1),
    };
    let written = push_range(out, layout, from, to);
    push_change(out, &kind, &removed, &edit.inserted);
    written
}

/// Where bases are replaced in which the transcript is not the genome, its own are the reference: what is left of the
/// change is cut to its shortest form on the transcript and moved in its direction. Nothing may be left: `c.48=`.
///
/// Source: HGVS nomenclature, "Reference sequences" and "DNA", substitution (`=`).
fn write_on_own_bases(out: &mut String, layout: &Layout<'_>, genome: &Genome, edit: &Oriented) -> bool {
    let own = |pre: i64| layout.own_base(genome, pre);
    let (mut start, mut end, mut inserted) = (edit.start, edit.end, edit.inserted.clone());
    while start < end && inserted.first() == Some(&own(start)) {
        inserted.remove(0);
        start += 1;
    }
    while start < end && inserted.last() == Some(&own(end - 1)) {
        inserted.pop();
        end -= 1;
    }
    if start == end && inserted.is_empty() {
        let written = push_range(out, layout, edit.start, edit.end - 1);
        out.push('=');
        return written;
    }
    if inserted.is_empty() {
        while end < layout.length() && own(end) == own(start) {
            (start, end) = (start + 1, end + 1);
        }
    } else if start == end {
        while start + 1 < layout.length() && inserted.first() == Some(&own(start)) {
            inserted.rotate_left(1);
            (start, end) = (start + 1, end + 1);
        }
    }
    let length = inserted.len() as i64;
    if start == end && layout.runs_apart_in(start - length, start) {
        return write_beside_a_gap(out, layout, genome, &Oriented { start, end, inserted });
    }
    let removed: Bases = (start..end).map(own).collect();
    let mut kind = kind(&removed, &inserted, |i| own(start - i as i64));
    if kind == Kind::Duplication && start < length {
        kind = Kind::Insertion;
    }
    let (from, to) = match kind {
        Kind::Insertion => (start - 1, start),
        Kind::Duplication => (start - length, start - 1),
        _ => (start, end - 1),
    };
    let written = push_range(out, layout, from, to);
    push_change(out, &kind, &removed, &inserted);
    written
}

/// An insertion at, or a copy of its bases across, a place where transcript and genome run apart within an exon: what
/// stands before it is read off the transcript's own sequence, by the transcript's own numbers. At the place itself it
/// stands behind the bases that only the transcript has, its most 3' place there, unless it could be moved against the
/// direction of transcription, where all its other places are. Not written beside bases that the transcript lacks.
///
/// Source: HGVS nomenclature, "Reference sequences" and "General recommendations", 3' rule.
fn write_beside_a_gap(out: &mut String, layout: &Layout<'_>, genome: &Genome, edit: &Oriented) -> bool {
    // What repeats the base before it, in part at least, belongs there.
    let moved = edit.inserted.last() == Some(&layout.base(genome, edit.start - 1));
    if layout.is_apart(edit.start, edit.start, moved) {
        return false;
    }
    let (before, behind) = (layout.spliced(edit.start - 1), layout.spliced(edit.start));
    // The spliced offset it goes in front of, where no intron lies beside it.
    let at = match (before, behind) {
        (Some(_), Some(behind)) if !moved => Some(behind),
        (Some(before), Some(_)) => Some(before + 1),
        (Some(before), None) if layout.place(edit.start) == Place::Lacking => Some(before + 1),
        _ => None,
    };
    let copied = before.and_then(|before| {
        let at = at.unwrap_or(before + 1);
        let mut block = layout.block_at(edit.start - 1)?;
        while block > 0 && layout.intron(block - 1).is_none() {
            block -= 1;
        }
        let first = at.checked_sub(edit.inserted.len() as u32)?;
        let within = first >= layout.block(block).spliced;
        let same =
            (first..at).zip(&edit.inserted).all(|(s, &base)| layout.own_spliced_base(genome, s) == base);
        (within && same).then_some((first, at - 1))
    });
    let kind = if copied.is_some() { Kind::Duplication } else { Kind::Insertion };
    let on_transcript = copied.or_else(|| at.map(|at| (at - 1, at)));
    let written = match on_transcript {
        Some((first, last)) => {
            push_spliced(out, layout, first);
            if last > first {
                out.push('_');
                push_spliced(out, layout, last);
            }
            true
        }
        None => push_range(out, layout, edit.start - 1, edit.start),
    };
    push_change(out, &kind, &[], &edit.inserted);
    written
}

fn push_range(out: &mut String, layout: &Layout<'_>, from: i64, to: i64) -> bool {
    push_position(out, layout, from)
        && (from == to || {
            out.push('_');
            push_position(out, layout, to)
        })
}

/// An insertion before the last base of the transcript that could be moved on behind it, and is there a copy of
/// the last bases: a duplication, which needs no neighbour on the other side.
fn is_copy_at_the_end(layout: &Layout<'_>, genome: &Genome, edit: &Oriented) -> bool {
    let end = layout.length();
    let length = edit.inserted.len() as i64;
    if !edit.is_insertion()
        || edit.start != end - 1
        || length > end
        || layout.runs_apart_in(end - length, end)
    {
        return false;
    }
    let moved = edit.inserted.iter().skip(1).chain(edit.inserted.first());
    let copies = (end - length..end).zip(moved).all(|(pre, &base)| layout.base(genome, pre) == base);
    copies && edit.inserted.first() == Some(&layout.base(genome, end - 1))
}
