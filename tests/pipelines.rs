//! The pipeline definitions and rule sets that ship load, and say what their sources say.

use std::fs;
use std::path::{Path, PathBuf};

use ithaca::model::panel::ModeOfInheritance as Mode;
use ithaca::model::pipeline::Pipeline;
use ithaca::model::segregation::SegregationMode;
use ithaca::tier::{RuleSet, RuleSetError};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines")
}

fn pipeline(name: &str) -> Pipeline {
    toml::from_str(&fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

pub fn rules(name: &str) -> RuleSet {
    RuleSet::from_toml(&fs::read_to_string(folder().join("rules").join(name)).unwrap()).unwrap()
}

#[test]
fn both_pipelines_load_and_name_a_rule_set_that_loads() {
    for name in ["rare-disease-wgs.toml", "rare-disease-panel.toml"] {
        let pipeline = pipeline(name);
        let rule_set = fs::read_to_string(folder().join(&pipeline.rule_set)).unwrap();
        RuleSet::from_toml(&rule_set).unwrap();
        assert!(!pipeline.frequency.populations.is_empty());
    }
}

#[test]
fn frequency_limits_are_those_of_the_published_table() {
    for name in ["rare-disease-wgs.toml", "rare-disease-panel.toml"] {
        let populations = pipeline(name).frequency.populations;
        let limits = |table: &str, population: &str| {
            let p = populations.iter().find(|p| p.table == table && p.population == population).unwrap();
            (p.dominant, p.recessive, p.mitochondrial)
        };
        for population in ["AMR", "ASJ", "EAS", "FIN", "NFE", "SAS"] {
            assert_eq!(limits("gnomad_exomes", population), (0.001, 0.01, None), "{population}");
        }
        for population in ["AFR", "AMR", "FIN", "NFE"] {
            assert_eq!(limits("gnomad_genomes", population), (0.001, 0.01, None), "{population}");
        }
        for population in ["EAS", "SAS"] {
            assert_eq!(limits("gnomad_genomes", population), (0.002, 0.01, None), "{population}");
        }
        assert_eq!(limits("gnomad_genomes", "ASJ"), (0.003, 0.01, None));
        for population in ["AMI", "MID"] {
            assert_eq!(limits("gnomad_genomes", population), (0.1, 0.1, None), "{population}");
        }
        assert_eq!(limits("gel_cohort", "all"), (0.001, 0.01, Some(0.001)));
    }
}

#[test]
fn conflicting_assertions_are_not_pathogenic() {
    for name in ["rare-disease-wgs.toml", "rare-disease-panel.toml"] {
        let values = pipeline(name).assertions.pathogenic;
        for wanted in
            ["Pathogenic", "Likely_pathogenic", "Pathogenic/Likely_pathogenic", "Pathogenic|drug_response"]
        {
            assert!(values.iter().any(|v| v == wanted), "{wanted}");
        }
        assert!(values.iter().all(|v| !v.to_lowercase().contains("conflict") && !v.contains("enign")));
    }
}

#[test]
fn unpublished_modes_widen_to_the_union_of_what_they_may_mean() {
    let rules = rules("gel-small-variant-2024-04.toml");
    let union = |modes: &[Mode]| {
        let mut all: Vec<SegregationMode> =
            modes.iter().flat_map(|&m| rules.filters_of(m).to_vec()).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let of = |mode| union(&[mode]);
    let imprinting = [
        Mode::MonoallelicNotImprinted,
        Mode::MonoallelicMaternallyImprinted,
        Mode::MonoallelicPaternallyImprinted,
    ];
    assert_eq!(of(Mode::Monoallelic), union(&imprinting));
    let both = union(&[Mode::MonoallelicNotImprinted, Mode::Biallelic]);
    assert_eq!(of(Mode::MonoallelicAndBiallelic), both);
    assert_eq!(of(Mode::MonoallelicAndMoreSevereBiallelic), both);
    for open in [Mode::Unknown, Mode::Other, Mode::NotStated] {
        for stated in [
            Mode::Monoallelic,
            Mode::Biallelic,
            Mode::XLinkedBiallelic,
            Mode::XLinkedMonoallelic,
            Mode::Mitochondrial,
        ] {
            assert!(of(stated).iter().all(|m| of(open).contains(m)), "{open:?} is narrower than {stated:?}");
        }
    }
}

#[test]
fn rule_sets_that_leave_a_gap_are_refused() {
    let text = fs::read_to_string(folder().join("rules/gel-small-variant-2024-04.toml")).unwrap();
    let without_last = text.replace(
        "name = \"criteria_1_to_4_not_met\"",
        "name = \"criteria_1_to_4_not_met\"\nall = [\"filter_pass\"]",
    );
    assert!(matches!(RuleSet::from_toml(&without_last), Err(RuleSetError::NoLastRow(_))));
    let twice = text.replace("name = \"tier_2\"", "name = \"tier_3\"");
    assert!(matches!(RuleSet::from_toml(&twice), Err(RuleSetError::RowTwice { .. })));
    let no_mode = text.replace("mitochondrial = [\"mitochondrial\"]", "");
    assert!(matches!(RuleSet::from_toml(&no_mode), Err(RuleSetError::ModeMissing { .. })));
    let misspelt = text.replace("all = [\"artefact_list\"]", "all = [\"artifact_list\"]");
    assert!(matches!(RuleSet::from_toml(&misspelt), Err(RuleSetError::Syntax(_))));
}
