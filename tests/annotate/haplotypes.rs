//! Several edits on one copy of a transcript go through the same model as one.

use ithaca::annotate::edit::Bases;
use ithaca::annotate::edit::change::{CodingChange, Spliced};
use ithaca::annotate::edit::protein_effect;
use ithaca::annotate::hgvs;
use ithaca::annotate::layout::Layout;
use ithaca::annotate::sequence::Sequence;

use super::generate::{Dice, World};
use super::{applier, oracle};

/// Edits inside the coding sequence, behind the start codon, with at least one base between them.
fn edits(dice: &mut Dice, from: u32, to: u32) -> Vec<Spliced> {
    let mut at = from;
    let mut out = Vec::new();
    for _ in 0..dice.within(1, 3) {
        let start = at + dice.within(1, 9) as u32;
        let end = start + dice.within(0, 4) as u32;
        if end >= to {
            break;
        }
        let added = if start == end { dice.within(1, 4) } else { dice.within(0, 4) };
        let inserted: Bases = (0..added).map(|_| b"ACGT"[dice.within(0, 3)]).collect();
        out.push(Spliced { start, end, inserted });
        at = end;
    }
    out
}

#[test]
fn the_protein_of_several_edits_is_what_translation_gives() {
    let (mut told, mut restored) = (0, 0);
    for seed in 0..3_000_u64 {
        let mut dice = Dice(seed.wrapping_mul(0xA076_1D64_78BD_642F));
        let world = World::new(&mut dice);
        let Some(coding) = world.transcript.coding.clone() else { continue };
        if coding.start_incomplete || coding.end_incomplete || world.internal_stop.is_some() {
            continue;
        }
        let (genome, transcripts) = (world.genome(), world.transcripts());
        let layout = Layout { transcript: transcripts.get(0) };
        let sequence = Sequence::build(&layout, &genome);
        let edits = edits(&mut dice, coding.cds.start + 3, coding.cds.end);
        let Some(change) = CodingChange::new(&sequence, &edits) else { continue };
        let effect = protein_effect::effect(&sequence, &change);
        let name = format!("P:{}", hgvs::protein::describe(&sequence.protein, &effect));

        let old = oracle::spliced(&world.bases, &oracle::exons(&world.transcript), world.transcript.strand);
        let mut new = old.clone();
        for edit in edits.iter().rev() {
            let inserted = std::str::from_utf8(&edit.inserted).unwrap();
            new.replace_range(edit.start as usize..edit.end as usize, inserted);
        }
        let (start, end) = (coding.cds.start as usize, coding.cds.end as usize);
        let reference = oracle::translate(&old[start..end], world.mito);
        if applier::protein(&reference, &oracle::translate(&new[start..], world.mito), &name) {
            told += 1;
            restored += u32::from(edits.len() > 1 && !change.shifts_frame() && edits[0].gain() % 3 != 0);
        }
    }
    assert!(told > 1_000 && restored > 50, "{told} told, {restored} with a restored frame");
}
