//! Holds a survey of the source against the table of edges.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{Floor, Room, Rules, TestEdge};
use super::survey::{Edge, Survey};
use super::{crates, sizes};

const TABLE: &str = "tests/layering/table.rs";

/// All faults, each with its place, the edge and what to do.
pub fn faults(rules: &Rules, survey: &Survey) -> Vec<String> {
    let mut faults = survey.faults.clone();
    faults.extend(of_table(rules));
    faults.extend(of_rooms(rules, survey));
    faults.extend(of_edges(rules, survey));
    faults.extend(crates::faults(rules, survey));
    faults.extend(sizes::faults(rules, survey));
    faults
}

/// The table against itself: each row names rooms further down, no floor reaches up or sideways, and each
/// exception says why.
fn of_table(rules: &Rules) -> Vec<String> {
    let long = rules.large_rooms.iter().chain(&rules.long_files).map(|row| (row.name, row.why));
    let exceptions = long.chain(rules.test_edges.iter().map(|row| (row.from, row.why)));
    let mut faults: Vec<String> = exceptions
        .filter(|(_, why)| why.is_empty())
        .map(|(name, _)| {
            format!("{TABLE}: the exception for {name} has no reason. Give it one, or take it out.")
        })
        .collect();
    for (at, room) in rules.rooms.iter().enumerate() {
        for import in room.imports {
            let advice = match rules.rooms.iter().position(|other| other.name == *import) {
                None => "there is no such row. Take it out.",
                Some(below) if below <= at => {
                    "its row is not further down. Imports run downwards; turn the edge round, or move what both need further down."
                }
                Some(below) => match advice(room.floor, rules.rooms[below].floor) {
                    Some(advice) => advice,
                    None => continue,
                },
            };
            faults.push(format!(
                "{TABLE}: the row of {} allows {} -> {import}: {advice}",
                room.name, room.name
            ));
        }
    }
    faults
}

/// Why a floor may never import another, whatever its row says.
fn advice(from: Floor, to: Floor) -> Option<&'static str> {
    match from {
        Floor::Model => {
            Some("model imports nothing of ours. Move what it needs into model, or what needs it out.")
        }
        Floor::Reference if to != Floor::Model => {
            Some("reference imports model alone. Move what both need to model, or have it passed in.")
        }
        Floor::Stage if to == Floor::Stage => Some(
            "a stage never imports a stage. Move the type that both need to model, and have the glue carry the value from one to the other.",
        ),
        Floor::Stage if to > Floor::Stage => {
            Some("a stage imports model and reference alone. Have the glue pass it in as a type of model.")
        }
        Floor::Glue | Floor::Cli | Floor::Top if to > from => {
            Some("the floor above is not for this one to know. Have it passed in, or move it down.")
        }
        _ => None,
    }
}

fn of_rooms(rules: &Rules, survey: &Survey) -> Vec<String> {
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    for length in &survey.lengths {
        files.entry(&length.room).or_insert(&length.file);
    }
    for room in survey.rooms.iter().filter(|room| !rules.test_helpers.contains(&room.as_str())) {
        files.entry(room).or_insert("src/lib.rs");
    }
    let unknown = files.iter().filter(|(room, _)| rules.room(room).is_none()).map(|(room, file)| {
        format!("{file}:1: the room {room} is not in the table. Give it a row in {TABLE}: floor, imports, ceiling.")
    });
    let empty = rules
        .rooms
        .iter()
        .filter(|room| !files.contains_key(room.name))
        .map(|room| format!("{TABLE}: the row of {} has no room in src/. Take the row out.", room.name));
    unknown.chain(empty).collect()
}

fn of_edges(rules: &Rules, survey: &Survey) -> Vec<String> {
    let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut leaned_on: BTreeSet<(&str, &str)> = BTreeSet::new();
    // A file that imports a room on many lines is one fault.
    let mut wrong: BTreeMap<(&str, &str, &str), Vec<&Edge>> = BTreeMap::new();
    for edge in survey.edges.iter().filter(|edge| !edge.krate) {
        let (from, to) = (edge.room(), edge.to_room());
        let Some(row) = rules.room(from) else { continue };
        if row.imports.contains(&to) {
            used.insert((from, to));
        } else if edge.test && rules.test_helpers.contains(&to) {
            leaned_on.insert((to, to));
        } else if edge.test && rules.test_edges.iter().any(|row| row.from == from && row.to == to) {
            leaned_on.insert((from, to));
        } else {
            wrong.entry((edge.file.as_str(), from, to)).or_default().push(edge);
        }
    }
    let mut faults: Vec<String> = wrong.values().map(|edges| wrong_edge(rules, edges)).collect();
    faults.extend(unused(rules, &used));
    faults.extend(rules.test_edges.iter().filter(|row| !leaned_on.contains(&(row.from, row.to))).map(
        |TestEdge { from, to, .. }| {
            format!(
                "{TABLE}: no unit test needs {from} -> {to} any more. Take the row out of the test edges."
            )
        },
    ));
    faults.extend(rules.test_helpers.iter().filter(|helper| !leaned_on.contains(&(**helper, **helper))).map(
        |helper| format!("{TABLE}: no unit test uses the test helper {helper}. Take it out of the list."),
    ));
    faults
}

fn wrong_edge(rules: &Rules, edges: &[&Edge]) -> String {
    let edge = edges[0];
    let (from, to) = (edge.room(), edge.to_room());
    let floor = |name: &str| rules.room(name).map(|room: &Room| room.floor);
    let fixed = floor(from).zip(floor(to)).and_then(|(from, to)| advice(from, to));
    let advice = fixed.map_or_else(
        || format!("the row of {from} in {TABLE} does not list {to}. Move what is needed to where both may reach it, or list the edge if the architecture means it."),
        str::to_owned,
    );
    let led = if edge.written.split("::").any(|part| part == to) {
        String::new()
    } else {
        format!(", which is in {}", edge.to)
    };
    let more = match edges.len() {
        1 => String::new(),
        count => format!(" (and {} more in this file)", count - 1),
    };
    format!("{}:{}: {from} -> {to} by `{}`{led}{more}: {advice}", edge.file, edge.line, edge.written)
}

/// What the glue is allowed and does not use: the table would no longer show what the glue is.
fn unused(rules: &Rules, used: &BTreeSet<(&str, &str)>) -> Vec<String> {
    let glue = rules.rooms.iter().filter(|room| room.floor == Floor::Glue);
    glue.flat_map(|room| room.imports.iter().map(|import| (room.name, *import)))
        .filter(|edge| !used.contains(edge))
        .map(|(from, to)| {
            format!("{TABLE}: the row of {from} allows {from} -> {to}, which nothing uses. Take it out of the row.")
        })
        .collect()
}
