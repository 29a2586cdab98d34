//! GFF3 as Ensembl writes it: contigs without `chr`, `gene:` and `transcript:` prefixes, version apart.

use super::super::accession;
use super::super::genes::{Gene, Mane, Transcript};
use super::super::genome::Genome;
use super::{Feature, codon};

/// The whole file.
pub fn text(genome: &Genome, genes: &[Gene]) -> String {
    let mut out = String::from("##gff-version 3\n");
    for contig in &genome.contigs {
        let name = accession::ensembl_contig(contig.name);
        out.push_str(&format!("##sequence-region   {name} 1 {}\n", contig.bases.len()));
    }
    out.push_str("#!genome-build Penelope1\n#!genome-version Penelope1\n");
    let mut last = usize::MAX;
    for gene in genes {
        let contig = accession::ensembl_contig(genome.contigs[gene.contig].name);
        if gene.contig != last {
            last = gene.contig;
            Feature {
                contig,
                source: "Penelope1",
                kind: if contig == "MT" { "region" } else { "chromosome" },
                interval: (0, genome.bases(gene.contig).len() as u32),
                forward: true,
                phase: None,
                attributes: &format!("ID=chromosome:{contig};Alias={}", genome.contigs[gene.contig].name),
            }
            .push(&mut out);
        }
        write_gene(gene, contig, &mut out);
        out.push_str("###\n");
    }
    out
}

fn write_gene(gene: &Gene, contig: &str, out: &mut String) {
    let id = accession::ensembl_gene(gene);
    let source = if gene.is_coding() { "ensembl_havana" } else { "havana" };
    Feature {
        contig,
        source,
        kind: if gene.is_coding() { "gene" } else { "ncRNA_gene" },
        interval: gene.interval(),
        forward: gene.forward,
        phase: None,
        attributes: &format!(
            "ID=gene:{id};Name={};biotype={};description={} [Source:HGNC Symbol%3BAcc:HGNC:{}];gene_id={id};logic_name={source}_homo_sapiens;version={}",
            gene.symbol, gene.biotype, gene.name, gene.hgnc, accession::gene_version(gene)
        ),
    }
    .push(out);
    for (index, transcript) in gene.transcripts.iter().enumerate() {
        write_transcript(gene, index, transcript, contig, source, out);
    }
}

fn tags(index: usize, transcript: &Transcript) -> String {
    let mut tags = Vec::new();
    if let Some(coding) = &transcript.coding {
        if coding.end_missing {
            tags.extend(["cds_end_NF", "mRNA_end_NF"]);
        }
        if coding.start_missing {
            tags.extend(["cds_start_NF", "mRNA_start_NF"]);
        }
        if !coding.start_missing && !coding.end_missing {
            tags.push("gencode_basic");
        }
    }
    if index == 0 {
        tags.push("Ensembl_canonical");
    }
    match transcript.mane {
        Some(Mane::Select) => tags.push("MANE_Select"),
        Some(Mane::PlusClinical) => tags.push("MANE_Plus_Clinical"),
        None => {}
    }
    if tags.is_empty() { String::new() } else { format!("tag={};", tags.join(",")) }
}

fn write_transcript(
    gene: &Gene,
    index: usize,
    transcript: &Transcript,
    contig: &str,
    source: &str,
    out: &mut String,
) {
    let id = accession::ensembl_transcript(gene, index);
    let kind = match transcript.biotype {
        "lncRNA" => "lnc_RNA",
        "miRNA" => "miRNA",
        "Mt_rRNA" => "rRNA",
        "Mt_tRNA" => "tRNA",
        "retained_intron" => "lnc_RNA",
        _ => "mRNA",
    };
    let forward = gene.forward;
    let mut push = |kind: &str, interval, phase, attributes: &str| {
        Feature { contig, source, kind, interval, forward, phase, attributes }.push(out);
    };
    push(
        kind,
        transcript.interval(),
        None,
        &format!(
            "ID=transcript:{id};Parent=gene:{};Name={}-{};biotype={};{}transcript_id={id};transcript_support_level={};version={}",
            accession::ensembl_gene(gene),
            gene.symbol,
            201 + index,
            transcript.biotype,
            tags(index, transcript),
            if index == 0 { "1".to_owned() } else { "NA".to_owned() },
            transcript.version
        ),
    );
    for (five, interval) in transcript.untranslated_parts(forward) {
        let kind = if five { "five_prime_UTR" } else { "three_prime_UTR" };
        push(kind, interval, None, &format!("Parent=transcript:{id}"));
    }
    for (rank, exon) in transcript.exons.iter().enumerate() {
        let name = accession::ensembl_exon(gene, *exon);
        push(
            "exon",
            *exon,
            None,
            &format!(
                "Parent=transcript:{id};Name={name};constitutive={};exon_id={name};rank={};version=1",
                u8::from(gene.transcripts.len() == 1),
                rank + 1
            ),
        );
    }
    let protein = accession::ensembl_protein(gene, index);
    for (_, interval, phase) in transcript.coding_parts(forward) {
        let attributes = format!("ID=CDS:{protein};Parent=transcript:{id};protein_id={protein};version=1");
        push("CDS", interval, Some(phase), &attributes);
    }
    for offset in transcript.coding.iter().flat_map(|c| &c.selenocysteines) {
        if let Some(interval) = codon(transcript, forward, *offset) {
            let attributes = format!("Parent=transcript:{id}");
            push("stop_codon_redefined_as_selenocysteine", interval, Some(0), &attributes);
        }
    }
}
