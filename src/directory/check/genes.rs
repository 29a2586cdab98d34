//! Gene names of a Directory and of panels, held against a gene table.

use crate::directory::genes::{GeneNameError, GeneNames};
use crate::directory::lint::{Lint, Severity};
use crate::directory::panels::PanelStore;
use crate::model::directory::{NamedGene, TestDirectory, TestTarget};
use crate::model::gene::HgncId;
use crate::model::panel::PanelEntityKind;

/// Symbols of a Directory that are not approved, not known or ambiguous, and identifiers that the table lacks.
pub fn directory_genes(directory: &TestDirectory, table: &dyn GeneNames) -> Vec<Lint> {
    let mut lints = Vec::new();
    for test in &directory.tests {
        let (TestTarget::Genes(genes) | TestTarget::ShortTandemRepeat(genes)) = &test.target else {
            continue;
        };
        let column = match test.sheet.as_str() {
            "" => "Target/Genes".to_owned(),
            sheet => format!("{sheet}: Target/Genes"),
        };
        for gene in genes {
            if let Some((severity, understood, remedy)) = named_gene(gene, table) {
                lints.push(Lint::new(
                    severity,
                    test.row,
                    column.as_str(),
                    gene.symbol.as_str(),
                    understood,
                    remedy,
                ));
            }
        }
    }
    lints
}

fn named_gene(gene: &NamedGene, table: &dyn GeneNames) -> Option<(Severity, String, &'static str)> {
    if let Some(id) = gene.hgnc_id {
        return missing(id, table).or_else(|| other_gene(id, &gene.symbol, table));
    }
    match table.resolve(&gene.symbol) {
        Ok(found) => {
            let remark = found.remark?;
            Some((Severity::Warning, format!("{remark} ({})", found.hgnc_id), "write the approved symbol"))
        }
        Err(fault @ GeneNameError::Unknown { .. }) => {
            Some((Severity::Error, fault.to_string(), "correct the symbol, or load a newer gene table"))
        }
        Err(fault) => Some((Severity::Error, fault.to_string(), "use the gene's HGNC identifier")),
    }
}

fn missing(id: HgncId, table: &dyn GeneNames) -> Option<(Severity, String, &'static str)> {
    table.approved_symbol(id).is_none().then(|| {
        (
            Severity::Warning,
            format!("{id} is not in the gene table: withdrawn, or newer than the table"),
            "look up the identifier at HGNC, and use its replacement",
        )
    })
}

/// Entries of panels whose identifier the table lacks, whose symbol is the approved symbol of another gene, or
/// that have no identifier and a symbol that is not known or ambiguous.
pub fn panel_genes(store: &PanelStore, table: &dyn GeneNames) -> Vec<Lint> {
    let mut lints = Vec::new();
    for panel in store.iter() {
        for entity in &panel.entities {
            let PanelEntityKind::Gene { hgnc_id, symbol } = &entity.kind else { continue };
            let said = match hgnc_id {
                None => named_gene(&NamedGene { symbol: symbol.clone(), hgnc_id: None }, table),
                Some(id) => missing(*id, table).or_else(|| other_gene(*id, symbol, table)),
            };
            if let Some((severity, understood, remedy)) = said {
                let place = format!("panel {} v{}, {symbol}", panel.id, panel.version);
                lints.push(Lint::new(severity, 0, place, symbol.as_str(), understood, remedy));
            }
        }
    }
    lints
}

/// A symbol beside an identifier explains only; but where it is another gene's approved symbol, one of them is wrong.
fn other_gene(id: HgncId, symbol: &str, table: &dyn GeneNames) -> Option<(Severity, String, &'static str)> {
    let approved = table.approved_symbol(id)?;
    if approved == symbol || symbol.parse::<HgncId>().is_ok() {
        return None;
    }
    match table.resolve(symbol) {
        Ok(named) if named.hgnc_id != id && named.symbol == symbol => Some((
            Severity::Error,
            format!("the identifier {id} is {approved}, the symbol is that of {}", named.hgnc_id),
            "correct the entry: the gene with this identifier is the one analysed",
        )),
        _ => Some((Severity::Note, format!("{id} is {approved} now"), "none: the identifier is used")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::directory::import::read_directory;
    use crate::directory::panels::import::read_panels;
    use crate::reference::genes::{GeneEntry, GeneTable};

    fn table() -> GeneTable {
        let entry = |symbol: &str, previous: &[&str], aliases: &[&str]| GeneEntry {
            symbol: symbol.to_owned(),
            previous: previous.iter().map(|s| (*s).to_owned()).collect(),
            aliases: aliases.iter().map(|s| (*s).to_owned()).collect(),
            ..GeneEntry::default()
        };
        GeneTable::from_entries(
            [(HgncId(1), entry("GENEA", &["OLDA"], &["BOTH"])), (HgncId(2), entry("GENEB", &[], &["BOTH"]))]
                .into(),
        )
    }

    /// An identifier copied from the wrong row would put another gene under test.
    #[test]
    fn an_identifier_beside_another_gene_s_symbol_is_an_error() {
        let text = "Test ID,Clinical Indication,Target/Genes,Test Method\nR1.1,A,GENEA (HGNC:2),WGS\n\
                    R1.2,A,GENEA (HGNC:1),WGS\n";
        let directory = read_directory(Path::new("d.csv"), text.as_bytes()).unwrap().directory;
        let lints = directory_genes(&directory, &table());
        assert_eq!(lints.len(), 1, "{lints:#?}");
        assert!(lints[0].severity == Severity::Error && lints[0].understood.contains("HGNC:2 is GENEB"));
    }

    #[test]
    fn symbols_of_the_directory_are_held_against_the_table() {
        let text = "Test ID,Clinical Indication,Target/Genes,Test Method\nR1.1,A,GENEA; OLDA,WGS\n\
                    R1.2,B,BOTH; GENEB,WGS\nR1.3,C,GENEX,WGS\nR1.4,D,HGNC:99,WGS\n";
        let directory = read_directory(Path::new("d.csv"), text.as_bytes()).unwrap().directory;
        let said: Vec<String> =
            directory_genes(&directory, &table()).iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 4, "{said:#?}");
        assert!(
            said[0].starts_with("warning: row 2, Target/Genes: 'OLDA': OLDA is a previous symbol of GENEA")
        );
        assert!(said[1].starts_with("error: row 3") && said[1].contains("GENEA (HGNC:1) or GENEB (HGNC:2)"));
        assert!(said[2].starts_with("error: row 4") && said[2].contains("GENEX"));
        assert!(
            said[3].starts_with("warning: row 5") && said[3].contains("HGNC:99 is not in the gene table")
        );
    }

    #[test]
    fn identifiers_of_panels_are_held_against_the_table() {
        let gene = |id: &str, symbol: &str| {
            format!(
                r#"{{"gene_data":{{"hgnc_id":"{id}","gene_symbol":"{symbol}"}},"entity_type":"gene",
                "entity_name":"{symbol}","confidence_level":"3","mode_of_inheritance":""}}"#
            )
        };
        let genes = [
            gene("HGNC:1", "GENEB"),
            gene("HGNC:1", "OLDA"),
            gene("HGNC:99", "GONE"),
            gene("HGNC:2", "GENEB"),
        ];
        let text = format!(r#"{{"id":5,"name":"P","version":"1.0","genes":[{}]}}"#, genes.join(","));
        let path = PathBuf::from("5.json");
        let import = read_panels(&path, text.as_bytes()).unwrap();
        let store = PanelStore::from_imports(vec![(path, import)]).unwrap();
        let said: Vec<String> = panel_genes(&store, &table()).iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 3, "{said:#?}");
        assert!(said[0].starts_with("error") && said[0].contains("the symbol is that of HGNC:2"));
        assert!(said[1].starts_with("note") && said[2].contains("withdrawn"));
    }
}
