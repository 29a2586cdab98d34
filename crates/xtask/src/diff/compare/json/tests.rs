use super::*;

fn changed(place: &str, before: &str, after: &str) -> (String, What) {
    (place.to_owned(), What::Changed { before: before.to_owned(), after: after.to_owned() })
}

fn found(before: &str, after: &str) -> Vec<(String, What)> {
    compare(before, after).changes.into_iter().map(|change| (change.place, change.what)).collect()
}

#[test]
fn a_value_is_named_by_its_path() {
    let before = r#"{"referral":{"members":[{"participant":"P1","depth":3}]}}"#;
    let after = r#"{"referral":{"members":[{"participant":"P1","depth":4}]}}"#;
    assert_eq!(found(before, after), [changed("referral.members[P1].depth", "3", "4")]);
    assert_eq!(compare(before, after).changes[0].kind, "referral.members[].depth");
}

#[test]
fn keys_that_come_or_go_are_named() {
    let what = found(r#"{"a":1,"b":"x"}"#, r#"{"a":1,"c":[2]}"#);
    let expected =
        [("b".to_owned(), What::Removed("'x'".to_owned())), ("c".to_owned(), What::Added("[2]".to_owned()))];
    assert_eq!(what, expected);
}

#[test]
fn order_is_noted_apart() {
    let only = |place: &str, words: &str| (place.to_owned(), What::Only(words.to_owned()));
    assert_eq!(found(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#), [only("", "the keys come in another order")]);
    let what = found(r#"{"a":[1,2,3]}"#, r#"{"a":[3,1,2]}"#);
    assert_eq!(what, [only("a", "1 of 3 entries come in another order")]);
    assert_eq!(found("[1, 2]", "[1,2]"), [only("", "the same values, written in another form")]);
}

#[test]
fn an_entry_more_leaves_the_others_alone() {
    let before = r#"[{"variant":{"name":"v1"},"tier":1},{"variant":{"name":"v2"},"tier":2}]"#;
    let after = r#"[{"variant":{"name":"v0"},"tier":1},{"variant":{"name":"v1"},"tier":1},{"variant":{"name":"v2"},"tier":3}]"#;
    let what = found(before, after);
    assert_eq!(what[0], changed("[v2].tier", "2", "3"));
    assert_eq!(what[1].0, "[v0]");
    assert_eq!(what.len(), 2);
}

#[test]
fn reworded_sentences_are_paired_by_their_words() {
    let before = r#"{"notices":["Coverage is not known.","Sex was told by the sheet."]}"#;
    let after = r#"{"notices":["Sex was reported by the sheet.","Coverage is not known."]}"#;
    let expected = changed("notices[1]", "'Sex was told by the sheet.'", "'Sex was reported by the sheet.'");
    assert_eq!(found(before, after), [expected]);
}

#[test]
fn masked_words_are_counted() {
    let comparison = compare(r#"{"hash":"3541def9d1b603c9","n":1}"#, r#"{"hash":"9541def9d1b603c9","n":1}"#);
    assert_eq!(comparison, Comparison { changes: vec![], masked: 1 });
    let comparison = compare(r#"["3541def9d1b603c9"]"#, r#"["9541def9d1b603c9"]"#);
    assert_eq!(comparison, Comparison { changes: vec![], masked: 1 });
}

#[test]
fn sizes_of_outputs_are_masked_and_their_names_are_not() {
    let before = r#"{"outputs":{"report.json":{"bytes":10}}}"#;
    assert_eq!(compare(before, r#"{"outputs":{"report.json":{"bytes":11}}}"#).masked, 1);
    let after = r#"{"outputs":{"report.json":{"bytes":10},"variants.tsv":{"bytes":1}}}"#;
    assert_eq!(found(before, after), [changed("outputs", "report.json", "report.json, variants.tsv")]);
}

#[test]
fn lines_are_entries() {
    let comparison =
        compare_lines("{\"name\":\"a\",\"x\":1}\n", "{\"name\":\"b\",\"x\":1}\n{\"name\":\"a\",\"x\":2}\n");
    let places: Vec<_> = comparison.changes.iter().map(|change| change.place.as_str()).collect();
    assert_eq!(places, ["[a].x", "[b]"]);
}

#[test]
fn what_is_no_json_is_compared_as_text() {
    assert_eq!(compare("{", "[").changes.len(), 1);
}
