//! GFF3 as GENCODE writes it: `chr` names, versions in the accessions, everything repeated on every line.

use super::super::accession;
use super::super::genes::{Gene, Mane, Transcript};
use super::super::genome::Genome;
use super::{Feature, codon, stop_codon};

/// The whole file.
pub fn text(genome: &Genome, genes: &[Gene]) -> String {
    let mut out = String::from(
        "##gff-version 3\n#description: invented annotation of the invented genome Penelope1\n#provider: GENCODE (layout of)\n#format: gff3\n",
    );
    for (index, contig) in genome.contigs.iter().enumerate() {
        out.push_str(&format!("##sequence-region {} 1 {}\n", contig.name, contig.bases.len()));
        for gene in genes.iter().filter(|g| g.contig == index) {
            write_gene(gene, contig.name, &mut out);
        }
    }
    out
}

fn versioned(gene: &Gene, id: &str, version: u32) -> String {
    accession::gencode(&format!("{id}.{version}"), gene)
}

/// GENCODE writes the X accession with a suffix for the Y copy.
fn x_copy(gene: &Gene) -> Gene {
    Gene { y_copy: false, ..gene.clone() }
}

fn write_gene(gene: &Gene, contig: &str, out: &mut String) {
    let x = x_copy(gene);
    let id = versioned(gene, &accession::ensembl_gene(&x), accession::gene_version(gene));
    let tag = if gene.y_copy { ";tag=PAR" } else { "" };
    let common = format!(
        "gene_id={id};gene_type={};gene_name={};level=2;hgnc_id=HGNC:{}",
        gene.biotype, gene.symbol, gene.hgnc
    );
    Feature {
        contig,
        source: "HAVANA",
        kind: "gene",
        interval: gene.interval(),
        forward: gene.forward,
        phase: None,
        attributes: &format!("ID={id};{common}{tag}"),
    }
    .push(out);
    for (index, transcript) in gene.transcripts.iter().enumerate() {
        write_transcript(gene, &x, index, transcript, contig, &id, out);
    }
}

fn tags(gene: &Gene, index: usize, transcript: &Transcript) -> String {
    let mut tags = vec!["basic"];
    if let Some(coding) = &transcript.coding {
        if coding.start_missing {
            tags = vec!["mRNA_start_NF", "cds_start_NF"];
        } else if coding.end_missing {
            tags = vec!["mRNA_end_NF", "cds_end_NF"];
        }
        if !coding.selenocysteines.is_empty() {
            tags.push("seleno");
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
    if gene.y_copy {
        tags.push("PAR");
    }
    tags.join(",")
}

fn write_transcript(
    gene: &Gene,
    x: &Gene,
    index: usize,
    transcript: &Transcript,
    contig: &str,
    gene_id: &str,
    out: &mut String,
) {
    let forward = gene.forward;
    let id = versioned(gene, &accession::ensembl_transcript(x, index), transcript.version);
    let mut common = format!(
        "gene_id={gene_id};transcript_id={id};gene_type={};gene_name={};transcript_type={};transcript_name={}-{};level=2",
        gene.biotype,
        gene.symbol,
        transcript.biotype,
        gene.symbol,
        201 + index
    );
    if transcript.coding.is_some() {
        let protein = versioned(gene, &accession::ensembl_protein(x, index), 1);
        common.push_str(&format!(";protein_id={protein}"));
    }
    common.push_str(&format!(
        ";transcript_support_level=1;hgnc_id=HGNC:{};tag={}",
        gene.hgnc,
        tags(gene, index, transcript)
    ));
    let mut push = |kind: &str, interval, phase, attributes: &str| {
        Feature { contig, source: "HAVANA", kind, interval, forward, phase, attributes }.push(out);
    };
    push("transcript", transcript.interval(), None, &format!("ID={id};Parent={gene_id};{common}"));
    for (number, exon) in transcript.exons.iter().enumerate() {
        let name = accession::ensembl_exon(gene, *exon);
        let n = number + 1;
        push(
            "exon",
            *exon,
            None,
            &format!("ID=exon:{id}:{n};Parent={id};{common};exon_number={n};exon_id={name}.1"),
        );
    }
    for (exon, interval, phase) in transcript.coding_parts(forward) {
        let attributes = format!("ID=CDS:{id};Parent={id};{common};exon_number={}", exon + 1);
        push("CDS", interval, Some(phase), &attributes);
    }
    if let Some(coding) = &transcript.coding {
        if !coding.start_missing
            && let Some(interval) = codon(transcript, forward, coding.start)
        {
            push("start_codon", interval, Some(0), &format!("ID=start_codon:{id};Parent={id};{common}"));
        }
        for offset in &coding.selenocysteines {
            if let Some(interval) = codon(transcript, forward, *offset) {
                let attributes =
                    format!("ID=stop_codon_redefined_as_selenocysteine:{id};Parent={id};{common}");
                push("stop_codon_redefined_as_selenocysteine", interval, Some(0), &attributes);
            }
        }
    }
    if let Some(interval) = stop_codon(transcript, forward) {
        push("stop_codon", interval, Some(0), &format!("ID=stop_codon:{id};Parent={id};{common}"));
    }
    for (five, interval) in transcript.untranslated_parts(forward) {
        let kind = if five { "five_prime_UTR" } else { "three_prime_UTR" };
        let label = if five { "UTR5" } else { "UTR3" };
        push(kind, interval, None, &format!("ID={label}:{id};Parent={id};{common}"));
    }
}
