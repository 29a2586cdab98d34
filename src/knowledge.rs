//! Everything a batch rests on, opened once: bundle, Directory, panels, pipeline and rule set.

pub mod lists;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::directory::panels::PanelLinks;
use crate::directory::panels::import::listing::iso_day;
use crate::directory::{DirectoryError, PanelStore, VersionRule, open_directory};
use crate::model::directory::TestDirectory;
use crate::model::pipeline::{PanelPolicy, PanelVersions, Pipeline};
use crate::reference::bundle::Bundle;
use crate::reference::error::ReferenceError;
use crate::tier::RuleSet;

use crate::plan::{PlanContext, TranscriptChoices};
use lists::{Lists, transcript_overrides};

/// Where the parts are.
#[derive(Clone, Debug)]
pub struct KnowledgePaths {
    /// Pipeline definition.
    pub pipeline: PathBuf,
    /// Knowledge bundle.
    pub bundle: PathBuf,
    /// Test Directory.
    pub directory: PathBuf,
    /// Folder of panels.
    pub panels: PathBuf,
    /// Panel versions that the user asks for, before what the pipeline definition says.
    pub pins: PanelPins,
}

/// Panel versions that the user asks for on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelPins {
    /// The highest version of every panel.
    pub latest: bool,
    /// Only versions signed off on this day (ISO) or before it.
    pub signed_off_by: Option<String>,
    /// Versions by panel.
    pub exact: BTreeMap<u32, String>,
}

/// A part that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// The pipeline definition or its rule set.
    #[error("{}: {problem}", path.display())]
    Definition {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The bundle.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// The Directory or the panels.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

/// The opened parts.
pub struct Knowledge {
    /// The bundle.
    pub bundle: Bundle,
    /// The Directory release.
    pub directory: TestDirectory,
    /// The panels.
    pub panels: PanelStore,
    /// Which version of a panel is used.
    pub version_rule: VersionRule,
    /// The laboratory's approvals of links between tests and panel versions, where it keeps a list.
    pub links: Option<PanelLinks>,
    /// The pipeline definition.
    pub pipeline: Pipeline,
    /// BLAKE3 of its file.
    pub pipeline_hash: String,
    /// The tier rule set.
    pub rule_set: RuleSet,
    /// BLAKE3 of its file.
    pub rule_set_hash: String,
    /// The transcript chosen for each gene.
    pub choices: TranscriptChoices,
    /// The laboratory's own lists of alleles.
    pub lists: Lists,
}

impl Knowledge {
    /// Opens every part.
    ///
    /// # Errors
    /// The first part that is missing, damaged or not understood, with its path.
    pub fn open(paths: &KnowledgePaths) -> Result<Self, KnowledgeError> {
        let (pipeline, pipeline_hash) = read_pipeline(&paths.pipeline)?;
        let rule_set_path = beside(&paths.pipeline, &pipeline.rule_set);
        let (rule_set, rule_set_hash) = read_rule_set(&rule_set_path)?;
        let bundle = Bundle::open(&paths.bundle)?;
        let mut lists = Lists::open(&paths.pipeline, &pipeline.lists, bundle.genome())?;
        let directory = open_directory(&paths.directory)?;
        let panels = PanelStore::open(&paths.panels)?;
        let overrides = transcript_overrides(&paths.pipeline, &pipeline.transcripts, &mut lists.planned)?;
        let choices = TranscriptChoices::of(bundle.transcripts(), bundle.genome().contigs())
            .overridden(&overrides, bundle.transcripts());
        let version_rule = version_rule(&pipeline.panels, &paths.pins)
            .map_err(|problem| definition(&paths.pipeline, problem))?;
        let links = match &pipeline.panels.links {
            None => None,
            Some(file) => {
                let path = beside(&paths.pipeline, file);
                Some(PanelLinks::parse(&read(&path)?).map_err(|fault| definition(&path, fault))?)
            }
        };
        Ok(Self {
            bundle,
            directory,
            panels,
            version_rule,
            links,
            pipeline,
            pipeline_hash,
            rule_set,
            rule_set_hash,
            choices,
            lists,
        })
    }

    /// What plans are made from.
    pub fn plan_context(&self) -> PlanContext<'_> {
        PlanContext {
            directory: &self.directory,
            panels: &self.panels,
            version_rule: &self.version_rule,
            links: self.links.as_ref(),
            genes: self.bundle.genes(),
            transcripts: &self.choices,
            genome: Some(self.bundle.genome()),
            bundle_hash: self.bundle.hash(),
            assembly: self.bundle.assembly(),
            pipeline: &self.pipeline,
            pipeline_hash: &self.pipeline_hash,
            rule_set: &self.rule_set.name,
            rule_set_hash: &self.rule_set_hash,
            lists: &self.lists.planned,
        }
    }
}

/// Which version of each panel is used: as the user asks, else as the pipeline definition says.
fn version_rule(policy: &PanelPolicy, pins: &PanelPins) -> Result<VersionRule, String> {
    if let Some(day) = &policy.signed_off_by {
        if policy.versions == PanelVersions::Latest {
            return Err(
                "[panels] asks for both the latest versions and those signed off by a date; keep one"
                    .to_owned(),
            );
        }
        if iso_day(day).is_none_or(|whole| whole != day) {
            return Err(format!("[panels] signed_off_by: '{day}' is not a date; write it as 2026-01-31"));
        }
    }
    let rule = match (pins.latest, pins.signed_off_by.as_ref().or(policy.signed_off_by.as_ref())) {
        (true, _) => VersionRule::Latest,
        (false, Some(day)) => VersionRule::SignedOffBy(day.clone()),
        (false, None) if policy.versions == PanelVersions::Latest => VersionRule::Latest,
        (false, None) => VersionRule::SignedOff,
    };
    let mut versions = BTreeMap::new();
    for (panel, version) in &policy.exact {
        let id = panel
            .parse()
            .map_err(|_| format!("[panels.exact]: '{panel}' is not a panel number; correct it"))?;
        versions.insert(id, version.clone());
    }
    versions.extend(pins.exact.iter().map(|(id, version)| (*id, version.clone())));
    if versions.is_empty() {
        return Ok(rule);
    }
    Ok(VersionRule::Exact { versions, otherwise: Box::new(rule) })
}

/// Reads a pipeline definition; gives its hash too.
///
/// # Errors
/// When the file is missing or holds an unknown or missing setting.
pub fn read_pipeline(path: &Path) -> Result<(Pipeline, String), KnowledgeError> {
    let text = read(path)?;
    let pipeline = toml::from_str(&text).map_err(|e| definition(path, e))?;
    Ok((pipeline, hash(&text)))
}

fn read_rule_set(path: &Path) -> Result<(RuleSet, String), KnowledgeError> {
    let text = read(path)?;
    let rule_set = RuleSet::from_toml(&text).map_err(|e| definition(path, e))?;
    Ok((rule_set, hash(&text)))
}

pub(crate) fn read(path: &Path) -> Result<String, KnowledgeError> {
    std::fs::read_to_string(path).map_err(|e| definition(path, e))
}

pub(crate) fn definition(path: &Path, problem: impl std::fmt::Display) -> KnowledgeError {
    KnowledgeError::Definition { path: path.to_path_buf(), problem: problem.to_string() }
}

pub(crate) fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

pub(crate) fn beside(file: &Path, relative: &str) -> PathBuf {
    file.parent().unwrap_or(Path::new(".")).join(relative)
}
