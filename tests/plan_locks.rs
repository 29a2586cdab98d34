//! Every ingredient of a plan through the program: changing one changes the hash, `plan diff` names it, and a
//! stored plan that rests on it is refused by its name, or stands and says what has moved on.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Run, files_below, ithaca, root};
use crate::world::bundle;

/// A copy of the invented world that a test may change.
struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        for (from, to) in [("test-data/panels", "panels"), ("pipelines/rules", "rules")] {
            fs::create_dir(world.at(to)).unwrap();
            for entry in fs::read_dir(root().join(from)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), world.at(to).join(entry.file_name())).unwrap();
            }
        }
        for (from, to) in [
            ("test-data/directory/test-directory.csv", "directory.csv"),
            ("test-data/families/SIM001/SIM001.vcf.gz", "SIM001.vcf.gz"),
            ("pipelines/rare-disease-wgs.toml", "pipeline.toml"),
        ] {
            fs::copy(root().join(from), world.at(to)).unwrap();
        }
        let sheet = fs::read_to_string(root().join("test-data/samplesheet.tsv")).unwrap();
        let rows = sheet.lines().filter(|l| l.starts_with("referral") || l.starts_with("SIM001"));
        let rows: String = rows.map(|l| l.replace("families/SIM001/", "") + "\n").collect();
        fs::write(world.at("sheet.tsv"), rows).unwrap();
        world
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.at(name).to_str().unwrap().to_owned()
    }

    fn call(&self, command: &str, bundle: &Path, output: &str, more: &[&str]) -> Run {
        let (sheet, pipeline) = (self.text("sheet.tsv"), self.text("pipeline.toml"));
        let (directory, panels) = (self.text("directory.csv"), self.text("panels"));
        let mut arguments = vec![command, &sheet, "--pipeline", &pipeline, "--directory", &directory];
        let output = self.text(output);
        arguments.extend(["--panels", &panels, "--reference", bundle.to_str().unwrap()]);
        arguments.extend(["--output", &output]);
        arguments.extend(more);
        ithaca(arguments)
    }

    /// Stores the plans in the folder `name`.
    fn plan(&self, name: &str, more: &[&str]) {
        self.call("plan", bundle(), name, more).expect_code(0);
    }

    /// Runs the plans stored in `plans`.
    fn follow(&self, bundle: &Path, code: i32) -> Run {
        let plans = self.text("plans");
        self.call("run", bundle, "results", &["--date", "2026-01-01", "--plans", &plans]).expect_code(code)
    }

    fn hash(&self, plans: &str) -> String {
        let lock = fs::read_to_string(self.at(plans).join("SIM001/LOCK.json")).unwrap();
        let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
        lock["plan_hash"].as_str().unwrap().to_owned()
    }

    /// The ingredients in which two stored plans differ.
    fn differing(&self, before: &str, after: &str) -> Vec<String> {
        let folders = [before, after].map(|plans| self.at(plans).join("SIM001"));
        let run = ithaca(["plan", "diff", folders[0].to_str().unwrap(), folders[1].to_str().unwrap()]);
        let said = run.expect_code(0).stdout;
        said.lines().skip(1).map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    }

    /// Changes a file while `work` is done, then restores it.
    fn while_changed<T>(
        &self,
        file: &str,
        change: impl Fn(Vec<u8>) -> Vec<u8>,
        work: impl FnOnce() -> T,
    ) -> T {
        let path = self.at(file);
        let before = fs::read(&path).unwrap();
        let after = change(before.clone());
        assert_ne!(before, after, "{file}");
        fs::write(&path, after).unwrap();
        let result = work();
        fs::write(&path, before).unwrap();
        result
    }
}

type Change = Box<dyn Fn(Vec<u8>) -> Vec<u8>>;

fn appended(more: &'static str) -> Change {
    Box::new(move |mut bytes| {
        bytes.extend(more.as_bytes());
        bytes
    })
}

fn replaced(from: &'static str, to: &'static str) -> Change {
    Box::new(move |bytes| String::from_utf8(bytes).unwrap().replacen(from, to, 1).into_bytes())
}

/// Another bundle of the same genome: without the population frequencies.
fn another_bundle(world: &World) -> PathBuf {
    let manifest = fs::read_to_string(root().join("test-data/reference/reference.toml")).unwrap();
    let sites = manifest.find("[[sites]]").unwrap();
    let sources = root().join("test-data/reference");
    let manifest = manifest[..sites]
        .replace("genome.fa.gz", &format!("{}/genome.fa.gz", sources.display()))
        .replace("\"transcripts.", &format!("\"{}/transcripts.", sources.display()))
        .replace("\"genes.", &format!("\"{}/genes.", sources.display()));
    fs::write(world.at("other.toml"), manifest).unwrap();
    let other = world.at("other-bundle");
    let run = ["reference", "build", "--manifest", &world.text("other.toml"), "--output"];
    ithaca(run.into_iter().chain([other.to_str().unwrap()])).expect_code(0);
    other
}

#[test]
fn plans_are_the_same_bytes_on_every_run_and_from_every_folder() {
    let (one, two) = (World::new(), World::new());
    one.plan("plans", &[]);
    one.plan("again", &[]);
    two.plan("plans", &[]);
    let files = files_below(&one.at("plans"));
    assert_eq!(files.keys().collect::<Vec<_>>(), ["SIM001/LOCK.json", "SIM001/plan.json"]);
    assert_eq!(files, files_below(&one.at("again")));
    assert_eq!(files, files_below(&two.at("plans")), "the folder's name is no ingredient");
    assert!(one.differing("plans", "again").is_empty());
}

#[test]
fn changing_any_one_ingredient_changes_the_hash_and_is_named() {
    let world = World::new();
    world.plan("before", &[]);
    let changes: Vec<(&str, Change, &str)> = vec![
        ("directory.csv", replaced("version 0.1", "version 0.2"), "Test Directory release"),
        ("directory.csv", appended("\n"), "Test Directory"),
        ("directory.csv", replaced("(9001),WGS", "(9001),WES"), "test R9001.1"),
        ("directory.csv", replaced("(9001),WGS", "(9003),WGS"), "panel 9001"),
        ("panels/9001_v2.3.json", appended("\n"), "panel 9001"),
        ("panels/9001_v2.3.json", replaced("\"Complete\"", "\"Incomplete\""), "gene HGNC:"),
        ("panels/9001_v2.3.json", replaced("BIALLELIC, autosomal", "Unknown, autosomal"), "gene HGNC:"),
        ("pipeline.toml", appended("\n# another\n"), "pipeline definition"),
        ("pipeline.toml", replaced("exon_padding = 20", "exon_padding = 30"), "scope"),
        ("rules/gel-small-variant-2024-04.toml", appended("\n# another\n"), "tier rule set"),
        ("sheet.tsv", replaced("HP:0001263", "HP:0001251"), "HPO terms"),
        ("sheet.tsv", replaced("\tfemale\t", "\tmale\t"), "family member P00101"),
        ("sheet.tsv", replaced("\troutine\t", "\turgent\t"), "priority"),
        ("sheet.tsv", replaced("\tcomplete", "\tincomplete"), "penetrance"),
        ("sheet.tsv", replaced("R9001.1", "R9003.1"), "test codes"),
        ("sheet.tsv", replaced("\t\tcomplete", "\t9003\tcomplete"), "panels of the request"),
        ("sheet.tsv", replaced("SIM001.vcf.gz", "./SIM001.vcf.gz"), "inputs"),
    ];
    let before = world.hash("before");
    let mut hashes = vec![before];
    for (number, (file, change, ingredient)) in changes.into_iter().enumerate() {
        let after = format!("after-{number}");
        world.while_changed(file, change, || world.plan(&after, &[]));
        let named = world.differing("before", &after);
        assert!(named.iter().any(|name| name.starts_with(ingredient)), "{file}, {ingredient}: {named:?}");
        assert!(!hashes.contains(&world.hash(&after)), "{file}, {ingredient}");
        hashes.push(world.hash(&after));
    }

    fs::write(world.at("g2t.tsv"), "HGNC:900001\tnone-such.1\tclinical_transcript\n").unwrap();
    let overrides = appended("\n[transcripts]\noverrides = \"g2t.tsv\"\n");
    world.while_changed("pipeline.toml", overrides, || world.plan("overridden", &[]));
    assert!(world.differing("before", "overridden").contains(&"the laboratory's lists".to_owned()));

    let other = another_bundle(&world);
    world.call("plan", &other, "other", &[]).expect_code(0);
    assert_eq!(world.differing("before", "other"), ["reference bundle"]);
}

#[test]
fn a_stored_plan_is_refused_by_the_name_of_the_part_that_changed() {
    let world = World::new();
    fs::create_dir(world.at("plans")).unwrap();
    let absent = world.follow(bundle(), 3);
    assert!(absent.stderr.contains("make the plan with `ithaca plan --output`"), "{}", absent.stderr);

    world.plan("plans", &[]);
    world.follow(bundle(), 0);
    let (stored, ran) = (world.at("plans/SIM001/plan.json"), world.at("results/SIM001/plan.json"));
    assert_eq!(fs::read(stored).unwrap(), fs::read(ran).unwrap());
    fs::remove_dir_all(world.at("results")).unwrap();

    let half: fn() -> Change = || Box::new(|bytes| bytes[..bytes.len() / 2].to_vec());
    let lock = "plans/SIM001/LOCK.json";
    let plan = "plans/SIM001/plan.json";
    let cases: Vec<(&str, Change, i32, &str)> = vec![
        (plan, replaced("P00101", "P00102"), 4, "has been altered"),
        (plan, replaced("{", "{\"extra\":1,"), 4, "has been altered"),
        (plan, half(), 3, "plan.json"),
        (lock, Box::new(|_| b"{}".to_vec()), 3, "LOCK.json"),
        (lock, half(), 3, "LOCK.json"),
        (lock, replaced("\"plan_hash\": \"", "\"plan_hash\": \"0"), 4, "was recorded with it"),
        ("pipeline.toml", appended("\n# another\n"), 2, "pipeline definition (planned: "),
        ("rules/gel-small-variant-2024-04.toml", appended("\n# x\n"), 2, "tier rule set (planned: "),
        ("SIM001.vcf.gz", appended("x"), 3, "input SIM001.vcf.gz (planned: BLAKE3 "),
        ("sheet.tsv", replaced("HP:0001263", "HP:0001251"), 3, "HPO terms (planned: "),
        ("sheet.tsv", replaced("\tfemale\t", "\tmale\t"), 3, "family member P00101 (planned: "),
        ("sheet.tsv", replaced("\tcomplete", "\tincomplete"), 3, "penetrance (planned: "),
        ("sheet.tsv", replaced("R9001.1", "R9003.1"), 3, "test codes (planned: "),
    ];
    for (file, change, code, part) in cases {
        let run = world.while_changed(file, change, || world.follow(bundle(), code));
        assert!(run.stderr.contains(part), "{file}, {part}: {}", run.stderr);
        assert!(!world.at("results/SIM001").exists(), "{file}, {part}");
    }
    let run = world.follow(&another_bundle(&world), 4);
    assert!(run.stderr.contains("reference bundle (planned: "), "{}", run.stderr);

    // A newer Directory or another content of a panel does not unlock the plan: it stands, and the report says so.
    let moved = world.while_changed("directory.csv", replaced("(9001)", "(9003)"), || {
        world.follow(bundle(), 0);
        fs::read_to_string(world.at("results/SIM001/report.json")).unwrap()
    });
    assert!(moved.contains("The stored plan is used; a new one would differ in "), "{moved}");

    // All is as it was: the plan is followed again, and so is the one in the folder of results.
    world.follow(bundle(), 0);
    fs::rename(world.at("plans"), world.at("stored")).unwrap();
    fs::rename(world.at("results"), world.at("plans")).unwrap();
    world.follow(bundle(), 0);
    let among = world.call("plan", bundle(), "plans", &[]).expect_code(2);
    assert!(among.stderr.contains("holds results"), "{}", among.stderr);
}
