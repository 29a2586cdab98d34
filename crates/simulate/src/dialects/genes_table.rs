//! The gene table in the columns of the HGNC complete set.

use super::super::accession;
use super::super::genes::{Gene, Mane};

const HEADING: &str = "hgnc_id\tsymbol\tname\tlocus_group\tlocus_type\tstatus\tlocation\talias_symbol\talias_name\tprev_symbol\tprev_name\tgene_group\tentrez_id\tensembl_gene_id\trefseq_accession\tuniprot_ids\tomim_id\tmane_select\n";

/// The whole table, by HGNC id.
pub fn text(genes: &[Gene]) -> String {
    let mut out = String::from(HEADING);
    let mut sorted: Vec<&Gene> = genes.iter().filter(|g| !g.y_copy).collect();
    sorted.sort_by_key(|g| g.hgnc);
    for gene in &sorted {
        let (group, kind) = match gene.biotype {
            "protein_coding" => ("protein-coding gene", "gene with protein product"),
            "lncRNA" => ("non-coding RNA", "RNA, long non-coding"),
            "miRNA" => ("non-coding RNA", "RNA, micro"),
            "Mt_rRNA" => ("non-coding RNA", "RNA, ribosomal"),
            _ => ("non-coding RNA", "RNA, transfer"),
        };
        let index = gene.transcripts.iter().position(|t| t.mane == Some(Mane::Select));
        let mane = index.map_or_else(String::new, |i| {
            format!(
                "{}.{}|{}",
                accession::ensembl_transcript(gene, i),
                gene.transcripts[i].version,
                accession::refseq_transcript(gene, i)
            )
        });
        let location = ["1p1", "2q3", "3p2", "Xq2", "Yq1", "mitochondria"][gene.contig];
        out.push_str(&format!(
            "HGNC:{}\t{}\t{}\t{group}\t{kind}\tApproved\t{location}\t{}\t\t{}\t\t\t{}\t{}\t{}\t\t\t{mane}\n",
            gene.hgnc,
            gene.symbol,
            gene.name,
            gene.aliases.join("|"),
            gene.previous.join("|"),
            accession::entrez(gene),
            accession::ensembl_gene(gene),
            accession::refseq_transcript(gene, 0).split('.').next().unwrap_or_default(),
        ));
    }
    // A withdrawn entry, and aliases that are other genes' symbols or are shared: a symbol is no identity.
    if let [first, second, third, ..] = sorted[..] {
        out.push_str(&format!(
            "HGNC:989999\tQOLD1\tsymbol withdrawn, see {}\twithdrawn\tunknown\tEntry Withdrawn\t\t\t\t\t\t\t\t\t\t\t\t\n",
            first.symbol
        ));
        out.push_str(&format!(
            "HGNC:989998\tQPSEU1P\tinvented pseudogene\tpseudogene\tpseudogene\tApproved\t1p1\t{}|{}\t\t{}\t\t\t98999998\t\t\t\t\t\n",
            second.symbol, third.symbol, third.previous.first().map_or("QSHARED", String::as_str)
        ));
    }
    out
}
