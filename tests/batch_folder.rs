//! The folder of a batch: runs side by side, runs that are stopped or killed, and what the index says of each.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use ithaca::report::model::{Batch, BatchReferral, ReferralState};

use crate::program::{ithaca, root, run_batch};
use crate::world::bundle;

const GENOME: &str = "pipelines/rare-disease-wgs.toml";
const PANEL: &str = "pipelines/rare-disease-panel.toml";

fn world_sheet() -> PathBuf {
    root().join("test-data/samplesheet.tsv")
}

/// `ithaca run` with the world's knowledge.
fn command(samplesheet: &Path, pipeline: &str, date: &str, output: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ithaca"));
    command.arg("run").arg(samplesheet).arg("--pipeline").arg(root().join(pipeline));
    command.arg("--directory").arg(root().join("test-data/directory/test-directory.csv"));
    command.arg("--panels").arg(root().join("test-data/panels"));
    command.arg("--reference").arg(bundle()).arg("--output").arg(output).args(["--date", date]).args(more);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn batch(output: &Path) -> Batch {
    serde_json::from_str(&fs::read_to_string(output.join("batch.json")).unwrap()).unwrap()
}

fn entry<'b>(batch: &'b Batch, id: &str) -> &'b BatchReferral {
    batch.referrals.iter().find(|r| r.id == id).unwrap_or_else(|| panic!("{id} is not in the index"))
}

fn is_done(batch: &Batch, id: &str) -> bool {
    matches!(entry(batch, id).state, ReferralState::Done { .. })
}

fn partial_folders(output: &Path) -> Vec<String> {
    let names = fs::read_dir(output).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains(".partial-")).collect()
}

/// Many referrals of one small family, so that a signal comes in the midst of them.
fn long_sheet(folder: &Path, referrals: usize) -> PathBuf {
    let vcf = root().join("test-data/families/SIM001/SIM001.vcf.gz");
    let rows: String = (0..referrals)
        .map(|n| format!("L{n:03}\tP1\tfemale\t{}\tLP9001-DNA_A\tR9001.1\n", vcf.display()))
        .collect();
    let sheet = folder.join("sheet.tsv");
    fs::write(&sheet, format!("referral\tparticipant\tsex\tvcf\tvcf_sample\ttest_code\n{rows}")).unwrap();
    sheet
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// Waits for a condition, for a minute at most.
fn wait_until(mut holds: impl FnMut() -> bool) {
    for _ in 0..6_000 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("waited in vain");
}

#[test]
fn runs_side_by_side_lose_no_entry() {
    let (parallel, together) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ids: Vec<String> = (1..=8).map(|n| format!("SIM{n:03}")).collect();
    let start = |id: &String| {
        let only = ["--only", id, "--threads", "1"];
        command(&world_sheet(), GENOME, "2026-01-01", parallel.path(), &only).spawn().unwrap()
    };
    let children: Vec<Child> = ids.iter().rev().map(start).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let only: Vec<&str> = ids.iter().flat_map(|id| ["--only", id]).collect();
    run_batch(&world_sheet(), GENOME, bundle(), together.path(), &only).expect_code(0);
    for name in ["batch.json", "index.html"] {
        let read = |folder: &Path| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(read(parallel.path()), read(together.path()));
    }
    assert_eq!(batch(parallel.path()).counts.done, 8);
}

#[test]
fn each_entry_keeps_the_run_it_comes_from() {
    let output = tempfile::tempdir().unwrap();
    let run = |pipeline, date, id| {
        command(&world_sheet(), pipeline, date, output.path(), &["--only", id]).status().unwrap()
    };
    assert!(run(GENOME, "2026-01-01", "SIM001").success());
    assert!(run(GENOME, "2026-01-01", "SIM008").success());
    assert!(!batch(output.path()).is_mixed());
    let first = entry(&batch(output.path()), "SIM001").run.clone();
    let _ = run(PANEL, "2026-02-02", "SIM008");
    let after = batch(output.path());
    let (kept, new) = (&entry(&after, "SIM001").run, &entry(&after, "SIM008").run);
    assert_eq!(*kept, first);
    assert_eq!((kept.run_date.as_str(), new.run_date.as_str()), ("2026-01-01", "2026-02-02"));
    assert_ne!(kept.pipeline.hash, new.pipeline.hash);
    assert!(after.is_mixed());
    let page = fs::read_to_string(output.path().join("index.html")).unwrap();
    for shown in
        ["2026-01-01", "not all come from the same run", &kept.pipeline.hash[..12], &new.pipeline.hash[..12]]
    {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn a_damaged_index_is_told_and_made_again_from_the_folders() {
    let output = tempfile::tempdir().unwrap();
    let run = |id: &str| run_batch(&world_sheet(), GENOME, bundle(), output.path(), &["--only", id]);
    run("SIM001").expect_code(0);
    run("SIM008").expect_code(0);
    let before = batch(output.path());
    let index = output.path().join("batch.json");
    let text = fs::read_to_string(&index).unwrap();
    fs::write(&index, &text[..text.len() / 2]).unwrap();
    let told = run("SIM027").expect_code(0);
    assert!(told.stderr.contains("batch.json from an earlier run could not be read"), "{}", told.stderr);
    let after = batch(output.path());
    for id in ["SIM001", "SIM008"] {
        assert_eq!(entry(&after, id), entry(&before, id));
    }
    assert!(is_done(&after, "SIM027"));
    assert!(matches!(entry(&after, "SIM002").state, ReferralState::NotRun { .. }));
    let page = fs::read_to_string(output.path().join("index.html")).unwrap();
    assert!(page.contains("could not be read"));
}

#[test]
fn complete_folders_without_an_index_are_taken_up() {
    let output = tempfile::tempdir().unwrap();
    let run = |id: &str| run_batch(&world_sheet(), GENOME, bundle(), output.path(), &["--only", id]);
    run("SIM001").expect_code(0);
    // As a whole batch leaves it that is killed before its end.
    fs::remove_file(output.path().join("batch.json")).unwrap();
    run("SIM008").expect_code(0);
    assert!(is_done(&batch(output.path()), "SIM001") && is_done(&batch(output.path()), "SIM008"));
}

#[test]
fn a_row_fault_says_that_the_folder_is_of_an_earlier_run() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("results");
    let sheet = long_sheet(folder.path(), 1);
    run_batch(&sheet, GENOME, bundle(), &output, &[]).expect_code(0);
    let text = fs::read_to_string(&sheet).unwrap().replace("female", "femail");
    fs::write(&sheet, text).unwrap();
    run_batch(&sheet, GENOME, bundle(), &output, &[]).expect_code(1);
    match &entry(&batch(&output), "L000").state {
        ReferralState::Failed { message, .. } => {
            assert!(message.contains("femail") && message.contains("results of an earlier run"), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_signal_ends_a_batch_in_good_order() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("results");
    let sheet = long_sheet(folder.path(), 300);
    let errors = folder.path().join("errors");
    let mut child = command(&sheet, GENOME, "2026-01-01", &output, &["--threads", "1"])
        .stderr(File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    wait_until(|| output.join("L000/DONE.json").exists());
    signal(&child, "-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(75));
    let after = batch(&output);
    assert_eq!(after.counts.referrals, 300);
    assert_eq!(after.counts.done + after.counts.not_run, 300);
    assert!(after.counts.not_run > 0, "the signal came too late to be tested");
    for referral in &after.referrals {
        assert_eq!(is_done(&after, &referral.id), output.join(&referral.id).join("DONE.json").exists());
    }
    assert_eq!(partial_folders(&output), [""; 0]);
    let told = fs::read_to_string(errors).unwrap();
    assert!(told.contains("run again with --only L") && told.contains("--only L299"), "{told}");
    assert!(fs::read_to_string(output.join("index.html")).unwrap().contains("not run"));
    // What the message says works.
    run_batch(&sheet, GENOME, bundle(), &output, &["--only", "L299"]).expect_code(0);
    assert!(is_done(&batch(&output), "L299"));
}

/// A referral that never ends: its variant file is a pipe that nobody writes to.
#[cfg(unix)]
#[test]
fn a_second_signal_ends_the_program_at_once() {
    use std::os::unix::process::ExitStatusExt;
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.vcf");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = folder.path().join("results");
    let sheet = long_sheet(folder.path(), 1);
    let text = fs::read_to_string(&sheet).unwrap();
    let vcf = root().join("test-data/families/SIM001/SIM001.vcf.gz");
    fs::write(&sheet, text.replace(vcf.to_str().unwrap(), pipe.to_str().unwrap())).unwrap();
    let mut child = command(&sheet, GENOME, "2026-01-01", &output, &[]).spawn().unwrap();
    // Opening the pipe for writing succeeds only when the program has it open for reading.
    let _held = File::options().write(true).open(&pipe).unwrap();
    signal(&child, "-TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "one signal lets the referral in work finish");
    signal(&child, "-TERM");
    let ended: ExitStatus = child.wait().unwrap();
    assert_eq!(ended.signal(), Some(15));
}

#[test]
fn what_a_killed_run_left_is_removed_and_a_live_run_keeps_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("results");
    let (dead, live) = (output.join(".L000.partial-dEAd00"), output.join(".L000.partial-lIvE00"));
    for left in [&dead, &live] {
        fs::create_dir_all(left.join("results")).unwrap();
        fs::write(left.join("results/plan.json"), "{}").unwrap();
        fs::write(left.join(".lock"), "").unwrap();
    }
    let held = File::options().write(true).open(live.join(".lock")).unwrap();
    held.lock().unwrap();
    let sheet = long_sheet(folder.path(), 1);
    let told = run_batch(&sheet, GENOME, bundle(), &output, &[]).expect_code(0);
    assert!(told.stderr.contains("left by a run that was killed"), "{}", told.stderr);
    assert_eq!(partial_folders(&output), [".L000.partial-lIvE00"]);
    drop(held);
    run_batch(&sheet, GENOME, bundle(), &output, &[]).expect_code(0);
    assert_eq!(partial_folders(&output), [""; 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_at_the_end_of_a_batch_is_code_75() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("results");
    fs::create_dir(&output).unwrap();
    std::os::unix::fs::symlink("/dev/full", output.join("index.html")).unwrap();
    let told = run_batch(&long_sheet(folder.path(), 1), GENOME, bundle(), &output, &[]).expect_code(75);
    assert!(told.stderr.contains("index.html") && told.stderr.contains("free space"), "{}", told.stderr);
    assert!(!output.join("batch.json").exists(), "an index of which the other half is missing");
    assert!(output.join("L000/DONE.json").exists());
}

/// `ithaca coverage` over one region.
fn coverage(alignments: &Path, output: &Path) -> crate::program::Run {
    let scratch = tempfile::tempdir().unwrap();
    let regions = scratch.path().join("regions.bed");
    fs::write(&regions, "chr1\t5000\t6000\tGENE\n").unwrap();
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    ithaca([
        "coverage".to_owned(),
        text(alignments),
        "--regions".to_owned(),
        text(&regions),
        "--reference".to_owned(),
        text(bundle()),
        "--output".to_owned(),
        text(output),
    ])
}

fn some_bam() -> PathBuf {
    fn find(folder: &Path) -> Option<PathBuf> {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        paths.into_iter().find_map(|path| match path.is_dir() {
            true => find(&path),
            false => path.extension().is_some_and(|e| e == "bam").then_some(path),
        })
    }
    find(&root().join("test-data")).expect("the world has a BAM file")
}

#[cfg(target_os = "linux")]
#[test]
fn coverage_writes_all_its_tables_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("tables");
    coverage(&some_bam(), &output).expect_code(0);
    let exons = output.join("exons.tsv");
    fs::write(&exons, "of an earlier sample\n").unwrap();
    fs::remove_file(output.join("gaps.tsv")).unwrap();
    std::os::unix::fs::symlink("/dev/full", output.join("gaps.tsv")).unwrap();
    let told = coverage(&some_bam(), &output).expect_code(75);
    assert!(told.stderr.contains("gaps.tsv"), "{}", told.stderr);
    assert_eq!(fs::read_to_string(&exons).unwrap(), "of an earlier sample\n");
}

#[test]
fn coverage_into_a_folder_that_cannot_be_made_is_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for output in [file.clone(), file.join("below")] {
        let told = coverage(&some_bam(), &output);
        assert_eq!(told.code, 2, "{}", told.stderr);
        assert!(!told.stderr.contains("internal"), "{}", told.stderr);
    }
}

#[test]
fn a_cram_file_of_an_earlier_version_is_refused_for_its_version() {
    let folder = tempfile::tempdir().unwrap();
    let cram = folder.path().join("old.cram");
    let mut bytes = b"CRAM\x02\x01".to_vec();
    bytes.resize(200, 0);
    fs::write(&cram, bytes).unwrap();
    let told = coverage(&cram, &folder.path().join("tables")).expect_code(3);
    assert!(told.stderr.contains("CRAM version 2.1 is not read"), "{}", told.stderr);
    assert!(told.stderr.contains("--output-fmt-option version=3.0"), "{}", told.stderr);
}
