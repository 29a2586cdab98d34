//! The Test Directory and its panels: a test code becomes a target, a target becomes panel versions.
//!
//! [`import`] reads a release of the Directory in any form hubs hold it, [`target`] gives each row a typed
//! target, [`panels`] reads panels and keeps every version of them. What is not understood is kept with its
//! text and named by a [`lint::Lint`]; nothing turns into an empty panel.

pub mod check;
pub mod code;
pub mod diff;
pub mod error;
pub mod genes;
pub mod import;
pub mod lint;
pub mod method;
pub mod panels;
pub mod target;

pub use error::DirectoryError;
pub use genes::{GeneMatch, GeneNameError, GeneNames};
pub use import::{DirectoryImport, import_directory, open_directory};
pub use lint::{Lint, Severity};
pub use panels::{PanelImport, PanelStore, VersionRule, import_panels};
