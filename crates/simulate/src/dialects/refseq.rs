//! GFF3 as NCBI writes it: `NC_` contigs with `region` lines, `gene-` and `rna-` identifiers, `Dbxref`,
//! `partial`, `transl_except` and `transl_table`.

use super::super::accession;
use super::super::genes::{Gene, Mane, Transcript};
use super::super::genome::{Genome, M};
use super::Feature;

/// The whole file.
pub fn text(genome: &Genome, genes: &[Gene]) -> String {
    let mut out = String::from(
        "##gff-version 3\n#!gff-spec-version 1.21\n#!processor NCBI annotwriter (layout of)\n#!genome-build Penelope1\n#!annotation-source invented\n",
    );
    for (index, contig) in genome.contigs.iter().enumerate() {
        let name = accession::refseq_contig(contig.name);
        let length = contig.bases.len();
        let number = accession::ensembl_contig(contig.name);
        let kind = if index == M { "mitochondrion" } else { "chromosome" };
        out.push_str(&format!("##sequence-region {name} 1 {length}\n"));
        Feature {
            contig: &name,
            source: "RefSeq",
            kind: "region",
            interval: (0, length as u32),
            forward: true,
            phase: None,
            attributes: &format!(
                "ID={name}:1..{length};Dbxref=taxon:9606;Name={number};chromosome={number};gbkey=Src;genome={kind};mol_type=genomic DNA"
            ),
        }
        .push(&mut out);
        for gene in genes.iter().filter(|g| g.contig == index) {
            write_gene(gene, &name, &mut out);
        }
    }
    out.push_str("###\n");
    out
}

fn write_gene(gene: &Gene, contig: &str, out: &mut String) {
    let source = if gene.contig == M { "RefSeq" } else { "BestRefSeq" };
    let suffix = if gene.y_copy { "-2" } else { "" };
    let id = format!("gene-{}{suffix}", gene.symbol);
    let biotype = match gene.biotype {
        "Mt_rRNA" => "rRNA",
        "Mt_tRNA" => "tRNA",
        other => other,
    };
    let cross = format!("Dbxref=GeneID:{},HGNC:HGNC:{}", accession::entrez(gene), gene.hgnc);
    let synonyms: Vec<&str> = gene.aliases.iter().chain(&gene.previous).map(String::as_str).collect();
    let synonyms =
        if synonyms.is_empty() { String::new() } else { format!(";gene_synonym={}", synonyms.join(",")) };
    Feature {
        contig,
        source,
        kind: "gene",
        interval: gene.interval(),
        forward: gene.forward,
        phase: None,
        attributes: &format!(
            "ID={id};{cross};Name={};description={};gbkey=Gene;gene={};gene_biotype={biotype}{synonyms}",
            gene.symbol, gene.name, gene.symbol
        ),
    }
    .push(out);
    for (index, transcript) in gene.transcripts.iter().enumerate() {
        // NCBI gives no curated accession to a retained intron.
        if transcript.biotype != "retained_intron" {
            write_transcript(gene, index, transcript, contig, source, (&id, suffix, &cross), out);
        }
    }
}

fn write_transcript(
    gene: &Gene,
    index: usize,
    transcript: &Transcript,
    contig: &str,
    source: &str,
    (parent, suffix, cross): (&str, &str, &str),
    out: &mut String,
) {
    let forward = gene.forward;
    let accession = accession::refseq_transcript(gene, index);
    let symbol = &gene.symbol;
    let partial = transcript.coding.as_ref().is_some_and(|c| c.start_missing || c.end_missing);
    let partial = if partial { ";partial=true" } else { "" };
    let mut push = |kind: &str, interval, phase, attributes: &str| {
        Feature { contig, source, kind, interval, forward, phase, attributes }.push(out);
    };
    let tag = match transcript.mane {
        Some(Mane::Select) => ";tag=MANE Select",
        Some(Mane::PlusClinical) => ";tag=MANE Plus Clinical",
        None => "",
    };
    // The mitochondrial coding genes have no transcript line: their CDS hangs on the gene.
    let bare = gene.contig == M && transcript.coding.is_some();
    let rna = format!("rna-{accession}{suffix}");
    if !bare {
        let (kind, key) = match transcript.biotype {
            "lncRNA" => ("lnc_RNA", "ncRNA"),
            "miRNA" => ("primary_transcript", "precursor_RNA"),
            "Mt_rRNA" => ("rRNA", "rRNA"),
            "Mt_tRNA" => ("tRNA", "tRNA"),
            _ => ("mRNA", "mRNA"),
        };
        let common = format!(
            "{cross},GenBank:{accession};Name={accession};gbkey={key};gene={symbol}{partial};product={}{tag};transcript_id={accession}",
            gene.name
        );
        push(kind, transcript.interval(), None, &format!("ID={rna};Parent={parent};{common}"));
        for (number, exon) in transcript.exons.iter().enumerate() {
            let attributes = format!(
                "ID=exon-{accession}{suffix}-{};Parent={rna};{cross},GenBank:{accession};gbkey={key};gene={symbol}{partial};product={}{tag};transcript_id={accession}",
                number + 1,
                gene.name
            );
            push("exon", *exon, None, &attributes);
        }
    }
    let Some(coding) = &transcript.coding else { return };
    let protein = accession::refseq_protein(gene, index);
    let mut except = String::new();
    let one_based = |offset| transcript.genomic(forward, offset) + 1;
    for offset in &coding.selenocysteines {
        let (a, b) = (one_based(*offset), one_based(offset + 2));
        let place = if forward { format!("{a}..{b}") } else { format!("complement({b}..{a})") };
        except.push_str(&format!(";transl_except=(pos:{place}%2Caa:Sec)"));
    }
    let left = (coding.end - coding.start - coding.phase) % 3;
    if gene.contig == M && left > 0 {
        let (a, b) = (one_based(coding.end - left), one_based(coding.end - 1));
        let (a, b) = (a.min(b), a.max(b));
        let place = if a == b { a.to_string() } else { format!("{a}..{b}") };
        let place = if forward { place } else { format!("complement({place})") };
        except.push_str(&format!(
            ";Note=TAA stop codon is completed by the addition of 3' A residues to the mRNA;transl_except=(pos:{place}%2Caa:TERM)"
        ));
    }
    if gene.contig == M {
        except.push_str(";transl_table=2");
    }
    let above = if bare { parent } else { &rna };
    for (_, interval, phase) in transcript.coding_parts(forward) {
        let attributes = format!(
            "ID=cds-{protein}{suffix};Parent={above};{cross},GenBank:{protein};Name={protein};gbkey=CDS;gene={symbol}{partial};product={}{tag};protein_id={protein}{except}",
            gene.name
        );
        push("CDS", interval, Some(phase), &attributes);
    }
}
