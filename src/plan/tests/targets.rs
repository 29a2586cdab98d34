use std::path::PathBuf;

use super::world::{World, referral};
use crate::directory::VersionRule;
use crate::model::gene::HgncId;
use crate::model::panel::{Confidence, ModeOfInheritance};
use crate::model::plan::{Plan, PlannedGene};
use crate::plan::plan_hash;

fn plan(codes: &[&str], panels: &[u32]) -> Plan {
    World::new().plan(&referral(codes, panels)).unwrap()
}

fn ids(plan: &Plan) -> Vec<u32> {
    plan.genes.iter().map(|gene| gene.hgnc_id.0).collect()
}

fn ratings(gene: &PlannedGene) -> Vec<(Option<u32>, Confidence)> {
    gene.entries.iter().map(|entry| (entry.panel, entry.confidence)).collect()
}

#[test]
fn one_panel_at_its_signed_off_version() {
    let plan = plan(&["R1.1"], &[]);
    assert_eq!(ids(&plan), [1, 2]);
    let panel = &plan.panels[0];
    assert_eq!((panel.version.as_str(), panel.newer_version.as_deref()), ("1.2", Some("1.10")));
    assert_eq!((panel.signed_off.as_deref(), panel.green_genes), (Some("2026-01-01"), 2));
    // The approved symbol is shown, whatever the panel calls the gene.
    assert_eq!(plan.genes[0].symbol, "GENEA");
    assert_eq!(ratings(&plan.genes[0]), [(Some(10), Confidence::Green)]);
    assert_eq!(ratings(&plan.genes[1]), [(Some(10), Confidence::Amber)]);
    assert_eq!(plan.genes[0].entries[0].mode_of_inheritance, ModeOfInheritance::Biallelic);
    let said = plan.not_covered.join("\n");
    assert!(said.contains("green gene not in the reference bundle: GENEX (HGNC:77)"), "{said}");
    assert!(said.contains("green region ISCA-1-Loss (22:5-9, copy-number loss)"), "{said}");
    assert!(said.contains("amber short tandem repeat GENEA_CAG (CAG)"), "{said}");
    assert_eq!(plan.inputs, ["a.vcf.gz", "b.vcf.gz"].map(PathBuf::from));
    assert_eq!((plan.directory_release.as_str(), plan.assembly.as_str()), ("8", "GRCh38"));
}

#[test]
fn transcripts_are_chosen_by_their_standing() {
    let plan = plan(&["R7.1"], &[10]);
    let chosen = |id| {
        let gene = plan.genes.iter().find(|gene| gene.hgnc_id == HgncId(id)).unwrap();
        (gene.transcript.clone().unwrap(), gene.transcript_reason.split(';').next().unwrap().to_owned())
    };
    assert_eq!(chosen(1), ("ENST1.2".into(), "MANE Select".into()));
    assert_eq!(chosen(2), ("ENST2.1".into(), "canonical in its source".into()));
    assert_eq!(chosen(3), ("ENST3.2".into(), "longest coding sequence".into()));
}

#[test]
fn several_panels_keep_every_entry() {
    let plan = plan(&["R1.2"], &[]);
    assert_eq!(ids(&plan), [1, 2, 3]);
    assert_eq!(ratings(&plan.genes[0]), [(Some(10), Confidence::Green), (Some(11), Confidence::Red)]);
    // GENEC has no identifier on its panel and is found by its approved symbol.
    assert_eq!(ratings(&plan.genes[2]), [(Some(11), Confidence::Green)]);
}

#[test]
fn several_tests_and_panels_of_the_request_are_joined() {
    let plan = plan(&["R2.1", "r1-1", "R1.1"], &[11, 10]);
    assert_eq!(plan.tests.iter().map(|t| t.code.0.as_str()).collect::<Vec<_>>(), ["R2.1", "R1.1"]);
    assert_eq!(plan.panels.iter().map(|p| p.id).collect::<Vec<_>>(), [10, 11]);
    let green = (None, Confidence::Green);
    assert_eq!(ratings(&plan.genes[0]), [green, (Some(10), Confidence::Green), (Some(11), Confidence::Red)]);
    assert_eq!(ratings(&plan.genes[1]), [green, (Some(10), Confidence::Amber)]);
}

#[test]
fn genes_of_the_row_by_any_unique_name() {
    let plan = plan(&["R2.1"], &[]);
    assert_eq!(ids(&plan), [1, 2]);
    assert_eq!(plan.genes[0].entries[0].mode_of_inheritance, ModeOfInheritance::NotStated);
    assert!(plan.not_covered.join("\n").contains("no gene of the reference bundle is named GENEX"));
    let message = World::new().refusal(&["R2.2"], &[]);
    assert!(message.contains("GENEA (HGNC:1) or GENEB (HGNC:2)"), "{message}");
    let message = World::new().refusal(&["R2.3"], &[]);
    assert!(message.contains("false negative") && message.contains("GENEX"), "{message}");
}

#[test]
fn a_single_gene_is_asked_for_by_its_identifier() {
    let plan = plan(&["_HGNC:2", "HGNC:3"], &[]);
    assert_eq!((ids(&plan), plan.tests[0].code.0.as_str()), (vec![2, 3], "HGNC:2"));
    assert!(World::new().refusal(&["HGNC:99"], &[]).contains("false negative"));
}

#[test]
fn a_super_panel_pins_its_parts() {
    let plan = plan(&["R7.1"], &[]);
    let panels: Vec<(u32, &str, usize)> =
        plan.panels.iter().map(|p| (p.id, p.version.as_str(), p.green_genes)).collect();
    assert_eq!(panels, [(20, "3.0", 3), (10, "1.2", 2), (11, "2.0", 1)]);
    assert_eq!(ids(&plan), [1, 2, 3]);
    let said = plan.not_covered.join("\n");
    assert!(
        said.contains("GENED: panel 20 version 3.0 includes it as green from panel 11 version 9.9"),
        "{said}"
    );
    let message = World::new().refusal(&["R7.2"], &[]);
    assert!(message.contains("super panel 21") && message.contains("panel 98 is not among"), "{message}");
}

#[test]
fn gene_agnostic_and_mitochondrial_targets() {
    let agnostic = plan(&["R3.1"], &[]);
    assert!(agnostic.gene_agnostic && agnostic.genes.is_empty());
    let with_panel = plan(&["R3.1"], &[10]);
    assert!(with_panel.gene_agnostic && ids(&with_panel) == [1, 2]);
    let mitochondrial = plan(&["R5.1"], &[]);
    assert!(mitochondrial.mitochondrial && ids(&mitochondrial) == [5]);
    assert_eq!(mitochondrial.genes[0].entries[0].mode_of_inheritance, ModeOfInheritance::Mitochondrial);
}

#[test]
fn a_test_that_no_panel_answers_is_refused_unless_panels_are_named() {
    let world = World::new();
    for (code, words) in [
        ("R4.1", "panels chosen by the requester"),
        ("R6.1", "a variant known in the family"),
        ("R6.2", "named variants ('GENEA c.12')"),
        ("R6.3", "a short tandem repeat"),
        ("R6.4", "a genome-wide"),
        ("R6.5", "a methylation"),
        ("R6.6", "another test of the patient"),
        ("R6.7", "the Test Directory's row does not define"),
    ] {
        let message = world.refusal(&[code], &[]);
        assert!(message.contains(words) && message.contains("referral F1 (samplesheet line 3)"), "{message}");
        let plan = plan(&[code], &[10]);
        assert_eq!(ids(&plan), [1, 2], "{code}");
        let said = plan.not_covered.join("\n");
        assert_eq!(
            said.contains("which is not analysed; the panels of the request are"),
            code != "R4.1",
            "{said}"
        );
    }
}

#[test]
fn refusals_say_what_to_do() {
    let world = World::new();
    for (codes, panels, words) in [
        (&[][..], &[][..], "fill test_code, panels or variants"),
        (&["R1.9"], &[], "which has R1.1, R1.2, R1.3"),
        (&["R1"], &[], "which has R1.1, R1.2, R1.3"),
        (&["X1.1"], &[], "'X1.1' is not in Test Directory release 8;"),
        (&["R9.1"], &[], "rows 25 and 26"),
        (&["R8.1"], &[], "has no green gene"),
        (&["R8.2"], &[], "has been retired"),
        (
            &["R8.3"],
            &[],
            "test R8.3: panel 14 (Panel 14) has no signed-off version; there is 0.3 (not signed off)",
        ),
        (&["R8.4"], &[], "panel 99 is not among the panels given"),
        (&["R1.1"], &[99], "panel 99 is not among the panels given"),
        (&[], &[12], "has no green gene"),
        // One test that looks at nothing is refused even beside one that does.
        (&["R1.1", "R8.1"], &[], "test R8.1"),
    ] {
        let message = world.refusal(codes, panels);
        assert!(message.contains(words), "{words}: {message}");
    }
}

#[test]
fn the_latest_version_only_when_asked_for() {
    let mut world = World::new();
    world.rule = VersionRule::Latest;
    let plan = world.plan(&referral(&["R1.1"], &[])).unwrap();
    assert_eq!((plan.panels[0].version.as_str(), plan.panels[0].newer_version.as_deref()), ("1.10", None));
    world.plan(&referral(&["R8.3"], &[])).unwrap();
}

#[test]
fn a_method_that_is_not_sequencing_is_said() {
    let said = plan(&["R1.3"], &[]).not_covered.join("\n");
    assert!(said.contains("R1.3: the Directory's method is 'Exon level CNV detection"), "{said}");
}

#[test]
fn an_identifier_of_another_gene_is_said() {
    let mut files = super::world::panel_files();
    files[0].genes = vec![files[0].genes[1].replace("GENEB", "GENEA")];
    files[0].genes[0] =
        files[0].genes[0].replace("\"confidence_level\": \"2\"", "\"confidence_level\": \"3\"");
    let plan = World::with_panels(&files).plan(&referral(&["R1.1"], &[])).unwrap();
    assert_eq!(ids(&plan), [2]);
    let said = plan.not_covered.join("\n");
    assert!(said.contains("the entry GENEA has the identifier HGNC:2, which is GENEB"), "{said}");
}

#[test]
fn plans_are_the_same_on_every_run() {
    let hashes: Vec<String> = (0..3).map(|_| plan_hash(&plan(&["R7.1", "R2.1"], &[11])).unwrap()).collect();
    assert!(hashes.iter().all(|hash| hash == &hashes[0]) && hashes[0].len() == 64);
    let mut moved = plan(&["R7.1", "R2.1"], &[11]);
    moved.referral.line = 90;
    assert_eq!(plan_hash(&moved).unwrap(), hashes[0]);
    let read_back: Plan = serde_json::from_str(&serde_json::to_string(&moved).unwrap()).unwrap();
    assert_eq!(plan_hash(&read_back).unwrap(), hashes[0]);
}
