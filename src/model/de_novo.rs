//! How well the reads bear out a de novo call.

use super::segregation::{DeNovoGrade, Verdict};

/// The grade of a de novo call, with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct DeNovoEvidence {
    /// The grade.
    pub grade: DeNovoGrade,
    /// The verdict of the genotypes alone.
    pub verdict: Verdict,
    /// Each limit that was missed, or why the call is not de novo; for a confident call, what it rests on.
    pub reasons: Vec<String>,
}
