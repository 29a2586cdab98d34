//! Invented genomes with one transcript each, and alleles on them, all from one number.

use ithaca::model::allele::Allele;
use ithaca::model::contig::ContigId;
use ithaca::model::gene::Gene;
use ithaca::model::position::Interval;
use ithaca::model::transcript::{Coding, Exon, Strand, Transcript};
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::Transcripts;

use super::oracle;

/// Numbers from a seed (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn within(&mut self, low: usize, high: usize) -> usize {
        low + (self.next() % (high - low + 1) as u64) as usize
    }

    /// True once in `n`.
    pub fn once_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }

    fn base(&mut self) -> u8 {
        b"ACGT"[self.within(0, 3)]
    }

    /// Bases with many short repeats.
    fn bases(&mut self, length: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(length + 8);
        while out.len() < length {
            if self.once_in(4) {
                let unit: Vec<u8> = (0..self.within(1, 4)).map(|_| self.base()).collect();
                for _ in 0..self.within(2, 5) {
                    out.extend_from_slice(&unit);
                }
            } else {
                out.push(self.base());
            }
        }
        out.truncate(length);
        out
    }
}

/// One invented world.
pub struct World {
    /// The contig's bases.
    pub bases: String,
    /// Its only transcript.
    pub transcript: Transcript,
    /// True for a mitochondrial contig.
    pub mito: bool,
    /// Residue of a stop codon inside the coding sequence, 0-based; most have none.
    pub internal_stop: Option<usize>,
}

impl World {
    /// Exons of 1 to 60 bases, introns from 1 base on, untranslated regions with introns, both strands.
    pub fn new(dice: &mut Dice) -> Self {
        let mito = dice.once_in(8);
        let strand = if dice.once_in(2) { Strand::Forward } else { Strand::Reverse };
        let count = dice.within(1, 5);
        let margin = dice.within(0, 40);
        let mut at = margin;
        let mut exons = Vec::new();
        for i in 0..count {
            if i > 0 {
                at += if dice.once_in(6) { dice.within(1, 13) } else { dice.within(14, 70) };
            }
            let length = if dice.once_in(5) { dice.within(1, 4) } else { dice.within(10, 60) };
            exons.push((at, at + length));
            at += length;
        }
        let length = at + dice.within(0, 40);
        let mut bases = dice.bases(length);
        let spliced: usize = exons.iter().map(|(s, e)| e - s).sum();
        let coding = (spliced >= 12 && !dice.once_in(5)).then(|| Self::coding(dice, spliced, mito));
        let mut internal_stop = None;
        if let Some(coding) = &coding {
            let codons = coding.cds.len() as usize / 3;
            internal_stop = (codons > 4 && dice.once_in(12)).then(|| dice.within(2, codons - 3));
            Self::plant(dice, &mut bases, &exons, strand, coding, (mito, internal_stop));
        }
        let mut offset = 0;
        let mut in_order = exons.clone();
        if strand == Strand::Reverse {
            in_order.reverse();
        }
        let exons = in_order
            .iter()
            .map(|&(s, e)| {
                let exon = Exon { start: s as u32, end: e as u32, cdna_start: offset };
                offset += exon.len();
                exon
            })
            .collect();
        let transcript = Transcript {
            accession: "NM_000001.1".to_owned(),
            gene: 0,
            biotype: if coding.is_some() { "protein_coding" } else { "lncRNA" }.to_owned(),
            contig: ContigId(0),
            strand,
            exons,
            coding,
            own_bases: Vec::new(),
            differs_somewhere: false,
            mane: None,
            canonical: true,
        };
        Self { bases: String::from_utf8(bases).unwrap(), transcript, mito, internal_stop }
    }

    fn coding(dice: &mut Dice, spliced: usize, mito: bool) -> Coding {
        let start = if dice.once_in(4) { 0 } else { dice.within(0, (spliced - 9) / 2) };
        let most = (spliced - start) / 3;
        let codons = if dice.once_in(4) { most } else { dice.within(3, most) };
        let incomplete = dice.once_in(10);
        // A mitochondrial transcript may end within its stop codon.
        let unfinished = (spliced - start) % 3;
        let codons = if mito && unfinished > 0 && dice.once_in(2) { most } else { codons };
        let unfinished = if mito && codons == most && !incomplete { unfinished } else { 0 };
        Coding {
            cds: Interval::new(start as u32, (start + 3 * codons + unfinished) as u32),
            phase: 0,
            start_incomplete: incomplete && start == 0,
            end_incomplete: incomplete && start + 3 * codons == spliced,
            selenocysteines: Vec::new(),
            slippage: Vec::new(),
            skipped: Vec::new(),
            protein: Some("NP_000001.1".to_owned()),
        }
    }

    /// Writes a start codon, a stop codon and no stop between them into the genome.
    fn plant(
        dice: &mut Dice,
        bases: &mut [u8],
        exons: &[(usize, usize)],
        strand: Strand,
        coding: &Coding,
        (mito, internal_stop): (bool, Option<usize>),
    ) {
        let mut places: Vec<usize> = exons.iter().flat_map(|&(s, e)| s..e).collect();
        if strand == Strand::Reverse {
            places.reverse();
        }
        let mut write = |spliced: usize, codon: &str| {
            for (i, base) in codon.chars().enumerate() {
                let base = if strand == Strand::Forward {
                    base.to_string()
                } else {
                    oracle::turned(&base.to_string())
                };
                bases[places[spliced + i]] = base.as_bytes()[0];
            }
        };
        let (start, end) = (coding.cds.start as usize, coding.cds.end as usize);
        let sense = ["GCT", "TTC", "CTG", "GAA", "AAA", "CCC", "TGG", "GGA", "CAG"];
        let mut repeat = sense[0];
        let whole = end - (end - start) % 3;
        for at in (start..whole).step_by(3) {
            if !dice.once_in(3) {
                repeat = sense[dice.within(0, sense.len() - 1)];
            }
            write(at, repeat);
        }
        if let Some(residue) = internal_stop {
            write(start + 3 * residue, "TAG");
        }
        write(start, if mito { oracle::INITIATORS[dice.within(0, 4)] } else { "ATG" });
        if whole < end {
            write(whole, &"TA"[..end - whole]);
        } else if !coding.end_incomplete {
            write(end - 3, if mito || dice.once_in(2) { "TAA" } else { "TGA" });
        }
    }

    /// The genome of the engine.
    pub fn genome(&self) -> Genome {
        let name = if self.mito { "chrM" } else { "chr1" };
        Genome::from_sequences(vec![(name.to_owned(), self.bases.as_bytes().to_vec())])
    }

    /// The transcripts of the engine.
    pub fn transcripts(&self) -> Transcripts {
        let gene = Gene { hgnc_id: None, symbol: "GENE".to_owned(), source_id: "1".to_owned() };
        Transcripts::from_records(vec![gene], vec![self.transcript.clone()])
    }

    /// A random allele in its shortest form: substitution, deletion, insertion, copy, or replacement.
    pub fn allele(&self, dice: &mut Dice) -> Allele {
        let bases = self.bases.as_bytes();
        loop {
            let start = dice.within(0, bases.len() - 1);
            let removed = match dice.within(0, 5) {
                0 | 1 => 1,
                2 | 3 => 0,
                _ => dice.within(1, 12),
            };
            let end = (start + removed).min(bases.len());
            let mut alternate: Vec<u8> = match dice.within(0, 4) {
                0 => Vec::new(),
                1 => vec![dice.base()],
                2 => (0..dice.within(1, 7)).map(|_| dice.base()).collect(),
                3 => bases[start.saturating_sub(dice.within(1, 6))..start].to_vec(),
                _ => (0..removed).map(|_| dice.base()).collect(),
            };
            let mut reference = bases[start..end].to_vec();
            let mut from = start;
            while !reference.is_empty() && reference.last() == alternate.last() {
                reference.pop();
                alternate.pop();
            }
            while !reference.is_empty() && reference.first() == alternate.first() {
                reference.remove(0);
                alternate.remove(0);
                from += 1;
            }
            if reference != alternate {
                return Allele { contig: ContigId(0), start: from as u32, reference, alternate };
            }
        }
    }
}

/// Every spelling of an allele: all equivalent placements of an insertion or deletion found by comparing whole
/// sequences, each bare and with padding on either side.
pub fn spellings(world: &World, allele: &Allele, dice: &mut Dice) -> Vec<Allele> {
    let genome = &world.bases;
    let target = oracle::edited(genome, allele);
    let mut out = vec![allele.clone()];
    if allele.reference.is_empty() || allele.alternate.is_empty() {
        let removed = allele.reference.len();
        let added = allele.alternate.len();
        for start in 0..=genome.len() - removed {
            if start as u32 == allele.start || start + added > target.len() {
                continue;
            }
            let other = Allele {
                contig: allele.contig,
                start: start as u32,
                reference: genome.as_bytes()[start..start + removed].to_vec(),
                alternate: target.as_bytes()[start..start + added].to_vec(),
            };
            if oracle::edited(genome, &other) == target {
                out.push(other);
            }
        }
    }
    let bare = out.clone();
    for allele in &bare {
        let left = dice.within(0, 4).min(allele.start as usize);
        let end = allele.start as usize + allele.reference.len();
        let right = dice.within(0, 4).min(genome.len() - end);
        let head = &genome.as_bytes()[allele.start as usize - left..allele.start as usize];
        let tail = &genome.as_bytes()[end..end + right];
        out.push(Allele {
            contig: allele.contig,
            start: allele.start - left as u32,
            reference: [head, &allele.reference, tail].concat(),
            alternate: [head, &allele.alternate, tail].concat(),
        });
    }
    out
}
