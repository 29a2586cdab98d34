//! What the Directory and the panels ask of a gene table: identity from a symbol, and the symbol to show.

use crate::model::gene::HgncId;

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
    #[error("the symbol '{symbol}' may mean {}; name the gene by its HGNC identifier",
        candidates.iter().map(|(id, symbol)| format!("{symbol} ({id})")).collect::<Vec<_>>().join(" or "))]
    Ambiguous {
        /// The symbol.
        symbol: String,
        /// The genes it may mean.
        candidates: Vec<(HgncId, String)>,
    },
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
