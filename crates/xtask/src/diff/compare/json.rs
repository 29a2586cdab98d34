//! JSON by path: values only, the order of keys and entries noted apart.

use serde_json::{Map, Value};

use super::align::align;
use crate::diff::change::{Change, Comparison, What, excerpt, excerpts};
use crate::diff::mask::masked;

/// Keys that an entry of a list is known by, the first that it has.
const IDENTITIES: &[&str] = &["id", "name", "participant", "code", "term", "gene", "variant", "rule", "mode"];

/// Objects whose members are files: their sizes follow from what differs elsewhere.
const FILES: &str = "outputs";

/// Compares two JSON documents.
pub fn compare(before: &str, after: &str) -> Comparison {
    let mut comparison = Comparison::default();
    match (serde_json::from_str(before), serde_json::from_str(after)) {
        (Ok(before), Ok(after)) => values(&Place::default(), &before, &after, &mut comparison),
        _ => return super::text::compare(before, after),
    }
    if comparison.changes.is_empty() && comparison.masked == 0 {
        let words = "the same values, written in another form";
        comparison.changes.push(Change::at("", What::Only(words.to_owned())));
    }
    comparison
}

/// Compares two files of one JSON document a line, the n-th lines with each other where none was added.
pub fn compare_lines(before: &str, after: &str) -> Comparison {
    let read = |text: &str| text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>();
    match (read(before), read(after)) {
        (Ok(before), Ok(after)) => {
            let mut comparison = Comparison::default();
            lists(&Place::default(), &before, &after, &mut comparison);
            comparison
        }
        _ => super::text::compare(before, after),
    }
}

/// A path, and the same without what an entry of a list is known by.
#[derive(Clone, Default)]
struct Place {
    path: String,
    kind: String,
}

impl Place {
    fn key(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        // A file's name as a key differs from file to file as an entry's name does.
        let kind = if key.contains('/') { "[]" } else { key };
        Self { path: format!("{}{dot}{key}", self.path), kind: format!("{}{dot}{kind}", self.kind) }
    }

    fn entry(&self, index: usize, value: &Value) -> Self {
        let name = identity(value).filter(|name| !name.starts_with('{')).unwrap_or_else(|| index.to_string());
        Self { path: format!("{}[{name}]", self.path), kind: format!("{}[]", self.kind) }
    }

    fn change(&self, what: What) -> Change {
        Change { place: self.path.clone(), kind: self.kind.clone(), what }
    }
}

fn values(place: &Place, before: &Value, after: &Value, comparison: &mut Comparison) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => objects(place, before, after, comparison),
        (Value::Array(before), Value::Array(after)) => lists(place, before, after, comparison),
        _ if before == after => {}
        _ if canonical(before) == canonical(after) => comparison.masked += 1,
        _ => {
            let (before, after) = excerpts(&shown(before), &shown(after));
            comparison.changes.push(place.change(What::Changed { before, after }));
        }
    }
}

fn objects(
    place: &Place,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    comparison: &mut Comparison,
) {
    for (key, value) in before {
        let place = place.key(key);
        match after.get(key) {
            Some(other) if key == FILES => files(&place, value, other, comparison),
            Some(other) => values(&place, value, other, comparison),
            None => comparison.changes.push(place.change(What::Removed(excerpt(&shown(value))))),
        }
    }
    for (key, value) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        comparison.changes.push(place.key(key).change(What::Added(excerpt(&shown(value)))));
    }
    let common = |one: &Map<String, Value>, other: &Map<String, Value>| {
        one.keys().filter(|key| other.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    if common(before, after) != common(after, before) {
        comparison.changes.push(place.change(What::Only("the keys come in another order".to_owned())));
    }
}

/// Files by name: each is compared for itself, so that here only which there are is of interest.
fn files(place: &Place, before: &Value, after: &Value, comparison: &mut Comparison) {
    let names = |value: &Value| value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
    match (names(before), names(after)) {
        (Some(old), Some(new)) if old == new => comparison.masked += usize::from(before != after),
        (Some(old), Some(new)) => {
            let (before, after) = (old.join(", "), new.join(", "));
            comparison.changes.push(place.change(What::Changed { before, after }));
        }
        _ => values(place, before, after, comparison),
    }
}

fn lists(place: &Place, before: &[Value], after: &[Value], comparison: &mut Comparison) {
    let entry = |value: &Value| (canonical(value), identity(value));
    let base: Vec<_> = before.iter().map(entry).collect();
    let branch: Vec<_> = after.iter().map(entry).collect();
    let alignment = align(&base, &branch, |a, b| likeness(&before[a], &after[b]), 0.0);
    for (a, b) in alignment.pairs {
        values(&place.entry(a, &before[a]), &before[a], &after[b], comparison);
    }
    for index in alignment.removed {
        let what = What::Removed(excerpt(&shown(&before[index])));
        comparison.changes.push(place.entry(index, &before[index]).change(what));
    }
    for index in alignment.added {
        let what = What::Added(excerpt(&shown(&after[index])));
        comparison.changes.push(place.entry(index, &after[index]).change(what));
    }
    if alignment.moved > 0 {
        let words = format!("{} of {} entries come in another order", alignment.moved, before.len());
        comparison.changes.push(place.change(What::Only(words)));
    }
    // Entries that differ in masked words alone count as equal above.
    if base == branch && before != after {
        comparison.masked += before.iter().zip(after).filter(|(a, b)| a != b).count();
    }
}

/// What an entry is known by: its name, or where the name is an object itself, the name in it.
fn identity(value: &Value) -> Option<String> {
    let object = value.as_object()?;
    let (_, found) = IDENTITIES.iter().find_map(|key| object.get_key_value(*key))?;
    match found {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(_) => identity(found),
        _ => None,
    }
}

/// The part of the keys, or of the words, that two entries share.
fn likeness(one: &Value, other: &Value) -> f64 {
    let share = |same: usize, all: usize| if all == 0 { 0.0 } else { same as f64 / all as f64 };
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let same = one.iter().filter(|(key, value)| other.get(*key) == Some(value)).count();
            share(same, one.len().max(other.len()))
        }
        (Value::String(one), Value::String(other)) => {
            f64::from(similar::TextDiff::from_words(one.as_str(), other.as_str()).ratio())
        }
        _ => 0.0,
    }
}

/// A text that is equal for equal values, whatever the order of the keys, masked.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> =
                map.iter().map(|(key, value)| format!("{key:?}:{}", canonical(value))).collect();
            entries.sort_unstable();
            format!("{{{}}}", entries.join(","))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(",")),
        _ => masked(&value.to_string()).into_owned(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("'{text}'"),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests;
