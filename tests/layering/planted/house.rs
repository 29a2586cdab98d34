//! A house of nine rooms that keeps all the rules.

use std::collections::BTreeMap;
use std::fs;

use super::super::check::faults;
use super::super::rules::{Floor, HeldCrate, Places, Room, Rules};
use super::super::survey::Survey;

const GROUND: &[&str] = &["reference", "model"];

const ROOMS: &[Room] = &[
    Room { name: "main", floor: Floor::Top, imports: &["cli"], ceiling: 60 },
    Room { name: "lib", floor: Floor::Top, imports: &[], ceiling: 60 },
    Room { name: "cli", floor: Floor::Cli, imports: &["run", "model"], ceiling: 60 },
    Room { name: "run", floor: Floor::Glue, imports: &["plan", "read", "family", "tier"], ceiling: 60 },
    Room { name: "plan", floor: Floor::Glue, imports: &["model"], ceiling: 60 },
    Room { name: "read", floor: Floor::Stage, imports: GROUND, ceiling: 60 },
    Room { name: "family", floor: Floor::Stage, imports: GROUND, ceiling: 60 },
    Room { name: "tier", floor: Floor::Stage, imports: GROUND, ceiling: 60 },
    Room { name: "reference", floor: Floor::Reference, imports: &["model"], ceiling: 60 },
    Room { name: "model", floor: Floor::Model, imports: &[], ceiling: 60 },
];

const FILES: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        r#"
            [package]
            name = "a-house"
            [dependencies]
            noodles = "1"
            bio = { workspace = true }
            parser = { package = "clap", version = "4" }
            clap = "4"
            [workspace.dependencies]
            bio = { package = "noodles-vcf", version = "1" }
        "#,
    ),
    ("src/main.rs", "fn main() {\n    a_house::cli::main();\n}\n"),
    (
        "src/lib.rs",
        "//! See [`crate::family`].\nextern crate self as house;\npub mod cli;\npub mod family;\npub mod model;\npub mod plan;\n\
         pub mod read;\npub mod reference;\npub mod run;\npub mod tier;\n",
    ),
    (
        "src/cli.rs",
        "use crate::model::Allele;\nuse clap::Parser;\npub fn main() {\n    crate::run::batch();\n}\n",
    ),
    (
        "src/run.rs",
        "use crate::{plan, read::{self, open}};\n\
         pub use crate::tier::Rank;\n\
         pub use crate::tier::rank::*;\n\
         pub fn batch() {\n    plan::make();\n    read::open();\n    crate::family::judge();\n}\n",
    ),
    ("src/plan.rs", "use super::model::*;\npub fn make() -> Allele {\n    Allele\n}\n"),
    ("src/read.rs", "pub use noodles::vcf;\nuse bio::record;\npub fn open() {}\n"),
    (
        "src/family.rs",
        "//! A comment may name crate::tier::Rank.\n\
         use crate::reference::Bundle;\n\
         pub struct Verdict;\n\
         pub fn judge() -> &'static str {\n    \"crate::tier::Rank\"\n}\n",
    ),
    // Modules with the names of other rooms, reached by every sort of relative path.
    (
        "src/tier.rs",
        "mod family;\npub mod rank;\npub struct Rank;\n\
         mod read {\n    use super::family::own;\n    pub fn own_too() { super::Rank; super::super::tier::family::own(); }\n}\n\
         fn f() {\n    use self::family as f;\n    f::own();\n    family::own();\n    read::own_too();\n}\n",
    ),
    ("src/tier/family.rs", "pub fn own() {}\n"),
    (
        "src/tier/rank.rs",
        "use super::family::own;\nuse super::*;\npub fn order() -> Rank {\n    super::family::own();\n    Rank\n}\n",
    ),
    ("src/reference.rs", "pub struct Bundle(pub crate::model::Allele);\n"),
    ("src/model.rs", "pub struct Allele;\n#[cfg(test)]\nmod tests;\n"),
    ("src/model/tests.rs", "use super::Allele;\n"),
];

pub struct House {
    files: BTreeMap<String, String>,
    pub rules: Rules,
}

impl House {
    pub fn clean() -> Self {
        let held = |name, places, why| HeldCrate { name, places, why };
        let rules = Rules {
            rooms: ROOMS.to_vec(),
            crates: vec![
                held("noodles", Places::Only(&["read"]), "formats are read by read alone"),
                held("clap", Places::Only(&["cli"]), "what was typed is known to cli alone"),
                held("rayon", Places::AllBut(&["model"]), "model has plain types"),
            ],
            large_rooms: Vec::new(),
            long_files: Vec::new(),
            test_edges: Vec::new(),
            test_helpers: Vec::new(),
            room_limit: 60,
            file_limit: 40,
        };
        let files = FILES.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        Self { files, rules }
    }

    pub fn write(&mut self, file: &str, text: &str) {
        self.files.insert(file.to_owned(), text.to_owned());
    }

    /// Adds a line to a file that is there.
    pub fn append(&mut self, file: &str, text: &str) {
        self.files.get_mut(file).unwrap().push_str(text);
    }

    pub fn row(&mut self, name: &str) -> &mut Room {
        self.rules.rooms.iter_mut().find(|room| room.name == name).unwrap()
    }

    pub fn faults(&self) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in &self.files {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        faults(&self.rules, &Survey::of(folder.path()))
    }

    /// Each of `expected`, a start and a part of the advice, is one fault, and there is no other.
    pub fn fails_with(&self, name: &str, expected: &[(&str, &str)]) {
        let faults = self.faults();
        assert_eq!(faults.len(), expected.len(), "{name}: {faults:#?}");
        for (start, advice) in expected {
            let met = faults.iter().any(|fault| fault.starts_with(start) && fault.contains(advice));
            assert!(met, "{name}: no fault starts with {start:?} and says {advice:?}: {faults:#?}");
        }
    }
}
