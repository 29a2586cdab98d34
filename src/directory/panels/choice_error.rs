//! Why no version of a panel can be used.

use std::borrow::Cow;

use crate::model::remedy::{Remedy, then};

/// Why no version of a panel can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PanelChoiceError {
    /// The folder has no such panel.
    #[error("panel {id} is not among the panels given{}{}",
        if elsewhere.is_empty() { String::new() } else { format!(" ({elsewhere})") }, then(self))]
    NoSuchPanel {
        /// Panel identifier.
        id: u32,
        /// What exists under this number, though not for the Directory.
        elsewhere: String,
    },
    /// None of its versions is signed off (by the day asked for).
    #[error("panel {id} ({name}) has no signed-off version{}; there {}: {}",
        by.as_ref().map(|day| format!(" by {day}")).unwrap_or_default(),
        if versions.len() == 1 { format!("is {}", versions[0]) } else { format!("are {}", versions.join(", ")) },
        self.todo())]
    NotSignedOff {
        /// Panel identifier.
        id: u32,
        /// Name.
        name: String,
        /// The day asked for.
        by: Option<String>,
        /// The versions that exist.
        versions: Vec<String>,
    },
    /// The version named for it is not there.
    #[error("panel {id} ({name}) has no version {version}, which was requested; there {}: {}",
        if versions.len() == 1 { format!("is {}", versions[0]) } else { format!("are {}", versions.join(", ")) },
        self.todo())]
    NoSuchVersion {
        /// Panel identifier.
        id: u32,
        /// Name.
        name: String,
        /// The version asked for.
        version: String,
        /// The versions that exist.
        versions: Vec<String>,
    },
    /// It was withdrawn.
    #[error("panel {id} ({name}) has been {status} (version {version}){}", then(self))]
    Retired {
        /// Panel identifier.
        id: u32,
        /// Name.
        name: String,
        /// Its status.
        status: String,
        /// The version that says so.
        version: String,
    },
}

impl PanelChoiceError {
    fn todo(&self) -> &'static str {
        match self {
            Self::NoSuchPanel { .. } => "import it, or correct the number",
            Self::NotSignedOff { .. } => "import a signed-off version, or request the latest",
            Self::NoSuchVersion { .. } => "import it, or request another",
            Self::Retired { .. } => "use the panel that replaces it",
        }
    }
}

impl Remedy for PanelChoiceError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(self.todo().into())
    }
}
