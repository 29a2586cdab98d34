//! Laws that hold for every allele on every transcript, tried on generated ones.

use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::annotation::TranscriptConsequence;
use ithaca::model::assembly::Assembly;
use ithaca::model::transcript::Strand;

use super::generate::{Dice, World, spellings};
use super::{applier, oracle};

/// Worlds in the ordinary run; each meets [`ALLELES`] alleles.
const WORLDS: u64 = 400;
const ALLELES: usize = 20;

#[expect(clippy::disallowed_methods, reason = "the one switch for long tests")]
fn worlds() -> u64 {
    match std::env::var("ITHACA_LONG_TESTS") {
        // A number is the number of worlds of each law.
        Ok(number) => number.parse().ok().filter(|&worlds| worlds > WORLDS).unwrap_or(50_000),
        Err(_) => WORLDS,
    }
}

fn options() -> Options {
    Options::new(Assembly::Other("invented".to_owned()))
}

/// Calls `check` with worlds, alleles and the engine's answer on the transcript.
fn each(first_seed: u64, mut check: impl FnMut(&World, &Allele, &str, Option<&TranscriptConsequence>)) {
    for seed in first_seed..first_seed + worlds() {
        let mut dice = Dice(seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
        let world = World::new(&mut dice);
        let (genome, transcripts) = (world.genome(), world.transcripts());
        let annotator = Annotator::new(&genome, &transcripts, options());
        let mut scratch = Scratch::new();
        for _ in 0..ALLELES {
            let allele = world.allele(&mut dice);
            let annotation = annotator.annotate(&allele, &mut scratch);
            assert_eq!(annotation.not_evaluable, None);
            let g = annotation.hgvsg.unwrap();
            check(&world, &allele, &g, annotation.consequences.iter().find(|c| c.transcript_index.is_some()));
        }
    }
}

#[test]
fn a_genomic_name_leads_back_to_the_alternate_sequence() {
    each(0, |world, allele, g, _| {
        if g.contains("pter") || g.contains("qter") {
            return;
        }
        let (applied, expected) = (applier::genomic(&world.bases, g), oracle::edited(&world.bases, allele));
        let same = if world.mito { applier::same_circle(&applied, &expected) } else { applied == expected };
        assert!(same, "{g} for {allele:?}: {applied}, not {expected}");
    });
}

#[test]
fn a_transcript_name_leads_back_to_the_alternate_sequence() {
    let mut named = 0;
    each(1_000_000, |world, allele, _, consequence| {
        let Some(name) = consequence.and_then(|c| c.hgvsc.as_ref()) else { return };
        named += 1;
        let applied = applier::transcript(&world.bases, &world.transcript, name);
        assert_eq!(
            applied,
            oracle::edited(&world.bases, allele),
            "{name} for {allele:?} on {:?}",
            world.transcript
        );
    });
    assert!(named > 3_000, "{named}");
}

#[test]
fn every_spelling_gives_the_same_answer() {
    for seed in 0..worlds() {
        let mut dice = Dice(seed.wrapping_add(77).wrapping_mul(0x2545_F491_4F6C_DD1D));
        let world = World::new(&mut dice);
        let (genome, transcripts) = (world.genome(), world.transcripts());
        let annotator = Annotator::new(&genome, &transcripts, options());
        let mut scratch = Scratch::new();
        for _ in 0..ALLELES / 2 {
            let allele = world.allele(&mut dice);
            let expected = annotator.annotate(&allele, &mut scratch);
            for other in spellings(&world, &allele, &mut dice) {
                assert_eq!(annotator.annotate(&other, &mut scratch), expected, "{allele:?} as {other:?}");
            }
        }
    }
}

/// The genomic interval that any placement of the allele can touch, found by comparing whole sequences.
fn span(world: &World, allele: &Allele, dice: &mut Dice) -> (usize, usize) {
    let all = spellings(world, allele, dice);
    let bare = all.iter().filter(|a| a.reference.len() == allele.reference.len());
    bare.fold((usize::MAX, 0), |(low, high), a| {
        (low.min(a.start as usize), high.max(a.start as usize + a.reference.len()))
    })
}

#[test]
fn a_protein_name_says_what_translation_gives() {
    let (mut told, mut initiators, mut internal_stops) = (0, 0, 0);
    each(2_000_000, |world, allele, _, consequence| {
        let transcript = &world.transcript;
        let Some(coding) = &transcript.coding else { return };
        if let Some(name) = consequence.and_then(|c| c.hgvsp.as_ref()) {
            let malformed = ["ins)", "fsTer1)", "Xaa", "_Met1ext"].iter().find(|text| name.contains(**text));
            assert_eq!(malformed, None, "{name} for {allele:?} on {transcript:?}");
        }
        if coding.start_incomplete || coding.end_incomplete {
            return;
        }
        let mut dice = Dice(1);
        let (low, high) = span(world, allele, &mut dice);
        let gain = allele.alternate.len() as i64 - allele.reference.len() as i64;
        let exons = oracle::exons(transcript);
        // Only edits that stay strictly inside one exon wherever they are written have one certain outcome.
        let inside = |low: usize, high: usize| exons.iter().any(|&(s, e)| s < low && high < e);
        let start = allele.start as usize;
        let end = start + allele.reference.len();
        if !inside(low, high) {
            return;
        }
        let new_exons = oracle::moved_exons(&exons, start, end, gain).unwrap();
        let old = oracle::spliced(&world.bases, &exons, transcript.strand);
        let new = oracle::spliced(&oracle::edited(&world.bases, allele), &new_exons, transcript.strand);
        // Bases before the change on the spliced transcript, by the longest common head.
        let head = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        let tail = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
        let cds = (coding.cds.start as usize, coding.cds.end as usize);
        let reference = oracle::translate(&old[cds.0..cds.1], world.mito);
        let name = consequence.and_then(|c| c.hgvsp.as_ref());
        // Translation starts at the old place where the codon there stays; otherwise, if the change can be
        // written before the start codon, nothing coding has changed.
        let codon_stays = head < cds.1 && new.get(cds.0..cds.0 + 3) == old.get(cds.0..cds.0 + 3);
        let before_start = old.len() - tail <= cds.0 && !(codon_stays && head >= cds.0 + 3);
        let behind_end = head >= cds.1;
        if before_start || behind_end {
            if let Some(name) = name {
                let met = reference.starts_with('M');
                assert!(
                    met && name.ends_with("p.(Met1=)") || name.ends_with("Ter=)") || name.contains('='),
                    "{name}"
                );
            }
            return;
        }
        assert!(name.is_some(), "no protein name for {allele:?}: {consequence:?}");
        let name = name.unwrap();
        let initiates = new.get(cds.0..cds.0 + 3).is_some_and(|c| oracle::INITIATORS.contains(&c));
        if head < cds.0 + 3 && !(world.mito && initiates && head >= cds.0) {
            return;
        }
        initiators += u32::from(head < cds.0 + 3);
        // Behind an internal stop the annotation is believed, which goes on.
        if world.internal_stop.is_some_and(|residue| head >= cds.0 + 3 * residue + 3) {
            return;
        }
        internal_stops += u32::from(world.internal_stop.is_some());
        let mutated = oracle::translate(&new[cds.0..], world.mito);
        if applier::protein(&reference, &mutated, name) {
            told += 1;
        }
    });
    assert!(told > 1_000 && initiators > 3 && internal_stops > 10, "{told} {initiators} {internal_stops}");
}

#[test]
fn the_mirror_image_gives_the_same_answer() {
    each(3_000_000, |world, allele, _, consequence| {
        let length = world.bases.len() as u32;
        let mut transcript = world.transcript.clone();
        transcript.strand = match transcript.strand {
            Strand::Forward => Strand::Reverse,
            Strand::Reverse => Strand::Forward,
        };
        for exon in &mut transcript.exons {
            (exon.start, exon.end) = (length - exon.end, length - exon.start);
        }
        let (mito, internal_stop) = (world.mito, world.internal_stop);
        let mirror = World { bases: oracle::turned(&world.bases), transcript, mito, internal_stop };
        let turn = |bases: &[u8]| oracle::turned(std::str::from_utf8(bases).unwrap()).into_bytes();
        let mirrored = Allele {
            contig: allele.contig,
            start: length - allele.start - allele.reference.len() as u32,
            reference: turn(&allele.reference),
            alternate: turn(&allele.alternate),
        };
        let (genome, transcripts) = (mirror.genome(), mirror.transcripts());
        let annotation =
            Annotator::new(&genome, &transcripts, options()).annotate(&mirrored, &mut Scratch::new());
        let other = annotation.consequences.iter().find(|c| c.transcript_index.is_some());
        let strandless = |c: Option<&TranscriptConsequence>| {
            c.map(|c| TranscriptConsequence { strand: None, ..c.clone() })
        };
        assert_eq!(strandless(other), strandless(consequence), "{allele:?}");
    });
}

#[test]
fn the_terms_only_path_gives_the_same_terms() {
    for seed in 0..worlds() {
        let mut dice = Dice(seed.wrapping_add(99_999));
        let world = World::new(&mut dice);
        let (genome, transcripts) = (world.genome(), world.transcripts());
        let annotator = Annotator::new(&genome, &transcripts, options());
        let mut scratch = Scratch::new();
        for _ in 0..ALLELES {
            let allele = world.allele(&mut dice);
            let full = annotator.annotate(&allele, &mut scratch);
            let expected: Vec<_> =
                full.consequences.iter().filter_map(|c| Some((c.transcript_index?, c.terms))).collect();
            let mut terms = Vec::new();
            annotator.terms(&allele, &mut scratch, |index, t| terms.push((index, t)));
            assert_eq!(terms, expected);
        }
    }
}
