//! The genome: random bases, then repeats, then (by the gene builder) what genes need; runs of N last.

use std::io::Write;
use std::path::Path;

use super::compressed;
use super::random::Random;
use super::{Settings, SimulateError};

/// Length of the pseudoautosomal region at the start of X and of Y.
pub const PSEUDOAUTOSOMAL: u32 = 30_000;

/// Indexes of the contigs in [`Genome::contigs`].
pub const X: usize = 3;
/// Index of Y.
pub const Y: usize = 4;
/// Index of the mitochondrial genome.
pub const M: usize = 5;

/// Name and length at scale 1 of each contig.
const CONTIGS: [(&str, u32); 6] = [
    ("chr1", 300_000),
    ("chr2", 260_000),
    ("chr3", 200_000),
    ("chrX", 190_000),
    ("chrY", 70_000),
    ("chrM", 16_569),
];

/// One contig.
pub struct Contig {
    /// Name as in the FASTA.
    pub name: &'static str,
    /// Bases, upper case.
    pub bases: Vec<u8>,
}

/// All contigs, in FASTA order.
pub struct Genome {
    /// chr1, chr2, chr3, chrX, chrY, chrM.
    pub contigs: Vec<Contig>,
}

impl Genome {
    /// Random bases with repeats in them.
    pub fn new(settings: &Settings) -> Self {
        let mut contigs = Vec::new();
        for (index, (name, length)) in CONTIGS.into_iter().enumerate() {
            let mut random = Random::new(settings.seed, &format!("genome {name}"));
            let length = if index == M { length } else { length.saturating_mul(settings.scale) };
            let mut bases: Vec<u8> = (0..length).map(|_| random.base()).collect();
            if index != M {
                strew_repeats(&mut bases, &mut random);
            }
            contigs.push(Contig { name, bases });
        }
        Self { contigs }
    }

    /// The bases of a contig.
    pub fn bases(&self, contig: usize) -> &[u8] {
        &self.contigs[contig].bases
    }

    /// Makes the start of Y the same as the start of X.
    pub fn share_pseudoautosomal(&mut self) {
        let shared = self.contigs[X].bases[..PSEUDOAUTOSOMAL as usize].to_vec();
        self.contigs[Y].bases[..PSEUDOAUTOSOMAL as usize].copy_from_slice(&shared);
    }

    /// Overwrites `start..end` with N.
    pub fn mask(&mut self, contig: usize, start: u32, end: u32) {
        self.contigs[contig].bases[start as usize..end as usize].fill(b'N');
    }

    /// Writes the block-gzipped FASTA with its `.fai` and `.gzi`.
    ///
    /// # Errors
    /// Fails where a file can't be written.
    pub fn write(&self, path: &Path) -> Result<(), SimulateError> {
        const WIDTH: usize = 60;
        let mut writer = compressed::create(path)?;
        let mut index = String::new();
        let mut offset = 0;
        let failed = |source| SimulateError::write(path, source);
        for contig in &self.contigs {
            let heading = format!(">{}\n", contig.name);
            writer.write_all(heading.as_bytes()).map_err(failed)?;
            offset += heading.len();
            let length = contig.bases.len();
            index.push_str(&format!("{}\t{length}\t{offset}\t{WIDTH}\t{}\n", contig.name, WIDTH + 1));
            for line in contig.bases.chunks(WIDTH) {
                writer.write_all(line).and_then(|()| writer.write_all(b"\n")).map_err(failed)?;
            }
            offset += length + length.div_ceil(WIDTH);
        }
        compressed::close(path, writer)?;
        let mut name = path.as_os_str().to_owned();
        name.push(".fai");
        compressed::write(Path::new(&name), index.as_bytes())?;
        compressed::index_blocks(path)
    }
}

/// A homopolymer or a short tandem repeat about every 900 bases, so that alleles have several spellings.
fn strew_repeats(bases: &mut [u8], random: &mut Random) {
    const UNITS: [&[u8]; 10] = [b"A", b"T", b"A", b"T", b"C", b"CA", b"TG", b"CAG", b"AAT", b"GATA"];
    let mut at = random.between(200, 900) as usize;
    while at + 80 < bases.len() {
        let unit = *random.pick(&UNITS);
        let copies = if unit.len() == 1 { random.between(7, 16) } else { random.between(4, 12) } as usize;
        let length = copies * unit.len();
        for (base, new) in bases[at..at + length].iter_mut().zip(unit.iter().cycle()) {
            *base = *new;
        }
        at += length + random.between(300, 1_500) as usize;
    }
}
