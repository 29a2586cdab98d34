//! The Test Directory and panels through the program: every awkward shape, every broken row, and bad input.

use std::fs;
use std::path::Path;

use crate::program::{Run, ithaca, root};
use crate::world::bundle;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn import(from: &Path, to: &Path) -> Run {
    ithaca(["directory", "import", text(from), "-o", text(to)])
}

#[test]
fn every_awkward_shape_of_the_invented_directory_resolves() {
    let folder = tempfile::tempdir().unwrap();
    let imported = folder.path().join("directory.json");
    import(&root().join("test-data/directory/test-directory.csv"), &imported).expect_code(0);
    let release: serde_json::Value = serde_json::from_slice(&fs::read(&imported).unwrap()).unwrap();
    assert_eq!(release["release"], "0.1");
    assert_eq!(release["source_hash"].as_str().unwrap().len(), 64);
    let tests = release["tests"].as_array().unwrap();
    let source = fs::read_to_string(root().join("test-data/directory/test-directory.csv")).unwrap();
    assert_eq!(tests.len(), source.lines().count() - 2, "a row of the source is a test");
    // These name nothing that could be looked at, and say so themselves.
    let unresolvable = ["Relevant gene(s) or loci", "Relevant single gene", "Other"];
    for test in tests {
        let (raw, kind) = (test["target_raw"].as_str().unwrap(), test["target"]["type"].as_str().unwrap());
        assert_eq!(kind == "unresolved", unresolvable.contains(&raw), "{raw}: {kind}");
    }
    // An imported release is the same release to everything after it.
    let both = [imported.as_path(), &root().join("test-data/directory/test-directory.csv")];
    let shown = both.map(|path| ithaca(["directory", "show", text(path), "R9035"]).expect_code(0).stdout);
    assert_eq!(shown[0], shown[1]);
}

#[test]
fn every_broken_row_is_named_with_row_cell_and_understanding() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("broken.csv");
    let rows = [
        "\"Invented directory, version 3, June 2999\"",
        "Test ID,Clinical Indication,Target/Genes,Test Method,Commissioning category,Changes",
        "R1.1,A,QABA1; QOBA4,WGS,Core,",
        "R1.1,A,QABA1,WGS,Core,",
        "R1.2,A,QABA1,Sorcery,Core,",
        "R1.3,A,\"QABA1, QOBA4; QODA9\",WES or Large penel,Core,",
        "R1.4,A,Gone (9020),WGS,Core,Panelapp panel ID 9020 has been retired",
        "R1.5,A,QNOSUCH1,WGS,Core,",
        "R1.6,A,QODA9L,WGS,Core,",
        "1.7R,A,QABA1,WGS,Core,",
        "R1.8,A,,WGS,Core,",
        "R1.9,A,QABA1 exon 9,WGS,Kore,",
        ",A,QABA1,WGS,Core,",
    ];
    fs::write(&sheet, rows.join("\n") + "\n").unwrap();
    let run = ithaca(["directory", "lint", text(&sheet), "--reference", text(bundle())]).expect_code(1);
    for expected in [
        "warning: date: '2999-06': a date in the future",
        "error: row 4, Test ID: 'R1.1': is also on row 3 with a different target",
        "warning: row 5, Test Method: 'Sorcery': an unknown test method",
        "row 6, Target/Genes: 'QABA1, QOBA4; QODA9'",
        "note: row 6, Test Method: 'WES or Large penel': 'panel'",
        "warning: row 7, Changes: 'Panelapp panel ID 9020 has been retired': the row's panel is stated to \
         be retired",
        "error: row 8, Target/Genes: 'QNOSUCH1'",
        "warning: row 9, Target/Genes: 'QODA9L'",
        "warning: row 10, Test ID: '1.7R': not of a test code's pattern",
        "error: row 11, Target/Genes: '': no target",
        "error: row 12, Target/Genes: 'QABA1 exon 9': not understood",
        "note: row 12, Commissioning category: 'Kore'",
        "error: row 13, Test ID: 'A | QABA1 | WGS | Core': a row without a test code, skipped",
    ] {
        assert!(run.stdout.contains(expected), "{expected}\n{}", run.stdout);
    }
    let json = ithaca(["directory", "lint", text(&sheet), "--json"]).expect_code(1).stdout;
    for line in json.lines() {
        let lint: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(
            !lint["understood"].as_str().unwrap().is_empty() && !lint["remedy"].as_str().unwrap().is_empty()
        );
    }
}

#[test]
fn a_refused_file_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from"), folder.path().join("directory.json"));
    fs::write(&to, "what was there").unwrap();
    for (content, words) in [
        ("{\"indications\": [{\"code\": \"R1.1\"", "truncated"),
        ("{\"resourceType\": \"CodeSystem\", \"concept\": [{\"code\"", "truncated"),
        ("Test ID,Target/Genes\nR1.1,\"QABA1\nR1.2,QOBA4\n", "quotation mark"),
        ("PK\u{3}\u{4}", "not readable as a spreadsheet"),
        ("", "an empty file"),
    ] {
        fs::write(&from, content).unwrap();
        let run = import(&from, &to).expect_code(3);
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
        assert_eq!(fs::read_to_string(&to).unwrap(), "what was there");
    }
}

fn gene(id: u32, symbol: &str) -> String {
    format!(
        r#"{{"gene_data": {{"hgnc_id": "HGNC:{id}", "gene_symbol": "{symbol}"}}, "entity_type": "gene",
        "entity_name": "{symbol}", "confidence_level": "3", "mode_of_inheritance": "Sex-limited"}}"#
    )
}

#[test]
fn doubtful_panels_are_named_and_a_gene_is_found_by_any_of_its_names() {
    let folder = tempfile::tempdir().unwrap();
    let panels = folder.path().join("panels");
    fs::create_dir(&panels).unwrap();
    let panel = |id: u32, more: &str, genes: &[String]| {
        let genes = genes.join(",");
        let json = format!(
            r#"{{"id": {id}, "name": "P{id}", "version": "1.0", "signed_off": "2026-01-01", {more} "genes": [{genes}]}}"#
        );
        fs::write(panels.join(format!("{id}.json")), json).unwrap();
    };
    panel(1, "", &[gene(900001, "QABA1"), gene(900001, "QABA1B")]);
    panel(2, r#""child_panel_ids": [1, 77],"#, &[]);
    panel(3, "", &[gene(999999, "GONE")]);
    let run = ithaca(["panel", "lint", text(&panels), "--reference", text(bundle())]).expect_code(1);
    for expected in [
        "two entries with one identifier, HGNC:900001",
        "panel 2 v1.0: 'panel 77': a part of this super panel that is not among the panels",
        "'Sex-limited': unknown mode of inheritance",
        "HGNC:999999 is not in the gene table",
    ] {
        assert!(run.stdout.contains(expected), "{expected}\n{}", run.stdout);
    }
    let find = |gene: &str, code: i32| {
        let world = root().join("test-data/panels");
        let run = ["panel", "genes", "--panels", text(&world), "--gene", gene];
        ithaca(run.into_iter().chain(["--reference", text(bundle())])).expect_code(code)
    };
    let (by_id, by_old_name) = (find("HGNC:900009", 0), find("QODA9L", 0));
    assert!(by_id.stdout.lines().count() > 1, "{}", by_id.stdout);
    assert_eq!(by_id.stdout, by_old_name.stdout);
    assert!(by_old_name.stderr.contains("QODA9"), "{}", by_old_name.stderr);
    let none = find("HGNC:1", 0);
    assert!(none.stderr.contains("no panel holds 'HGNC:1'"), "{}", none.stderr);
    find("QNOSUCH1", 3);
}
