//! Compiling the knowledge bundle from public files.

pub(crate) mod assembly;
mod bundle;
pub(crate) mod fasta;
pub mod gene_file;
pub(crate) mod gene_pred;
pub(crate) mod gff3;
pub(crate) mod internal_stop;
pub mod manifest;
pub(crate) mod placed;
pub mod report;
pub mod sites;
pub(crate) mod text;
pub mod transcript_sequences;

use std::path::Path;

use crate::model::gene::{Gene, HgncId};
use crate::model::transcript::Transcript;

use super::error::ReferenceError;
use super::genes::GeneTable;
use super::genome::Genome;
pub use bundle::{BuildSummary, build, from_manifest};
use gff3::SourceGene;
use report::{BuildReport, Remark};
use text::Lines;

/// Reads the transcripts of a GFF3 file or a UCSC genePred table, plain, gzipped or bgzipped; the kind of
/// file is told from its content. Genes get their HGNC identifiers and approved symbols from `genes`.
///
/// # Errors
/// When the file cannot be read or is of no known kind; the message names file and line. A feature that does
/// not fit together is no error: it is left out, and counted in the report.
pub fn read_transcripts(
    path: &Path,
    genome: &Genome,
    genes: Option<&GeneTable>,
) -> Result<(Vec<Gene>, Vec<Transcript>, BuildReport), ReferenceError> {
    let source = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut report = BuildReport { source, ..BuildReport::default() };
    let gff3 = is_gff3(path)?;
    let mut lines = Lines::open(path)?;
    let content = if gff3 {
        gff3::read(path, &mut lines, genome, &mut report)?
    } else {
        gene_pred::read(path, &mut lines, genome, &mut report)?
    };
    let transcripts: Vec<Transcript> =
        content.transcripts.into_iter().filter_map(|t| t.assemble(genome, &mut report)).collect();
    let (genes, transcripts) = used_genes(&content.genes, transcripts, genes, &mut report);
    report.genes = genes.len() as u64;
    Ok((genes, transcripts, report))
}

/// True where the first line that is no comment has GFF3's nine columns, or a comment says so.
fn is_gff3(path: &Path) -> Result<bool, ReferenceError> {
    let mut lines = Lines::open(path)?;
    while let Some(line) = lines.next_line()? {
        if line.starts_with("##gff-version") {
            return Ok(true);
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let numbers = columns.iter().skip(3).take(2).filter(|c| c.parse::<i64>().is_ok()).count();
        return Ok(columns.len() >= 8 && numbers == 2 && matches!(columns[6], "+" | "-" | "." | "?"));
    }
    Err(ReferenceError::source_file(path, "holds no transcript"))
}

/// Keeps the genes that have a transcript left, and names them.
fn used_genes(
    sources: &[SourceGene],
    mut transcripts: Vec<Transcript>,
    table: Option<&GeneTable>,
    report: &mut BuildReport,
) -> (Vec<Gene>, Vec<Transcript>) {
    let mut new_index: Vec<Option<u32>> = vec![None; sources.len()];
    let mut genes = Vec::new();
    for transcript in &mut transcripts {
        let old = transcript.gene as usize;
        let index = match new_index[old] {
            Some(index) => index,
            None => {
                genes.push(named(&sources[old], table, report));
                let index = (genes.len() - 1) as u32;
                new_index[old] = Some(index);
                index
            }
        };
        transcript.gene = index;
    }
    (genes, transcripts)
}

/// HGNC identifier and approved symbol: by the source's own HGNC identifier, else by Ensembl identifier, NCBI
/// Gene identifier, approved symbol, and last by a previous symbol that only one gene has had.
fn named(source: &SourceGene, table: Option<&GeneTable>, report: &mut BuildReport) -> Gene {
    let mut gene = Gene {
        hgnc_id: source.hgnc.map(HgncId),
        symbol: source.symbol.clone(),
        source_id: source.source_id.clone(),
    };
    let Some(table) = table else {
        if gene.hgnc_id.is_none() {
            report.remark(Remark::GeneWithoutHgnc, &gene.symbol);
        }
        return gene;
    };
    let by_identifier =
        table.by_ensembl(&source.source_id).or_else(|| source.entrez.and_then(|id| table.by_entrez(id)));
    match (gene.hgnc_id, by_identifier) {
        (Some(given), Some(found)) if given != found => report.remark(Remark::HgncDisagrees, &gene.symbol),
        (None, found) => gene.hgnc_id = found,
        _ => {}
    }
    if gene.hgnc_id.is_none() {
        gene.hgnc_id = table.by_approved(&source.symbol);
    }
    if gene.hgnc_id.is_none() {
        gene.hgnc_id = table.by_previous(&source.symbol);
        if gene.hgnc_id.is_some() {
            report.remark(Remark::GeneByPreviousSymbol, &gene.symbol);
        }
    }
    match gene.hgnc_id {
        Some(id) => {
            if let Some(symbol) = table.symbol(id) {
                gene.symbol = symbol.to_owned();
            }
        }
        None => report.remark(Remark::GeneWithoutHgnc, &gene.symbol),
    }
    gene
}

#[cfg(test)]
mod tests;
