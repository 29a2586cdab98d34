//! Swapped samples and wrong sexes are flagged; right ones are not.

use std::fs;

use ithaca::report::model::{Report, Severity};

use crate::program::{root, run_batch};
use crate::world::{bundle, report, results};

const TRIO: &str = "SIM003";

/// Checks of a report that say who does not fit.
fn misfits(report: &Report) -> Vec<String> {
    report
        .input_checks
        .checks
        .iter()
        .filter(|check| check.message.starts_with("genotypes of "))
        .inspect(|check| assert!(check.severity == Severity::Warning && check.remedy.is_some()))
        .map(|check| check.message.clone())
        .collect()
}

/// The trio's rows of the samplesheet with the `vcf_sample` of two people exchanged.
fn swapped(one: &str, other: &str) -> Report {
    let sheet = fs::read_to_string(root().join("test-data/samplesheet.tsv")).unwrap();
    let families = root().join("test-data/families");
    let mut rows = sheet.lines().filter(|l| l.starts_with("referral") || l.starts_with(TRIO)).map(|line| {
        line.replace(one, "@")
            .replace(other, one)
            .replace('@', other)
            .replace("\tfamilies/", &format!("\t{}/", families.display()))
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("samplesheet.tsv");
    let text: String = rows.by_ref().map(|row| row + "\n").collect();
    fs::write(&path, text).unwrap();
    let output = folder.path().join("results");
    run_batch(&path, "pipelines/rare-disease-wgs.toml", bundle(), &output, &[]).expect_code(0);
    report(&output, TRIO)
}

#[test]
fn the_simulated_families_fit() {
    let batch = fs::read_to_string(results().join("batch.json")).unwrap();
    let batch: ithaca::report::model::Batch = serde_json::from_str(&batch).unwrap();
    for referral in batch.referrals {
        let found = misfits(&report(results(), &referral.id));
        if referral.id == "SIM016" {
            // Both copies of chr2 are the mother's: the father does share no allele on a whole chromosome.
            assert!(found.len() == 1 && found[0].contains("P01603 and P01602 do not fit"), "{found:?}");
            continue;
        }
        assert!(found.is_empty(), "{}: {found:?}", referral.id);
    }
}

#[test]
fn a_child_exchanged_with_a_parent_does_not_fit_the_other() {
    // Proband (female) and father.
    let found = misfits(&swapped("LP9003-DNA_C", "LP9003-DNA_B"));
    assert!(found.iter().any(|m| m.contains("P00303 and P00301 do not fit parent and child")), "{found:?}");
    assert!(!found.iter().any(|m| m.contains("P00303 and P00302 do not fit")), "{found:?}");
    assert!(found.iter().any(|m| m.contains("P00303 look like one copy of X")), "{found:?}");
    assert!(found.iter().any(|m| m.contains("P00302 look like two copies of X")), "{found:?}");
}

#[test]
fn exchanged_parents_are_seen_by_their_sex() {
    let found = misfits(&swapped("LP9003-DNA_A", "LP9003-DNA_B"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|m| m.contains("of X")), "{found:?}");
}
