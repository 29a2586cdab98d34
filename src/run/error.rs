//! Why one referral fails. The rest of the batch goes on.

use std::path::PathBuf;

use crate::family::PedigreeError;
use crate::interpret::error::InterpretError;
use crate::measure::CoverageError;
use crate::reference::error::ReferenceError;
use crate::report::ReportError;
use crate::report::model::FunnelError;

use crate::plan::{PlanError, StoredPlanError};

/// Why one referral fails: every message says where, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReferralError {
    /// The pedigree contradicts itself.
    #[error("{}; correct the samplesheet", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Pedigree {
        /// Every fault found.
        faults: Vec<PedigreeError>,
    },
    /// No plan can be made.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The stored plan is refused.
    #[error("referral {referral}: {source}")]
    StoredPlan {
        /// The referral.
        referral: String,
        /// Why.
        source: StoredPlanError,
    },
    /// The variants cannot be interpreted.
    #[error(transparent)]
    Interpret(#[from] InterpretError),
    /// The knowledge bundle was found damaged while it was used.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// An alignment file is refused.
    #[error(transparent)]
    Coverage(#[from] CoverageError),
    /// The funnel lost or gained an allele: a fault of the program.
    #[error(transparent)]
    Funnel(#[from] FunnelError),
    /// The report could not be rendered.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The results could not be written.
    #[error("{}: {}", path.display(), with_remedy(source))]
    Publish {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something that cannot happen did.
    #[error("internal error: {0}; please report it")]
    Internal(String),
}

/// What the system said, with what to do where that is not part of it.
fn with_remedy(fault: &std::io::Error) -> String {
    let text = fault.to_string();
    if text.contains("; ") { text } else { format!("{text}; check free space and permissions") }
}

/// A message split into what happened and what to do, as the batch report shows them apart. Messages of this
/// program end in `; remedy`.
pub fn message_and_remedy(error: &dyn std::fmt::Display) -> (String, String) {
    let text = error.to_string();
    match text.rsplit_once("; ") {
        Some((message, remedy)) => (message.to_owned(), remedy.to_owned()),
        None => (text, "correct the referral's row or files and run it again".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_is_what_stands_last() {
        let (message, remedy) = message_and_remedy(&"a.vcf: cut short; copy it again");
        assert_eq!((message.as_str(), remedy.as_str()), ("a.vcf: cut short", "copy it again"));
        assert!(!message_and_remedy(&"no remedy given").1.is_empty());
    }
}
