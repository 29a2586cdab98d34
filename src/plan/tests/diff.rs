use super::world::{World, referral};
use crate::model::directory::TestCode;
use crate::model::panel::{ModeOfInheritance, Penetrance};
use crate::model::participant::Sex;
use crate::model::plan::{ListRole, Plan, PlannedLink, PlannedList, PlannedVariant};
use crate::plan::{plan_diff, plan_hash};

/// Changing an ingredient changes the hash, and the difference names it.
#[test]
fn every_ingredient_is_locked_and_named() {
    type Change = fn(&mut Plan);
    let changes: [(&str, Change); 34] = [
        ("layout", |p| p.schema += 1),
        ("referral", |p| p.referral.id.push('x')),
        ("test codes", |p| _ = p.referral.test_codes.pop()),
        ("HPO terms", |p| p.referral.hpo.clear()),
        ("priority", |p| p.referral.priority = "urgent".into()),
        ("panels of the request", |p| p.referral.panels.push(10)),
        ("penetrance", |p| p.referral.penetrance = Penetrance::Incomplete),
        ("family member P1", |p| p.referral.family.members[0].sex = Sex::Male),
        ("family member P2", |p| _ = p.referral.family.members.pop()),
        ("family", |p| p.referral.family.consanguineous = true),
        ("family", |p| p.referral.family.members.reverse()),
        ("Test Directory release", |p| p.directory_release.push('x')),
        ("Test Directory", |p| p.directory_hash.push('x')),
        ("test R1.1", |p| p.tests[0].method.push('x')),
        ("panel 10", |p| p.panels[0].version = "9".into()),
        ("panel 10", |p| p.panels.clear()),
        ("gene HGNC:1 (GENEA)", |p| _ = p.genes.remove(0)),
        ("gene HGNC:2 (GENEB)", |p| {
            p.genes[1].entries[0].mode_of_inheritance = ModeOfInheritance::Monoallelic;
        }),
        ("gene HGNC:2 (GENEB)", |p| p.genes[1].transcript = None),
        ("gene-agnostic", |p| p.gene_agnostic = true),
        ("mitochondrial genome", |p| p.mitochondrial = true),
        ("link of R1.1 to panel 10", |p| {
            p.links.push(PlannedLink {
                code: TestCode("R1.1".into()),
                panel: 10,
                version: "1.2".into(),
                pending: true,
                approved_by: None,
                approved_on: None,
                reason: "x".into(),
            });
        }),
        ("panel 10", |p| p.panels[0].chosen_by = "x".into()),
        ("panel 10", |p| p.panels[0].signed_off_version = Some("x".into())),
        ("variants of the request", |p| p.referral.variants.push("1-2-A-C".into())),
        ("named variants", |p| {
            let variant = PlannedVariant { written: "1-2-A-C".into(), name: "chr1-2-A-C".into() };
            p.named_variants.push(variant);
        }),
        ("scope", |p| p.scope = None),
        ("not covered", |p| _ = p.not_covered.pop()),
        ("pipeline definition", |p| p.pipeline_hash.push('x')),
        ("tier rule set", |p| p.rule_set_hash.push('x')),
        ("the laboratory's lists", |p| {
            p.lists.push(PlannedList {
                role: ListRole::Artefact,
                file: "a.tsv".into(),
                hash: "x".into(),
                alleles: 1,
            });
        }),
        ("reference bundle", |p| p.bundle_hash.push('x')),
        ("assembly", |p| p.assembly.push('x')),
        ("inputs", |p| _ = p.inputs.pop()),
    ];
    let plan = World::new().plan(&referral(&["R1.1"], &[])).unwrap();
    assert!(plan_diff(&plan, &plan).is_empty());
    for (ingredient, change) in changes {
        let mut other = plan.clone();
        change(&mut other);
        assert_ne!(plan_hash(&plan).unwrap(), plan_hash(&other).unwrap(), "{ingredient}");
        let differences = plan_diff(&plan, &other);
        assert_eq!(differences.len(), 1, "{ingredient}: {differences:#?}");
        assert_eq!(differences[0].ingredient, ingredient);
        assert_ne!(differences[0].before, differences[0].after);
        assert_eq!(plan_diff(&other, &plan)[0].before, differences[0].after);
    }
}

#[test]
fn a_difference_reads_in_words() {
    let world = World::new();
    let plan = world.plan(&referral(&["R1.1"], &[])).unwrap();
    let mut other = plan.clone();
    other.panels[0].version = "1.3".into();
    other.genes[1].entries[0].mode_of_inheritance = ModeOfInheritance::Monoallelic;
    let differences = plan_diff(&plan, &other);
    assert_eq!(differences[0].before, "version 1.2, signed off 2026-01-01");
    assert_eq!(differences[0].after, "version 1.3, signed off 2026-01-01");
    assert!(differences[1].after.contains("monoallelic"), "{differences:#?}");
}
