//! One protein-coding gene: exon lengths, an open reading frame over them, and splice signals between.

use super::super::genome::Genome;
use super::super::random::Random;
use super::super::sequence::{Code, complement};
use super::{Coding, Mane, Transcript};

/// What the layout asks for.
pub struct Wish {
    /// Number of exons.
    pub exons: u32,
    /// Forward strand.
    pub forward: bool,
    /// The first exon holds no coding base.
    pub leading_exon_untranslated: bool,
    /// The last exon holds no coding base.
    pub trailing_exon_untranslated: bool,
    /// A TGA in the middle is selenocysteine.
    pub selenocysteine: bool,
    /// A run of nine A lies in the coding sequence.
    pub homopolymer: bool,
    /// The index of an intron to be made long enough to hold a nested gene.
    pub roomy_intron: Option<usize>,
}

/// A gene planned in its own coordinates: lengths of exons and introns in transcript order.
pub struct Plan {
    exons: Vec<u32>,
    introns: Vec<u32>,
    coding: Coding,
    wish: Wish,
}

impl Plan {
    /// Draws the lengths.
    pub fn new(wish: Wish, random: &mut Random) -> Self {
        let count = wish.exons as usize;
        let mut exons: Vec<u32> = (0..count)
            .map(|_| if random.chance(0.04) { random.between(7, 20) } else { random.between(66, 190) })
            .collect();
        let (mut five, mut three) = (random.between(40, 110), random.between(80, 220));
        if count == 1 {
            exons[0] = five + three + 3 * random.between(80, 260);
        } else {
            exons[0] = five + random.between(20, 90);
            exons[count - 1] = three + random.between(30, 120);
            if wish.leading_exon_untranslated && count > 3 {
                five = exons[0] + random.between(5, 25);
                exons[1] = exons[1].max(90);
            }
            if wish.trailing_exon_untranslated && count > 4 {
                three = exons[count - 1] + random.between(20, 60);
                exons[count - 2] = exons[count - 2].max(120);
            }
        }
        if wish.homopolymer || wish.selenocysteine {
            exons[count / 2] = exons[count / 2].max(150);
        }
        let total: u32 = exons.iter().sum();
        let surplus = (total - five - three) % 3;
        three += surplus;
        let coding = Coding {
            start: five as usize,
            end: (total - three) as usize,
            phase: 0,
            start_missing: false,
            end_missing: false,
            selenocysteines: Vec::new(),
        };
        let introns = (1..count)
            .map(|i| {
                if wish.roomy_intron == Some(i - 1) {
                    3_000
                } else if random.chance(0.1) {
                    random.between(600, 1_600)
                } else {
                    random.between(80, 330)
                }
            })
            .collect();
        Self { exons, introns, coding, wish }
    }

    /// Length on the genome.
    pub fn span(&self) -> u32 {
        self.exons.iter().sum::<u32>() + self.introns.iter().sum::<u32>()
    }

    /// Writes the gene at `start` and gives its MANE Select transcript, and where its run of A begins.
    pub fn place(
        mut self,
        genome: &mut Genome,
        contig: usize,
        start: u32,
        random: &mut Random,
    ) -> (Transcript, Option<usize>) {
        let forward = self.wish.forward;
        let mut exons = Vec::new();
        let mut at = if forward { start } else { start + self.span() };
        for (index, length) in self.exons.iter().enumerate() {
            let intron = self.introns.get(index).copied().unwrap_or(0);
            if forward {
                exons.push((at, at + length));
                at += length + intron;
            } else {
                exons.push((at - length, at));
                at -= (length + intron).min(at);
            }
        }
        let middle = self.codon_inside_exon(self.exons.len() / 2);
        let mut frame = open_reading_frame((self.coding.end - self.coding.start) / 3, random);
        let mut homopolymer = None;
        if self.wish.selenocysteine {
            frame[middle * 3..middle * 3 + 3].copy_from_slice(b"TGA");
            self.coding.selenocysteines.push(self.coding.start + middle * 3);
        } else if self.wish.homopolymer {
            // GCC AAA AAA AAA CTC: the run begins and ends on a codon, so one base more or less shifts the frame.
            frame[(middle - 1) * 3..(middle + 4) * 3].copy_from_slice(b"GCCAAAAAAAAACTC");
            homopolymer = Some(self.coding.start + middle * 3);
        }
        let transcript = Transcript {
            version: random.between(1, 12),
            exons,
            coding: Some(self.coding.clone()),
            biotype: "protein_coding",
            mane: Some(Mane::Select),
        };
        for (index, base) in frame.iter().enumerate() {
            let position = transcript.genomic(forward, self.coding.start + index);
            put(genome, contig, forward, position, *base);
        }
        write_splice_signals(genome, contig, forward, &transcript.exons, random);
        (transcript, homopolymer)
    }

    /// A codon well inside exon `index`.
    fn codon_inside_exon(&self, index: usize) -> usize {
        let offset: u32 = self.exons[..index].iter().sum();
        let middle = (offset + self.exons[index] / 2 - 10) as usize;
        let middle = middle.clamp(self.coding.start + 12, self.coding.end - 30);
        (middle - self.coding.start) / 3
    }
}

/// ATG, sense codons, stop.
fn open_reading_frame(codons: usize, random: &mut Random) -> Vec<u8> {
    let mut frame = b"ATG".to_vec();
    while frame.len() < (codons - 1) * 3 {
        let codon = [random.base(), random.base(), random.base()];
        if Code::Standard.amino_acid(&codon) != b'*' {
            frame.extend(codon);
        }
    }
    frame.extend_from_slice(random.pick(&[b"TAA", b"TAG", b"TGA"]).as_slice());
    frame
}

/// Writes a base of the transcript's strand.
pub fn put(genome: &mut Genome, contig: usize, forward: bool, position: u32, base: u8) {
    genome.contigs[contig].bases[position as usize] = if forward { base } else { complement(base) };
}

/// GT…AG (GC…AG for one intron in twenty-five), the donor's consensus tail and the pyrimidine tract.
pub fn write_splice_signals(
    genome: &mut Genome,
    contig: usize,
    forward: bool,
    exons: &[(u32, u32)],
    random: &mut Random,
) {
    for pair in exons.windows(2) {
        let donor = if random.chance(0.04) { b"GCAAGT" } else { b"GTAAGT" };
        let first = if forward { pair[0].1 } else { pair[0].0 - 1 };
        for (step, base) in donor.iter().enumerate() {
            put(genome, contig, forward, step_on(first, forward, step as i64), *base);
        }
        let last = if forward { pair[1].0 - 1 } else { pair[1].1 };
        put(genome, contig, forward, last, b'G');
        put(genome, contig, forward, step_on(last, forward, -1), b'A');
        put(
            genome,
            contig,
            forward,
            step_on(last, forward, -2),
            if random.chance(0.7) { b'C' } else { b'T' },
        );
        for step in 4..17 {
            let base = if random.chance(0.6) { b'T' } else { b'C' };
            put(genome, contig, forward, step_on(last, forward, -step), base);
        }
    }
}

/// `steps` bases downstream in the direction of the transcript.
pub fn step_on(position: u32, forward: bool, steps: i64) -> u32 {
    let moved = if forward { i64::from(position) + steps } else { i64::from(position) - steps };
    moved as u32
}
