//! What a caller would see in a family: background variants by descent, planted alleles where they were put.

use super::genome::M;
use super::pedigree::{Inheritance, Pedigree};
use super::random::{Random, hashed_fraction};
use super::referral::Plant;
use super::sites::Site;

/// A call of one member.
#[derive(Clone, Debug)]
pub struct Call {
    /// Allele index on each existing copy, mother's first; empty where the member has no copy.
    pub alleles: Vec<u8>,
    /// Reads per allele, REF first.
    pub depths: Vec<u32>,
    /// Genotype quality.
    pub quality: u32,
}

impl Call {
    /// True where any copy differs from REF.
    pub fn is_variant(&self) -> bool {
        self.alleles.iter().any(|a| *a > 0)
    }

    /// All reads.
    pub fn depth(&self) -> u32 {
        self.depths.iter().sum()
    }
}

/// One record of a family.
#[derive(Clone, Debug)]
pub struct Record {
    /// Contig index.
    pub contig: usize,
    /// 0-based.
    pub position: u32,
    /// REF.
    pub reference: Vec<u8>,
    /// ALTs.
    pub alternates: Vec<Vec<u8>>,
    /// FILTER.
    pub filter: &'static str,
    /// One a member of the pedigree.
    pub calls: Vec<Call>,
}

/// Everything needed to call a family.
pub struct Calling<'a> {
    /// The family.
    pub pedigree: &'a Pedigree,
    /// Its meioses.
    pub inheritance: &'a Inheritance,
    /// Planted alleles, and which copies of each member carry each.
    pub plants: &'a [(Plant, Vec<[bool; 2]>)],
    /// A number of its own for each family.
    pub family: u64,
    /// The seed of the world.
    pub seed: u64,
}

impl Calling<'_> {
    /// The records of one contig, in order of place; records in which nobody varies are left out.
    pub fn contig(&self, contig: usize, sites: &[Site], bases: &[u8]) -> Vec<Record> {
        let mut random = Random::new(self.seed, &format!("calls {} {contig}", self.family));
        let mut records = Vec::new();
        for (number, site) in sites.iter().enumerate() {
            let calls: Vec<Call> = (0..self.pedigree.members.len())
                .map(|member| {
                    let copies = self.pedigree.copies(member, contig, site.position);
                    let alleles = copies
                        .iter()
                        .map(|copy| self.background(member, *copy, contig, number, site))
                        .collect();
                    usual(alleles, site.alternates.len(), contig, &mut random)
                })
                .collect();
            if self.pedigree.sequenced().iter().any(|m| calls[*m].is_variant()) {
                records.push(Record {
                    contig,
                    position: site.position,
                    reference: site.reference.clone(),
                    alternates: site.alternates.clone(),
                    filter: "PASS",
                    calls,
                });
            }
        }
        records.extend(self.planted(contig, bases, &mut random));
        records.sort_by(|a, b| (a.position, &a.reference).cmp(&(b.position, &b.reference)));
        records
    }

    /// The allele a copy has by descent from a founder's haplotype.
    fn background(&self, member: usize, copy: usize, contig: usize, number: usize, site: &Site) -> u8 {
        let (founder, from) = self.inheritance.origin(self.pedigree, member, copy, contig, site.position);
        let key = [self.seed ^ self.family, (founder * 2 + from) as u64, contig as u64, number as u64];
        let mut left = hashed_fraction(key);
        for (index, frequency) in site.frequencies.iter().enumerate() {
            if left < *frequency {
                return index as u8 + 1;
            }
            left -= frequency;
        }
        0
    }

    fn planted(&self, contig: usize, bases: &[u8], random: &mut Random) -> Vec<Record> {
        let mut records: Vec<Record> = Vec::new();
        for (plant, carriers) in self.plants.iter().filter(|p| p.0.lesion.contig == contig && !p.0.hidden) {
            let plain = &plant.lesion.spelling;
            let same =
                records.iter_mut().find(|r| r.position == plain.position && r.reference == plain.reference);
            if let Some(record) = same {
                // The second allele of one site.
                record.alternates.push(plain.alternate.clone());
                let index = record.alternates.len() as u8;
                for (member, carried) in carriers.iter().enumerate() {
                    let copies = self.pedigree.copies(member, contig, plain.position);
                    let mut alleles = record.calls[member].alleles.clone();
                    for (slot, copy) in copies.iter().enumerate() {
                        if carried[*copy] {
                            alleles[slot] = index;
                        }
                    }
                    record.calls[member] = usual(alleles, record.alternates.len(), contig, random);
                }
                continue;
            }
            let spelling = plant.written.spell(plain, bases);
            let calls = (0..self.pedigree.members.len())
                .map(|member| {
                    let copies = self.pedigree.copies(member, contig, plain.position);
                    let alleles: Vec<u8> = copies.iter().map(|c| u8::from(carriers[member][*c])).collect();
                    let name = self.pedigree.members[member].name;
                    if let Some((_, fraction)) = plant.fractions.iter().find(|f| f.0 == name) {
                        return heteroplasmic(*fraction, random);
                    }
                    let mut call = usual(alleles, 1, contig, random);
                    if plant.poor {
                        call.depths = if call.is_variant() { vec![5, 2] } else { vec![7, 0] };
                        call.quality = 8;
                    }
                    call
                })
                .collect();
            records.push(Record {
                contig,
                position: spelling.position,
                reference: spelling.reference,
                alternates: vec![spelling.alternate],
                filter: if plant.poor { "LowQual" } else { "PASS" },
                calls,
            });
        }
        records
    }
}

/// Depth and quality of a good call.
fn usual(alleles: Vec<u8>, alternates: usize, contig: usize, random: &mut Random) -> Call {
    let mut depths = vec![0; alternates + 1];
    if alleles.is_empty() {
        return Call { alleles, depths, quality: 0 };
    }
    let depth = match alleles.len() {
        _ if contig == M => random.between(900, 1_100),
        1 => random.between(16, 24),
        _ => random.between(28, 44),
    };
    let first = alleles[0] as usize;
    let last = alleles[alleles.len() - 1] as usize;
    let share = if first == last { depth } else { depth * random.between(42, 58) / 100 };
    depths[first] += share;
    depths[last] += depth - share;
    let quality = if random.chance(0.8) { 99 } else { random.between(60, 98) };
    Call { alleles, depths, quality }
}

/// A mitochondrial call: a fraction of many reads.
fn heteroplasmic(fraction: f64, random: &mut Random) -> Call {
    let depth = random.between(900, 1_100);
    let alternate = (f64::from(depth) * fraction).round() as u32;
    Call { alleles: vec![u8::from(fraction > 0.0)], depths: vec![depth - alternate, alternate], quality: 99 }
}

/// True for the contig whose calls carry a fraction.
pub fn has_fraction(contig: usize) -> bool {
    contig == M
}
