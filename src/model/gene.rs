//! Genes. The HGNC identifier is a gene's identity; its symbol is for display only.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// HUGO Gene Nomenclature Committee identifier, the number in `HGNC:1100`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct HgncId(pub u32);

impl std::fmt::Display for HgncId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HGNC:{}", self.0)
    }
}

/// A text that is not an HGNC identifier.
#[derive(Debug, thiserror::Error)]
#[error("'{0}' is not an HGNC identifier; expected the form HGNC:1100")]
pub struct NotAnHgncId(pub String);

impl std::str::FromStr for HgncId {
    type Err = NotAnHgncId;

    /// Accepts `HGNC:1100`, `HGNC:HGNC:1100` (as some GFF3 files write it) and `1100`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim().trim_start_matches("HGNC:");
        match digits.parse::<u32>() {
            Ok(number) if number > 0 && digits.bytes().all(|b| b.is_ascii_digit()) => Ok(Self(number)),
            _ => Err(NotAnHgncId(text.to_owned())),
        }
    }
}

impl TryFrom<String> for HgncId {
    type Error = NotAnHgncId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<HgncId> for String {
    fn from(id: HgncId) -> Self {
        id.to_string()
    }
}

/// A gene of the reference bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gene {
    /// Identity, where the source gives one.
    pub hgnc_id: Option<HgncId>,
    /// Approved symbol (or the source's, where the gene has no HGNC identifier).
    pub symbol: String,
    /// The source's own identifier, with version where given: `ENSG00000012048.25`, `672`.
    pub source_id: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_spellings_of_an_identifier() {
        for text in ["HGNC:1100", "HGNC:HGNC:1100", "1100", " HGNC:1100 "] {
            assert_eq!(text.parse::<HgncId>().unwrap(), HgncId(1100));
        }
        for text in ["", "HGNC:", "BRCA1", "HGNC:-1", "HGNC:+1", "HGNC:0", "HGNC:1.0"] {
            assert!(text.parse::<HgncId>().is_err(), "{text}");
        }
    }
}
