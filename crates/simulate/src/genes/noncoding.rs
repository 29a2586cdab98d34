//! Genes that make no protein.

use super::super::genome::Genome;
use super::super::random::Random;
use super::Transcript;
use super::coding::write_splice_signals;

/// A spliced long non-coding transcript of `count` exons from `start`; gives its end too.
pub fn spliced(
    genome: &mut Genome,
    contig: usize,
    forward: bool,
    start: u32,
    count: u32,
    random: &mut Random,
) -> Transcript {
    let mut exons = Vec::new();
    let mut at = start;
    for _ in 0..count {
        let end = at + random.between(70, 260);
        exons.push((at, end));
        at = end + random.between(90, 500);
    }
    if !forward {
        exons.reverse();
    }
    write_splice_signals(genome, contig, forward, &exons, random);
    transcript(exons, "lncRNA", random)
}

/// An unspliced transcript.
pub fn unspliced(start: u32, end: u32, biotype: &'static str, random: &mut Random) -> Transcript {
    transcript(vec![(start, end)], biotype, random)
}

fn transcript(exons: Vec<(u32, u32)>, biotype: &'static str, random: &mut Random) -> Transcript {
    Transcript { version: random.between(1, 4), exons, coding: None, biotype, mane: None }
}
