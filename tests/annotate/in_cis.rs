//! Several variants on one copy: laws that hold for every set of them, tried on generated transcripts against an
//! oracle that edits the genome as a string, splices and translates.

use ithaca::annotate::edit::change::Tail;
use ithaca::annotate::haplotype::{Behind, Haplotypes, Member, Reading, Sequences};
use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;
use ithaca::model::transcript::Strand;

use super::generate::{Dice, World, spellings};
use super::{applier, oracle};

#[expect(clippy::disallowed_methods, reason = "the one switch for long tests")]
fn copies() -> u64 {
    match std::env::var("ITHACA_LONG_TESTS") {
        Ok(_) => 100_000,
        Err(_) => 5_000,
    }
}

/// Alleles that do not overlap, in the order of the genome, many of them close together; never two insertions at
/// one point. Each in a random one of its spellings that overlaps no other.
fn alleles(world: &World, dice: &mut Dice) -> Vec<Allele> {
    let wanted = dice.within(2, 4);
    let exons = oracle::exons(&world.transcript);
    let mut out: Vec<Allele> = Vec::new();
    for _ in 0..200 {
        let allele = world.allele(dice);
        let near = out.last().is_none_or(|last| last.start.abs_diff(allele.start) < 20) || dice.once_in(4);
        let (start, end) = (allele.start, allele.start + allele.reference.len() as u32);
        let apart = out.iter().all(|other| {
            let (from, to) = (other.start, other.start + other.reference.len() as u32);
            (end <= from || to <= start) && !(start == from && end == start && to == from)
        });
        let exonic = exons.iter().any(|&(s, e)| s < start as usize && (end as usize) < e);
        let intronic = oracle::intron_around(&exons, start as usize, end as usize);
        let taken = exonic || dice.once_in(10) || (intronic && dice.once_in(3));
        if near && apart && taken {
            out.push(allele);
        }
        if out.len() == wanted {
            break;
        }
    }
    out.sort_by_key(|a| (a.start, a.reference.len()));
    out
}

/// The genome with some of the alleles.
fn edited(world: &World, alleles: &[&Allele]) -> String {
    let mut sorted = alleles.to_vec();
    sorted.sort_by_key(|a| (a.start, a.reference.len()));
    sorted.iter().rev().fold(world.bases.clone(), |bases, allele| {
        let (start, end) = (allele.start as usize, allele.start as usize + allele.reference.len());
        format!("{}{}{}", &bases[..start], String::from_utf8_lossy(&allele.alternate), &bases[end..])
    })
}

/// The protein of a copy with some of the alleles; nothing where an allele does not lie strictly inside an exon or an
/// intron, or touches the start codon or what is before it.
fn protein(world: &World, alleles: &[&Allele]) -> Option<String> {
    let coding = world.transcript.coding.as_ref()?;
    let mut exons = oracle::exons(&world.transcript);
    let mut places: Vec<usize> = exons.iter().flat_map(|&(s, e)| s..e).collect();
    let forward = world.transcript.strand == Strand::Forward;
    if !forward {
        places.reverse();
    }
    // The last base of the start codon, which all alleles must lie behind.
    let codon_end = places[coding.cds.start as usize + 2];
    let mut sorted = alleles.to_vec();
    sorted.sort_by_key(|a| (a.start, a.reference.len()));
    for allele in sorted.iter().rev() {
        let (start, end) = (allele.start as usize, allele.start as usize + allele.reference.len());
        let behind = if forward { start > codon_end } else { end <= codon_end };
        if !behind {
            return None;
        }
        let gain = allele.alternate.len() as i64 - allele.reference.len() as i64;
        exons = match oracle::intron_around(&exons, start, end) {
            true => oracle::exons_behind(&exons, end, gain),
            false => oracle::moved_exons(&exons, start, end, gain)?,
        };
    }
    let spliced = oracle::spliced(&edited(world, alleles), &exons, world.transcript.strand);
    Some(oracle::translate(&spliced[coding.cds.start as usize..], world.mito))
}

/// The protein that a reading's groups make of the reference's, one after the other.
fn told(reference: &str, reading: &Reading) -> String {
    let (mut out, mut from) = (Vec::new(), 0);
    for group in reading.groups.iter().filter(|g| g.behind.is_none()) {
        let change = &group.outcome.change.as_ref().unwrap().protein;
        // Groups whose codons touch no further residue may begin where the last one ended.
        out.extend_from_slice(&reference.as_bytes()[from..change.first.min(reference.len())]);
        out.extend_from_slice(&change.residues);
        if change.tail != Tail::Same {
            return String::from_utf8(out).unwrap();
        }
        from = change.end;
    }
    out.extend_from_slice(&reference.as_bytes()[from..]);
    String::from_utf8(out).unwrap()
}

struct Seen {
    judged: u32,
    joined: u32,
    restored: u32,
    stopped: u32,
    beside_introns: u32,
}

fn each(mut check: impl FnMut(u64, &World, &[Allele], &Reading, &Haplotypes<'_>, &mut Sequences)) {
    for seed in 0..copies() {
        let mut dice = Dice(seed.wrapping_mul(0xD134_2543_DE82_EF95));
        let world = World::new(&mut dice);
        let Some(coding) = &world.transcript.coding else { continue };
        if coding.start_incomplete || coding.end_incomplete || world.internal_stop.is_some() {
            continue;
        }
        let (genome, transcripts) = (world.genome(), world.transcripts());
        let engine = Haplotypes::new(&genome, &transcripts);
        let mut sequences = Sequences::default();
        let alleles = alleles(&world, &mut dice);
        let members: Vec<Member> = alleles.iter().map(|a| Member::new(&genome, a).unwrap()).collect();
        let reading = engine.read(0, &members.iter().collect::<Vec<_>>(), &mut sequences);
        check(seed, &world, &alleles, &reading, &engine, &mut sequences);
    }
}

#[test]
fn the_groups_together_make_the_protein_of_the_copy() {
    let mut seen = Seen { judged: 0, joined: 0, restored: 0, stopped: 0, beside_introns: 0 };
    each(|seed, world, alleles, reading, _, _| {
        assert!(reading.overlapping.is_empty(), "seed {seed}: {alleles:?}");
        let all: Vec<&Allele> = alleles.iter().collect();
        let (Some(old), Some(new)) = (protein(world, &[]), protein(world, &all)) else { return };
        // An allele that can be written outside its exon is named, and judged, there.
        let mut dice = Dice(seed);
        let inside = |a: &Allele, dice: &mut Dice| {
            let bare =
                spellings(world, a, dice).into_iter().filter(|s| s.reference.len() == a.reference.len());
            bare.into_iter().all(|s| protein(world, &[&s]).is_some())
        };
        if reading.groups.iter().any(|g| g.outcome.change.is_none())
            || !alleles.iter().all(|a| inside(a, &mut dice))
        {
            return;
        }
        let context = || format!("seed {seed}: {alleles:?}\n{:?}\n{reading:#?}", world.transcript);
        assert_eq!(told(&old, reading), new, "{}", context());
        seen.judged += 1;
        seen.joined += u32::from(reading.groups.iter().any(|g| g.members.len() > 1));
        seen.restored += u32::from(reading.groups.iter().any(|g| g.members.len() > 1 && g.restores_frame));
        let read = reading.groups.iter().flat_map(|g| &g.members).collect::<std::collections::BTreeSet<_>>();
        seen.beside_introns +=
            u32::from(read.len() < alleles.len() && reading.groups.iter().any(|g| g.members.len() > 1));
        for group in &reading.groups {
            // Whoever restores the frame does so before the old stop: what is named as another end is no restoration.
            let name = group.hgvsp.as_ref().unwrap();
            assert!(!(group.restores_frame && name.contains("fsTer")), "{}", context());
            let own: Vec<&Allele> = group.members.iter().map(|&m| &alleles[m]).collect();
            let alone = protein(world, &own).unwrap();
            let name = group.hgvsp.as_ref().unwrap();
            applier::protein(&old, &alone, name);
            if matches!(group.behind, Some(Behind::Stop(_))) {
                seen.stopped += 1;
                let rest: Vec<&Allele> =
                    (0..alleles.len()).filter(|i| !group.members.contains(i)).map(|i| &alleles[i]).collect();
                assert_eq!(protein(world, &rest).unwrap(), new, "{}", context());
            }
        }
    });
    let Seen { judged, joined, restored, stopped, beside_introns } = seen;
    println!(
        "copies: {judged} judged, {joined} with a compound effect ({beside_introns} beside others in introns), {restored} restore the frame, {stopped} members behind a stop"
    );
    assert!(judged > 500 && joined > 200 && restored > 20 && stopped > 50 && beside_introns > 10);
}

#[test]
fn a_name_in_cis_leads_back_to_the_alternate_sequence() {
    let (mut several, mut merged) = (0, 0);
    each(|seed, world, alleles, reading, _, _| {
        for group in reading.groups.iter().filter(|g| g.members.len() > 1) {
            let Some(name) = &group.hgvsc else { continue };
            let (accession, description) = name.split_once(":c.").unwrap();
            let inner = description.strip_prefix('[').and_then(|d| d.strip_suffix(']'));
            let parts: Vec<&str> = inner.unwrap_or(description).split(';').collect();
            if parts == ["="] {
                continue;
            }
            let target = edited(world, &group.members.iter().map(|&m| &alleles[m]).collect::<Vec<_>>());
            let apply = |bases: String, part: &&str| {
                applier::transcript_parts(
                    &world.bases,
                    bases,
                    &world.transcript,
                    &format!("{accession}:c.{part}"),
                )
            };
            // The one furthest 3' first, so that the others stay where they are.
            let applied = parts.iter().rev().fold(world.bases.clone(), apply);
            assert_eq!(applied, target, "seed {seed}: {name} for {alleles:?} on {:?}", world.transcript);
            several += u32::from(parts.len() > 1);
            merged += u32::from(parts.len() < group.members.len());
        }
    });
    println!("names in cis: {several} with several parts, {merged} with parts merged");
    assert!(several > 100 && merged > 50);
}

#[test]
fn one_member_alone_is_the_single_variant() {
    let mut compared = 0;
    each(|seed, world, alleles, _, engine, sequences| {
        let (genome, transcripts) = (world.genome(), world.transcripts());
        let options = Options::new(Assembly::Other("invented".to_owned()));
        let annotator = Annotator::new(&genome, &transcripts, options);
        let mut dice = Dice(seed);
        for allele in alleles {
            for spelt in spellings(world, allele, &mut dice).iter().take(4) {
                let annotation = annotator.annotate(spelt, &mut Scratch::new());
                let single = annotation.consequences.iter().find(|c| c.transcript_index.is_some());
                let member = Member::new(&genome, spelt).unwrap();
                let reading = engine.read(0, &[&member], sequences);
                let Some(group) = reading.groups.first() else { continue };
                let single = single.unwrap();
                assert_eq!(group.outcome.terms, single.terms, "seed {seed}: {spelt:?}");
                assert_eq!((&group.hgvsc, &group.hgvsp), (&single.hgvsc, &single.hgvsp), "seed {seed}");
                compared += 1;
            }
        }
    });
    assert!(compared > 2_000, "{compared}");
}

#[test]
fn the_order_of_the_members_does_not_matter() {
    each(|seed, world, alleles, reading, engine, sequences| {
        let genome = world.genome();
        let members: Vec<Member> = alleles.iter().rev().map(|a| Member::new(&genome, a).unwrap()).collect();
        let other = engine.read(0, &members.iter().collect::<Vec<_>>(), sequences);
        let last = alleles.len() - 1;
        assert_eq!(reading.groups.len(), other.groups.len(), "seed {seed}");
        for (one, two) in reading.groups.iter().zip(&other.groups) {
            let members: Vec<usize> = two.members.iter().map(|m| last - m).collect();
            assert_eq!(one.members, members, "seed {seed}");
            assert_eq!(
                (one.outcome.terms, &one.hgvsc, &one.hgvsp),
                (two.outcome.terms, &two.hgvsc, &two.hgvsp)
            );
        }
    });
}
