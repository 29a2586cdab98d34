//! From a plan to the sections that restate it.

use super::finding::PanelEntry;
use super::referral::{FamilyMember, MemberFiles, Phenotype, ReferralSection, RequestedTest};
use super::tested::{Tested, TestedGene, TestedPanel};
use crate::model::panel::ModeOfPathogenicity;
use crate::model::plan::{Plan, PlannedGene};

impl ReferralSection {
    /// The referral of a plan. `label` gives the label of a phenotype term, where one is known.
    pub fn of(plan: &Plan, label: impl Fn(&str) -> Option<String>) -> Self {
        let referral = &plan.referral;
        let family = &referral.family;
        let name = |index: Option<usize>| family.members.get(index?).map(|m| m.id.clone());
        let path =
            |path: &Option<std::path::PathBuf>| path.as_ref().map(|p| p.to_string_lossy().into_owned());
        Self {
            id: referral.id.clone(),
            tests: plan
                .tests
                .iter()
                .map(|test| RequestedTest {
                    code: test.code.0.clone(),
                    name: test.name.clone(),
                    method: test.method.clone(),
                })
                .collect(),
            priority: referral.priority.clone(),
            phenotypes: referral
                .hpo
                .iter()
                .map(|id| Phenotype { id: id.clone(), label: label(id) })
                .collect(),
            penetrance: referral.penetrance,
            consanguineous: family.consanguineous,
            members: family
                .members
                .iter()
                .map(|member| FamilyMember {
                    participant: member.id.clone(),
                    role: member.role.clone(),
                    sex: member.sex,
                    sex_chromosomes: member.sex_chromosomes,
                    affection: member.affection,
                    mother: name(member.mother),
                    father: name(member.father),
                    files: MemberFiles {
                        variants: path(&member.vcf),
                        sample: member.vcf_sample.clone(),
                        alignments: path(&member.alignments),
                    },
                })
                .collect(),
        }
    }
}

impl Tested {
    /// What a plan tests.
    pub fn of(plan: &Plan) -> Self {
        Self {
            directory_release: plan.directory_release.clone(),
            panels: plan
                .panels
                .iter()
                .map(|panel| TestedPanel {
                    id: panel.id,
                    name: panel.name.clone(),
                    version: panel.version.clone(),
                    signed_off: panel.signed_off.clone(),
                    green_genes: panel.green_genes,
                    newer_version: panel.newer_version.clone(),
                    signed_off_version: panel.signed_off_version.clone(),
                    chosen_by: Some(panel.chosen_by.clone()).filter(|words| !words.is_empty()),
                })
                .collect(),
            genes: plan
                .genes
                .iter()
                .map(|gene| TestedGene {
                    symbol: gene.symbol.clone(),
                    hgnc_id: gene.hgnc_id,
                    transcript: gene.transcript.clone(),
                    transcript_reason: gene.transcript_reason.clone(),
                    panels: gene.entries.iter().filter_map(|entry| entry.panel).collect(),
                })
                .collect(),
            gene_agnostic: plan.gene_agnostic,
            mitochondrial: plan.mitochondrial,
            only_named_variants: plan.only_looks_up(),
            not_covered: plan.not_covered.clone(),
        }
    }
}

impl PanelEntry {
    /// What the panels of a plan say of one of its genes.
    pub fn all(plan: &Plan, gene: &PlannedGene) -> Vec<Self> {
        gene.entries
            .iter()
            .map(|entry| {
                let panel = entry.panel.and_then(|id| plan.panels.iter().find(|p| p.id == id));
                let raw = entry.mode_of_inheritance_raw.trim();
                Self {
                    panel: entry.panel,
                    name: panel.map_or_else(
                        || format!("Test Directory {}", plan.directory_release),
                        |panel| panel.name.clone(),
                    ),
                    version: panel.map(|panel| panel.version.clone()),
                    confidence: entry.confidence,
                    mode_of_inheritance: if raw.is_empty() { "not stated" } else { raw }.to_owned(),
                    mode_of_pathogenicity: match entry.mode_of_pathogenicity {
                        ModeOfPathogenicity::LossOfFunctionAssumed => {
                            "not stated: loss of function is assumed"
                        }
                        ModeOfPathogenicity::NotLossOfFunction => {
                            "loss-of-function variants do not cause this phenotype"
                        }
                        ModeOfPathogenicity::Other => "other than loss of function",
                    }
                    .to_owned(),
                }
            })
            .collect()
    }
}
