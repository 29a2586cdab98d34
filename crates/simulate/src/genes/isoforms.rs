//! Further transcripts of a coding gene, each derived from the first and checked by translating it.

use super::super::genome::Genome;
use super::super::random::Random;
use super::{Coding, Gene, Mane, Transcript};

/// Adds up to four transcripts to a gene that has its first.
pub fn add(gene: &mut Gene, genome: &Genome, random: &mut Random) {
    let Some(first) = gene.transcripts.first().cloned() else { return };
    let mut new: Vec<Transcript> = Vec::new();
    if random.chance(0.55)
        && let Some(mut skipped) = skipping(&first, gene, genome, true)
    {
        if random.chance(0.3) {
            skipped.mane = Some(Mane::PlusClinical);
        }
        new.push(skipped);
    }
    if random.chance(0.35)
        && let Some(decayed) = skipping(&first, gene, genome, false)
    {
        new.push(decayed);
    }
    if random.chance(0.4) {
        new.extend(shorter_ends(&first));
    }
    if random.chance(0.25) {
        new.extend(start_not_found(&first, random));
    }
    if random.chance(0.25) {
        new.extend(end_not_found(&first, random));
    }
    if random.chance(0.2) {
        new.extend(retained_intron(&first, random));
    }
    for mut transcript in new {
        transcript.version = random.between(1, 8);
        if !gene.transcripts.iter().any(|t| t.exons == transcript.exons && t.coding == transcript.coding) {
            gene.transcripts.push(transcript);
        }
    }
}

/// Leaves out one exon: in frame (protein coding) or out of frame with an early stop (nonsense-mediated decay).
fn skipping(first: &Transcript, gene: &Gene, genome: &Genome, in_frame: bool) -> Option<Transcript> {
    let coding = first.coding.as_ref()?;
    if !coding.selenocysteines.is_empty() {
        return None;
    }
    let offsets = first.exon_offsets();
    let inner = first.exons.len().saturating_sub(1);
    for (index, offset) in offsets.into_iter().enumerate().take(inner).skip(1) {
        let length = (first.exons[index].1 - first.exons[index].0) as usize;
        let inside = offset >= coding.start + 3 && offset + length + 3 <= coding.end;
        if !inside || length.is_multiple_of(3) != in_frame {
            continue;
        }
        let mut new = first.clone();
        new.exons.remove(index);
        new.mane = None;
        let spliced = new.spliced(genome, gene.contig, gene.forward);
        let protein = gene.code().translate(&spliced[coding.start..]);
        let Some(stop) = protein.iter().position(|a| *a == b'*') else { continue };
        let end = coding.start + (stop + 1) * 3;
        let last_junction = new.exon_offsets().last().copied().unwrap_or(0);
        let right = if in_frame { end + length == coding.end } else { end + 55 < last_junction };
        if right {
            new.coding = Some(Coding { end, ..coding.clone() });
            new.biotype = if in_frame { "protein_coding" } else { "nonsense_mediated_decay" };
            return Some(new);
        }
    }
    None
}

/// The same protein from shorter untranslated ends.
fn shorter_ends(first: &Transcript) -> Option<Transcript> {
    let coding = first.coding.as_ref()?;
    let first_exon = (first.exons[0].1 - first.exons[0].0) as usize;
    let from = 25.min(coding.start.min(first_exon).saturating_sub(10));
    let last_offset = first.exon_offsets().last().copied()?;
    let keep = coding.end.max(last_offset) + 20;
    cut(first, from, keep.min(first.length()))
}

/// Begins inside the coding sequence; every phase occurs.
fn start_not_found(first: &Transcript, random: &mut Random) -> Option<Transcript> {
    let coding = first.coding.as_ref()?;
    if coding.end - coding.start < 240 {
        return None;
    }
    let from = coding.start + 30 + random.below(90) as usize;
    let mut new = cut(first, from, first.length())?;
    let into = from - coding.start;
    let new_coding = new.coding.as_mut()?;
    new_coding.phase = (3 - into % 3) % 3;
    new_coding.start_missing = true;
    Some(new)
}

/// Ends inside the coding sequence.
fn end_not_found(first: &Transcript, random: &mut Random) -> Option<Transcript> {
    let coding = first.coding.as_ref()?;
    if coding.end - coding.start < 240 {
        return None;
    }
    let to = coding.end - 30 - random.below(90) as usize;
    let mut new = cut(first, 0, to)?;
    new.coding.as_mut()?.end_missing = true;
    Some(new)
}

/// Two exons and the intron between, not translated.
fn retained_intron(first: &Transcript, random: &mut Random) -> Option<Transcript> {
    if first.exons.len() < 4 {
        return None;
    }
    let index = random.below(first.exons.len() as u32 - 2) as usize;
    let (a, b) = (first.exons[index], first.exons[index + 1]);
    let mut new = first.clone();
    new.exons = vec![(a.0.min(b.0), a.1.max(b.1)), first.exons[index + 2]];
    new.coding = None;
    new.mane = None;
    new.biotype = "retained_intron";
    Some(new)
}

/// The part `from..to` of a transcript, in cDNA offsets; the coding sequence is cut with it.
fn cut(first: &Transcript, from: usize, to: usize) -> Option<Transcript> {
    let forward = first.exons.len() < 2 || first.exons[0].0 < first.exons[1].0;
    if first.exons.len() < 2 {
        return None; // the strand can't be told from one exon, and short genes keep one transcript
    }
    let mut exons = Vec::new();
    for (offset, (start, end)) in first.exon_offsets().into_iter().zip(&first.exons) {
        let length = (end - start) as usize;
        let (a, b) = (from.max(offset), to.min(offset + length));
        if a < b {
            let (a, b) = ((a - offset) as u32, (b - offset) as u32);
            exons.push(if forward { (start + a, start + b) } else { (end - b, end - a) });
        }
    }
    let mut new = first.clone();
    new.exons = exons;
    new.mane = None;
    if let Some(coding) = &mut new.coding {
        coding.start = coding.start.max(from) - from;
        coding.end = coding.end.min(to) - from;
        coding.selenocysteines.retain(|at| *at >= from && at + 3 <= to);
        for at in &mut coding.selenocysteines {
            *at -= from;
        }
    }
    Some(new)
}
