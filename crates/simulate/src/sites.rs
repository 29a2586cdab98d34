//! The variants that people carry for no reason: where they are, and how common.

use super::Settings;
use super::genes::Gene;
use super::genome::Genome;
use super::random::Random;
use super::sequence::Spelling;

/// The populations of the frequency table, in its order, with alleles sampled in each.
pub const POPULATIONS: [(&str, u32); 9] = [
    ("afr", 41_400),
    ("amr", 15_200),
    ("asj", 3_460),
    ("eas", 5_180),
    ("fin", 10_600),
    ("nfe", 68_000),
    ("sas", 4_820),
    ("ami", 910),
    ("mid", 312),
];

/// A place where people differ.
pub struct Site {
    /// 0-based position of the first REF base, left-aligned.
    pub position: u32,
    /// REF.
    pub reference: Vec<u8>,
    /// ALTs (two at one site in forty).
    pub alternates: Vec<Vec<u8>>,
    /// Frequency of each ALT.
    pub frequencies: Vec<f64>,
}

/// What may vary at each base of a contig.
pub struct Zones(Vec<u8>);

const FREE: u8 = 0;
const CODING: u8 = 1;
const KEPT: u8 = 2;

impl Zones {
    /// Marks coding exons and all exon ends with 25 bases around them, places kept free for planted alleles, and N.
    pub fn new(genome: &Genome, contig: usize, genes: &[Gene], kept: &[(usize, u32)]) -> Self {
        let bases = genome.bases(contig);
        let mut zones: Vec<u8> = bases.iter().map(|b| if *b == b'N' { KEPT } else { FREE }).collect();
        let mut mark = |start: u32, end: u32, zone: u8| {
            let end = (end as usize).min(zones.len());
            for z in &mut zones[(start as usize).min(end)..end] {
                *z = (*z).max(zone);
            }
        };
        for gene in genes.iter().filter(|g| g.contig == contig) {
            for transcript in &gene.transcripts {
                // Splice sites count wherever they are, also between untranslated exons.
                for edge in transcript.exons.iter().flat_map(|e| [e.0, e.1]) {
                    mark(edge.saturating_sub(25), edge + 25, CODING);
                }
                for (_, (start, end), _) in transcript.coding_parts(gene.forward) {
                    mark(start.saturating_sub(25), end + 25, CODING);
                }
            }
        }
        for (_, position) in kept.iter().filter(|k| k.0 == contig) {
            mark(position.saturating_sub(60), position + 60, KEPT);
        }
        Self(zones)
    }

    fn worst(&self, start: u32, end: u32) -> u8 {
        self.0[start as usize..(end as usize).min(self.0.len())].iter().copied().max().unwrap_or(KEPT)
    }
}

/// The sites of one contig, in order. What changes a protein is common everywhere; what is rare lies
/// where it does nothing, so that no referral has an answer that wasn't planted.
pub fn draw(genome: &Genome, contig: usize, zones: &Zones, settings: &Settings) -> Vec<Site> {
    let bases = genome.bases(contig);
    let mut random = Random::new(settings.seed, &format!("sites {contig}"));
    let mut sites = Vec::new();
    let mut at = 2_000_u32.min(bases.len() as u32 / 20);
    while (at as usize) + 200 < bases.len() {
        if let Some(site) = one(bases, at, zones, &mut random) {
            at = site.position + site.reference.len() as u32;
            sites.push(site);
        }
        at += 30 + random.between(1, 430);
    }
    sites
}

fn one(bases: &[u8], at: u32, zones: &Zones, random: &mut Random) -> Option<Site> {
    let spelling = if random.chance(0.82) {
        substitution(bases, at, random)
    } else {
        indel(bases, at, random)?.normalised(bases)
    };
    if spelling.position < at.saturating_sub(25) {
        return None;
    }
    let end = spelling.position + spelling.reference.len() as u32;
    let zone = zones.worst(spelling.position.saturating_sub(1), end + 30);
    if zone == KEPT || (zone == CODING && !spelling.is_substitution()) {
        return None;
    }
    let frequency = if zone == CODING || random.chance(0.35) {
        0.08 + 0.4 * random.fraction()
    } else if random.chance(0.5) {
        0.006 + 0.05 * random.fraction()
    } else {
        0.000_05 + 0.004 * random.fraction() * random.fraction()
    };
    let mut alternates = vec![spelling.alternate.clone()];
    let mut frequencies = vec![frequency];
    if spelling.is_substitution() && random.chance(0.025) {
        let second = random.other_base(spelling.reference[0]);
        if second != spelling.alternate[0] {
            alternates.push(vec![second]);
            frequencies.push(frequency / 2.0);
        }
    }
    Some(Site { position: spelling.position, reference: spelling.reference, alternates, frequencies })
}

/// Two transitions to one transversion.
fn substitution(bases: &[u8], at: u32, random: &mut Random) -> Spelling {
    let from = bases[at as usize];
    let transition = match from {
        b'A' => b'G',
        b'G' => b'A',
        b'C' => b'T',
        _ => b'C',
    };
    let to = if random.chance(0.67) { transition } else { random.other_base(from) };
    Spelling { position: at, reference: vec![from], alternate: vec![to] }
}

/// A unit more or less of a repeat where there is one near, else a few bases in or out.
fn indel(bases: &[u8], at: u32, random: &mut Random) -> Option<Spelling> {
    let near = (at..(at + 150).min(bases.len() as u32 - 40)).find_map(|p| {
        let p = p as usize;
        [1, 2, 3, 4]
            .into_iter()
            .find(|unit| {
                let span = (5 * unit).max(6);
                (p + unit..p + span).all(|i| bases[i] == bases[i - unit])
            })
            .map(|unit| (p, unit))
    });
    let (from, unit) = near.unwrap_or((at as usize, random.between(1, 6) as usize));
    if from == 0 {
        return None;
    }
    let anchor = bases[from - 1];
    let position = from as u32 - 1;
    let part = &bases[from..from + unit];
    if part.contains(&b'N') {
        return None;
    }
    let longer = [&[anchor], part].concat();
    Some(if random.chance(0.55) {
        Spelling { position, reference: longer, alternate: vec![anchor] }
    } else {
        Spelling { position, reference: vec![anchor], alternate: longer }
    })
}
