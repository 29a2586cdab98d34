//! Checks over a whole release: codes, duplicates, methods, retired panels.

mod genes;

use std::collections::BTreeMap;

use super::lint::{Lint, Severity};
use super::{code, method};
pub use genes::{directory_genes, panel_genes};

use crate::model::directory::{DirectoryTest, TestDirectory, TestTarget};

const COMMISSIONING: [&str; 6] = [
    "core",
    "specialised",
    "highly specialised",
    "core/specialised",
    "highly specialised/specialised",
    "newborn screening programme",
];

/// The doubtful places that a row's own reading does not show.
pub fn directory(directory: &TestDirectory) -> Vec<Lint> {
    let mut lints = Vec::new();
    let mut first: BTreeMap<&str, &DirectoryTest> = BTreeMap::new();
    for test in &directory.tests {
        let mut say = |severity, column: &str, found: &str, understood: String, remedy: &str| {
            let column =
                if test.sheet.is_empty() { column.to_owned() } else { format!("{}: {column}", test.sheet) };
            lints.push(Lint::new(severity, test.row, column, found, understood, remedy));
        };
        if !code::is_test_code(&test.code.0) {
            let remedy = "write it as R59.3 or M4.14";
            say(Severity::Warning, "Test ID", &test.code.0, "not of a test code's pattern".into(), remedy);
        }
        if let Some(earlier) = first.insert(&test.code.0, test) {
            let same = earlier.target == test.target;
            let (severity, words) = match same {
                true => (Severity::Warning, "with the same target"),
                false => (Severity::Error, "with a different target: requests for this test are refused"),
            };
            let understood = format!("is also on row {} {words}", earlier.row);
            say(severity, "Test ID", &test.code.0, understood, "remove one of the rows");
        }
        let text = test.method.to_lowercase();
        if method::family(&test.method).is_none() {
            let understood = match text.is_empty() {
                true => "no test method".to_owned(),
                false => "an unknown test method, kept as written and treated as sequencing".to_owned(),
            };
            say(Severity::Warning, "Test Method", &test.method, understood, "check the spelling");
        } else if text.contains("penel") {
            say(Severity::Note, "Test Method", &test.method, "'panel'".into(), "correct the spelling");
        }
        let category = test.commissioning.to_lowercase();
        if !category.is_empty() && !COMMISSIONING.contains(&category.as_str()) {
            let understood = "an unknown commissioning category, kept as written".to_owned();
            say(
                Severity::Note,
                "Commissioning category",
                &test.commissioning,
                understood,
                "check the spelling",
            );
        }
        if let Some(found) = retired(test) {
            say(Severity::Warning, "Changes", &test.changes, found, "use the panel that replaces it");
        }
    }
    lints
}

/// The dates of a release that lie after `today` (ISO): a release made ready ahead of its day, or a wrong date.
pub fn dated_after(directory: &TestDirectory, today: &str) -> Vec<Lint> {
    // A month is over once the next has begun: `2026-01` is not after any day of January.
    let later = |date: &&String| date.as_str() > today.get(..date.len()).unwrap_or(today);
    let lint = |date: &String| {
        let understood = format!("a date in the future (today is {today})");
        Lint::new(
            Severity::Warning,
            0,
            "date",
            date,
            understood,
            "check that the release is already in force",
        )
    };
    directory.dates.iter().filter(later).map(lint).collect()
}

/// A remark such as `Panelapp panel ID 99001 has been retired`.
fn retired(test: &DirectoryTest) -> Option<String> {
    let text = test.changes.to_lowercase();
    if !text.contains("panel") || !text.contains("retired") {
        return None;
    }
    let numbers: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    match &test.target {
        TestTarget::Panels(ids) if ids.iter().any(|id| numbers.contains(id)) => {
            Some("the row's panel is stated to be retired".to_owned())
        }
        _ => Some("a panel is stated to be retired".to_owned()),
    }
}
