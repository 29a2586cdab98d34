//! Imports that break the rules, one a case.

pub struct Case {
    pub name: &'static str,
    /// The files that are written over those of the clean house.
    pub files: &'static [(&'static str, &'static str)],
    /// How each fault starts, and what it says is to be done.
    pub faults: &'static [(&'static str, &'static str)],
}

const SIDEWAYS: &str = "a stage never imports a stage. Move the type that both need to model";
const UP: &str = "a stage imports model and reference alone";

/// A stage that imports a stage, in the file `src/family/new.rs`.
macro_rules! stage_to_stage {
    ($name:literal, $text:literal, $start:literal) => {
        Case {
            name: $name,
            files: &[("src/family.rs", FAMILY), ("src/family/new.rs", $text)],
            faults: &[($start, SIDEWAYS)],
        }
    };
}

const FAMILY: &str = "pub mod new;\nuse super::reference::Bundle;\npub struct Verdict;\npub fn judge() {}\n";

pub const IMPORTS: &[Case] = &[
    stage_to_stage!(
        "use crate",
        "\nuse crate::tier::Rank;\n",
        "src/family/new.rs:2: family -> tier by `crate::tier::Rank`: "
    ),
    stage_to_stage!(
        "a nested group",
        "use crate::{\n    model::Allele,\n    tier::{\n        Rank,\n    },\n};\n",
        "src/family/new.rs:4: family -> tier by `crate::tier::Rank`: "
    ),
    stage_to_stage!(
        "a relative path",
        "pub fn f() {\n    super::super::tier::rank::order();\n}\n",
        "src/family/new.rs:2: family -> tier by `super::super::tier::rank::order`: "
    ),
    stage_to_stage!(
        "a relative path after self",
        "use self::super::super::tier::Rank;\n",
        "src/family/new.rs:1: family -> tier by `self::super::super::tier::Rank`: "
    ),
    stage_to_stage!(
        "a relative path in a module written in place",
        "mod inner {\n    pub fn f() {\n        super::super::super::tier::rank::order();\n    }\n}\n",
        "src/family/new.rs:3: family -> tier by `super::super::super::tier::rank::order`: "
    ),
    stage_to_stage!(
        "an alias",
        "use crate::tier as t;\npub fn f(_: t::Rank) {}\n",
        "src/family/new.rs:1: family -> tier by `crate::tier` (and 1 more in this file): "
    ),
    stage_to_stage!(
        "an alias of the crate",
        "use crate as all;\npub fn f(_: all::tier::Rank) {}\n",
        "src/family/new.rs:2: family -> tier by `all::tier::Rank`: "
    ),
    stage_to_stage!(
        "an alias inside a function",
        "pub fn f() {\n    use super::super as all;\n    {\n        all::tier::rank::order();\n    }\n}\n",
        "src/family/new.rs:4: family -> tier by `all::tier::rank::order`: "
    ),
    stage_to_stage!(
        "the name of the package",
        "use ::a_house::tier::Rank;\n",
        "src/family/new.rs:1: family -> tier by `::a_house::tier::Rank`: "
    ),
    stage_to_stage!(
        "another name of the package",
        "pub type R = house::tier::Rank;\n",
        "src/family/new.rs:1: family -> tier by `house::tier::Rank`: "
    ),
    stage_to_stage!(
        "the arguments of a macro",
        "pub fn f() {\n    println!(\"{:?}\", crate::tier::rank::order());\n}\n",
        "src/family/new.rs:2: family -> tier by `crate::tier::rank::order`: "
    ),
    stage_to_stage!(
        "the body of a macro",
        "macro_rules! m {\n    ($x:ident) => {\n        $crate::tier::rank::$x()\n    };\n}\n",
        "src/family/new.rs:3: family -> tier by `crate::tier::rank`: "
    ),
    stage_to_stage!(
        "a use in a macro",
        "m! {\n    use crate as all;\n    all::tier::Rank\n}\n",
        "src/family/new.rs:3: family -> tier by `all::tier::Rank`: "
    ),
    stage_to_stage!(
        "a use in a macro with variables",
        "macro_rules! m {\n    ($x:ident) => {\n        use crate::{model::$x, tier::$x};\n    };\n}\n",
        "src/family/new.rs:3: family -> tier by `crate::tier`: "
    ),
    stage_to_stage!(
        "a type inside a type",
        "pub struct S {\n    pub x: Vec<Option<crate::tier::Rank>>,\n}\n",
        "src/family/new.rs:2: family -> tier by `crate::tier::Rank`: "
    ),
    stage_to_stage!(
        "a qualified type",
        "pub fn f() {\n    <crate::tier::Rank as Default>::default();\n}\n",
        "src/family/new.rs:2: family -> tier by `crate::tier::Rank`: "
    ),
    stage_to_stage!(
        "a path in an attribute",
        "pub struct S {\n    #[serde(with = \"crate::tier::rank\")]\n    pub x: u8,\n}\n",
        "src/family/new.rs:2: family -> tier by `crate::tier::rank`: "
    ),
    stage_to_stage!(
        "a glob",
        "use crate::tier::*;\n",
        "src/family/new.rs:1: family -> tier by `crate::tier`: "
    ),
    stage_to_stage!(
        "a unit test",
        "#[cfg(test)]\nmod tests {\n    use crate::tier::Rank;\n}\n",
        "src/family/new.rs:3: family -> tier by `crate::tier::Rank`: "
    ),
    stage_to_stage!(
        "a file of another room",
        "#[path = \"../tier/rank.rs\"]\nmod borrowed;\n",
        "src/family/new.rs:2: family -> tier by `#[path]`, which is in tier: "
    ),
    Case {
        name: "a glob of the whole crate",
        files: &[(
            "src/family.rs",
            "use super::*;\nuse crate::reference;\npub fn judge() {\n    tier::Rank;\n}\n",
        )],
        faults: &[
            ("src/family.rs:1: family -> lib by `super`", UP),
            ("src/family.rs:4: family -> tier by `tier::Rank`", SIDEWAYS),
        ],
    },
    Case {
        name: "a name of the crate's root",
        files: &[("src/tier/rank.rs", "pub fn order() {\n    crate::VERSION;\n}\n")],
        faults: &[("src/tier/rank.rs:2: tier -> lib by `crate::VERSION`", UP)],
    },
    Case {
        name: "a stage that imports the glue, and through it a stage",
        files: &[("src/read.rs", "pub use bio::vcf;\nuse crate::run::Rank;\n")],
        faults: &[
            ("src/read.rs:2: read -> run by `crate::run::Rank`", UP),
            ("src/read.rs:2: read -> tier by `crate::run::Rank`, which is in tier: ", SIDEWAYS),
        ],
    },
    Case {
        name: "a re-export",
        files: &[("src/cli.rs", "use clap::Parser;\nuse crate::model::Allele;\nuse crate::run::Rank;\n")],
        faults: &[(
            "src/cli.rs:3: cli -> tier by `crate::run::Rank`, which is in tier: ",
            "does not list tier",
        )],
    },
    Case {
        name: "a re-export by a glob, met by a glob",
        files: &[("src/cli.rs", "use clap::Parser;\nuse crate::run::*;\npub fn main() {\n    order();\n}\n")],
        faults: &[("src/cli.rs:4: cli -> tier by `order`, which is in tier::rank: ", "does not list tier")],
    },
    Case {
        name: "an edge of the glue that is not listed",
        files: &[("src/plan.rs", "use crate::model::Allele;\nuse crate::read::open;\n")],
        faults: &[(
            "src/plan.rs:2: plan -> read by `crate::read::open`",
            "list the edge if the architecture means it",
        )],
    },
    Case {
        name: "the glue upwards",
        files: &[("src/plan.rs", "use crate::model::Allele;\nuse crate::run::batch;\n")],
        faults: &[("src/plan.rs:2: plan -> run by `crate::run::batch`", "does not list run")],
    },
    Case {
        name: "the glue that imports the command line",
        files: &[("src/plan.rs", "use crate::model::Allele;\nuse crate::cli::main;\n")],
        faults: &[(
            "src/plan.rs:2: plan -> cli by `crate::cli::main`",
            "the floor above is not for this one to know",
        )],
    },
    Case {
        name: "model that imports",
        files: &[("src/model.rs", "use crate::reference::Bundle;\npub struct Allele;\n")],
        faults: &[("src/model.rs:1: model -> reference by", "model imports nothing of ours"), ORPHAN],
    },
    Case {
        name: "reference that imports a stage",
        files: &[(
            "src/reference.rs",
            "use crate::model::Allele;\nuse crate::read::open;\npub struct Bundle;\n",
        )],
        faults: &[("src/reference.rs:2: reference -> read by", "reference imports model alone")],
    },
    Case {
        name: "noodles in a stage that may not",
        files: &[("src/tier/rank.rs", "pub fn order(_: noodles::vcf::Record) {}\n")],
        faults: &[(
            "src/tier/rank.rs:1: tier::rank -> noodles by `noodles::vcf::Record`",
            "a room that may (read)",
        )],
    },
    Case {
        name: "noodles by another name",
        files: &[(
            "src/tier/rank.rs",
            "extern crate noodles as n;\nuse bio::Record;\npub fn order(_: n::Record) {}\n",
        )],
        faults: &[("src/tier/rank.rs:1: tier::rank -> noodles by `::noodles`", "a room that may (read)")],
    },
    Case {
        name: "noodles renamed in Cargo.toml",
        files: &[("src/tier/rank.rs", "use ::bio::Record;\n")],
        faults: &[("src/tier/rank.rs:1: tier::rank -> noodles by `::bio::Record`", "a room that may (read)")],
    },
    Case {
        name: "noodles handed on by the room that may",
        files: &[("src/plan.rs", "use crate::model::Allele;\nuse crate::read::vcf::Record;\n")],
        faults: &[
            ("src/plan.rs:2: plan -> read by", "does not list read"),
            ("src/plan.rs:2: plan -> noodles by `crate::read::vcf::Record`", "a room that may (read)"),
        ],
    },
    Case {
        name: "clap below the command line",
        files: &[("src/plan.rs", "use crate::model::Allele;\n#[derive(clap::Parser)]\npub struct P;\n")],
        faults: &[("src/plan.rs:2: plan -> clap by `clap::Parser`", "a room that may (cli)")],
    },
    Case {
        name: "clap under another name",
        files: &[("src/tier/rank.rs", "pub fn order(_: &parser::Command) {}\n")],
        faults: &[("src/tier/rank.rs:1: tier::rank -> clap by `parser::Command`", "a room that may (cli)")],
    },
    Case {
        name: "macros handed on unseen",
        files: &[("src/tier.rs", "#[macro_use]\npub mod rank;\nmod family;\npub struct Rank;\n")],
        faults: &[("src/tier.rs:2: `#[macro_use]`", "pub(crate) use")],
    },
    Case {
        name: "a file that no module leads to",
        files: &[("src/tier/lost.rs", "pub fn f() {}\n")],
        faults: &[("src/tier/lost.rs:1: no `mod`", "Declare it")],
    },
];

const ORPHAN: (&str, &str) = ("src/model/tests.rs:1: no `mod`", "Declare it");
