//! Odd transcripts and hostile alleles: an answer, the same for every spelling, and never a panic.

use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::model::transcript::{Exon, Transcript};

use super::generate::{Dice, World, spellings};

const WORLDS: u64 = 300;

/// Gaps of the alignment between transcript and genome, incomplete ends, slippage, selenocysteine.
fn made_odd(transcript: &mut Transcript, dice: &mut Dice) {
    if dice.once_in(2) {
        let at = dice.within(0, transcript.exons.len() - 1);
        let exon = transcript.exons[at];
        if exon.len() > 4 {
            let cut = dice.within(1, exon.len() as usize - 1) as u32;
            let gap = dice.within(0, 3) as u32;
            let forward = transcript.strand == ithaca::model::transcript::Strand::Forward;
            let (first, second) = if forward {
                ((exon.start, exon.start + cut), (exon.start + cut, exon.end))
            } else {
                ((exon.end - cut, exon.end), (exon.start, exon.end - cut))
            };
            transcript.exons[at] = Exon { start: first.0, end: first.1, cdna_start: exon.cdna_start };
            let rest = Exon { start: second.0, end: second.1, cdna_start: exon.cdna_start + cut + gap };
            transcript.exons.insert(at + 1, rest);
            for exon in &mut transcript.exons[at + 2..] {
                exon.cdna_start += gap;
            }
        }
    }
    let length = transcript.spliced_length();
    if let Some(coding) = &mut transcript.coding {
        coding.phase = dice.within(0, 2) as u8;
        coding.start_incomplete = dice.once_in(2);
        coding.end_incomplete = dice.once_in(2);
        if dice.once_in(3) {
            coding.cds.end = (coding.cds.end + dice.within(0, 2) as u32).min(length);
        }
        if dice.once_in(3) {
            coding.slippage = vec![dice.within(coding.cds.start as usize, coding.cds.end as usize) as u32];
        }
        if dice.once_in(3) {
            coding.selenocysteines = vec![coding.cds.start + 3];
        }
    }
}

#[test]
fn odd_transcripts_get_one_answer_for_every_spelling() {
    for seed in 0..WORLDS {
        let mut dice = Dice(seed.wrapping_mul(0xD134_2543_DE82_EF95));
        let mut world = World::new(&mut dice);
        made_odd(&mut world.transcript, &mut dice);
        let (genome, transcripts) = (world.genome(), world.transcripts());
        let options = Options::new(Assembly::Other("odd".to_owned()));
        let annotator = Annotator::new(&genome, &transcripts, options);
        let mut scratch = Scratch::new();
        for _ in 0..8 {
            let allele = world.allele(&mut dice);
            let expected = annotator.annotate(&allele, &mut scratch);
            for other in spellings(&world, &allele, &mut dice) {
                assert_eq!(annotator.annotate(&other, &mut scratch), expected, "{allele:?} as {other:?}");
            }
        }
    }
}

#[test]
fn hostile_alleles_are_refused_or_answered() {
    let (mut refused, mut answered) = (0, 0);
    for seed in 0..WORLDS {
        let mut dice = Dice(seed);
        let mut world = World::new(&mut dice);
        made_odd(&mut world.transcript, &mut dice);
        let unknown = dice.within(0, world.bases.len() - 1);
        world.bases.replace_range(unknown..=unknown, "N");
        let (genome, transcripts) = (world.genome(), world.transcripts());
        let options = Options::new(Assembly::GRCh38);
        let annotator = Annotator::new(&genome, &transcripts, options);
        let mut scratch = Scratch::new();
        for _ in 0..40 {
            let start = match dice.within(0, 9) {
                0 => u32::MAX - dice.within(0, 3) as u32,
                1 => world.bases.len() as u32 - dice.within(0, 2) as u32,
                _ => dice.within(0, world.bases.len() - 1) as u32,
            };
            let end = (start as usize).saturating_add(dice.within(0, 200)).min(world.bases.len());
            let mut reference = world.bases.as_bytes().get(start as usize..end).unwrap_or(b"ACG").to_vec();
            if dice.once_in(6) {
                reference.extend_from_slice(b"TTT");
            }
            let texts: [&[u8]; 9] = [b"", b"*", b"<DEL>", b"N", b"R", b"acgt", b"\xff\x00", b"G", b"]1:5]A"];
            let alternate = texts[dice.within(0, texts.len() - 1)].to_vec();
            let contig = ContigId(u16::from(dice.once_in(20)));
            let allele = Allele { contig, start, reference, alternate };
            let annotation = annotator.annotate(&allele, &mut scratch);
            assert_ne!(annotation.not_evaluable.is_some(), annotation.hgvsg.is_some());
            assert_ne!(annotation.not_evaluable.is_some(), !annotation.consequences.is_empty());
            if annotation.not_evaluable.is_some() {
                refused += 1;
            } else {
                answered += 1;
            }
        }
    }
    assert!(refused > 1_000 && answered > 1_000, "{refused} refused, {answered} answered");
}
