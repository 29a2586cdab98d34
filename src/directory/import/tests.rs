use proptest::prelude::*;

use super::*;
use crate::directory::lint::Severity;
use crate::model::directory::{NamedGene, TestTarget};
use crate::model::gene::HgncId;
use crate::shared_data::need;

const TITLE: &str = "\"Invented Test Directory, version 8.2 - all rows invented\"\n";
const HEADINGS: [&str; 8] = [
    "Clinical indication ID",
    "Test ID",
    "Clinical Indication",
    "Target/Genes",
    "Test Method",
    "Commissioning category",
    "Specialist test group",
    "Changes since last publication",
];
const ROWS: [[&str; 8]; 4] = [
    [
        "R1",
        "R1.1",
        "Heart – adult",
        "Heart panel (12)",
        "WES or Large penel",
        "Core",
        "Cardiology",
        "No change",
    ],
    [
        "R1",
        "R1.2",
        "Heart – adult",
        "GENEA; GENEB and GENEC",
        "Small panel ",
        "Core",
        "Cardiology",
        "\"new\", row",
    ],
    ["R2", "R2.1", "Repeat, of a kind", "GENED STR", "STR testing", "Specialised", "Neurology", "No change"],
    ["M3", "M3.7", "Tumour", "Other", "Other", "Core", "Cancer", "Panelapp panel ID 12 has been retired"],
];

fn sheet(separator: char, order: &[usize], titles: usize, padding: &str) -> String {
    let cell = |text: &str| format!("\"{}{padding}\"", text.replace('"', "\"\""));
    let line = |cells: &[&str]| {
        let cells: Vec<String> = order.iter().map(|column| cell(cells[*column])).collect();
        cells.join(&separator.to_string()) + "\r\n"
    };
    let mut text = TITLE.to_owned();
    text.push_str(&"\"A note\"\r\n".repeat(titles));
    text.push_str(&line(&HEADINGS));
    for row in &ROWS {
        text.push_str(&line(row));
    }
    text
}

fn read(text: &str) -> DirectoryImport {
    read_directory(Path::new("directory.csv"), text.as_bytes()).unwrap()
}

/// A release without what tells one file from another.
fn content(import: DirectoryImport) -> (String, Vec<crate::model::directory::DirectoryTest>, usize) {
    let mut tests = import.directory.tests;
    for test in &mut tests {
        test.row = 0;
    }
    (import.directory.release, tests, import.lints.len())
}

#[test]
fn a_sheet_becomes_typed_tests() {
    let import = read(&sheet(',', &[0, 1, 2, 3, 4, 5, 6, 7], 0, ""));
    let tests = &import.directory.tests;
    assert_eq!(import.directory.release, "8.2");
    assert_eq!(import.directory.source_hash.len(), 64);
    assert_eq!(tests.iter().map(|t| t.code.0.as_str()).collect::<Vec<_>>(), ["R1.1", "R1.2", "R2.1", "M3.7"]);
    assert_eq!(tests[0].target, TestTarget::Panels(vec![12]));
    assert_eq!((tests[0].row, tests[3].row), (3, 6));
    assert_eq!(tests[1].method, "Small panel");
    assert_eq!(tests[1].changes, "\"new\", row");
    let said: Vec<(u32, &str)> = import.lints.iter().map(|lint| (lint.row, lint.column.as_str())).collect();
    assert_eq!(said, [(3, "Test Method"), (4, "Target/Genes"), (6, "Target/Genes"), (6, "Changes")]);
}

proptest! {
    #[test]
    fn layout_does_not_change_the_result(
        order in Just([0_usize, 1, 2, 3, 4, 5, 6, 7]).prop_shuffle(),
        titles in 0_usize..5,
        separator in prop::sample::select(vec![',', '\t', ';', '|']),
        padding in prop::sample::select(vec!["", " ", "  ", "\u{a0}"]),
    ) {
        let plain = content(read(&sheet(',', &[0, 1, 2, 3, 4, 5, 6, 7], 0, "")));
        let other = content(read(&sheet(separator, &order, titles, padding)));
        prop_assert_eq!(plain, other);
    }

    #[test]
    fn no_bytes_cause_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_directory(Path::new("x.csv"), &bytes);
    }
}

#[test]
fn the_changes_column_may_have_any_name() {
    let text =
        sheet(',', &[0, 1, 2, 3, 4, 5, 6, 7], 0, "").replace(HEADINGS[7], "CHANGES (since April 2024 - v7)");
    assert_eq!(read(&text).directory.tests[0].changes, "No change");
}

#[test]
fn odd_rows_are_named_and_none_is_dropped_in_silence() {
    let text = "Test ID,Clinical Indication,Target/Genes,Test Method\n\
                Part I,,,\n\
                R1.1,Heart,GENEA,WGS\n\
                ,Heart,GENEB,WGS\n\
                R1.2,,GENEA,WGS\n\
                R1.1,Heart,GENEC,WGS\n\
                R1x,Odd,GENEA,Sorcery\n\
                Test ID,Clinical Indication,Target/Genes,Test Method\n\
                R2.1,No target,,WGS\n";
    let import = read(text);
    let said: Vec<String> = import.lints.iter().map(ToString::to_string).collect();
    let said = said.join("\n");
    for expected in [
        "row 2, Test ID: 'Part I'",
        "error: row 4, Test ID: 'Heart | GENEB | WGS'",
        "warning: row 5, Clinical Indication",
        "error: row 6, Test ID: 'R1.1': is also on row 3 with a different target",
        "warning: row 7, Test ID: 'R1X'",
        "warning: row 7, Test Method: 'Sorcery'",
        "note: row 8, Test ID: 'Test ID'",
        "error: row 9, Target/Genes: ''",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    let codes: Vec<&str> = import.directory.tests.iter().map(|t| t.code.0.as_str()).collect();
    assert_eq!(codes, ["R1.1", "R1.2", "R1.1", "R1X", "R2.1"]);
    assert_eq!(import.directory.tests[1].name, "Heart");
}

#[test]
fn broken_files_are_refused_with_a_reason() {
    for (text, expected) in [
        ("", "an empty file"),
        ("a,b\n1,2\n", "no heading row"),
        ("Test ID,Target/Genes\n", "no test below it"),
        ("{\"indications\": [{\"code\": \"R1.1\"", "truncated"),
        ("{\"indications\": []}", "no test below it"),
        ("{\"foo\": 1}", "JSON with the keys foo"),
        ("PK\u{3}\u{4}", "not readable as a spreadsheet"),
        ("Test ID,Target/Genes\nR1.1,\"GENEA\nR1.2,GENEB\n", "quotation mark"),
    ] {
        let error = read_directory(Path::new("d.csv"), text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains("d.csv"), "{expected}: {error}");
    }
}

#[test]
fn the_parsed_form() {
    let text = r#"{"td_source": "directory_v6.xlsx", "config_source": "c", "date": "d", "indications": [
        {"name": "A", "code": "R1.1", "gemini_name": "R1.1_A_P", "test_method": "WGS", "panels": ["12"],
         "original_targets": "Heart (12)", "changes": "No change"},
        {"name": "B", "code": "R1.2", "test_method": "WGS", "panels": ["HGNC:5", null],
         "original_targets": "GENEA; OLDB"},
        {"name": "C", "code": "R1.3", "test_method": "WGS", "panels": ["HGNC:5", "HGNC:7"],
         "original_targets": "Genes of the heart"},
        {"name": "D", "code": "R1.4", "test_method": "WGS", "panels": ["12", "HGNC:7"], "original_targets": null},
        {"name": "E", "code": "R1.5", "test_method": "WGS", "panels": [], "original_targets": "Heart"}
    ]}"#;
    let import = read(text);
    let gene = |symbol: &str, id: Option<u32>| NamedGene { symbol: symbol.into(), hgnc_id: id.map(HgncId) };
    let targets: Vec<&TestTarget> = import.directory.tests.iter().map(|t| &t.target).collect();
    assert_eq!(import.directory.release, "6");
    assert_eq!(*targets[0], TestTarget::Panels(vec![12]));
    assert_eq!(*targets[1], TestTarget::Genes(vec![gene("GENEA", Some(5)), gene("OLDB", None)]));
    assert_eq!(*targets[2], TestTarget::Genes(vec![gene("HGNC:5", Some(5)), gene("HGNC:7", Some(7))]));
    assert_eq!(*targets[3], TestTarget::Unresolved("12, HGNC:7".into()));
    assert_eq!(*targets[4], TestTarget::Unresolved("Heart".into()));
    assert!(import.lints.iter().any(|l| l.row == 2 && l.severity == Severity::Warning));
}

#[test]
fn the_code_system_gives_codes_without_targets() {
    let text = r#"{"resourceType": "CodeSystem", "version": "7", "concept": [
        {"code": "R1.1", "display": "Heart"},
        {"code": "R2", "display": "Repeat", "concept": [{"code": "R2.1"}, {"code": "R2.2", "display": "Other"}]}]}"#;
    let import = read(text);
    let tests: Vec<(&str, &str)> =
        import.directory.tests.iter().map(|t| (t.code.0.as_str(), t.name.as_str())).collect();
    assert_eq!(import.directory.release, "7");
    assert_eq!(tests, [("R1.1", "Heart"), ("R2.1", "Repeat"), ("R2.2", "Other")]);
    assert!(import.directory.tests.iter().all(|t| matches!(t.target, TestTarget::Unresolved(_))));
}

#[test]
fn an_imported_file_reads_back_as_it_was() {
    let import = read(&sheet(',', &[0, 1, 2, 3, 4, 5, 6, 7], 0, ""));
    let written = serde_json::to_string(&import.directory).unwrap();
    assert_eq!(read(&written).directory, import.directory);
}

#[test]
fn the_shared_fixture_has_every_shape() {
    let Some(path) = need("nhs/test-directory/fixture-test-directory.csv") else { return };
    let import = import_directory(&path).unwrap();
    assert_eq!(import.directory.tests.len(), 15);
    let unresolved = import.directory.tests.iter().filter(|t| matches!(t.target, TestTarget::Unresolved(_)));
    assert_eq!(unresolved.count(), 0);
    assert!(import.lints.iter().all(|lint| lint.severity < Severity::Error), "{:#?}", import.lints);
}
