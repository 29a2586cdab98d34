//! Stored plans, pins, approvals, exports and imports of panels, through the real program.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Run, files_below, ithaca, root, run_batch};
use crate::world::{bundle, report};

const PIPELINE: &str = "pipelines/rare-disease-wgs.toml";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A place in a scratch folder, which outlives the test for ease of passing it on.
fn path(folder: &tempfile::TempDir, name: &str) -> &'static Path {
    Box::leak(folder.path().join(name).into_boxed_path())
}

/// A samplesheet of one referral of the simulated world, with whole paths.
fn sheet(folder: &Path) -> PathBuf {
    let all = fs::read_to_string(root().join("test-data/samplesheet.tsv")).unwrap();
    let families = format!("\t{}/", root().join("test-data/families").display());
    let rows: String = all
        .lines()
        .filter(|l| l.starts_with("referral") || l.starts_with("SIM001") || l.starts_with("SIM002"))
        .map(|l| l.replace("\tfamilies/", &families) + "\n")
        .collect();
    let path = folder.join("sheet.tsv");
    fs::write(&path, rows).unwrap();
    path
}

fn plan(sheet: &Path, pipeline: &str, more: &[&str]) -> Run {
    let at = |path: &str| root().join(path).to_str().unwrap().to_owned();
    let (pipeline, panels) = (at(pipeline), at("test-data/panels"));
    let directory = at("test-data/directory/test-directory.csv");
    let mut arguments = vec!["plan", text(sheet), "--pipeline", &pipeline, "--reference", text(bundle())];
    arguments.extend(["--directory", &directory, "--panels", &panels]);
    arguments.extend(more);
    ithaca(arguments)
}

/// The pipeline definition in a folder of its own, with lines added.
fn pipeline(folder: &Path, more: &str) -> PathBuf {
    let definition = fs::read_to_string(root().join(PIPELINE)).unwrap();
    let rules = root().join("pipelines/rules");
    let path = folder.join("pipeline.toml");
    fs::write(&path, definition.replace("\"rules/", &format!("\"{}/", rules.display())) + more).unwrap();
    path
}

#[test]
fn a_stored_plan_runs_to_the_same_bytes_and_a_changed_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name);
    let sheet = sheet(folder.path());
    plan(&sheet, PIPELINE, &["-o", text(at("plans"))]).expect_code(0);
    plan(&sheet, PIPELINE, &["-o", text(at("again"))]).expect_code(0);
    assert_eq!(files_below(at("plans")), files_below(at("again")));

    run_batch(&sheet, PIPELINE, bundle(), at("fresh"), &[]).expect_code(0);
    let stored = ["--plans", text(at("plans"))].map(str::to_owned);
    let stored = [stored[0].as_str(), stored[1].as_str()];
    run_batch(&sheet, PIPELINE, bundle(), at("stored"), &stored).expect_code(0);
    for name in ["SIM001/report.json", "SIM001/plan.json", "SIM002/report.html", "SIM002/DONE.json"] {
        assert_eq!(
            fs::read(at("fresh").join(name)).unwrap(),
            fs::read(at("stored").join(name)).unwrap(),
            "{name}"
        );
    }
    // Results lock their plans too.
    run_batch(&sheet, PIPELINE, bundle(), at("third"), &["--plans", text(at("fresh"))]).expect_code(0);

    // Another pipeline definition: nothing runs.
    let other = pipeline(folder.path(), "\n# another\n");
    let run = run_batch(&sheet, text(&other), bundle(), at("no"), &stored).expect_code(2);
    assert!(run.stderr.contains("pipeline definition (planned: "), "{}", run.stderr);
    assert!(!at("no/SIM001").exists());

    // An altered plan fails its referral only; where no plan holds, nothing runs.
    let file = at("plans/SIM001/plan.json");
    let whole = fs::read_to_string(file).unwrap();
    fs::write(file, whole.replacen("\"green\"", "\"amber\"", 1)).unwrap();
    let run = run_batch(&sheet, PIPELINE, bundle(), at("one"), &stored).expect_code(1);
    assert!(run.stdout.contains("SIM001: ") && run.stdout.contains("has been altered"), "{}", run.stdout);
    assert!(at("one/SIM002/DONE.json").exists() && !at("one/SIM001").exists());
    let only = [&stored[..], &["--only", "SIM001"]].concat();
    let run = run_batch(&sheet, PIPELINE, bundle(), at("none"), &only).expect_code(4);
    assert!(run.stderr.contains("has been altered"), "{}", run.stderr);
    fs::write(file, whole).unwrap();

    // A samplesheet that says something else is refused as input, naming the part.
    let rows = fs::read_to_string(&sheet).unwrap().replace("HP:0001250;", "");
    fs::write(&sheet, rows).unwrap();
    let run = run_batch(&sheet, PIPELINE, bundle(), at("none"), &only).expect_code(3);
    assert!(run.stderr.contains("HPO terms (planned: "), "{}", run.stderr);
}

#[test]
fn versions_are_pinned_by_pipeline_and_by_hand_and_both_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name);
    let sheet = sheet(folder.path());
    let only = ["--only", "SIM001"];
    let ordinary = plan(&sheet, PIPELINE, &only).expect_code(0).stdout;
    assert!(ordinary.contains("panel   9001") && ordinary.contains("newer, not used"), "{ordinary}");
    plan(&sheet, PIPELINE, &["--only", "SIM001", "-o", text(at("a"))]).expect_code(0);

    let pinned = ["--only", "SIM001", "--panel-version", "9001=1.12", "-o", text(at("b"))];
    let said = plan(&sheet, PIPELINE, &pinned).expect_code(0).stdout;
    assert!(said.contains("v1.12") && said.contains("most recently signed off, not used: "), "{said}");
    let diff = ithaca(["plan", "diff", text(at("a/SIM001")), text(at("b/SIM001/plan.json"))]).expect_code(0);
    assert!(diff.stdout.lines().any(|line| line.starts_with("panel 9001\t")), "{}", diff.stdout);
    let same = ithaca(["plan", "diff", text(at("a/SIM001")), text(at("a/SIM001"))]).expect_code(0);
    assert_eq!(same.stdout, "ingredient\tbefore\tafter\n");

    let by_toml = pipeline(folder.path(), "\n[panels.exact]\n9001 = \"1.12\"\n");
    let said = plan(&sheet, text(&by_toml), &only).expect_code(0).stdout;
    assert!(said.contains("v1.12"), "{said}");
    let none = plan(&sheet, PIPELINE, &["--only", "SIM001", "--panel-version", "9001=77"]).expect_code(1);
    assert!(none.stderr.contains("has no version 77"), "{}", none.stderr);
    let none =
        plan(&sheet, PIPELINE, &["--only", "SIM001", "--panels-signed-off-by", "1999-01-01"]).expect_code(1);
    assert!(none.stderr.contains("no signed-off version by 1999-01-01"), "{}", none.stderr);

    run_batch(&sheet, PIPELINE, bundle(), at("out"), &["--only", "SIM001", "--latest-panels"]).expect_code(0);
    let panel = report(at("out"), "SIM001").tested.panels[0].clone();
    assert!(panel.signed_off_version.is_some() && panel.chosen_by.unwrap().contains("latest"));
}

#[test]
fn a_link_is_pending_until_a_person_approves_it() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = sheet(folder.path());
    let links = folder.path().join("links.tsv");
    let heading = "code\tpanel\tversion\trelease\tapproved_by\tapproved_on\n";
    fs::write(&links, heading).unwrap();
    let definition = pipeline(folder.path(), "\n[panels]\nlinks = \"links.tsv\"\n");
    let said = plan(&sheet, text(&definition), &["--only", "SIM001"]).expect_code(0).stdout;
    assert!(said.contains("is pending: the link has not been approved"), "{said}");
    let json =
        plan(&sheet, text(&definition), &["--only", "SIM001", "--format", "json"]).expect_code(0).stdout;
    let planned: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    let link = &planned["links"][0];
    let cell = |name: &str| link[name].as_str().unwrap().to_owned();
    let row = |release: &str| {
        format!(
            "{}\t{}\t{}\t{release}\tA. Scientist\t2026-01-01\n",
            cell("code"),
            link["panel"],
            cell("version")
        )
    };
    fs::write(&links, heading.to_owned() + &row("older")).unwrap();
    let said = plan(&sheet, text(&definition), &["--only", "SIM001"]).expect_code(0).stdout;
    assert!(said.contains("approved under Test Directory release older"), "{said}");
    let release = planned["directory_release"].as_str().unwrap();
    fs::write(&links, heading.to_owned() + &row("older") + &row(release)).unwrap();
    let said = plan(&sheet, text(&definition), &["--only", "SIM001"]).expect_code(0).stdout;
    assert!(!said.contains("pending"), "{said}");
}

#[test]
fn exports_go_out_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name);
    plan(&sheet(folder.path()), PIPELINE, &["--only", "SIM001", "-o", text(at("plans"))]).expect_code(0);
    let stored = at("plans/SIM001");
    let export = |format: &str, name: &str| {
        let file = at(name);
        let run = ["plan", "export", text(stored), "--format", format, "-o", text(file)];
        ithaca(run.into_iter().chain(["--reference", text(bundle())])).expect_code(0);
        fs::read_to_string(file).unwrap()
    };
    let bed = export("bed", "genes.bed");
    let first = bed.lines().next().unwrap();
    assert!(first.starts_with("# build=Penelope1 plan=") && bed.contains("# panel=9001 version="), "{bed}");
    assert!(bed.lines().filter(|l| !l.starts_with('#')).all(|l| l.split('\t').count() == 4), "{bed}");
    let transcripts = export("transcripts", "g2t.tsv");
    assert!(
        transcripts.starts_with("HGNC:") && transcripts.contains("\tclinical_transcript\t"),
        "{transcripts}"
    );
    // What is exported is what a pipeline reads as the laboratory's own choice.
    let definition = pipeline(folder.path(), "\n[transcripts]\noverrides = \"g2t.tsv\"\n");
    let json =
        plan(at("sheet.tsv"), text(&definition), &["--only", "SIM001", "--format", "json"]).expect_code(0);
    assert!(
        json.stdout.contains("chosen by the laboratory") && json.stdout.contains("\"role\":\"transcripts\"")
    );

    let genes = export("genepanels", "genepanels.tsv");
    let run = ["panel", "import", text(at("genepanels.tsv")), "-o", text(at("panels"))];
    ithaca(run.into_iter().chain(["--signed-off", "2026-01-01"])).expect_code(0);
    let shown = ithaca(["panel", "show", "--panels", text(at("panels")), "9001"]).expect_code(0).stdout;
    let green = shown.lines().filter(|line| line.contains("\tgreen\t")).count();
    assert_eq!(green, genes.lines().filter(|line| line.ends_with("\t9001")).count(), "{shown}");
}

#[test]
fn a_sign_off_in_the_future_and_a_cut_file_import_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name);
    let panel = r#"{"id": 5, "name": "P", "version": "1.0", "signed_off": "2999-01-01", "genes": []}"#;
    for (text_of, words) in [(panel, "a sign-off in the future"), (&panel[..40], "may be truncated")] {
        fs::write(at("5.json"), text_of).unwrap();
        let run = ithaca(["panel", "import", text(at("5.json")), "-o", text(at("out"))]).expect_code(3);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert!(!at("out").exists());
    }
}

#[test]
fn a_change_of_the_directory_names_the_past_referrals_it_touches() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name);
    plan(&sheet(folder.path()), PIPELINE, &["-o", text(at("plans"))]).expect_code(0);
    let before = root().join("test-data/directory/test-directory.csv");
    let changed = fs::read_to_string(&before).unwrap().replace("(9001)", "(9002)");
    fs::write(at("after.csv"), changed).unwrap();
    let run = ["directory", "diff", text(&before), text(at("after.csv")), "--results", text(at("plans"))];
    let said = ithaca(run).expect_code(0).stdout;
    let row = said.lines().find(|line| line.starts_with("R9001.1\ttarget\tyes")).unwrap();
    assert!(row.ends_with("\tSIM001;SIM002"), "{said}");
    fs::write(at("plans/SIM001/plan.json"), "{").unwrap();
    let run =
        ithaca(["directory", "diff", text(&before), text(at("after.csv")), "--results", text(at("plans"))]);
    assert!(run.expect_code(1).stderr.contains("truncated"));
}

#[test]
fn a_manifest_is_a_samplesheet_and_an_unknown_code_stops_only_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name);
    fs::create_dir(at("files")).unwrap();
    let whole = root().join("test-data/families/SIM001/SIM001.vcf.gz");
    for name in ["X1_a.vcf.gz", "X2.vcf.gz"] {
        fs::copy(&whole, at("files").join(name)).unwrap();
    }
    let manifest =
        "X1\tR9001.1_Invented epilepsy - early onset_P\nX2\tR1.99_Not there_P\nX3\tR9001.1\nY4\tR9001.1\n";
    fs::write(at("manifest.txt"), manifest).unwrap();
    let files = ["--samplesheet-format", "gemini", "--files", text(at("files"))];
    let run = run_batch(at("manifest.txt"), PIPELINE, bundle(), at("out"), &files).expect_code(1);
    assert!(run.stdout.contains("'R1.99' is not in Test Directory release"), "{}", run.stdout);
    assert!(run.stdout.contains("no variant file of X3") && run.stdout.contains("'Y4' is not of the form"));
    assert!(at("out/X1/report.json").exists() && !at("out/X2").exists());
    let again = [&files[..], &["--only", "X1"]].concat();
    run_batch(at("manifest.txt"), PIPELINE, bundle(), at("again"), &again).expect_code(0);
    let plan = fs::read_to_string(at("again/X1/plan.json")).unwrap();
    assert!(plan.contains("\"files/X1_a.vcf.gz\"") && !plan.contains(text(folder.path())), "{plan}");
}

/// A panel as PanelApp gives it, with one gene.
fn panel_json(id: u32, gene: &str, more: &str) -> String {
    format!(
        r#"{{"id": {id}, "name": "P", "version": "1.0", "status": "public"{more}, "genes": [{{"gene_data":
        {{"hgnc_id": "{gene}", "gene_symbol": "X{}"}}, "entity_type": "gene", "entity_name": "X",
        "confidence_level": "3"}}]}}"#,
        gene.trim_start_matches("HGNC:")
    )
}

#[test]
fn an_import_never_changes_a_version_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name);
    let import = |content: String, code| {
        fs::write(at("70.json"), content).unwrap();
        ithaca(["panel", "import", text(at("70.json")), "-o", text(at("out"))]).expect_code(code)
    };
    import(panel_json(70, "HGNC:900002", r#", "signed_off": "2026-01-01""#), 0);
    let first = fs::read(at("out/england_70_v1.0.json")).unwrap();
    // The panel's own address does not give the date: it is kept.
    let again = import(panel_json(70, "HGNC:900002", ""), 0);
    assert!(again.stdout.contains("0 panel versions, 1 already there"), "{}", again.stdout);
    let other = import(panel_json(70, "HGNC:900003", ""), 3);
    assert!(other.stderr.contains("panel 70 version 1.0") && other.stderr.contains("nothing was imported"));
    assert_eq!(fs::read(at("out/england_70_v1.0.json")).unwrap(), first);
}

#[test]
fn a_plan_refuses_panels_signed_off_in_the_future() {
    let folder = tempfile::tempdir().unwrap();
    let panels = path(&folder, "panels");
    fs::create_dir(panels).unwrap();
    for entry in fs::read_dir(root().join("test-data/panels")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), panels.join(entry.file_name())).unwrap();
    }
    fs::write(panels.join("70.json"), panel_json(70, "HGNC:900002", r#", "signed_off": "2999-01-01""#))
        .unwrap();
    let at = |path: &str| root().join(path).to_str().unwrap().to_owned();
    let run = ithaca([
        "plan",
        &at("test-data/samplesheet.tsv"),
        "--pipeline",
        &at(PIPELINE),
        "--reference",
        bundle().to_str().unwrap(),
        "--directory",
        &at("test-data/directory/test-directory.csv"),
        "--panels",
        text(panels),
    ])
    .expect_code(4);
    assert!(
        run.stderr.contains("panel 70 v1.0") && run.stderr.contains("a sign-off in the future"),
        "{}",
        run.stderr
    );
}

#[test]
fn panels_of_both_countries_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name);
    fs::write(at("60.json"), panel_json(60, "HGNC:900002", "")).unwrap();
    let import = |source: &str| {
        let input = text(at("60.json"));
        ithaca(["panel", "import", input, "-o", text(at("out")), "--source", source]).expect_code(0);
    };
    import("australia");
    import("england");
    let show = |more: &[&str]| {
        let mut arguments = vec!["panel", "show", "--panels", text(at("out")), "60", "--version", "1.0"];
        arguments.extend(more);
        ithaca(arguments).expect_code(0).stdout
    };
    assert_eq!(show(&[]), show(&["--source", "australia"]));
    let genes =
        ithaca(["panel", "genes", "--panels", text(at("out")), "--gene", "HGNC:900002"]).expect_code(0);
    let sources: Vec<&str> =
        genes.stdout.lines().skip(1).filter_map(|line| line.split('\t').next_back()).collect();
    assert_eq!(sources, ["england", "australia"]);
}

/// A samplesheet of the first referral with other tests.
fn with_tests(folder: &Path, codes: &str) -> PathBuf {
    let path = sheet(folder);
    let text = fs::read_to_string(&path).unwrap();
    let own = text.lines().filter(|l| l.starts_with("referral") || l.starts_with("SIM001"));
    let changed: String = own.map(|l| l.replace("R9001.1", codes) + "\n").collect();
    fs::write(&path, changed).unwrap();
    path
}

#[test]
fn an_export_files_each_panel_under_its_own_test() {
    let folder = tempfile::tempdir().unwrap();
    let plans = path(&folder, "plans");
    let sheet = with_tests(folder.path(), "R9002.1;R9003.1");
    plan(&sheet, PIPELINE, &["-o", text(plans)]).expect_code(0);
    let (stored, out) = (plans.join("SIM001"), path(&folder, "genepanels.tsv"));
    ithaca(["plan", "export", text(&stored), "--format", "genepanels", "-o", text(out)]).expect_code(0);
    let exported = fs::read_to_string(out).unwrap();
    for row in exported.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let number = cells[3];
        let code = cells[0].split('_').next().unwrap();
        assert_eq!(code, if number == "9002" { "R9002.1" } else { "R9003.1" }, "{row}");
    }
    assert!(exported.contains("\t9002\n") && exported.contains("R9003.1_"), "{exported}");
}

#[test]
fn each_part_of_a_super_panel_has_a_link_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = with_tests(folder.path(), "R9013.1");
    fs::write(folder.path().join("links.tsv"), "code\tpanel\tversion\trelease\tapproved_by\tapproved_on\n")
        .unwrap();
    let definition = pipeline(folder.path(), "\n[panels]\nlinks = \"links.tsv\"\n");
    let json = plan(&sheet, text(&definition), &["--format", "json"]).expect_code(0).stdout;
    let planned: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    let ids = |list: &str, key: &str| -> Vec<u64> {
        let all = planned[list].as_array().unwrap().iter();
        let mut ids: Vec<u64> = all.map(|entry| entry[key].as_u64().unwrap()).collect();
        ids.sort_unstable();
        ids
    };
    assert!(ids("panels", "id").len() > 1, "{json}");
    assert_eq!(ids("links", "panel"), ids("panels", "id"));
}
