//! The architecture as a table.

use super::rules::{Floor, HeldCrate, Long, Places, Room, Rules, TestEdge};

/// What every stage may import.
const GROUND: &[&str] = &["reference", "model"];

/// A row a room, from the top of the house down; a row may name only rooms further down.
const ROOMS: &[Room] = &[
    top("main", &["cli"], 500),
    top("lib", &[], 500),
    Room {
        name: "cli",
        floor: Floor::Cli,
        imports: &[
            "run",
            "explain",
            "interpret",
            "measure",
            "knowledge",
            "plan",
            "publish",
            "annotate_file",
            "directory",
            "request",
            "read",
            "write",
            "annotate",
            "family",
            "quality",
            "report",
            "reference",
            "model",
        ],
        ceiling: 3_000,
    },
    glue(
        "run",
        &[
            "compose",
            "look_up",
            "interpret",
            "measure",
            "knowledge",
            "plan",
            "publish",
            "request",
            "read",
            "write",
            "family",
            "report",
            "reference",
            "model",
        ],
        1_000,
    ),
    glue(
        "explain",
        &[
            "compose",
            "look_up",
            "interpret",
            "measure",
            "knowledge",
            "plan",
            "publish",
            "read",
            "normalise",
            "annotate",
            "filter",
            "quality",
            "reference",
            "model",
        ],
        1_000,
    ),
    glue(
        "compose",
        &[
            "interpret",
            "measure",
            "knowledge",
            "plan",
            "genotype",
            "normalise",
            "quality",
            "report",
            "reference",
            "model",
        ],
        2_000,
    ),
    glue(
        "look_up",
        &[
            "interpret",
            "knowledge",
            "genotype",
            "read",
            "normalise",
            "annotate",
            "filter",
            "reference",
            "model",
        ],
        1_000,
    ),
    glue(
        "interpret",
        &[
            "knowledge",
            "genotype",
            "read",
            "normalise",
            "annotate",
            "filter",
            "family",
            "tier",
            "quality",
            "reference",
            "model",
        ],
        3_500,
    ),
    glue("measure", &["plan", "read", "quality", "reference", "model"], 500),
    glue("annotate_file", &["read", "write", "normalise", "annotate", "reference", "model"], 2_500),
    glue("knowledge", &["plan", "directory", "filter", "tier", "reference", "model"], 500),
    glue("plan", &["read", "directory", "normalise", "reference", "model"], 2_500),
    glue("publish", &["write", "model"], 500),
    stage("directory", 4_500),
    stage("request", 2_000),
    stage("read", 6_000),
    stage("write", 1_500),
    stage("normalise", 1_000),
    stage("genotype", 1_000),
    stage("annotate", 5_500),
    stage("filter", 1_500),
    stage("family", 3_500),
    stage("tier", 1_500),
    stage("quality", 3_500),
    stage("report", 4_500),
    Room { name: "reference", floor: Floor::Reference, imports: &["model"], ceiling: 11_000 },
    Room { name: "model", floor: Floor::Model, imports: &[], ceiling: 5_000 },
];

/// Crates that only some modules may name.
const CRATES: &[HeldCrate] = &[
    HeldCrate {
        name: "noodles",
        places: Places::Only(&["read", "write", "reference::build"]),
        why: "its interface moves with each release",
    },
    HeldCrate {
        name: "ithaca_simulate",
        places: Places::Only(&["cli"]),
        why: "a made-up world is nothing that a result may rest on",
    },
    HeldCrate { name: "clap", places: Places::Only(&["cli"]), why: "what was typed is known to cli alone" },
    HeldCrate {
        name: "minijinja",
        places: Places::Only(&["report"]),
        why: "words are put on a page by report alone",
    },
    HeldCrate {
        name: "polars",
        places: Places::Only(&["cohort"]),
        why: "tables of the cohort are made by it, never a variant",
    },
    HeldCrate { name: "rust_htslib", places: Places::Only(&["read"]), why: "it is an opt-in reader" },
    HeldCrate { name: "rayon", places: Places::AllBut(&["model"]), why: "model has plain types" },
];

/// Rooms over the limit of lines.
const LARGE_ROOMS: &[Long] =
    &[Long { name: "reference", why: "its build, a reader for each public source, is a house of its own" }];

/// Files over the limit of lines.
const LONG_FILES: &[Long] = &[];

/// What unit tests need beyond the row of their room.
const TEST_EDGES: &[TestEdge] = &[];

/// Modules for unit tests whose file is outside `src/`.
const TEST_HELPERS: &[&str] = &["shared_data"];

pub fn rules() -> Rules {
    Rules {
        rooms: ROOMS.to_vec(),
        crates: CRATES.to_vec(),
        large_rooms: LARGE_ROOMS.to_vec(),
        long_files: LONG_FILES.to_vec(),
        test_edges: TEST_EDGES.to_vec(),
        test_helpers: TEST_HELPERS.to_vec(),
        room_limit: 6_000,
        file_limit: 400,
    }
}

const fn top(name: &'static str, imports: &'static [&'static str], ceiling: usize) -> Room {
    Room { name, floor: Floor::Top, imports, ceiling }
}

const fn glue(name: &'static str, imports: &'static [&'static str], ceiling: usize) -> Room {
    Room { name, floor: Floor::Glue, imports, ceiling }
}

const fn stage(name: &'static str, ceiling: usize) -> Room {
    Room { name, floor: Floor::Stage, imports: GROUND, ceiling }
}
