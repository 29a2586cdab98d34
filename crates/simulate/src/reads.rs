//! Read pairs over the target genes of a family, cut from each member's two haplotypes: what the calls
//! say is in the reads. Qualities are constant, to keep the files small.

use std::path::Path;

use noodles::sam::alignment::io::Write as _;
use noodles::{bam, sam};

use super::SimulateError;
use super::calls::{Calling, Record};
use super::compressed;
use super::family_files::{World, sample_name};
use super::genome::Genome;
use super::random::Random;
use super::referral::Referral;

const LENGTH: usize = 100;
const DEPTH_PER_HAPLOTYPE: usize = 15;
const FLANK: u32 = 300;

/// A base of a haplotype, and where it lies on the reference (none for inserted bases).
type HaplotypeBase = (u8, Option<u32>);

struct Line {
    contig: usize,
    position: u32,
    name: usize,
    text: String,
}

/// Writes a sorted, indexed BAM of one member.
///
/// # Errors
/// Fails where the file can't be written.
pub fn write(
    world: &World<'_>,
    referral: &Referral,
    calling: &Calling<'_>,
    member: usize,
    path: &Path,
) -> Result<(), SimulateError> {
    let mut random = Random::new(calling.seed, &format!("reads {} {member}", referral.id));
    let mut lines = Vec::new();
    let mut number = 0;
    for gene in &referral.targets {
        let gene = &world.genes[*gene];
        let (start, end) = gene.interval();
        let bases = world.genome.bases(gene.contig);
        let window = (start.saturating_sub(FLANK), (end + FLANK).min(bases.len() as u32));
        let records = calling.contig(gene.contig, &world.sites[gene.contig], bases);
        for copy in 0..2 {
            let haplotype = haplotype(bases, window, &records, member, copy);
            pairs(world.genome, referral, gene.contig, &haplotype, &mut number, &mut random, &mut lines);
        }
    }
    lines.sort_by_key(|l| (l.contig, l.position, l.name));
    let sample = sample_name(referral, member);
    let mut text = String::from("@HD\tVN:1.6\tSO:coordinate\n");
    for contig in &world.genome.contigs {
        text.push_str(&format!("@SQ\tSN:{}\tLN:{}\n", contig.name, contig.bases.len()));
    }
    text.push_str(&format!("@RG\tID:1\tSM:{sample}\tPL:ILLUMINA\tLB:1\n"));
    for line in &lines {
        text.push_str(&line.text);
    }
    write_bam(text.as_bytes(), path)
}

fn write_bam(text: &[u8], path: &Path) -> Result<(), SimulateError> {
    let failed = |source| SimulateError::write(path, source);
    let mut reader = sam::io::Reader::new(text);
    let header = reader.read_header().map_err(failed)?;
    let inner = compressed::create(path)?;
    let mut writer = bam::io::Writer::from(inner);
    writer.write_header(&header).map_err(failed)?;
    for record in reader.records() {
        let record = record.map_err(failed)?;
        writer.write_alignment_record(&header, &record).map_err(failed)?;
    }
    compressed::close(path, writer.into_inner())?;
    compressed::index_bam(path)
}

/// One copy of a window with its alleles put in.
fn haplotype(
    bases: &[u8],
    window: (u32, u32),
    records: &[Record],
    member: usize,
    copy: usize,
) -> Vec<HaplotypeBase> {
    let mut out = Vec::new();
    let mut at = window.0;
    for record in records {
        let end = record.position + record.reference.len() as u32;
        if record.filter != "PASS" || record.position < at || end > window.1 {
            continue;
        }
        let allele = record.calls[member].alleles.get(copy).copied().unwrap_or(0);
        if allele == 0 {
            continue;
        }
        out.extend((at..record.position).map(|p| (bases[p as usize], Some(p))));
        for (index, base) in record.alternates[allele as usize - 1].iter().enumerate() {
            let on = record.position + index as u32;
            out.push((*base, (on < end).then_some(on)));
        }
        at = end;
    }
    out.extend((at..window.1).map(|p| (bases[p as usize], Some(p))));
    out
}

fn pairs(
    genome: &Genome,
    referral: &Referral,
    contig: usize,
    haplotype: &[HaplotypeBase],
    number: &mut usize,
    random: &mut Random,
    lines: &mut Vec<Line>,
) {
    let count = haplotype.len() * DEPTH_PER_HAPLOTYPE / (2 * LENGTH);
    for _ in 0..count {
        let insert = random.between(260, 380) as usize;
        if haplotype.len() <= insert {
            return;
        }
        let from = random.below((haplotype.len() - insert) as u32) as usize;
        let left = &haplotype[from..from + LENGTH];
        let right = &haplotype[from + insert - LENGTH..from + insert];
        let (Some(a), Some(b)) = (align(left), align(right)) else { continue };
        if [&a, &b].iter().any(|r| covers_gap(referral, contig, r)) {
            continue;
        }
        *number += 1;
        let forward_first = random.chance(0.5);
        let span = i64::from(b.end) - i64::from(a.start);
        let name = genome.contigs[contig].name;
        for (read, mate, reverse, size) in [(&a, &b, false, span), (&b, &a, true, -span)] {
            let first = reverse != forward_first;
            let flags = 1 + 2 + if reverse { 16 } else { 32 } + if first { 64 } else { 128 };
            let text = format!(
                "s{number}\t{flags}\t{name}\t{}\t60\t{}\t=\t{}\t{size}\t{}\t{}\tRG:Z:1\n",
                read.start + 1,
                read.cigar,
                mate.start + 1,
                String::from_utf8_lossy(&read.bases),
                "F".repeat(read.bases.len()),
            );
            lines.push(Line { contig, position: read.start, name: *number, text });
        }
    }
}

fn covers_gap(referral: &Referral, contig: usize, read: &Aligned) -> bool {
    referral.gap.is_some_and(|(c, start, end)| c == contig && read.start < end && start < read.end)
}

struct Aligned {
    start: u32,
    end: u32,
    cigar: String,
    bases: Vec<u8>,
}

/// The alignment that is true by construction; inserted bases at an end are clipped.
fn align(part: &[HaplotypeBase]) -> Option<Aligned> {
    let first = part.iter().position(|b| b.1.is_some())?;
    let last = part.iter().rposition(|b| b.1.is_some())?;
    let start = part[first].1?;
    let mut operations: Vec<(char, usize)> = Vec::new();
    let mut push = |kind: char, count: usize| match operations.last_mut() {
        Some((k, n)) if *k == kind => *n += count,
        _ if count > 0 => operations.push((kind, count)),
        _ => {}
    };
    push('S', first);
    let mut next = start;
    for (_, place) in &part[first..=last] {
        match place {
            Some(p) => {
                push('D', (*p - next) as usize);
                push('M', 1);
                next = p + 1;
            }
            None => push('I', 1),
        }
    }
    push('S', part.len() - 1 - last);
    let cigar = operations.iter().map(|(k, n)| format!("{n}{k}")).collect();
    // In a BAM the bases stand as on the forward strand, for either read of the pair.
    let bases = part.iter().map(|b| b.0).collect();
    Some(Aligned { start, end: next, cigar, bases })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alignments_follow_the_haplotype() {
        let part: Vec<HaplotypeBase> =
            vec![(b'T', None), (b'A', Some(5)), (b'C', Some(6)), (b'G', None), (b'A', Some(9)), (b'A', None)];
        let aligned = align(&part).unwrap();
        assert_eq!(aligned.cigar, "1S2M1I2D1M1S");
        assert_eq!((aligned.start, aligned.end), (5, 10));
        assert_eq!(aligned.bases, b"TACGAA");
    }
}
