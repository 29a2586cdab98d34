//! Names of several changes in cis.

use super::place::Placed;
use crate::annotate::edit::oriented::Oriented;
use crate::annotate::edit::protein_effect::ProteinEffect;
use crate::annotate::edit::{Bases, Edit};
use crate::annotate::hgvs;
use crate::annotate::layout::Layout;
use crate::annotate::placement::Placement;
use crate::annotate::translate::reverse_complement;
use crate::model::allele::Allele;
use crate::model::transcript::Strand;
use crate::reference::genome::Genome;

/// `NP_…:p.(…)`.
pub(super) fn protein(layout: &Layout<'_>, protein: &[u8], effect: &ProteinEffect) -> String {
    let name = layout.coding().and_then(|c| c.protein).unwrap_or(layout.transcript.accession);
    let mut out = format!("{name}:");
    hgvs::protein::write(&mut out, protein, effect);
    out
}

/// `NM_…:c.…` of one change.
pub(super) fn alone(layout: &Layout<'_>, genome: &Genome, edit: &Oriented) -> Option<String> {
    let mut out = format!("{}:", layout.transcript.accession);
    hgvs::coding::write(&mut out, layout, genome, edit).then_some(out)
}

/// `NM_…:c.[…;…]`, or one description where the changes make one `delins`.
///
/// Source: HGVS nomenclature, "DNA, alleles" (`[;]` for changes in cis); "DNA, deletion-insertion" (two variants
/// next to each other, or separated by one nucleotide and together affecting one amino acid, are one delins).
pub(super) fn together(
    layout: &Layout<'_>,
    genome: &Genome,
    placed: &[Placed],
    group: &[usize],
) -> Option<String> {
    let mut parts: Vec<Oriented> = Vec::new();
    for &at in group {
        let next = &placed[at].oriented;
        match parts.last_mut() {
            Some(last) if is_one_delins(layout, last, next) => {
                last.inserted.extend((last.end..next.start).map(|pre| layout.base(genome, pre)));
                last.inserted.extend_from_slice(&next.inserted);
                last.end = next.end;
            }
            _ => parts.push(next.clone()),
        }
    }
    let mut names = Vec::with_capacity(parts.len());
    for (i, part) in parts.iter().enumerate() {
        let Some(mut short) = shortest(layout, genome, part) else { continue };
        if parts.get(i + 1).is_some_and(|next| short.end > next.start) {
            short = part.clone();
        }
        let mut name = String::new();
        if !hgvs::coding::write(&mut name, layout, genome, &short) {
            return None;
        }
        names.push(name.split_off(2));
    }
    let accession = layout.transcript.accession;
    Some(match &names[..] {
        [] => format!("{accession}:c.="),
        [one] => format!("{accession}:c.{one}"),
        several => format!("{accession}:c.[{}]", several.join(";")),
    })
}

/// True where two changes are next to each other, or one base apart in one codon; not across an intron.
fn is_one_delins(layout: &Layout<'_>, one: &Oriented, next: &Oriented) -> bool {
    let gap = next.start - one.end;
    let codon = |pre: i64| {
        let coding = layout.coding()?;
        let spliced = layout.spliced(pre).filter(|&s| coding.cds.contains(s))?;
        Some((spliced - coding.cds.start + (3 - u32::from(coding.phase) % 3) % 3) / 3)
    };
    let same_block = layout.block_at(one.end - 1) == layout.block_at(next.start);
    gap == 0
        || gap == 1
            && same_block
            && !one.is_insertion()
            && !next.is_insertion()
            && codon(one.start).is_some()
            && codon(one.start) == codon(next.end - 1)
}

/// A change cut to its shortest form and moved 3'; nothing where the changes undo each other.
fn shortest(layout: &Layout<'_>, genome: &Genome, change: &Oriented) -> Option<Oriented> {
    let reference: Vec<u8> = (change.start..change.end).map(|pre| layout.base(genome, pre)).collect();
    if reference == change.inserted[..] {
        return None;
    }
    let cuttable = !reference.is_empty()
        && !change.inserted.is_empty()
        && (reference.first() == change.inserted.first() || reference.last() == change.inserted.last());
    if !cuttable {
        return Some(change.clone());
    }
    let (mut reference, mut alternate) = (reference, Bases::from_slice(&change.inserted));
    let start = match layout.strand() {
        Strand::Forward => layout.genomic(change.start)?,
        Strand::Reverse => {
            reverse_complement(&mut reference);
            reverse_complement(&mut alternate);
            layout.genomic(change.end - 1)?
        }
    };
    let allele = Allele { contig: layout.transcript.contig, start, reference, alternate: alternate.to_vec() };
    let edit = Edit::new(genome, &allele).ok()?;
    let placement = Placement::three_prime(&edit, layout);
    Some(Oriented::at(&edit, layout, placement.shift))
}
