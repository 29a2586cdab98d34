//! Who imports whom in a source tree, and how long its files are.

use std::path::Path;

use super::load::load;
use super::tree::room_of;
use super::walk::Walk;

/// A path that leads out of its room.
#[derive(Clone, Debug)]
pub struct Edge {
    pub file: String,
    pub line: usize,
    /// The module that has the path: `tier::rules`.
    pub from: String,
    /// The module that it leads to, or the crate.
    pub to: String,
    pub written: String,
    pub krate: bool,
    pub test: bool,
}

impl Edge {
    pub fn room(&self) -> &str {
        room_of(&self.from)
    }

    pub fn to_room(&self) -> &str {
        room_of(&self.to)
    }
}

#[derive(Debug)]
pub struct Length {
    pub file: String,
    pub room: String,
    /// Lines that are not compiled for tests alone.
    pub lines: usize,
}

#[derive(Default)]
pub struct Survey {
    pub edges: Vec<Edge>,
    pub lengths: Vec<Length>,
    /// The top-level modules.
    pub rooms: Vec<String>,
    /// What could not be followed.
    pub faults: Vec<String>,
    /// The packages of `Cargo.toml`.
    pub dependencies: Vec<String>,
}

impl Survey {
    /// Of the package in this folder.
    pub fn of(package: &Path) -> Self {
        let mut tree = load(package);
        let mut survey = Self { faults: std::mem::take(&mut tree.faults), ..Self::default() };
        for file in &tree.files {
            let walk = Walk::over(&tree, file);
            survey.edges.extend(walk.edges);
            survey.faults.extend(walk.faults);
            let Some(below) = file.path.strip_prefix("src/") else { continue };
            survey.lengths.push(Length {
                room: below.split('/').next().unwrap_or(below).trim_end_matches(".rs").to_owned(),
                lines: if file.test { 0 } else { file.lines.saturating_sub(walk.test_lines) },
                file: file.path.clone(),
            });
        }
        for borrowed in &tree.borrowed {
            survey.edges.push(Edge {
                file: borrowed.file.clone(),
                line: borrowed.line,
                from: tree.modules[borrowed.module].path.clone(),
                to: borrowed.path.clone(),
                written: "#[path]".to_owned(),
                krate: false,
                test: borrowed.test,
            });
        }
        survey.edges.sort_by(|a, b| (&a.file, a.line, &a.to).cmp(&(&b.file, b.line, &b.to)));
        survey.rooms = tree.modules.iter().map(|module| module.room().to_owned()).collect();
        survey.dependencies = tree.dependencies.into_values().collect();
        survey
    }

    /// The production lines of a room.
    pub fn lines(&self, room: &str) -> usize {
        self.lengths.iter().filter(|length| length.room == room).map(|length| length.lines).sum()
    }
}
