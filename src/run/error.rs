//! Why one referral fails. The rest of the batch goes on.

use std::path::PathBuf;

use crate::family::PedigreeError;
use crate::interpret::error::InterpretError;
use crate::measure::CoverageError;
use crate::reference::error::ReferenceError;
use crate::report::ReportError;
use crate::report::model::FunnelError;

use crate::model::remedy::Remedy;
use crate::plan::{PlanError, StoredPlanError};

mod remedy;

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
    match remedy::of_not_ours(fault) {
        Some(_) => fault.to_string(),
        None => format!("{fault}; {}", remedy::DISK),
    }
}

/// What happened and what to do, as the batch report shows them apart.
pub fn message_and_remedy(error: &dyn Remedy) -> (String, String) {
    let remedy = error.remedy().unwrap_or("correct the referral's row or files and run it again".into());
    (error.message(), remedy.into_owned())
}
