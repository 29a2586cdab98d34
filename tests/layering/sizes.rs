//! Holds files and rooms to their lengths.

use super::rules::{Long, Rules};
use super::survey::Survey;

pub fn faults(rules: &Rules, survey: &Survey) -> Vec<String> {
    let mut faults = Vec::new();
    for length in survey.lengths.iter().filter(|length| length.lines > rules.file_limit) {
        if !listed(&rules.long_files, &length.file) {
            faults.push(format!(
                "{}:{}: {} lines of production code, where a file may have {}. Split it by what it does.",
                length.file, rules.file_limit, length.lines, rules.file_limit
            ));
        }
    }
    for long in &rules.long_files {
        let found = survey.lengths.iter().find(|length| length.file == long.name);
        if found.is_none_or(|length| length.lines <= rules.file_limit) {
            faults.push(format!(
                "tests/layering/table.rs: {} is not a long file. Take the row out.",
                long.name
            ));
        }
    }
    for room in &rules.rooms {
        let lines = survey.lines(room.name);
        if lines > room.ceiling {
            let longest = survey.lengths.iter().filter(|length| length.room == room.name);
            let longest =
                longest.max_by_key(|length| length.lines).map_or("src", |length| length.file.as_str());
            faults.push(format!(
                "{longest}:1: the room {} has {lines} lines of production code, and its ceiling is {}. Move out what is a room of its own, or raise the ceiling of its row (to {} at most).",
                room.name, room.ceiling, rules.room_limit
            ));
        }
        if room.ceiling > rules.room_limit && !listed(&rules.large_rooms, room.name) {
            faults.push(format!(
                "tests/layering/table.rs: the ceiling of {} is {}, and no room may have over {} lines. Split the room.",
                room.name, room.ceiling, rules.room_limit
            ));
        }
    }
    faults
}

fn listed(rows: &[Long], name: &str) -> bool {
    rows.iter().any(|row| row.name == name)
}
