//! What was annotated, and whether the file is of the bundle's build.

use std::path::Path;

use super::error::AnnotateError;
use super::outcome::{Class, Outcomes};
use crate::model::read_summary::ReadSummary;
use crate::normalise::build_check::is_another_build;
use crate::reference::bundle::Bundle;

/// REF mismatches in 10,000 alleles above which a file is of another build. The pipeline definitions of `run`
/// state the same; `annotate` has no definition to read it from.
const MISMATCHES_PER_10000: u64 = 100;

/// What was annotated.
#[derive(Clone, Debug, Default)]
pub struct AnnotateSummary {
    /// What was read.
    pub read: ReadSummary,
    /// Remarks.
    pub warnings: Vec<String>,
    /// What became of every allele, and of the records that offer none.
    pub outcomes: Outcomes,
}

impl AnnotateSummary {
    /// Refuses a file of another build.
    pub(super) fn check_build(&self, bundle: &Bundle, file: &Path) -> Result<(), AnnotateError> {
        let (mismatches, alleles) = (self.outcomes.count(Class::ReferenceMismatch), self.outcomes.alleles());
        if !is_another_build(mismatches, alleles, MISMATCHES_PER_10000) {
            return Ok(());
        }
        Err(AnnotateError::WrongBuild {
            file: file.to_path_buf(),
            assembly: bundle.assembly().to_string(),
            mismatches,
            alleles,
        })
    }
}
