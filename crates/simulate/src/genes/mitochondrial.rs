//! The mitochondrial genome: table 2, no introns, some stop codons completed by the poly(A) tail.

use super::super::genome::{Genome, M};
use super::super::random::Random;
use super::super::sequence::Code;
use super::coding::put;
use super::noncoding::unspliced;
use super::{Coding, Transcript};

/// A mitochondrial gene before it has a name: kind (`P`, `R`, `T`), strand and transcript.
pub struct Placed {
    /// `P` protein, `R` ribosomal RNA, `T` transfer RNA.
    pub kind: char,
    /// Strand.
    pub forward: bool,
    /// Its one transcript.
    pub transcript: Transcript,
}

/// Two rRNA genes and thirteen coding ones, each after a tRNA.
pub fn place(genome: &mut Genome, random: &mut Random) -> Vec<Placed> {
    let mut placed = Vec::new();
    let mut at = 580;
    for length in [700, 1_100] {
        let transcript = unspliced(at, at + length, "Mt_rRNA", random);
        placed.push(Placed { kind: 'R', forward: true, transcript });
        at += length + 2;
    }
    for index in 0..13_u32 {
        let transcript = unspliced(at, at + 68, "Mt_tRNA", random);
        placed.push(Placed { kind: 'T', forward: index % 4 != 1, transcript });
        at += 70;
        let forward = index != 11;
        // Every third stop is incomplete: T-- or TA-, the rest of the codon is not in the genome.
        let missing = if index % 3 == 2 { 1 + index % 2 } else { 0 };
        let codons = random.between(90, 290);
        let length = codons * 3 - missing;
        let coding = frame(codons as usize, missing as usize, random);
        let mut transcript = unspliced(at, at + length, "protein_coding", random);
        transcript.coding = Some(Coding {
            start: 0,
            end: length as usize,
            phase: 0,
            start_missing: false,
            end_missing: false,
            selenocysteines: Vec::new(),
        });
        for (offset, base) in coding.iter().enumerate() {
            put(genome, M, forward, transcript.genomic(forward, offset), *base);
        }
        placed.push(Placed { kind: 'P', forward, transcript });
        at += length + random.between(0, 20);
    }
    placed
}

fn frame(codons: usize, missing: usize, random: &mut Random) -> Vec<u8> {
    let mut frame = if random.chance(0.3) { b"ATA".to_vec() } else { b"ATG".to_vec() };
    // A tryptophan written TGA early on: a stop to whoever uses the wrong table.
    frame.extend_from_slice(b"CTATGA");
    while frame.len() < (codons - 1) * 3 {
        let codon = [random.base(), random.base(), random.base()];
        if Code::Mitochondrial.amino_acid(&codon) != b'*' {
            frame.extend(codon);
        }
    }
    const STOPS: [&[u8; 3]; 4] = [b"TAA", b"TAG", b"AGA", b"AGG"];
    let stop = if missing > 0 { STOPS[0] } else { *random.pick(&STOPS) };
    frame.extend_from_slice(&stop[..3 - missing]);
    frame
}
