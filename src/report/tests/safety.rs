//! Text from outside is shown, never obeyed.

use proptest::prelude::*;
use serde_json::Value;

use crate::report::example;
use crate::report::html::visible;
use crate::report::model::{Batch, Report};
use crate::report::{read_batch_json, read_json, write_batch_html, write_batch_json, write_html, write_json};

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=https://example.test/x onerror=alert(1)>",
    "'); } </style><script>alert(1)</script>",
    "</title></svg></desc><iframe src=//example.test>",
    "\u{1b}[31mred\u{7}\r\nSecond line\0",
    "{{ 7 * 7 }}{% raw %}{# gone #}",
    "javascript:alert(1)",
    "\u{202e}txet desrever",
    "&lt;already&gt; &amp; escaped",
    "url(https://example.test/x)",
];

/// The places of every free text of a stored report; words of fixed vocabularies are left out, since no
/// input can reach them.
fn free_texts(json: &Value, parses: impl Fn(Value) -> bool) -> Vec<String> {
    let mut paths = Vec::new();
    strings(json, String::new(), &mut paths);
    paths.retain(|path| {
        let mut changed = json.clone();
        changed.pointer_mut(path).is_some_and(|place| {
            *place = Value::from("any text");
            true
        }) && parses(changed)
    });
    paths
}

/// Puts `hostile` behind each of these texts.
fn poison(json: &Value, paths: &[String], hostile: &str) -> Value {
    let mut json = json.clone();
    for path in paths {
        let place = json.pointer_mut(path).unwrap();
        *place = Value::from(format!("{}{hostile}", place.as_str().unwrap()));
    }
    json
}

fn strings(json: &Value, path: String, paths: &mut Vec<String>) {
    match json {
        Value::String(_) => paths.push(path),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| strings(item, format!("{path}/{at}"), paths));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, field)| strings(field, format!("{path}/{key}"), paths));
        }
        _ => {}
    }
}

/// The example report as JSON, and the places of its free texts.
fn report_texts() -> (Value, Vec<String>) {
    let json = serde_json::to_value(example::looked_up(false)).unwrap();
    let paths = free_texts(&json, |json| serde_json::from_value::<Report>(json).is_ok());
    assert!(paths.len() > 150, "only {} texts are free", paths.len());
    (json, paths)
}

/// The tags of a page, as a browser splits them, with comments and text left out.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        tags.push(&rest[start..end]);
        rest = &rest[end..];
    }
    tags
}

/// Nothing on the page runs, and nothing on it is fetched.
fn assert_inert(html: &str) {
    for tag in tags(html) {
        let lower = tag.to_ascii_lowercase();
        for forbidden in
            ["<script", "<iframe", "<img", "<object", "<embed", "<link", "<base", "<form", "<image", "<use"]
        {
            assert!(!lower.starts_with(forbidden), "{tag}");
        }
        for (at, _) in lower.match_indices(" on") {
            let name: String = lower[at + 1..].chars().take_while(char::is_ascii_alphabetic).collect();
            assert!(!lower[at + 1 + name.len()..].starts_with('='), "{tag}");
        }
        assert!(!lower.contains(" src="), "{tag}");
        if let Some((_, target)) = lower.split_once("href=\"") {
            assert!(target.starts_with('#') || target.starts_with("."), "{tag}");
        }
    }
    let style = &html[html.find("<style>").unwrap()..html.find("</style>").unwrap()];
    assert!(!style.contains("url(") && !style.contains("@import"));
    assert_eq!(html.matches("</style>").count(), 1);
    let acts = |c: char| c.is_control() && c != '\n';
    assert!(!html.contains(acts), "a control character reached the page");
}

#[test]
fn hostile_text_in_every_field_is_shown_and_never_obeyed() {
    let plain = tags(&write_html(&example::looked_up(false)).unwrap()).len();
    let (json, paths) = report_texts();
    for hostile in HOSTILE {
        let report: Report = serde_json::from_value(poison(&json, &paths, hostile)).unwrap();
        let html = write_html(&report).unwrap();
        assert_inert(&html);
        assert_eq!(tags(&html).len(), plain, "the text made or removed a tag: {hostile:?}");
        let json = write_json(&report).unwrap();
        assert_eq!(read_json(&json).unwrap(), report);
        assert!(!json.contains(|c: char| c.is_control() && c != '\n'));
    }
}

#[test]
fn hostile_text_in_a_batch_is_shown_and_never_obeyed() {
    let plain = tags(&write_batch_html(&example::batch()).unwrap()).len();
    let json = serde_json::to_value(example::batch()).unwrap();
    let paths = free_texts(&json, |json| serde_json::from_value::<Batch>(json).is_ok());
    for hostile in HOSTILE {
        let batch: Batch = serde_json::from_value(poison(&json, &paths, hostile)).unwrap();
        let html = write_batch_html(&batch).unwrap();
        assert_inert(&html);
        assert_eq!(tags(&html).len(), plain, "{hostile:?}");
        assert_eq!(read_batch_json(&write_batch_json(&batch).unwrap()).unwrap(), batch);
    }
}

#[test]
fn pages_ask_for_nothing() {
    for html in [
        write_html(&example::report()).unwrap(),
        write_html(&example::looked_up(true)).unwrap(),
        write_html(&example::looked_up(false)).unwrap(),
        write_html(&example::negative()).unwrap(),
        write_batch_html(&example::batch()).unwrap(),
    ] {
        assert_inert(&html);
        assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
    }
}

#[test]
fn any_text_leaves_the_page_inert() {
    let (json, paths) = report_texts();
    proptest!(ProptestConfig::with_cases(24), |(text in any::<String>())| {
        let report: Report = serde_json::from_value(poison(&json, &paths, &text)).unwrap();
        let html = write_html(&report).unwrap();
        assert_inert(&html);
        let shown = visible(&report.referral.priority).into_owned();
        prop_assert!(html.contains(&minijinja::HtmlEscape(&shown).to_string()));
    });
}
