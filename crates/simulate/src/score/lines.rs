//! The score in words, and for a program.

use std::fmt;

use serde_json::json;

use super::{Fault, Score, ScoredRow};

impl Score {
    /// One line a wrong row, with `verbose` one a right row too, and how many are right on the last line.
    #[must_use]
    pub fn lines(&self, verbose: bool) -> String {
        let mut out = String::new();
        for row in self.rows.iter().filter(|row| verbose || !row.faults.is_empty()) {
            out.push_str(&format!("{row}\n"));
        }
        if self.not_scored > 0 {
            let rows =
                if self.not_scored == 1 { "1 row".to_owned() } else { format!("{} rows", self.not_scored) };
            out.push_str(&format!(
                "{rows} not scored: the referrals are in no samplesheet asked for, nor in the results\n"
            ));
        }
        out.push_str(&format!("{} of {} rows right\n", self.right(), self.rows.len()));
        out
    }

    /// The score as JSON: the counts, then every row, right or wrong.
    ///
    /// # Errors
    /// Fails where a path is no text.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        let value = json!({
            "all_right": self.all_right(),
            "right": self.right(),
            "of": self.rows.len(),
            "not_scored": self.not_scored,
            "rows": serde_json::to_value(&self.rows)?,
        });
        Ok(serde_json::to_string_pretty(&value)? + "\n")
    }
}

impl fmt::Display for ScoredRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { referral, variant, kind, expected, faults } = self;
        let verdict = if faults.is_empty() { "right" } else { "wrong" };
        write!(f, "{verdict}  {referral}")?;
        if !variant.is_empty() {
            write!(f, "  {variant}")?;
        }
        write!(f, "  {kind}  ")?;
        if faults.is_empty() {
            return f.write_str(expected);
        }
        for (index, fault) in faults.iter().enumerate() {
            write!(f, "{}{fault}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {} ({})", self.expected, self.found, self.file.display())
    }
}
