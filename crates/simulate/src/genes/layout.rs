//! Where genes lie: along each contig in turn, some in each other's introns, on each other's other strand,
//! or tail to tail.

use super::super::Settings;
use super::super::genome::{Genome, M, PSEUDOAUTOSOMAL, X, Y};
use super::super::random::Random;
use super::coding::{Plan, Wish};
use super::{Gene, Transcript, isoforms, mitochondrial, noncoding};

/// Writes all genes into the genome, shares the pseudoautosomal region and masks the runs of N.
pub fn build(genome: &mut Genome, settings: &Settings) -> Vec<Gene> {
    let mut genes = Vec::new();
    for contig in 0..genome.contigs.len() {
        let mut random = Random::new(settings.seed, &format!("genes {contig}"));
        if contig == M {
            mitochondrion(genome, &mut genes, &mut random);
        } else {
            nuclear(genome, contig, &mut genes, &mut random);
        }
    }
    for gene in &mut genes {
        if gene.is_coding() && gene.contig != M {
            let mut random = Random::new(settings.seed, &format!("isoforms {}", gene.hgnc));
            isoforms::add(gene, genome, &mut random);
        }
    }
    genome.share_pseudoautosomal();
    genome.mask(X, 0, 1_000);
    genome.mask(Y, 0, 1_000);
    for contig in 0..M {
        if contig < X {
            genome.mask(contig, 0, 1_500);
        }
        let end = genome.bases(contig).len() as u32;
        genome.mask(contig, end - 1_200, end);
    }
    let copies: Vec<Gene> = genes
        .iter()
        .filter(|g| g.contig == X && g.interval().1 <= PSEUDOAUTOSOMAL)
        .map(|g| Gene { contig: Y, y_copy: true, ..g.clone() })
        .collect();
    genes.extend(copies);
    genes.sort_by_key(|g| (g.contig, g.interval()));
    genes
}

/// Letters of invented symbols; all begin with Q, where the real nomenclature is nearly empty.
fn symbol(hgnc: u32) -> String {
    const CONSONANTS: &[u8] = b"BDFGKLMNPRTVZ";
    const VOWELS: &[u8] = b"AEIOU";
    let n = (hgnc - 900_001) as usize;
    let a = VOWELS[n % 5] as char;
    let b = CONSONANTS[(n / 5) % 13] as char;
    let c = VOWELS[(n / 65) % 5] as char;
    let d = n / 325;
    format!("Q{a}{b}{c}{}", if d == 0 { (n % 9 + 1).to_string() } else { format!("{}{}", n % 9 + 1, d) })
}

fn push(
    genes: &mut Vec<Gene>,
    contig: usize,
    forward: bool,
    biotype: &'static str,
    transcript: Transcript,
    remark: &'static str,
) {
    let hgnc = 900_001 + genes.len() as u32;
    let base = symbol(hgnc);
    let (symbol, name) = match biotype {
        "lncRNA" => (format!("{base}-AS1"), format!("{base} antisense RNA 1 (invented)")),
        "miRNA" => (format!("MIRQ{hgnc}"), format!("microRNA Q{hgnc} (invented)")),
        _ => (base.clone(), format!("invented protein {base}")),
    };
    // One gene in nine had another name once; one in eleven has an alias.
    let previous = if hgnc.is_multiple_of(9) { vec![format!("{base}L")] } else { Vec::new() };
    let aliases =
        if hgnc.is_multiple_of(11) { vec![format!("{base}-BETA"), format!("p{hgnc}")] } else { Vec::new() };
    genes.push(Gene {
        symbol,
        name,
        hgnc,
        contig,
        forward,
        biotype,
        transcripts: vec![transcript],
        previous,
        aliases,
        y_copy: false,
        homopolymer: None,
        remark,
    });
}

fn nuclear(genome: &mut Genome, contig: usize, genes: &mut Vec<Gene>, random: &mut Random) {
    let length = genome.bases(contig).len() as u32;
    let mut at = if contig == Y { PSEUDOAUTOSOMAL + 2_000 } else { 3_000 };
    let mut ordinal = 0_u32;
    loop {
        let exons = match ordinal % 12 {
            0 => 1,
            5 => random.between(16, 25),
            _ => random.between(2, 10),
        };
        let nests = ordinal % 11 == 3;
        let exons = if nests { exons.max(4) } else { exons };
        let forward = random.chance(0.5);
        let wish = Wish {
            exons,
            forward,
            leading_exon_untranslated: ordinal % 3 == 1,
            trailing_exon_untranslated: ordinal % 10 == 6,
            selenocysteine: ordinal == 16 && contig == 1,
            homopolymer: ordinal % 4 == 2,
            roomy_intron: nests.then_some(2),
        };
        let selenoprotein = wish.selenocysteine;
        let plan = Plan::new(wish, random);
        if contig == X && at < PSEUDOAUTOSOMAL && at + plan.span() + 1_500 > PSEUDOAUTOSOMAL {
            at = PSEUDOAUTOSOMAL + 3_000;
        }
        if at + plan.span() + 4_000 > length {
            break;
        }
        let end = at + plan.span();
        let (transcript, homopolymer) = plan.place(genome, contig, at, random);
        let roomy = nests.then(|| {
            let (a, b) = (transcript.exons[2], transcript.exons[3]);
            (a.1.min(b.1), a.0.max(b.0))
        });
        let last_exon = transcript.exons.last().copied().unwrap_or((at, end));
        let remark = if selenoprotein { "selenoprotein" } else { "" };
        push(genes, contig, forward, "protein_coding", transcript, remark);
        if let Some(gene) = genes.last_mut() {
            gene.homopolymer = homopolymer;
        }
        if let Some((from, _)) = roomy {
            nested(genome, contig, forward, from, ordinal, genes, random);
        }
        if ordinal % 9 == 4 {
            // A transcript of the other strand across the last exon; it needs no splice signal.
            let (from, to) = (last_exon.0.saturating_sub(30), last_exon.1.saturating_sub(25));
            let overlap = noncoding::unspliced(from, to, "lncRNA", random);
            push(genes, contig, !forward, "lncRNA", overlap, "overlapping");
        }
        at = end + random.between(700, 3_600);
        if ordinal % 8 == 7 && at + 4_000 < length && !(contig == X && at < PSEUDOAUTOSOMAL) {
            let count = random.between(2, 4);
            let strand = random.chance(0.5);
            let transcript = noncoding::spliced(genome, contig, strand, at, count, random);
            let stop = transcript.interval().1;
            push(genes, contig, strand, "lncRNA", transcript, "");
            at = stop + random.between(600, 1_500);
        }
        if ordinal == 10 && contig < X {
            // An assembly gap between genes.
            genome.mask(contig, at, at + 800);
            at += 2_000;
        }
        ordinal += 1;
    }
}

/// Puts a gene into an intron of the last one: a coding gene, an antisense transcript, or a microRNA.
fn nested(
    genome: &mut Genome,
    contig: usize,
    host: bool,
    from: u32,
    ordinal: u32,
    genes: &mut Vec<Gene>,
    random: &mut Random,
) {
    let start = from + 400;
    match ordinal / 11 % 3 {
        0 => {
            let wish = Wish {
                exons: 2,
                forward: !host,
                leading_exon_untranslated: false,
                trailing_exon_untranslated: false,
                selenocysteine: false,
                homopolymer: false,
                roomy_intron: None,
            };
            let plan = Plan::new(wish, random);
            if plan.span() > 2_300 {
                return;
            }
            let (transcript, _) = plan.place(genome, contig, start, random);
            push(genes, contig, !host, "protein_coding", transcript, "nested");
        }
        1 => {
            let transcript = noncoding::spliced(genome, contig, !host, start, 2, random);
            push(genes, contig, !host, "lncRNA", transcript, "antisense");
        }
        _ => {
            let transcript = noncoding::unspliced(start, start + 84, "miRNA", random);
            push(genes, contig, host, "miRNA", transcript, "nested");
        }
    }
}

fn mitochondrion(genome: &mut Genome, genes: &mut Vec<Gene>, random: &mut Random) {
    for (index, placed) in mitochondrial::place(genome, random).into_iter().enumerate() {
        let biotype = placed.transcript.biotype;
        push(genes, M, placed.forward, biotype, placed.transcript, "");
        if let Some(gene) = genes.last_mut() {
            gene.symbol = format!("MT-Q{}{}", placed.kind, index + 1);
            gene.name = format!("mitochondrially encoded invented gene {}", index + 1);
            gene.previous.clear();
            gene.aliases.clear();
        }
    }
}
