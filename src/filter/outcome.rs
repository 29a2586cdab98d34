//! What a filter answers.

use serde::Serialize;

/// A filter by its row in [`super::rules::FILTERS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    pub(super) id: &'static str,
    pub(super) words: &'static str,
}

impl Rule {
    /// Its identifier.
    pub fn id(self) -> &'static str {
        self.id
    }

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        self.words
    }
}

/// The answer of one filter on one allele.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The filter.
    pub rule: Rule,
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
