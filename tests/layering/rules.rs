//! What a table of the architecture says.

/// How high a room is. A room imports from lower floors alone, except where the glue lists a pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Floor {
    Model,
    Reference,
    Stage,
    Glue,
    Cli,
    Top,
}

/// A top-level module of `src/`.
#[derive(Clone)]
pub struct Room {
    pub name: &'static str,
    pub floor: Floor,
    /// The rooms that it may import. Each has its row further down.
    pub imports: &'static [&'static str],
    /// The lines that its production code may have.
    pub ceiling: usize,
}

/// The modules that may name a crate, as paths below `src/` (`read`, `reference::build`).
#[derive(Clone)]
pub enum Places {
    Only(&'static [&'static str]),
    AllBut(&'static [&'static str]),
}

/// An external crate that is kept to its rooms, with the crates that share its first word
/// (`noodles`, `noodles-bgzf`).
#[derive(Clone)]
pub struct HeldCrate {
    pub name: &'static str,
    pub places: Places,
    pub why: &'static str,
}

/// A file, or a room, that may be longer than the others.
#[derive(Clone)]
pub struct Long {
    pub name: &'static str,
    pub why: &'static str,
}

/// A room whose unit tests need another room that its production code may not import.
#[derive(Clone)]
pub struct TestEdge {
    pub from: &'static str,
    pub to: &'static str,
    pub why: &'static str,
}

/// The whole table.
#[derive(Clone)]
pub struct Rules {
    /// From the top of the house down.
    pub rooms: Vec<Room>,
    pub crates: Vec<HeldCrate>,
    pub large_rooms: Vec<Long>,
    pub long_files: Vec<Long>,
    pub test_edges: Vec<TestEdge>,
    /// Modules of `lib.rs` that are compiled for tests alone, from a file outside `src/`: not rooms, and any
    /// unit test may use them.
    pub test_helpers: Vec<&'static str>,
    /// The most lines of production code that a room may have.
    pub room_limit: usize,
    /// The most lines of production code that a file may have.
    pub file_limit: usize,
}

impl Rules {
    pub fn room(&self, name: &str) -> Option<&Room> {
        self.rooms.iter().find(|room| room.name == name)
    }
}
