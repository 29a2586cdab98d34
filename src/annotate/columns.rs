//! The columns that say where in a transcript an allele lies, as annotation tables print them. Each function appends
//! to a buffer, and appends nothing where the column is empty.

use super::consequence::touch::Touch;
use super::edit::change::CodingChange;
use super::edit::oriented::Oriented;
use super::layout::Layout;
use crate::model::numbering::{Ends, Numbers};

/// The spliced offsets of the two bases at the ends of an edit; for an insertion those of its neighbours, also at
/// the edge of an exon. `None` where no exon base is touched.
pub fn spliced_ends(layout: &Layout<'_>, edit: &Oriented, touch: &Touch) -> Option<Ends> {
    let (first, behind) = touch.spliced?;
    if edit.is_insertion() {
        return Some(Ends { first: first.checked_sub(1), last: Some(behind) });
    }
    let (start, end) = edit.inclusive();
    if start == end {
        return Some(Ends { first: Some(first), last: Some(first) });
    }
    Some(Ends { first: layout.spliced(start), last: layout.spliced(end) })
}

/// Positions in the spliced transcript, 1-based.
pub fn cdna(ends: Ends) -> Ends {
    ends.map(|spliced| spliced + 1)
}

/// Positions in the coding sequence, 1-based; bases missing from an incomplete first codon count.
pub fn cds(layout: &Layout<'_>, ends: Ends) -> Ends {
    let Some(coding) = layout.coding() else { return Ends::default() };
    let missing = (3 - u32::from(coding.phase) % 3) % 3;
    let inside = |s: u32| coding.cds.contains(s).then(|| s - coding.cds.start + 1 + missing);
    ends.and_then(inside)
}

/// Positions in the protein, 1-based, from those in the coding sequence; bases read twice count twice, those not read
/// not at all.
pub fn protein(layout: &Layout<'_>, cds: Ends) -> Ends {
    let Some(coding) = layout.coding() else { return Ends::default() };
    let missing = (3 - u32::from(coding.phase) % 3) % 3;
    let residue = |c: u32| {
        let spliced = (c + coding.cds.start).saturating_sub(1 + missing);
        let again = coding.slippage.iter().filter(|&&at| at <= spliced).count() as u32;
        let skipped = coding.skipped.iter().filter(|&&at| at < spliced).count() as u32;
        (c + again - skipped).div_ceil(3)
    };
    cds.map(residue)
}

/// Which exons, and which introns, are touched on a transcript of `total` exons. Where no two blocks of the transcript
/// touch on the genome, each block is an exon.
pub fn numbers(
    layout: &Layout<'_>,
    edit: &Oriented,
    touch: &Touch,
    (total, blocks_touch): (u32, bool),
) -> [Option<Numbers>; 2] {
    let [mut exons, mut introns] = [None; 2];
    let (start, end) = edit.inclusive();
    for index in touch.first_block..=touch.last_block.min(layout.blocks().saturating_sub(1)) {
        let block = layout.block(index);
        // Bases that the transcript lacks are its exon's all the same.
        let block_end = if layout.lacks_behind(index) {
            layout.block(index + 1).start + i64::from(edit.is_insertion())
        } else {
            block.end
        };
        let in_exon =
            end >= block.start && start < block_end && (!edit.is_insertion() || touch.touches_exon_base);
        let in_intron = layout.intron(index).is_some_and(|(first, last)| end >= first && start <= last);
        if in_exon || in_intron {
            let last = (if blocks_touch { layout.exon_number(index) } else { index + 1 }) as u32;
            let widened = |range: Option<Numbers>, total| {
                Some(Numbers { first: range.map_or(last, |range| range.first), last, total })
            };
            exons = if in_exon { widened(exons, total) } else { exons };
            introns = if in_intron { widened(introns, total.saturating_sub(1)) } else { introns };
        }
    }
    [exons, introns]
}

/// `K/N`; one side where both are alike, `-` for none.
pub fn push_amino_acids(out: &mut String, change: &CodingChange) {
    let (old, new) = (&change.reference_residues, &change.alternate_residues);
    push_or_dash(out, old.iter().copied());
    if old != new {
        out.push('/');
        push_or_dash(out, new.iter().copied());
    }
}

/// `aaG/aaC`: changed bases in capitals.
pub fn push_codons(out: &mut String, change: &CodingChange) {
    let removed = (change.end - change.start) as usize;
    let added = (removed as i64 + change.gain).max(0) as usize;
    let cased = |codons: &[u8], length: usize| {
        let touched = change.codon_offset..change.codon_offset + length;
        let case = move |(i, &b): (usize, &u8)| if touched.contains(&i) { b } else { b.to_ascii_lowercase() };
        codons.iter().enumerate().map(case).collect::<super::edit::Bases>()
    };
    push_or_dash(out, cased(&change.reference_codons, removed).into_iter());
    out.push('/');
    push_or_dash(out, cased(&change.alternate_codons, added).into_iter());
}

fn push_or_dash(out: &mut String, letters: impl Iterator<Item = u8>) {
    let before = out.len();
    out.extend(letters.map(char::from));
    if out.len() == before {
        out.push('-');
    }
}
