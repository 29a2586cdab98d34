//! The differences in words that a reviewer reads from top to bottom.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::change::{Change, What};
use super::tree::FileDifference;

/// The whole comparison as text: each distinct difference once with the files it is in, or with `details` every
/// difference of every file.
pub fn text(files: &[FileDifference], details: bool, limit: usize) -> String {
    let mut out = String::new();
    let differing = files.iter().filter(|file| !file.changes.is_empty()).count();
    // Writing to a string cannot fail.
    let _ = match differing {
        0 => writeln!(out, "Nothing differs: {} files compared.", files.len()),
        _ => writeln!(out, "{differing} of {} files differ.", files.len()),
    };
    if details {
        for file in files.iter().filter(|file| !file.changes.is_empty()) {
            let _ = writeln!(out, "\n== {} ==", file.name);
            file.changes.iter().for_each(|change| one(&mut out, &change.place, &change.what, ""));
        }
    } else {
        summary(&mut out, files, limit);
    }
    masked(&mut out, files, details);
    out
}

/// Folders that hold one file an input file, alike but for their names.
const ONE_AN_INPUT: &[&str] = &["annotate", "explain", "inheritance"];

/// What a file is compared as: those of one kind differ in the referral or the input file only.
fn kind(name: &str) -> String {
    let parts: Vec<&str> = name.split('/').collect();
    match parts.as_slice() {
        [step, .., file] if ONE_AN_INPUT.contains(step) => {
            format!("{step}/*.{}", file.rsplit('.').next().unwrap_or_default())
        }
        [step, _, file] => format!("{step}/*/{file}"),
        _ => name.to_owned(),
    }
}

/// A difference wherever it is found.
struct Distinct<'a> {
    what: &'a What,
    places: Vec<(&'a FileDifference, &'a Change)>,
}

fn summary(out: &mut String, files: &[FileDifference], limit: usize) {
    let mut kinds: BTreeMap<String, Vec<&FileDifference>> = BTreeMap::new();
    for file in files {
        kinds.entry(kind(&file.name)).or_default().push(file);
    }
    for (kind, files) in kinds {
        let differing = files.iter().filter(|file| !file.changes.is_empty()).count();
        let _ = match (differing, files.len()) {
            (0, _) => continue,
            (_, 1) => writeln!(out, "\n== {kind} =="),
            (_, all) => writeln!(out, "\n== {kind}: {differing} of {all} files =="),
        };
        let distinct = distinct(&files);
        let more = distinct.len().saturating_sub(limit);
        for Distinct { what, places } in distinct.into_iter().take(limit) {
            one(out, &place_of(&places), what, &seen_in(&places, files.len()));
        }
        if more > 0 {
            let _ = writeln!(out, "  and {more} more; --details or --limit shows them");
        }
    }
}

/// The differences of files of one kind, like ones joined: what is found most often first, for it is what the change
/// is about, the others in the order of the files.
fn distinct<'a>(files: &[&'a FileDifference]) -> Vec<Distinct<'a>> {
    let mut indices: BTreeMap<(&str, What), usize> = BTreeMap::new();
    let mut distinct: Vec<Distinct<'_>> = Vec::new();
    for (file, change) in files.iter().flat_map(|file| file.changes.iter().map(move |change| (*file, change)))
    {
        let what = match &change.what {
            // How many entries come in another order is not what tells two files apart.
            What::Only(words) => What::Only(words.replace(|c: char| c.is_ascii_digit(), "")),
            what => what.clone(),
        };
        let index = *indices.entry((&change.kind, what)).or_insert(distinct.len());
        match distinct.get_mut(index) {
            Some(known) => known.places.push((file, change)),
            None => distinct.push(Distinct { what: &change.what, places: vec![(file, change)] }),
        }
    }
    distinct.sort_by_key(|entry| std::cmp::Reverse(entry.places.len()));
    distinct
}

/// One place where it is the only one, else the place without what differs between them.
fn place_of(places: &[(&FileDifference, &Change)]) -> String {
    match places {
        [(_, only)] => only.place.clone(),
        [(_, first), ..] if places.iter().all(|(_, other)| other.place == first.place) => first.place.clone(),
        [(_, first), ..] => first.kind.clone(),
        [] => String::new(),
    }
}

fn seen_in(places: &[(&FileDifference, &Change)], of: usize) -> String {
    // Of `run/SIM001/report.json` the referral, of `annotate/SIM001-proband.tsv` the input file.
    let folder = |file: &FileDifference| {
        let mut parts = file.name.split('/').skip(1);
        parts.next().unwrap_or(&file.name).to_owned()
    };
    match (places, of) {
        ([_], 1) => String::new(),
        (_, 1) => format!(" ({} places)", places.len()),
        ([(file, _)], _) => format!(" ({})", folder(file)),
        (_, _) => format!(" ({} places, first in {})", places.len(), folder(places[0].0)),
    }
}

fn one(out: &mut String, place: &str, what: &What, seen: &str) {
    let place = if place.is_empty() { "whole file" } else { place };
    let _ = match what {
        What::Changed { before, after } => {
            writeln!(out, "  {place}{seen}\n    - {before}\n    + {after}")
        }
        What::Added(value) => writeln!(out, "  {place}{seen}\n    + {value}"),
        What::Removed(value) => writeln!(out, "  {place}{seen}\n    - {value}"),
        What::Only(words) => writeln!(out, "  {place}{seen}: {words}"),
    };
}

fn masked(out: &mut String, files: &[FileDifference], details: bool) {
    let places: usize = files.iter().map(|file| file.masked).sum();
    if places == 0 {
        let _ = writeln!(
            out,
            "\nMasked: nothing (hashes, the program's version and times of the log are the same)."
        );
        return;
    }
    let holding: Vec<_> = files.iter().filter(|file| file.masked > 0).collect();
    let _ = writeln!(
        out,
        "\nMasked, and not counted as a difference: {places} places in {} files that differ only in a hash, the \
         program's version, a time of the log or the size of an output.",
        holding.len()
    );
    if details {
        for file in holding {
            let _ = writeln!(out, "  {}: {}", file.name, file.masked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, place: &str, kind: &str, after: &str, masked: usize) -> FileDifference {
        let what = What::Changed { before: "old".to_owned(), after: after.to_owned() };
        let change = Change { place: place.to_owned(), kind: kind.to_owned(), what };
        FileDifference { name: name.to_owned(), changes: vec![change], masked }
    }

    fn files() -> Vec<FileDifference> {
        vec![
            file("run/A/report.json", "x[1].y", "x[].y", "new", 1),
            file("run/B/report.json", "x[2].y", "x[].y", "new", 0),
            file("run/C/report.json", "z", "z", "other", 0),
            FileDifference { name: "plan.txt".to_owned(), changes: vec![], masked: 0 },
        ]
    }

    #[test]
    fn like_differences_are_printed_once() {
        let expected = "3 of 4 files differ.\n\n== run/*/report.json: 3 of 3 files ==\n  \
             x[].y (2 places, first in A)\n    - old\n    + new\n  z (C)\n    - old\n    + other\n\n\
             Masked, and not counted as a difference: 1 places in 1 files that differ only in a hash, the program's \
             version, a time of the log or the size of an output.\n";
        assert_eq!(text(&files(), false, 10), expected);
    }

    #[test]
    fn what_is_beyond_the_limit_is_counted() {
        assert!(text(&files(), false, 1).contains("  and 1 more; --details or --limit shows them\n"));
    }

    #[test]
    fn details_are_by_file() {
        let words = text(&files(), true, 0);
        assert!(words.contains("== run/B/report.json ==\n  x[2].y\n    - old\n    + new\n"), "{words}");
        assert!(words.contains("  run/A/report.json: 1\n"), "{words}");
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        let same = [FileDifference { name: "a".to_owned(), changes: vec![], masked: 0 }];
        assert!(text(&same, false, 10).starts_with("Nothing differs: 1 files compared.\n"));
    }
}
