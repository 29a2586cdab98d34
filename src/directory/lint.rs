//! Doubtful places of a Directory or panel file: what is odd, what was understood, what to do.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a lint matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Understood; said for completeness.
    Note,
    /// Understood with a doubt: someone should look.
    Warning,
    /// Not understood, or contradictory: a test or an entry cannot be used as it stands.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One doubtful place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Lint {
    /// How much it matters.
    pub severity: Severity,
    /// Row of the source, 1-based, where the source has rows; 0 where it has none.
    pub row: u32,
    /// Column heading of a table, or the place in a panel: `panel 99001 v1.2, GENEA`.
    pub column: String,
    /// The source's own text.
    pub found: String,
    /// What it was taken for.
    pub understood: String,
    /// What to do about it.
    pub remedy: String,
}

impl Lint {
    /// A lint of a table's cell.
    pub fn new(
        severity: Severity,
        row: u32,
        column: impl Into<String>,
        found: impl Into<String>,
        understood: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            row,
            column: column.into(),
            found: found.into(),
            understood: understood.into(),
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.severity.name())?;
        if self.row > 0 {
            write!(f, "row {}, ", self.row)?;
        }
        write!(f, "{}: '{}': {}; {}", self.column, self.found, self.understood, self.remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lint_reads_as_one_line() {
        let lint = Lint::new(Severity::Warning, 7, "Test Method", "WES or Large penel", "a panel", "none");
        assert_eq!(lint.to_string(), "warning: row 7, Test Method: 'WES or Large penel': a panel; none");
    }
}
