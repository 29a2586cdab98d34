//! The laboratory's own lists of alleles, as a pipeline definition names them.

use std::path::Path;

use crate::filter::allele_list::AlleleList;
use crate::model::pipeline::{ListPolicy, TranscriptPolicy};
use crate::model::plan::{ListRole, PlannedList};
use crate::reference::genome::Genome;
use crate::reference::placement::vcf_spelling;

use super::{KnowledgeError, beside, definition, hash, read};
use crate::plan::TranscriptOverrides;

/// Opens the laboratory's own choice of transcripts, and adds it to what a plan says of the lists.
///
/// # Errors
/// When the file is missing or holds a row that cannot be used.
pub fn transcript_overrides(
    pipeline: &Path,
    policy: &TranscriptPolicy,
    planned: &mut Vec<PlannedList>,
) -> Result<TranscriptOverrides, KnowledgeError> {
    let Some(file) = &policy.overrides else { return Ok(TranscriptOverrides::default()) };
    let path = beside(pipeline, file);
    let text = read(&path)?;
    let overrides = TranscriptOverrides::parse(&text).map_err(|fault| definition(&path, fault))?;
    planned.push(PlannedList {
        role: ListRole::Transcripts,
        file: file.clone(),
        hash: hash(&text),
        alleles: overrides.len(),
    });
    Ok(overrides)
}

/// The lists, opened; a list that the definition does not name is empty.
#[derive(Debug, Default)]
pub struct Lists {
    /// Alleles for which frequency and consequence are waived.
    pub inclusion: AlleleList,
    /// Artefacts and benign alleles, which are dropped.
    pub artefact: AlleleList,
    /// What a plan says of them.
    pub planned: Vec<PlannedList>,
}

impl Lists {
    /// Opens the lists of a pipeline definition.
    ///
    /// # Errors
    /// When a list is missing or holds a row that cannot be used, or an allele stands on both lists.
    pub fn open(pipeline: &Path, policy: &ListPolicy, genome: &Genome) -> Result<Self, KnowledgeError> {
        let mut lists = Self::default();
        let mut open = |role: ListRole, file: Option<&String>| -> Result<AlleleList, KnowledgeError> {
            let Some(file) = file else { return Ok(AlleleList::default()) };
            let path = beside(pipeline, file);
            let text = read(&path)?;
            let list = AlleleList::parse(&text, genome).map_err(|fault| definition(&path, fault))?;
            lists.planned.push(PlannedList {
                role,
                file: file.clone(),
                hash: hash(&text),
                alleles: list.len(),
            });
            Ok(list)
        };
        let inclusion = open(ListRole::Inclusion, policy.inclusion.as_ref())?;
        let artefact = open(ListRole::Artefact, policy.artefact.as_ref())?;
        if let Some(allele) = inclusion.shared_with(&artefact) {
            let spelt = vcf_spelling(genome, allele);
            let name = &genome.contig(spelt.contig).name;
            let problem = format!(
                "the allele at {name}:{} is on both the inclusion list and the artefact list; remove it \
                 from one",
                spelt.position()
            );
            return Err(definition(pipeline, problem));
        }
        Ok(Self { inclusion, artefact, ..lists })
    }
}
