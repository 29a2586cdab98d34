//! What a plan is made from, besides the referral.

use crate::directory::panels::PanelLinks;
use crate::directory::{GeneNames, PanelStore, VersionRule};
use crate::model::assembly::Assembly;
use crate::model::directory::TestDirectory;
use crate::model::pipeline::Pipeline;
use crate::model::plan::PlannedList;
use crate::reference::genome::Genome;

use super::transcripts::TranscriptChoices;

/// What plans are made from; one for a whole batch.
#[derive(Clone, Copy)]
pub struct PlanContext<'a> {
    /// The Directory release.
    pub directory: &'a TestDirectory,
    /// Every panel version at hand.
    pub panels: &'a PanelStore,
    /// Which of them to use.
    pub version_rule: &'a VersionRule,
    /// The laboratory's approvals, where it keeps a list of them.
    pub links: Option<&'a PanelLinks>,
    /// The bundle's gene table.
    pub genes: &'a (dyn GeneNames + Sync),
    /// The bundle's genes and the transcript chosen for each.
    pub transcripts: &'a TranscriptChoices,
    /// The bundle's genome, against which named variants are held; without it none can be planned.
    pub genome: Option<&'a Genome>,
    /// BLAKE3 of the bundle.
    pub bundle_hash: &'a str,
    /// The bundle's build.
    pub assembly: &'a Assembly,
    /// The pipeline definition.
    pub pipeline: &'a Pipeline,
    /// BLAKE3 of its file.
    pub pipeline_hash: &'a str,
    /// Name of the tier rule set.
    pub rule_set: &'a str,
    /// BLAKE3 of its file.
    pub rule_set_hash: &'a str,
    /// The laboratory's lists of alleles.
    pub lists: &'a [PlannedList],
}
