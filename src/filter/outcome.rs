//! What a filter answers.

use serde::Serialize;

/// The answer of one filter on one allele.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Identifier of the filter's row ([`super::rules::FILTERS`]).
    pub rule: &'static str,
    /// True when the allele was kept.
    pub kept: bool,
    /// The value looked at, as text.
    pub value: String,
    /// What was asked of it.
    pub threshold: String,
    /// One sentence that says both.
    pub reason: String,
    /// What threshold would have kept it, when dropped and a threshold could.
    pub would_keep: Option<String>,
}

impl Outcome {
    /// The same where the answer is waived, and why.
    pub fn waived(self, why: &str) -> Self {
        let reason = format!("waived, because {why} ({})", self.reason);
        Self { kept: true, reason, would_keep: None, ..self }
    }
}
