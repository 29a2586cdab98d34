//! Calls as text: header and records, in the style of the family's caller.

use super::accession;
use super::calls::{Call, Record, has_fraction};
use super::genome::{Genome, X, Y};
use super::referral::Style;

/// The name of a contig in this style.
pub fn contig_name(genome: &Genome, contig: usize, style: &Style) -> String {
    let name = genome.contigs[contig].name;
    if style.prefixed { name.to_owned() } else { accession::ensembl_contig(name).to_owned() }
}

/// The header, with one column a sample.
pub fn header(genome: &Genome, style: &Style, samples: &[String], blocks: bool) -> String {
    let mut out = format!("##fileformat=VCFv{}\n", if style.prefixed { "4.2" } else { "4.3" });
    out.push_str(if style.prefixed {
        "##source=caller-one (simulated)\n"
    } else {
        "##source=caller-two (simulated)\n"
    });
    out.push_str("##FILTER=<ID=PASS,Description=\"All filters passed\">\n##FILTER=<ID=LowQual,Description=\"Low quality\">\n");
    for (index, contig) in genome.contigs.iter().enumerate() {
        out.push_str(&format!(
            "##contig=<ID={},length={}>\n",
            contig_name(genome, index, style),
            contig.bases.len()
        ));
    }
    out.push_str("##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Total depth\">\n");
    if blocks {
        out.push_str("##ALT=<ID=NON_REF,Description=\"Any other allele\">\n##INFO=<ID=END,Number=1,Type=Integer,Description=\"End of the reference block\">\n##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"Least depth in the block\">\n");
    }
    out.push_str("##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Reads per allele\">\n##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Genotype quality\">\n");
    if style.phased {
        out.push_str("##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"Phase set\">\n");
    }
    out.push_str(
        "##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"Fraction of reads, mitochondrial calls\">\n",
    );
    out.push_str("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT");
    for sample in samples {
        out.push('\t');
        out.push_str(sample);
    }
    out.push('\n');
    out
}

/// Phase sets: a block ends where the next heterozygous call is far away.
#[derive(Default)]
pub struct Phaser {
    block: Vec<Option<(usize, u32, u32)>>,
}

impl Phaser {
    const REACH: u32 = 12_000;

    /// The phase set of a heterozygous call, 1-based.
    fn set(&mut self, member: usize, contig: usize, position: u32) -> u32 {
        if self.block.len() <= member {
            self.block.resize(member + 1, None);
        }
        let block = &mut self.block[member];
        match block {
            Some((c, start, last)) if *c == contig && position < *last + Self::REACH => {
                *last = position;
                *start
            }
            _ => {
                *block = Some((contig, position + 1, position));
                position + 1
            }
        }
    }
}

/// One line for the given members.
pub fn record(
    genome: &Genome,
    style: &Style,
    record: &Record,
    members: &[usize],
    blocks: bool,
    phaser: &mut Phaser,
) -> String {
    let text = |bases: &[u8]| String::from_utf8_lossy(bases).into_owned();
    let mut alternates: Vec<String> = record.alternates.iter().map(|a| text(a)).collect();
    if blocks {
        alternates.push("<NON_REF>".to_owned());
    }
    let depth: u32 = members.iter().map(|m| record.calls[*m].depth()).sum();
    let quality = if record.filter == "PASS" { 300 + depth } else { 18 };
    let mut format = "GT:AD:DP:GQ".to_owned();
    if style.phased {
        format.push_str(":PS");
    }
    if has_fraction(record.contig) {
        format.push_str(":AF");
    }
    let mut line = format!(
        "{}\t{}\t.\t{}\t{}\t{quality}\t{}\tDP={depth}\t{format}",
        contig_name(genome, record.contig, style),
        record.position + 1,
        text(&record.reference),
        alternates.join(","),
        record.filter,
    );
    for member in members {
        line.push('\t');
        line.push_str(&sample(style, record, *member, blocks, phaser));
    }
    line.push('\n');
    line
}

fn sample(style: &Style, record: &Record, member: usize, blocks: bool, phaser: &mut Phaser) -> String {
    let call = &record.calls[member];
    if call.alleles.is_empty() {
        return "./.".to_owned();
    }
    let mut depths: Vec<String> = call.depths.iter().map(u32::to_string).collect();
    if blocks {
        depths.push("0".to_owned());
    }
    let heterozygous = call.alleles.len() == 2 && call.alleles[0] != call.alleles[1];
    let phased = style.phased && heterozygous;
    let genotype = genotype(style, record, call, phased);
    let mut out = format!("{genotype}:{}:{}:{}", depths.join(","), call.depth(), call.quality);
    if style.phased {
        let set = phased.then(|| phaser.set(member, record.contig, record.position));
        out.push_str(&set.map_or_else(|| ":.".to_owned(), |s| format!(":{s}")));
    }
    if has_fraction(record.contig) {
        let all = f64::from(call.depth().max(1));
        let mut fractions: Vec<String> =
            call.depths[1..].iter().map(|d| format!("{:.3}", f64::from(*d) / all)).collect();
        if blocks {
            fractions.push("0.000".to_owned());
        }
        out.push_str(&format!(":{}", fractions.join(",")));
    }
    out
}

fn genotype(style: &Style, record: &Record, call: &Call, phased: bool) -> String {
    let first = call.alleles[0];
    match call.alleles[..] {
        // A mixed mitochondrial call is written as heterozygous, whatever the ploidy.
        [_] if has_fraction(record.contig) => {
            let alternate: u32 = call.depths[1..].iter().sum();
            let mixed = alternate * 20 > call.depth() && alternate * 20 < call.depth() * 19;
            if mixed { format!("0/{}", first.max(1)) } else { format!("{first}/{first}") }
        }
        [_] if style.haploid && (record.contig == X || record.contig == Y) => first.to_string(),
        [_] => format!("{first}/{first}"),
        [a, b] if phased => format!("{a}|{b}"),
        [a, b] => format!("{}/{}", a.min(b), a.max(b)),
        _ => ".".to_owned(),
    }
}

/// A reference block of a gVCF, 0-based half-open; `N` bases are never inside one.
pub fn block(genome: &Genome, style: &Style, contig: usize, start: u32, end: u32, copies: usize) -> String {
    let base = char::from(genome.bases(contig)[start as usize]);
    let (genotype, depth) = match copies {
        1 if style.haploid => ("0", 18),
        1 => ("0/0", 18),
        _ => ("0/0", 34),
    };
    let depth = depth + (start / 7) % 5;
    format!(
        "{}\t{}\t.\t{base}\t<NON_REF>\t.\t.\tEND={end}\tGT:DP:GQ:MIN_DP\t{genotype}:{depth}:{}:{}\n",
        contig_name(genome, contig, style),
        start + 1,
        60 + (start / 3) % 30,
        depth - 4,
    )
}
