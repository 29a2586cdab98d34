//! Invented accessions in the shape of the real ones, all made of the gene's HGNC number and the
//! transcript's place in the gene.

use super::genes::Gene;

fn serial(gene: &Gene) -> u32 {
    gene.hgnc - 900_000
}

/// Ensembl gives the Y copy of a pseudoautosomal gene an identifier of its own.
fn y_shift(gene: &Gene) -> u32 {
    if gene.y_copy { 500_000 } else { 0 }
}

/// `ENSG99…`, no version.
pub fn ensembl_gene(gene: &Gene) -> String {
    format!("ENSG99{:09}", serial(gene) + y_shift(gene))
}

/// Version of the Ensembl gene.
pub fn gene_version(gene: &Gene) -> u32 {
    gene.hgnc % 13 + 1
}

/// `ENST99…`, no version.
pub fn ensembl_transcript(gene: &Gene, index: usize) -> String {
    format!("ENST99{:09}", (serial(gene) + y_shift(gene)) * 100 + index as u32)
}

/// `ENSP99…`, no version.
pub fn ensembl_protein(gene: &Gene, index: usize) -> String {
    ensembl_transcript(gene, index).replace("ENST", "ENSP")
}

/// `ENSE99…`, no version; one a place on the genome.
pub fn ensembl_exon(gene: &Gene, exon: (u32, u32)) -> String {
    format!("ENSE99{:09}", (gene.contig as u32 + 1) * 100_000_000 + exon.0 % 50_000_000 + exon.1 - exon.0)
}

/// The same for X and Y in GENCODE, where the Y copy has a suffix.
pub fn gencode(id: &str, gene: &Gene) -> String {
    if gene.y_copy { format!("{id}_PAR_Y") } else { id.to_owned() }
}

/// `NM_9…` or `NR_9…` with version.
pub fn refseq_transcript(gene: &Gene, index: usize) -> String {
    let transcript = &gene.transcripts[index];
    let prefix = if transcript.coding.is_some() { "NM" } else { "NR" };
    format!("{prefix}_9{:05}{index:03}.{}", serial(gene), transcript.version)
}

/// `NP_9…` with version.
pub fn refseq_protein(gene: &Gene, index: usize) -> String {
    format!("NP_9{:05}{index:03}.{}", serial(gene), gene.transcripts[index].version.min(3))
}

/// NCBI gene number.
pub fn entrez(gene: &Gene) -> u32 {
    99_000_000 + serial(gene)
}

/// `1`, `X`, `MT` as Ensembl writes contigs.
pub fn ensembl_contig(name: &str) -> &str {
    match name.strip_prefix("chr") {
        Some("M") => "MT",
        Some(rest) => rest,
        None => name,
    }
}

/// `NC_000001.11` as NCBI writes contigs.
pub fn refseq_contig(name: &str) -> String {
    match ensembl_contig(name) {
        "X" => "NC_000023.11".to_owned(),
        "Y" => "NC_000024.10".to_owned(),
        "MT" => "NC_012920.1".to_owned(),
        number => format!("NC_{number:0>6}.11"),
    }
}
