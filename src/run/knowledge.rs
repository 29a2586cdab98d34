//! Everything a batch rests on, opened once: bundle, Directory, panels, pipeline and rule set.

use std::path::{Path, PathBuf};

use crate::directory::{DirectoryError, PanelStore, VersionRule, open_directory};
use crate::model::directory::TestDirectory;
use crate::model::pipeline::Pipeline;
use crate::reference::bundle::Bundle;
use crate::reference::error::ReferenceError;
use crate::tier::RuleSet;

use super::lists::Lists;
use super::plan::{PlanContext, TranscriptChoices};

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
        let lists = Lists::open(&paths.pipeline, &pipeline.lists, bundle.genome())?;
        let directory = open_directory(&paths.directory)?;
        let panels = PanelStore::open(&paths.panels)?;
        let choices = TranscriptChoices::of(bundle.transcripts(), bundle.genome().contigs());
        Ok(Self {
            bundle,
            directory,
            panels,
            version_rule: VersionRule::default(),
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
            genes: self.bundle.genes(),
            transcripts: &self.choices,
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

pub(super) fn read(path: &Path) -> Result<String, KnowledgeError> {
    std::fs::read_to_string(path).map_err(|e| definition(path, e))
}

pub(super) fn definition(path: &Path, problem: impl std::fmt::Display) -> KnowledgeError {
    KnowledgeError::Definition { path: path.to_path_buf(), problem: problem.to_string() }
}

pub(super) fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

pub(super) fn beside(file: &Path, relative: &str) -> PathBuf {
    file.parent().unwrap_or(Path::new(".")).join(relative)
}
