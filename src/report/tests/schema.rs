//! The published schema is the types' own, and what is written fits it.

use std::path::Path;

use crate::report::example;
use crate::report::{
    batch_schema, read_batch_json, read_json, report_schema, write_batch_json, write_html, write_json,
};

/// Compares committed files with what the types give; where they differ the new text is left in `target/`,
/// with the command that adopts it.
fn assert_committed(files: &[(&str, String)]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut differ = Vec::new();
    for (name, generated) in files {
        let committed = root.join("docs/schema").join(name);
        if std::fs::read_to_string(&committed).ok().as_ref() == Some(generated) {
            continue;
        }
        let fresh = root.join("target/regenerated").join(name);
        std::fs::create_dir_all(fresh.parent().unwrap()).unwrap();
        std::fs::write(&fresh, generated).unwrap();
        differ.push(format!("cp target/regenerated/{name} docs/schema/{name}"));
    }
    assert!(differ.is_empty(), "not what the types give; if the change is meant:\n{}", differ.join("\n"));
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    assert_committed(&[
        ("report.schema.json", report_schema().unwrap()),
        ("batch.schema.json", batch_schema().unwrap()),
    ]);
}

#[test]
fn the_committed_examples_are_what_is_written() {
    assert_committed(&[
        ("examples/report.json", write_json(&example::report()).unwrap()),
        ("examples/negative.json", write_json(&example::negative()).unwrap()),
        ("examples/batch.json", write_batch_json(&example::batch()).unwrap()),
    ]);
}

fn errors(schema: &str, json: &str) -> Vec<String> {
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let instance = serde_json::from_str(json).unwrap();
    validator.iter_errors(&instance).map(|error| error.to_string()).collect()
}

#[test]
fn what_is_written_fits_the_schema() {
    let schema = report_schema().unwrap();
    for report in [example::report(), example::negative(), example::looked_up(true)] {
        assert_eq!(errors(&schema, &write_json(&report).unwrap()), Vec::<String>::new());
    }
    let batch = write_batch_json(&example::batch()).unwrap();
    assert_eq!(errors(&batch_schema().unwrap(), &batch), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_a_missing_section_and_an_unknown_one() {
    let schema = report_schema().unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&write_json(&example::report()).unwrap()).unwrap();
    let sections: Vec<String> = json.as_object().unwrap().keys().cloned().collect();
    for section in &sections {
        let mut without = json.clone();
        without.as_object_mut().unwrap().shift_remove(section);
        assert!(!errors(&schema, &without.to_string()).is_empty(), "{section} may be missing");
        assert!(read_json(&without.to_string()).is_err(), "{section} may be missing when read");
    }
    json["signature"] = serde_json::Value::from("A. Person");
    assert!(!errors(&schema, &json.to_string()).is_empty());
    assert!(read_json(&json.to_string()).is_err());
}

#[test]
fn stored_reports_come_back_whole_and_render_to_the_same_bytes() {
    for report in [example::report(), example::negative(), example::looked_up(true)] {
        let json = write_json(&report).unwrap();
        assert!(json.ends_with("}\n") && !json.ends_with("\n\n"));
        let back = read_json(&json).unwrap();
        assert_eq!(back, report);
        assert_eq!(write_json(&back).unwrap(), json);
        assert_eq!(write_html(&back).unwrap(), write_html(&report).unwrap());
    }
    let batch = example::batch();
    assert_eq!(read_batch_json(&write_batch_json(&batch).unwrap()).unwrap(), batch);
}
