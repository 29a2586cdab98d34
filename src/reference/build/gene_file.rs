//! Reading an HGNC gene table: the complete set, and the smaller tables others make of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::model::gene::HgncId;
use crate::reference::error::ReferenceError;
use crate::reference::genes::{GeneEntry, GeneTable};

use super::text::Lines;

/// What each column goes by in the files we know, lower case.
const ID: &[&str] = &["hgnc_id", "hgnc id"];
const SYMBOL: &[&str] = &["symbol", "approved symbol"];
const PREVIOUS: &[&str] = &["prev_symbol", "previous symbols", "previous symbol"];
const ALIAS: &[&str] = &["alias_symbol", "alias symbols", "alias symbol", "synonyms"];
const ENSEMBL: &[&str] =
    &["ensembl_gene_id", "ensembl_id", "ensembl gene id", "ensembl id(supplied by ensembl)"];
const ENTREZ: &[&str] = &["entrez_id", "ncbi gene id", "ncbi gene id(supplied by ncbi)"];
const REFSEQ: &[&str] = &["refseq_accession", "refseq ids", "refseq id"];
const STATUS: &[&str] = &["status"];
const LOCUS_TYPE: &[&str] = &["locus_type", "locus type", "type"];

/// What was taken from a gene table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GeneReport {
    /// Genes taken.
    pub genes: u64,
    /// Entries left out because HGNC has withdrawn them.
    pub withdrawn: u64,
    /// Rows left out because one identifier is given to two symbols.
    pub conflicting: u64,
    /// Rows left out because the gene was given before.
    pub repeated: u64,
    /// Rows left out because they have no HGNC identifier.
    pub without_identifier: u64,
}

/// Reads a tab-separated table with a heading.
///
/// # Errors
/// When the file cannot be read, lacks the columns of identifier and symbol, or a row has no valid
/// identifier. A gene given twice is counted.
pub fn read(path: &Path) -> Result<(GeneTable, GeneReport), ReferenceError> {
    let mut lines = Lines::open(path)?;
    let heading = lines.next_line()?.unwrap_or_default().to_ascii_lowercase();
    let names: Vec<&str> = heading.trim_start_matches('#').split('\t').map(str::trim).collect();
    let place = |of: &[&str]| names.iter().position(|name| of.contains(name));
    let (Some(id), Some(symbol)) = (place(ID), place(SYMBOL)) else {
        return Err(
            lines.error("the heading has no hgnc_id and symbol; expected the HGNC complete set (TSV)")
        );
    };
    let [previous, alias, ensembl, entrez, refseq, status, locus_type] =
        [PREVIOUS, ALIAS, ENSEMBL, ENTREZ, REFSEQ, STATUS, LOCUS_TYPE].map(place);
    let mut entries: BTreeMap<HgncId, GeneEntry> = BTreeMap::new();
    let mut conflicting: BTreeSet<HgncId> = BTreeSet::new();
    let mut report = GeneReport::default();
    while lines.advance()? {
        let line = lines.last_line()?;
        if line.trim().is_empty() {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').map(unquoted).collect();
        let column = |at: Option<usize>| at.and_then(|at| columns.get(at).copied()).unwrap_or_default();
        let (id, symbol) = (column(Some(id)), column(Some(symbol)));
        let withdrawn =
            symbol.ends_with("~withdrawn") || column(status).to_ascii_lowercase().contains("withdrawn");
        if withdrawn {
            report.withdrawn += 1;
            continue;
        }
        if id.is_empty() || id == "-" {
            report.without_identifier += 1;
            continue;
        }
        let id: HgncId = match id.parse() {
            Ok(id) => id,
            Err(error) => return Err(lines.error(error.to_string())),
        };
        if symbol.is_empty() {
            return Err(lines.error(format!("{id} has no symbol")));
        }
        let entry = GeneEntry {
            symbol: symbol.to_owned(),
            previous: list(column(previous)),
            aliases: list(column(alias)),
            ensembl: list(column(ensembl)).into_iter().next(),
            entrez: column(entrez).parse().ok(),
            refseq: list(column(refseq))
                .iter()
                .map(|a| a.split('.').next().unwrap_or(a).to_owned())
                .collect(),
            locus_type: column(locus_type).to_owned(),
        };
        match entries.get(&id) {
            // Tables joined with another resource repeat a gene: the first row is kept, and the rest counted.
            Some(before) if before.symbol == entry.symbol => report.repeated += 1,
            // One identifier for two symbols: neither row can be trusted.
            Some(_) => {
                entries.remove(&id);
                conflicting.insert(id);
                report.genes -= 1;
                report.conflicting += 2;
            }
            None if conflicting.contains(&id) => report.conflicting += 1,
            None => {
                report.genes += 1;
                entries.insert(id, entry);
            }
        }
    }
    Ok((GeneTable::from_entries(entries), report))
}

/// The table as the text the bundle keeps, in the columns of the complete set, by identifier.
pub(crate) fn written(table: &GeneTable) -> String {
    let mut text = String::from(
        "hgnc_id\tsymbol\tlocus_type\tprev_symbol\talias_symbol\tensembl_gene_id\tentrez_id\trefseq_accession\n",
    );
    for (id, entry) in table.entries() {
        let entrez = entry.entrez.map(|id| id.to_string()).unwrap_or_default();
        let row = [
            id.to_string(),
            entry.symbol.clone(),
            entry.locus_type.clone(),
            entry.previous.join("|"),
            entry.aliases.join("|"),
            entry.ensembl.clone().unwrap_or_default(),
            entrez,
            entry.refseq.join("|"),
        ];
        text.push_str(&row.join("\t"));
        text.push('\n');
    }
    text
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text)
}

/// Several values: HGNC joins them by `|` in the complete set and by `, ` in custom downloads.
fn list(text: &str) -> Vec<String> {
    text.split('|')
        .flat_map(|p| p.split(", "))
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::genes::{NameKind, Resolution};

    fn read_text(text: &str) -> Result<(GeneTable, GeneReport), String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read(file.path()).map_err(|e| e.to_string())
    }

    #[test]
    fn both_layouts_are_read_and_written_back() {
        let complete = "hgnc_id\tsymbol\tname\tlocus_type\tstatus\tprev_symbol\talias_symbol\tensembl_gene_id\tentrez_id\trefseq_accession\n\
            HGNC:5\tA1\tname\tgene\tApproved\tB|C\t\"D|E\"\tENSG1\t77\tNM_1.2\nHGNC:6\tOLD~withdrawn\t\t\tEntry Withdrawn\t\t\t\t\t\n";
        let (table, report) = read_text(complete).unwrap();
        assert_eq!((report.genes, report.withdrawn), (1, 1));
        assert_eq!(table.by_ensembl("ENSG1.4"), Some(HgncId(5)));
        assert_eq!((table.by_entrez(77), table.by_refseq("NM_1.9")), (Some(HgncId(5)), Some(HgncId(5))));
        let found = Resolution::Gene { hgnc_id: HgncId(5), symbol: "A1".to_owned(), by: NameKind::Alias };
        assert_eq!(table.resolve("E"), found);
        let (again, _) = read_text(&written(&table)).unwrap();
        assert_eq!(again.get(HgncId(5)), table.get(HgncId(5)));
        let custom = "HGNC ID\tApproved symbol\tPrevious symbols\tAlias symbols\tRefSeq IDs\nHGNC:5\tA1\tB, C\tD\tNM_1\n";
        assert_eq!(read_text(custom).unwrap().0.by_previous("C"), Some(HgncId(5)));
    }

    #[test]
    fn what_is_no_gene_table_is_refused() {
        for (text, words) in [
            ("", "the heading has no hgnc_id"),
            ("hgnc_id\tsymbol\nHGNC:x\tA\n", "line 2"),
            ("hgnc_id\tsymbol\nHGNC:1\t\n", "has no symbol"),
        ] {
            let message = read_text(text).unwrap_err();
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn real_tables_are_read() {
        for (file, wanted) in [
            ("genes/hgnc_complete_set.2023-10.cut.txt.gz", 42_191),
            ("nhs/reference/hgnc_dump_20230613.txt.gz", 0),
        ] {
            let Some(path) = crate::shared_data::need(file) else { continue };
            let (table, report) = read(&path).unwrap();
            let rows = report.genes
                + report.withdrawn
                + report.without_identifier
                + report.repeated
                + report.conflicting;
            assert!(report.genes > 40_000 && (wanted == 0 || rows == wanted), "{report:?}");
            assert_eq!(table.by_approved("BRCA1"), Some(HgncId(1100)));
        }
    }
}
