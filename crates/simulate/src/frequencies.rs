//! The population-frequency table, some of it in other spellings than the calls will use.

use std::io::Write;
use std::path::Path;

use super::compressed;
use super::genome::{Genome, M, Y};
use super::random::Random;
use super::sequence::Spelling;
use super::sites::{POPULATIONS, Site};
use super::{Settings, SimulateError};

/// One planted allele that populations carry too.
pub struct Known {
    /// Contig index.
    pub contig: usize,
    /// Left-aligned spelling.
    pub spelling: Spelling,
    /// Its frequency.
    pub frequency: f64,
    /// True to write it as far right as it goes and padded.
    pub respelled: bool,
}

struct Record {
    spelling: Spelling,
    others: Vec<Vec<u8>>,
    frequencies: Vec<f64>,
}

/// Writes the block-gzipped VCF with its index.
///
/// # Errors
/// Fails where a file can't be written.
pub fn write(
    path: &Path,
    genome: &Genome,
    sites: &[Vec<Site>],
    known: &[Known],
    settings: &Settings,
) -> Result<(), SimulateError> {
    let mut writer = compressed::create(path)?;
    let failed = |source| SimulateError::write(path, source);
    writer.write_all(header(genome).as_bytes()).map_err(failed)?;
    for (contig, sites) in sites.iter().enumerate() {
        let bases = genome.bases(contig);
        let mut random = Random::new(settings.seed, &format!("frequencies {contig}"));
        let mut records: Vec<Record> = known
            .iter()
            .filter(|k| k.contig == contig)
            .map(|k| Record {
                spelling: if k.respelled {
                    k.spelling.shifted_right(bases).padded(bases, 2, 2)
                } else {
                    k.spelling.clone()
                },
                others: Vec::new(),
                frequencies: vec![k.frequency],
            })
            .collect();
        for site in sites {
            // Some of what is rare has been seen in nobody else.
            if site.frequencies[0] > 0.000_8 || random.chance(0.6) {
                records.push(respelled(site, bases, &mut random));
            }
        }
        records.sort_by(|a, b| a.spelling.cmp(&b.spelling));
        for (number, record) in records.iter().enumerate() {
            let line = line(genome, contig, number, record, &mut random);
            writer.write_all(line.as_bytes()).map_err(failed)?;
        }
    }
    compressed::close(path, writer)?;
    compressed::index_vcf(path)
}

/// One record in six is not in its one right spelling.
fn respelled(site: &Site, bases: &[u8], random: &mut Random) -> Record {
    let plain = Spelling {
        position: site.position,
        reference: site.reference.clone(),
        alternate: site.alternates[0].clone(),
    };
    let single = site.alternates.len() == 1;
    let spelling = if !single || random.chance(0.6) {
        plain
    } else if !plain.is_substitution() {
        let shifted = plain.shifted_right(bases);
        if random.chance(0.3) { shifted.padded(bases, 1, 1) } else { shifted }
    } else if random.chance(0.12) {
        plain.padded(bases, random.below(3), random.between(1, 3))
    } else {
        plain
    };
    Record { spelling, others: site.alternates[1..].to_vec(), frequencies: site.frequencies.clone() }
}

fn line(genome: &Genome, contig: usize, number: usize, record: &Record, random: &mut Random) -> String {
    let text = |bases: &[u8]| String::from_utf8_lossy(bases).into_owned();
    let alternates: Vec<String> =
        std::iter::once(&record.spelling.alternate).chain(&record.others).map(|a| text(a)).collect();
    let share = match contig {
        Y => 0.25,
        M => 0.5,
        3 => 0.75,
        _ => 1.0,
    };
    let mut info = String::new();
    let mut totals = vec![0_u64; record.frequencies.len()];
    let mut all = 0_u64;
    for (name, sampled) in POPULATIONS {
        let number = ((f64::from(sampled) * share * (0.96 + 0.04 * random.fraction())) as u64).max(2) / 2 * 2;
        let counts: Vec<String> = (record.frequencies.iter().zip(&mut totals))
            .map(|(frequency, total)| {
                let here = frequency * (0.6 + 0.8 * random.fraction());
                // Round to the nearest, so that what is rare is absent from small samples.
                let count = ((number as f64 * here).round() as u64).min(number);
                *total += count;
                count.to_string()
            })
            .collect();
        all += number;
        info.push_str(&format!(";AC_{name}={};AN_{name}={number}", counts.join(",")));
    }
    let homozygotes: Vec<String> = totals
        .iter()
        .map(|count| {
            let frequency = *count as f64 / all as f64;
            ((frequency * frequency * all as f64 / 2.0).round() as u64).to_string()
        })
        .collect();
    let counts: Vec<String> = totals.iter().map(u64::to_string).collect();
    format!(
        "{}\t{}\trs9{contig}{number:07}\t{}\t{}\t.\tPASS\tAC={};AN={all};nhomalt={}{info}\n",
        genome.contigs[contig].name,
        record.spelling.position + 1,
        text(&record.spelling.reference),
        alternates.join(","),
        counts.join(","),
        homozygotes.join(","),
    )
}

fn header(genome: &Genome) -> String {
    let mut out = String::from("##fileformat=VCFv4.2\n##source=ithaca-simulate frequencies (invented)\n");
    out.push_str("##FILTER=<ID=PASS,Description=\"All filters passed\">\n");
    for contig in &genome.contigs {
        out.push_str(&format!(
            "##contig=<ID={},length={},assembly=Penelope1>\n",
            contig.name,
            contig.bases.len()
        ));
    }
    out.push_str("##INFO=<ID=AC,Number=A,Type=Integer,Description=\"Alternate allele count\">\n##INFO=<ID=AN,Number=1,Type=Integer,Description=\"Total number of alleles\">\n##INFO=<ID=nhomalt,Number=A,Type=Integer,Description=\"Count of homozygous individuals\">\n");
    for (name, _) in POPULATIONS {
        out.push_str(&format!("##INFO=<ID=AC_{name},Number=A,Type=Integer,Description=\"Alternate allele count in {name}\">\n##INFO=<ID=AN_{name},Number=1,Type=Integer,Description=\"Number of alleles in {name}\">\n"));
    }
    out.push_str("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n");
    out
}
