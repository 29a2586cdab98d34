//! Panels: every version that was imported, and which of them a plan uses.

mod choice_error;
pub mod diff;
pub mod import;
pub mod links;
pub mod store;
pub mod version;
pub mod vocabulary;

pub use choice_error::PanelChoiceError;
pub use import::{PanelImport, import_panels};
pub use links::{Approval, LinkState, PanelLinks};
pub use store::{PanelStore, VersionRule};
