//! What changed between two releases of the Test Directory.

use std::collections::BTreeMap;

use serde::Serialize;

use super::lint::Severity;
use super::method::is_sequencing;
use super::target::recognise;
use crate::model::directory::{DirectoryTest, NamedGene, TestDirectory, TestTarget};

/// One change of one test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestChange {
    /// The test code.
    pub code: String,
    /// `added`, `removed`, `target`, `name`, `method`, `commissioning`.
    pub what: &'static str,
    /// In the first release.
    pub before: String,
    /// In the second release.
    pub after: String,
    /// True where a stored plan of the test no longer answers the test as it now stands.
    pub invalidates_plans: bool,
}

/// The changes from one release to another, by test code in the order of the releases.
///
/// A name, a method's spelling or a commissioning category alone leaves stored plans as they are; a change
/// of target, a method that sequencing does not answer or no longer, and a test withdrawn, does not.
pub fn directory_diff(before: &TestDirectory, after: &TestDirectory) -> Vec<TestChange> {
    let (old, new) = (by_code(before), by_code(after));
    let mut changes = Vec::new();
    for test in first_rows(before, &old) {
        let code = test.code.0.as_str();
        let Some(now) = new.get(code) else {
            changes.push(change(code, "removed", summary(test), String::new(), true));
            continue;
        };
        let mut compare = |what, a: String, b: String, invalidates_plans| {
            if a != b {
                changes.push(change(code, what, a, b, invalidates_plans));
            }
        };
        if !same_target(test, now) {
            compare("target", shown(test), shown(now), true);
        }
        compare("name", test.name.clone(), now.name.clone(), false);
        let answers = |method: &str| is_sequencing(method);
        let weighs = answers(&test.method) != answers(&now.method);
        compare("method", folded(&test.method), folded(&now.method), weighs);
        compare("commissioning", folded(&test.commissioning), folded(&now.commissioning), false);
    }
    for test in first_rows(after, &new).filter(|test| !old.contains_key(test.code.0.as_str())) {
        changes.push(change(&test.code.0, "added", String::new(), summary(test), false));
    }
    changes
}

/// True where a plan of the one answers the other: the same genes in whatever order, and nothing left out of the one
/// that is not left out of the other.
fn same_target(a: &DirectoryTest, b: &DirectoryTest) -> bool {
    let left_out = |test: &DirectoryTest| -> Vec<String> {
        let remarks = recognise(&test.target_raw).remarks.into_iter();
        remarks.filter(|r| r.severity == Severity::Warning).map(|r| r.understood).collect()
    };
    let same = match (&a.target, &b.target) {
        (TestTarget::Genes(x), TestTarget::Genes(y)) => {
            let sorted = |genes: &[NamedGene]| {
                let mut genes = genes.to_vec();
                genes.sort_by(|m, n| (&m.symbol, m.hgnc_id).cmp(&(&n.symbol, n.hgnc_id)));
                genes
            };
            sorted(x) == sorted(y)
        }
        (x, y) => x == y,
    };
    same && left_out(a) == left_out(b)
}

fn change(
    code: &str,
    what: &'static str,
    before: String,
    after: String,
    invalidates_plans: bool,
) -> TestChange {
    TestChange { code: code.to_owned(), what, before, after, invalidates_plans }
}

/// The first row of each code; the lint names the others.
fn by_code(directory: &TestDirectory) -> BTreeMap<&str, &DirectoryTest> {
    let mut tests = BTreeMap::new();
    for test in &directory.tests {
        tests.entry(test.code.0.as_str()).or_insert(test);
    }
    tests
}

fn first_rows<'a>(
    directory: &'a TestDirectory,
    by_code: &BTreeMap<&'a str, &'a DirectoryTest>,
) -> impl Iterator<Item = &'a DirectoryTest> {
    let first =
        |test: &&DirectoryTest| by_code.get(test.code.0.as_str()).is_some_and(|f| std::ptr::eq(*f, *test));
    directory.tests.iter().filter(first).collect::<Vec<_>>().into_iter()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn summary(test: &DirectoryTest) -> String {
    format!("{}: {} ({})", test.name, shown(test), test.method)
}

/// The target as a line: the row's words, and where two rows of equal words differ, what was understood.
fn shown(test: &DirectoryTest) -> String {
    let kind = match &test.target {
        TestTarget::Panels(ids) => {
            format!("panels {}", ids.iter().map(u32::to_string).collect::<Vec<_>>().join(", "))
        }
        TestTarget::Genes(genes) => {
            let words = genes.iter().map(|gene| match gene.hgnc_id {
                Some(id) if id.to_string() != gene.symbol => format!("{} ({id})", gene.symbol),
                _ => gene.symbol.clone(),
            });
            format!("genes {}", words.collect::<Vec<_>>().join(", "))
        }
        TestTarget::GeneAgnostic => "gene-agnostic".to_owned(),
        TestTarget::Unresolved(_) => "not understood".to_owned(),
        _ => return test.target_raw.clone(),
    };
    format!("{kind} ('{}')", test.target_raw)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::directory::import::read_directory;

    fn release(rows: &str) -> TestDirectory {
        let text = format!("Test ID,Clinical Indication,Target/Genes,Test Method\n{rows}");
        read_directory(Path::new("d.csv"), text.as_bytes()).unwrap().directory
    }

    #[test]
    fn changes_are_named_and_weighed() {
        let before = release("R1.1,Heart,Heart (10),WGS\nR1.2,Heart,GENEA,WGS\nR2.1,Eye,Eye (3),WGS \n");
        let after =
            release("R3.1,New,GENEB,WES\nR2.1,Eyes,Eye (3),wgs\nR1.1,Heart,Heart (10) & brain (11),WGS\n");
        let changes = directory_diff(&before, &after);
        let said: Vec<(&str, &str, bool)> =
            changes.iter().map(|c| (c.code.as_str(), c.what, c.invalidates_plans)).collect();
        let expected = [
            ("R1.1", "target", true),
            ("R1.2", "removed", true),
            ("R2.1", "name", false),
            ("R3.1", "added", false),
        ];
        assert_eq!(said, expected);
        assert_eq!(changes[0].after, "panels 10, 11 ('Heart (10) & brain (11)')");
        assert!(directory_diff(&before, &before).is_empty());
    }

    #[test]
    fn what_a_target_leaves_out_and_what_sequencing_answers_are_weighed() {
        let weighed = |a: &str, b: &str| -> Vec<(&str, bool)> {
            let changes = directory_diff(&release(a), &release(b));
            changes.iter().map(|c| (c.what, c.invalidates_plans)).collect()
        };
        assert_eq!(weighed("R1.1,H,Heart (1),WGS\n", "R1.1,H,Heart (1) and BRCA1,WGS\n"), [("target", true)]);
        assert_eq!(weighed("R1.1,H,BRCA1; BRCA2,WGS\n", "R1.1,H,BRCA2 and BRCA1,WGS\n"), []);
        assert_eq!(weighed("R1.1,H,BRCA1,WGS\n", "R1.1,H,BRCA1,Microarray\n"), [("method", true)]);
        assert_eq!(weighed("R1.1,H,BRCA1,WGS\n", "R1.1,H,BRCA1,WES\n"), [("method", false)]);
    }

    #[test]
    fn a_panel_named_anew_is_no_change_of_target() {
        let changes =
            directory_diff(&release("R1.1,H,Heart (10),WGS\n"), &release("R1.1,H,Hearts (10),WGS\n"));
        assert!(changes.is_empty(), "{changes:?}");
    }
}
