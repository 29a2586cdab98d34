//! What the Directory and the panels ask of a gene table: identity from a symbol, and the symbol to show.

use std::borrow::Cow;

use crate::model::gene::HgncId;
use crate::model::remedy::{Remedy, then};
use crate::reference::genes::{GeneTable, NameKind, Resolution};

/// A symbol that was resolved to one gene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneMatch {
    /// Identity.
    pub hgnc_id: HgncId,
    /// Approved symbol.
    pub symbol: String,
    /// Said where the symbol is not the approved one: `GENEA is a previous symbol of GENEB`.
    pub remark: Option<String>,
}

/// A symbol that cannot be resolved to one gene.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GeneNameError {
    /// No gene has this symbol.
    #[error("no gene has the symbol '{symbol}', approved, previous or alias")]
    Unknown {
        /// The symbol.
        symbol: String,
    },
    /// Several genes have it.
    #[error("the symbol '{symbol}' may mean {}{}",
        candidates.iter().map(|(id, symbol)| format!("{symbol} ({id})")).collect::<Vec<_>>().join(" or "), then(self))]
    Ambiguous {
        /// The symbol.
        symbol: String,
        /// The genes it may mean.
        candidates: Vec<(HgncId, String)>,
    },
}

impl Remedy for GeneNameError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Unknown { .. } => None,
            Self::Ambiguous { .. } => Some("use the gene's HGNC identifier".into()),
        }
    }
}

/// A table of genes: approved symbol first, then a unique previous symbol, then a unique alias.
///
/// Identity is the HGNC identifier: the symbols of panel files lag behind the nomenclature by years, and
/// trying aliases first resolves hundreds of symbols to another gene.
pub trait GeneNames {
    /// The approved symbol of a gene, where the table has it.
    fn approved_symbol(&self, id: HgncId) -> Option<String>;

    /// The gene a symbol stands for.
    ///
    /// # Errors
    /// When no gene, or more than one, has the symbol.
    fn resolve(&self, symbol: &str) -> Result<GeneMatch, GeneNameError>;
}

/// A table without genes: everything has to be named by its HGNC identifier.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoGeneNames;

impl GeneNames for NoGeneNames {
    fn approved_symbol(&self, _id: HgncId) -> Option<String> {
        None
    }

    fn resolve(&self, symbol: &str) -> Result<GeneMatch, GeneNameError> {
        Err(GeneNameError::Unknown { symbol: symbol.to_owned() })
    }
}

impl GeneNames for GeneTable {
    fn approved_symbol(&self, id: HgncId) -> Option<String> {
        self.symbol(id).map(str::to_owned)
    }

    fn resolve(&self, symbol: &str) -> Result<GeneMatch, GeneNameError> {
        match GeneTable::resolve(self, symbol) {
            Resolution::Gene { hgnc_id, symbol: approved, by } => {
                let remark = match by {
                    NameKind::Identifier | NameKind::Approved => None,
                    NameKind::Previous => Some(format!("{symbol} is a previous symbol of {approved}")),
                    NameKind::Alias => Some(format!("{symbol} is an alias of {approved}")),
                };
                Ok(GeneMatch { hgnc_id, symbol: approved, remark })
            }
            Resolution::Ambiguous { candidates } => {
                Err(GeneNameError::Ambiguous { symbol: symbol.to_owned(), candidates })
            }
            Resolution::Unknown => Err(GeneNameError::Unknown { symbol: symbol.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::genes::GeneEntry;

    fn table() -> GeneTable {
        let entry = |symbol: &str, previous: &[&str], aliases: &[&str]| GeneEntry {
            symbol: symbol.to_owned(),
            previous: previous.iter().map(|s| (*s).to_owned()).collect(),
            aliases: aliases.iter().map(|s| (*s).to_owned()).collect(),
            ..GeneEntry::default()
        };
        GeneTable::from_entries(
            [
                (HgncId(1), entry("GENEA", &["OLDA", "SHARED"], &["GENEB", "AKA"])),
                (HgncId(2), entry("GENEB", &["SHARED"], &["BOTH"])),
                (HgncId(3), entry("GENEC", &[], &["BOTH"])),
            ]
            .into(),
        )
    }

    fn resolved(symbol: &str) -> Result<GeneMatch, GeneNameError> {
        GeneNames::resolve(&table(), symbol)
    }

    #[test]
    fn the_approved_symbol_goes_first() {
        // GENEB is also an alias of GENEA: an alias never takes an approved symbol away.
        let found = resolved("GENEB").unwrap();
        assert_eq!((found.hgnc_id, found.remark), (HgncId(2), None));
        assert_eq!(resolved("OLDA").unwrap().remark.unwrap(), "OLDA is a previous symbol of GENEA");
        assert_eq!(resolved("AKA").unwrap().remark.unwrap(), "AKA is an alias of GENEA");
    }

    #[test]
    fn an_ambiguous_name_is_refused_with_its_candidates() {
        for name in ["SHARED", "BOTH"] {
            let message = resolved(name).unwrap_err().to_string();
            assert!(message.contains("GENEB (HGNC:2)"), "{message}");
        }
        assert!(matches!(resolved("NONE").unwrap_err(), GeneNameError::Unknown { .. }));
    }
}
