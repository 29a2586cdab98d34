//! UCSC genePredExt with the leading `bin` column, as refGene tables are distributed.

use super::super::accession;
use super::super::genes::Gene;
use super::super::genome::Genome;

/// The whole table; RefSeq accessions, gene symbol in `name2`.
pub fn text(genome: &Genome, genes: &[Gene]) -> String {
    let mut out = String::new();
    for gene in genes {
        for (index, transcript) in gene.transcripts.iter().enumerate() {
            if transcript.biotype == "retained_intron" {
                continue;
            }
            let (start, end) = transcript.interval();
            let parts = transcript.coding_parts(gene.forward);
            let coding = (parts.iter().map(|p| p.1.0).min(), parts.iter().map(|p| p.1.1).max());
            let (cds_start, cds_end) = (coding.0.unwrap_or(end), coding.1.unwrap_or(end));
            // Exons ascend on the genome whatever the strand.
            let mut exons: Vec<(u32, u32, i32)> = (transcript.exons.iter().enumerate())
                .map(|(number, exon)| {
                    let part = parts.iter().find(|p| p.0 == number);
                    // UCSC's frame counts bases of the codon already used; GFF's phase, bases to skip.
                    let frame = part.map_or(-1, |p| ((3 - p.2) % 3) as i32);
                    (exon.0, exon.1, frame)
                })
                .collect();
            exons.sort_unstable();
            let join = |values: Vec<String>| values.iter().map(|v| format!("{v},")).collect::<String>();
            let status = |missing: bool| if missing { "incmpl" } else { "cmpl" };
            let (left, right) = match &transcript.coding {
                None => ("unk", "unk"),
                Some(c) if gene.forward => (status(c.start_missing), status(c.end_missing)),
                Some(c) => (status(c.end_missing), status(c.start_missing)),
            };
            out.push_str(&format!(
                "{}\t{}\t{}\t{}\t{start}\t{end}\t{cds_start}\t{cds_end}\t{}\t{}\t{}\t0\t{}\t{left}\t{right}\t{}\n",
                bin(start, end),
                accession::refseq_transcript(gene, index),
                genome.contigs[gene.contig].name,
                if gene.forward { '+' } else { '-' },
                exons.len(),
                join(exons.iter().map(|e| e.0.to_string()).collect()),
                join(exons.iter().map(|e| e.1.to_string()).collect()),
                gene.symbol,
                join(exons.iter().map(|e| e.2.to_string()).collect()),
            ));
        }
    }
    out
}

/// The UCSC standard bin of an interval.
fn bin(start: u32, end: u32) -> u32 {
    let (mut a, mut b) = (start >> 17, (end - 1) >> 17);
    for offset in [585, 73, 9, 1, 0] {
        if a == b {
            return offset + a;
        }
        a >>= 3;
        b >>= 3;
    }
    0
}
