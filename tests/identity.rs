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
            // Both copies of chr2 are the mother's: the father shares no allele on a whole chromosome.
            assert!(
                found.len() == 1 && found[0].contains("P01603 and P01602 are inconsistent on chr2"),
                "{found:?}"
            );
            assert!(found[0].contains("both copies of chr2 appear to come from the mother"), "{found:?}");
            assert!(found[0].contains("isodisomy, no heterozygous"), "{found:?}");
            continue;
        }
        assert!(found.is_empty(), "{}: {found:?}", referral.id);
    }
}

#[test]
fn a_child_exchanged_with_a_parent_does_not_fit_the_other() {
    // Proband (female) and father.
    let found = misfits(&swapped("LP9003-DNA_C", "LP9003-DNA_B"));
    assert!(
        found.iter().any(|m| m.contains("P00303 and P00301 are not consistent with parent and child")),
        "{found:?}"
    );
    assert!(!found.iter().any(|m| m.contains("P00303 and P00302 are not consistent")), "{found:?}");
    assert!(found.iter().any(|m| m.contains("P00303 suggest one copy of X")), "{found:?}");
    assert!(found.iter().any(|m| m.contains("P00302 suggest two copies of X")), "{found:?}");
}

/// Messages of all checks.
fn messages(report: &Report) -> Vec<&str> {
    report.input_checks.checks.iter().map(|check| check.message.as_str()).collect()
}

#[test]
fn the_exchange_that_explains_everything_is_named_with_its_rows() {
    for (one, other, rows) in [
        ("LP9003-DNA_C", "LP9003-DNA_B", "P00303 (row 1 of the referral) and P00302 (row 3"),
        ("LP9003-DNA_A", "LP9003-DNA_B", "P00301 (row 2 of the referral) and P00302 (row 3"),
    ] {
        let report = swapped(one, other);
        let explained: Vec<&str> =
            messages(&report).into_iter().filter(|m| m.contains("are exchanged")).collect();
        assert!(explained.len() == 1 && explained[0].contains(rows), "{explained:?}");
    }
}

#[test]
fn a_strangers_sample_is_named_and_one_given_twice_too() {
    // The father's row reads the father of another family; then the mother's sample a second time.
    let sheet = fs::read_to_string(root().join("test-data/samplesheet.tsv")).unwrap();
    let own: Vec<&str> = sheet.lines().filter(|l| l.starts_with(TRIO)).collect();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let stranger = sheet
        .lines()
        .map(cells)
        .find(|c| c[0] != TRIO && c[2] == "father" && c[5].contains("families/") && c[0] == "SIM007")
        .unwrap();
    let father = own.iter().position(|l| cells(l)[2] == "father").unwrap();
    let mother = own.iter().position(|l| cells(l)[2] == "mother").unwrap();
    for (donor, word) in [
        (stranger, "P00302 (row 3 of the referral) is not consistent with any relative"),
        (cells(own[mother]), "same genotype at"),
    ] {
        let mut rows: Vec<Vec<String>> = own.iter().map(|l| cells(l)).collect();
        rows[father][6] = donor[6].clone();
        let folder = tempfile::tempdir().unwrap();
        // A second file: one column given to two rows of one file is refused before anything is read.
        let copy = folder.path().join("copy.vcf.gz");
        fs::copy(root().join("test-data").join(&donor[5]), &copy).unwrap();
        rows[father][5] = copy.to_str().unwrap().to_owned();
        let path = folder.path().join("samplesheet.tsv");
        let families = root().join("test-data/families");
        let text: String = std::iter::once(sheet.lines().next().unwrap().to_owned())
            .chain(rows.into_iter().map(|row| row.join("\t")))
            .map(|row| row.replace("\tfamilies/", &format!("\t{}/", families.display())) + "\n")
            .collect();
        fs::write(&path, text).unwrap();
        let output = folder.path().join("results");
        run_batch(&path, "pipelines/rare-disease-wgs.toml", bundle(), &output, &[]).expect_code(0);
        let report = report(&output, TRIO);
        assert!(messages(&report).iter().any(|m| m.contains(word)), "{word}: {:?}", messages(&report));
    }
}

#[test]
fn mendelian_errors_are_told_of_every_trio() {
    let told = report(results(), TRIO);
    let rate: Vec<&str> =
        messages(&told).into_iter().filter(|m| m.contains("show Mendelian errors at")).collect();
    assert_eq!(rate.len(), 1, "{rate:?}");
    let swapped = swapped("LP9003-DNA_C", "LP9003-DNA_B");
    assert!(messages(&swapped).iter().any(|m| m.contains("is consistent with a child and both parents")));
}

#[test]
fn exchanged_parents_are_seen_by_their_sex() {
    let found = misfits(&swapped("LP9003-DNA_A", "LP9003-DNA_B"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|m| m.contains("of X")), "{found:?}");
}
