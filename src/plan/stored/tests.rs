use super::*;
use crate::plan::tests::world::{World, referral};
use crate::plan::{canonical_json, plan_hash};

struct Stored {
    folder: tempfile::TempDir,
    referral: Referral,
    world: World,
}

impl Stored {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new();
        let referral = referral(&["R1.1"], &[]);
        let plan = world.plan(&referral).unwrap();
        for file in ["a.vcf.gz", "b.vcf.gz"] {
            std::fs::write(folder.path().join(file), file).unwrap();
        }
        let home = folder.path().join("F1");
        std::fs::create_dir(&home).unwrap();
        std::fs::write(home.join(PLAN), canonical_json(&plan).unwrap()).unwrap();
        let stored = Self { folder, referral, world };
        let lock = Lock::of(&plan, plan_hash(&plan).unwrap(), &|p| stored.folder.path().join(p)).unwrap();
        std::fs::write(home.join(LOCK), serde_json::to_string(&lock).unwrap()).unwrap();
        stored
    }

    fn open(&self) -> Result<StoredPlan, StoredPlanError> {
        let base = self.folder.path();
        self.world.with_context(|context| open(base, &self.referral, context, &|p| base.join(p)))
    }

    fn refused(&self, fault: StoredPlanFault, part: &str) {
        let error = self.open().unwrap_err();
        assert_eq!(error.fault(), fault, "{error}");
        assert!(error.to_string().contains(part), "{part}: {error}");
    }
}

#[test]
fn an_untouched_plan_is_used_as_it_stands() {
    let stored = Stored::new();
    let plan = stored.open().unwrap();
    assert!(plan.notices.is_empty(), "{:?}", plan.notices);
    assert_eq!(
        plan.plan,
        stored
            .world
            .plan(&stored.referral)
            .map(|p| crate::model::plan::Plan { referral: plan.plan.referral.clone(), ..p })
            .unwrap()
    );
}

#[test]
fn every_part_that_no_longer_matches_is_named() {
    use StoredPlanFault::{Configuration, Input, Resource};
    type Change = fn(&mut Stored);
    let cases: [(Change, StoredPlanFault, &str); 12] = [
        (|s| s.world.hashes[0].push('x'), Resource, "reference bundle (planned: bundle, now: bundlex)"),
        (|s| s.world.assembly = crate::model::assembly::Assembly::GRCh37, Resource, "assembly"),
        (|s| s.world.hashes[1].push('x'), Configuration, "pipeline definition"),
        (|s| s.world.hashes[2].push('x'), Configuration, "tier rule set"),
        (|s| s.world.transcripts = Default::default(), Configuration, "gene HGNC:1 (GENEA)"),
        (|s| s.referral.hpo.clear(), Input, "HPO terms"),
        (|s| _ = s.referral.family.members.pop(), Input, "family member P2"),
        (|s| s.referral.test_codes.clear(), Input, "test codes"),
        (
            |s| std::fs::write(s.folder.path().join("a.vcf.gz"), "other").unwrap(),
            Input,
            "input a.vcf.gz (planned: BLAKE3",
        ),
        (|s| std::fs::remove_file(s.folder.path().join("b.vcf.gz")).unwrap(), Input, "input b.vcf.gz"),
        (|s| std::fs::remove_file(s.folder.path().join("F1/plan.json")).unwrap(), Input, "F1/plan.json"),
        (
            |s| std::fs::remove_file(s.folder.path().join("F1/LOCK.json")).unwrap(),
            Input,
            "its hash is in neither",
        ),
    ];
    for (change, fault, part) in cases {
        let mut stored = Stored::new();
        change(&mut stored);
        stored.refused(fault, part);
    }
}

#[test]
fn an_altered_plan_is_refused() {
    let stored = Stored::new();
    let path = stored.folder.path().join("F1/plan.json");
    let text = std::fs::read_to_string(&path).unwrap();
    for altered in [
        text.replace("\"version\":\"1.2\"", "\"version\":\"1.3\""),
        text.replacen('{', "{\"note\":1,", 1),
        text.replace("\"schema\":1", "\"schema\":9"),
    ] {
        assert_ne!(altered, text);
        std::fs::write(&path, altered).unwrap();
        stored.refused(StoredPlanFault::Resource, "has been altered");
    }
    std::fs::write(&path, &text[..text.len() / 2]).unwrap();
    stored.refused(StoredPlanFault::Input, "plan.json");
}

#[test]
fn a_directory_or_panel_that_moved_on_is_said_and_the_plan_stands() {
    let mut stored = Stored::new();
    stored.world.rule = crate::directory::VersionRule::Latest;
    let opened = stored.open().unwrap();
    assert_eq!(opened.plan.panels[0].version, "1.2");
    assert!(
        opened.notices.iter().any(|n| n.contains("panel 10 (planned: version 1.2")),
        "{:?}",
        opened.notices
    );
    stored.world.directory.tests.clear();
    let opened = stored.open().unwrap();
    assert!(opened.notices[0].contains("a new one could not be made"), "{:?}", opened.notices);
}
