//! All panel versions of a folder, and which of them a plan uses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::choice_error::PanelChoiceError;
use super::import::{PanelImport, import_panels};
use super::version::compare_versions;
use crate::directory::error::DirectoryError;
use crate::directory::lint::{Lint, Severity};
use crate::model::panel::{PanelSource, PanelVersion};

/// Which version of a panel is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum VersionRule {
    /// The version signed off last.
    #[default]
    SignedOff,
    /// The version that was signed off last on this day (ISO) or before it.
    SignedOffBy(String),
    /// The highest version, signed off or not.
    Latest,
    /// For each panel listed, the version named there; for the others, another rule.
    Exact {
        /// Versions by panel.
        versions: BTreeMap<u32, String>,
        /// The rule for the panels that are not listed.
        otherwise: Box<VersionRule>,
    },
}

impl VersionRule {
    /// Which rule picks the version of a panel, in words; empty for the ordinary one.
    pub fn words(&self, id: u32) -> String {
        match self {
            Self::SignedOff => String::new(),
            Self::SignedOffBy(day) => format!("the last version signed off on or before {day}"),
            Self::Latest => "the latest version, as requested".to_owned(),
            Self::Exact { versions, .. } if versions.contains_key(&id) => {
                "the version named for the run".to_owned()
            }
            Self::Exact { otherwise, .. } => otherwise.words(id),
        }
    }
}

/// All panel versions of a folder.
#[derive(Clone, Debug, Default)]
pub struct PanelStore {
    /// By source and number; versions ascending.
    panels: BTreeMap<(PanelSource, u32), Vec<PanelVersion>>,
    lints: Vec<Lint>,
}

impl PanelStore {
    /// Reads every `*.json` of a folder, in name order; or one file.
    ///
    /// # Errors
    /// When a file cannot be read or understood, two files contradict each other, or there is no panel.
    pub fn open(path: &Path) -> Result<Self, DirectoryError> {
        let files = if path.is_file() { vec![path.to_owned()] } else { json_files(path)? };
        let imports: Vec<(PathBuf, PanelImport)> = files
            .into_par_iter()
            .map(|file| import_panels(&file).map(|import| (file, import)))
            .collect::<Result<_, _>>()?;
        let store = Self::from_imports(imports)?;
        if store.panels.is_empty() {
            let why = store.lints.iter().find(|lint| lint.severity == Severity::Error);
            let why = why.map(|lint| format!(" ({lint})")).unwrap_or_default();
            return Err(DirectoryError::NoPanels { path: path.to_owned(), why });
        }
        Ok(store)
    }

    /// A store of panels that were read from files.
    ///
    /// # Errors
    /// When two files give one version of one panel with different content.
    pub fn from_imports(imports: Vec<(PathBuf, PanelImport)>) -> Result<Self, DirectoryError> {
        let mut store = Self::default();
        let mut origin: BTreeMap<(PanelSource, u32, String), PathBuf> = BTreeMap::new();
        let mut sign_offs = Vec::new();
        for (path, import) in imports {
            store.lints.extend(import.lints);
            sign_offs.extend(import.sign_offs);
            for panel in import.panels {
                let first = origin.entry((panel.source, panel.id, panel.version.clone()));
                let first = first.or_insert_with(|| path.clone());
                store.add(panel, first, &path)?;
            }
        }
        for sign_off in sign_offs {
            let versions = store.panels.get_mut(&(sign_off.source, sign_off.id));
            let version = versions.and_then(|v| v.iter_mut().find(|v| v.version == sign_off.version));
            match version {
                Some(panel) => _ = panel.signed_off.get_or_insert(sign_off.date),
                None => store.lints.push(Lint::new(
                    Severity::Note,
                    0,
                    format!("panel {} v{}", sign_off.id, sign_off.version),
                    sign_off.date,
                    "a sign-off without its panel",
                    format!("save /api/v1/panels/{}/?version={}", sign_off.id, sign_off.version),
                )),
            }
        }
        for versions in store.panels.values_mut() {
            versions.sort_by(|a, b| compare_versions(&a.version, &b.version));
        }
        let missing = store.missing_parts();
        store.lints.extend(missing);
        Ok(store)
    }

    /// Super panels that name a part which is not there: a plan that asks for one is refused.
    fn missing_parts(&self) -> Vec<Lint> {
        let lint = |panel: &PanelVersion, child: &u32| {
            Lint::new(
                Severity::Error,
                0,
                format!("panel {} v{}", panel.id, panel.version),
                format!("panel {child}"),
                "a part of this super panel that is not among the panels: a plan that uses it is refused",
                format!("save /api/v1/panels/{child}/?version=… next to it"),
            )
        };
        let parts = self.iter().flat_map(|panel| panel.children.iter().map(move |child| (panel, child)));
        parts
            .filter(|(panel, child)| !self.panels.contains_key(&(panel.source, **child)))
            .map(|(panel, child)| lint(panel, child))
            .collect()
    }

    fn add(&mut self, panel: PanelVersion, first: &Path, path: &Path) -> Result<(), DirectoryError> {
        let versions = self.panels.entry((panel.source, panel.id)).or_default();
        let Some(known) = versions.iter_mut().find(|v| v.version == panel.version) else {
            versions.push(panel);
            return Ok(());
        };
        let dates_agree = known.signed_off.is_none() || panel.signed_off.is_none();
        let same = known.entities == panel.entities && known.children == panel.children;
        if !same || !(dates_agree || known.signed_off == panel.signed_off) {
            return Err(DirectoryError::PanelConflict {
                id: panel.id,
                version: panel.version,
                first: first.to_owned(),
                second: path.to_owned(),
            });
        }
        // Retired in one copy is retired, whichever file is read first.
        if is_withdrawn(&panel.status) && !is_withdrawn(&known.status) {
            known.status.clone_from(&panel.status);
        }
        let status = known.status.clone();
        // The same version from the panel's own address and from the signed-off one: only the latter
        // carries the date.
        if known.signed_off.is_none() && panel.signed_off.is_some() {
            *known = PanelVersion { status, ..panel };
        }
        Ok(())
    }

    /// The same version of the same panel, where it is here with the same content.
    ///
    /// # Errors
    /// The version that is here, where it has other content or another sign-off.
    pub fn known(&self, panel: &PanelVersion) -> Result<Option<&PanelVersion>, &PanelVersion> {
        let versions = self.versions_of(panel.source, panel.id);
        let Some(known) = versions.iter().find(|known| known.version == panel.version) else {
            return Ok(None);
        };
        let same = known.entities == panel.entities && known.children == panel.children;
        let other_day =
            known.signed_off.is_some() && panel.signed_off.is_some() && known.signed_off != panel.signed_off;
        if same && !other_day { Ok(Some(known)) } else { Err(known) }
    }

    /// The versions of a panel of one source, ascending.
    pub fn versions_of(&self, source: PanelSource, id: u32) -> &[PanelVersion] {
        self.panels.get(&(source, id)).map_or(&[], Vec::as_slice)
    }

    /// Takes all panels but the hub's own as those of one country.
    ///
    /// # Errors
    /// When two panels would have one number and version.
    pub fn set_country(&mut self, source: PanelSource) -> Result<(), DirectoryError> {
        let all = std::mem::take(&mut self.panels);
        for mut panel in all.into_values().flatten() {
            if panel.source != PanelSource::Local {
                panel.source = source;
            }
            self.add(panel, Path::new("the input"), Path::new("the input"))?;
        }
        for versions in self.panels.values_mut() {
            versions.sort_by(|a, b| compare_versions(&a.version, &b.version));
        }
        Ok(())
    }

    /// Doubtful places of the files.
    pub fn lints(&self) -> &[Lint] {
        &self.lints
    }

    /// Versions that say they were signed off after `today` (ISO): the date is wrong, or the clock is.
    pub fn signed_off_after(&self, today: &str) -> Vec<Lint> {
        let future =
            self.iter().filter_map(|p| Some((p, p.signed_off.as_deref().filter(|day| *day > today)?)));
        future
            .map(|(panel, day)| {
                Lint::new(
                    Severity::Error,
                    0,
                    format!("panel {} v{}", panel.id, panel.version),
                    day,
                    format!("a sign-off in the future (today is {today})"),
                    "correct `signed_off` in the file",
                )
            })
            .collect()
    }

    /// Gives the hub's own panels that state no sign-off this day as theirs.
    pub fn sign_off_local(&mut self, day: &str) {
        let local = self.panels.iter_mut().filter(|((source, _), _)| *source == PanelSource::Local);
        for panel in local.flat_map(|(_, versions)| versions) {
            panel.signed_off.get_or_insert_with(|| day.to_owned());
        }
    }

    /// All versions, by source, number and version.
    pub fn iter(&self) -> impl Iterator<Item = &PanelVersion> {
        self.panels.values().flatten()
    }

    /// The versions of a panel that the Directory's number means, ascending: England's, else the hub's own.
    pub fn versions(&self, id: u32) -> &[PanelVersion] {
        [PanelSource::England, PanelSource::Local]
            .iter()
            .find_map(|source| self.panels.get(&(*source, id)))
            .map_or(&[], Vec::as_slice)
    }

    /// The version of a panel that `rule` picks.
    ///
    /// # Errors
    /// When there is no such panel, it was retired, or it has no version the rule allows.
    pub fn choose(&self, id: u32, rule: &VersionRule) -> Result<&PanelVersion, PanelChoiceError> {
        let versions = self.versions(id);
        let Some(highest) = versions.last() else {
            let elsewhere = match self.panels.contains_key(&(PanelSource::Australia, id)) {
                true => {
                    "PanelApp Australia has a panel with this number, but it is a different panel".to_owned()
                }
                false => String::new(),
            };
            return Err(PanelChoiceError::NoSuchPanel { id, elsewhere });
        };
        if let VersionRule::Exact { versions: named, otherwise } = rule {
            let Some(wanted) = named.get(&id) else { return self.choose(id, otherwise) };
            // A version named by hand is used whatever became of the panel: past cases are run again so.
            return versions.iter().find(|panel| panel.version == *wanted).ok_or_else(|| {
                PanelChoiceError::NoSuchVersion {
                    id,
                    name: highest.name.clone(),
                    version: wanted.clone(),
                    versions: versions.iter().map(describe).collect(),
                }
            });
        }
        if is_withdrawn(&highest.status) {
            return Err(PanelChoiceError::Retired {
                id,
                name: highest.name.clone(),
                status: highest.status.to_lowercase(),
                version: highest.version.clone(),
            });
        }
        let by = match rule {
            VersionRule::Latest => return Ok(highest),
            VersionRule::SignedOff | VersionRule::Exact { .. } => None,
            VersionRule::SignedOffBy(day) => Some(day.clone()),
        };
        versions
            .iter()
            .filter_map(|panel| panel.signed_off.as_deref().map(|date| (date, panel)))
            .filter(|(date, _)| by.as_deref().is_none_or(|by| *date <= by))
            .max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| compare_versions(&x.version, &y.version)))
            .map(|(_, panel)| panel)
            .ok_or_else(|| PanelChoiceError::NotSignedOff {
                id,
                name: highest.name.clone(),
                by,
                versions: versions.iter().map(describe).collect(),
            })
    }
}

fn is_withdrawn(status: &str) -> bool {
    ["retired", "deleted"].contains(&status.to_lowercase().as_str())
}

fn describe(panel: &PanelVersion) -> String {
    match &panel.signed_off {
        Some(date) => format!("{} (signed off {date})", panel.version),
        None => format!("{} (not signed off)", panel.version),
    }
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, DirectoryError> {
    let read = |source| DirectoryError::Read { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        let json = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
        if json && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests;
