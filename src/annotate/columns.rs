//! The columns that say where in a transcript an allele lies, as annotation tables print them.

use super::consequence::Outcome;
use super::consequence::touch::Touch;
use super::edit::change::CodingChange;
use super::edit::oriented::Oriented;
use super::layout::Layout;
use crate::model::annotation::TranscriptConsequence;
use crate::model::consequence::Term;

/// Fills exon, intron, positions, amino acids and codons.
pub fn fill(
    consequence: &mut TranscriptConsequence,
    layout: &Layout<'_>,
    edit: &Oriented,
    touch: &Touch,
    outcome: &Outcome,
) {
    (consequence.exon, consequence.intron) = numbers(layout, edit, touch);
    let (start, end) = edit.inclusive();
    let Some((first, behind)) = touch.spliced else { return };
    let at = |pre: i64, position: &dyn Fn(u32) -> Option<u32>| {
        // An insertion stands between two bases of the spliced transcript, also at the edge of an exon.
        let spliced = if !edit.is_insertion() {
            layout.spliced(pre)
        } else if pre == end {
            first.checked_sub(1)
        } else {
            Some(behind)
        };
        spliced.and_then(position)
    };
    consequence.cdna_position = range(edit, at(start, &|s| Some(s + 1)), at(end, &|s| Some(s + 1)));
    let Some(coding) = layout.coding() else { return };
    let missing = (3 - u32::from(coding.phase) % 3) % 3;
    let in_cds = |s: u32| coding.cds.contains(s).then(|| s - coding.cds.start + 1 + missing);
    consequence.cds_position = range(edit, at(start, &in_cds), at(end, &in_cds));
    let in_protein = |s: u32| in_cds(s).map(|c| c.div_ceil(3));
    consequence.protein_position = range(edit, at(start, &in_protein), at(end, &in_protein));
    if let Some(change) = &outcome.change
        && !outcome.terms.contains(Term::FivePrimeUtr)
        && !outcome.terms.contains(Term::ThreePrimeUtr)
    {
        consequence.amino_acids = Some(amino_acids(change));
        consequence.codons = Some(codons(change));
    }
}

/// `7` or `7-9`; `?` for an end that has no such position; nothing where neither has one.
fn range(edit: &Oriented, start: Option<u32>, end: Option<u32>) -> Option<String> {
    let (first, last) = if edit.is_insertion() { (end, start) } else { (start, end) };
    let text = |position: Option<u32>| position.map_or_else(|| "?".to_owned(), |p| p.to_string());
    match (first, last) {
        (None, None) => None,
        (first, last) if first == last => Some(text(first)),
        (first, last) => Some(format!("{}-{}", text(first), text(last))),
    }
}

/// `3/12` and `2/11`: the exons and introns touched, of how many.
fn numbers(layout: &Layout<'_>, edit: &Oriented, touch: &Touch) -> (Option<String>, Option<String>) {
    let total = layout.exon_count();
    let mut exons: Option<(usize, usize)> = None;
    let mut introns: Option<(usize, usize)> = None;
    let (start, end) = edit.inclusive();
    for index in touch.first_block..=touch.last_block.min(layout.blocks().saturating_sub(1)) {
        let block = layout.block(index);
        let number = layout.exon_number(index);
        if end >= block.start && start < block.end && (!edit.is_insertion() || touch.touches_exon_base) {
            exons = Some(exons.map_or((number, number), |(first, _)| (first, number)));
        }
        if let Some((first, last)) = layout.intron(index)
            && end >= first
            && start <= last
        {
            introns = Some(introns.map_or((number, number), |(first, _)| (first, number)));
        }
    }
    let text = |range: Option<(usize, usize)>, total: usize| {
        range.map(|(a, b)| if a == b { format!("{a}/{total}") } else { format!("{a}-{b}/{total}") })
    };
    (text(exons, total), text(introns, total.saturating_sub(1)))
}

/// `K/N`; one side where both are alike, `-` for none.
fn amino_acids(change: &CodingChange) -> String {
    let text = |residues: &[u8]| {
        if residues.is_empty() { "-".to_owned() } else { String::from_utf8_lossy(residues).into_owned() }
    };
    let (old, new) = (text(&change.reference_residues), text(&change.alternate_residues));
    if old == new { old } else { format!("{old}/{new}") }
}

/// `aaG/aaC`: changed bases in capitals.
fn codons(change: &CodingChange) -> String {
    let removed = (change.end - change.start) as usize;
    let added = (removed as i64 + change.gain).max(0) as usize;
    let text = |codons: &[u8], length: usize| -> String {
        if codons.is_empty() {
            return "-".to_owned();
        }
        let touched = change.codon_offset..change.codon_offset + length;
        codons
            .iter()
            .enumerate()
            .map(|(i, &b)| if touched.contains(&i) { b as char } else { b.to_ascii_lowercase() as char })
            .collect()
    };
    format!("{}/{}", text(&change.reference_codons, removed), text(&change.alternate_codons, added))
}
