//! Faults of the table, and edges that unit tests alone may have.

use super::super::rules::{Floor, HeldCrate, Long, Places, Room, TestEdge};
use super::house::House;

#[test]
fn a_room_without_a_row_is_caught() {
    let mut house = House::clean();
    house.append("src/lib.rs", "pub mod extra;\n");
    house.write("src/extra.rs", "pub fn f() {}\n");
    house.fails_with(
        "unknown room",
        &[("src/extra.rs:1: the room extra is not in the table", "Give it a row")],
    );
}

#[test]
fn a_row_without_a_room_is_caught() {
    let mut house = House::clean();
    house.rules.rooms.push(Room { name: "attic", floor: Floor::Model, imports: &[], ceiling: 60 });
    house.fails_with(
        "no room",
        &[("tests/layering/table.rs: the row of attic has no room", "Take the row out")],
    );
}

#[test]
fn an_edge_of_the_glue_that_nothing_uses_is_caught() {
    let mut house = House::clean();
    house.row("plan").imports = &["model", "reference"];
    house.fails_with(
        "unused",
        &[(
            "tests/layering/table.rs: the row of plan allows plan -> reference, which nothing uses",
            "Take it out",
        )],
    );
}

#[test]
fn a_row_that_allows_what_the_floors_forbid_is_caught() {
    for (room, imports, advice) in [
        ("plan", &["model", "run"] as &[_], "plan -> run: its row is not further down"),
        ("family", &["reference", "model", "tier"], "family -> tier: a stage never imports a stage"),
        ("tier", &["reference", "model", "family"], "tier -> family: its row is not further down"),
        ("model", &["reference"], "model -> reference: its row is not further down"),
        ("tier", &["reference", "model", "attic"], "tier -> attic: there is no such row"),
    ] {
        let mut house = House::clean();
        house.row(room).imports = imports;
        let faults = house.faults();
        assert!(faults.iter().any(|fault| fault.contains(advice)), "{advice}: {faults:#?}");
    }
}

#[test]
fn an_exception_without_a_reason_is_caught() {
    let mut house = House::clean();
    house.rules.large_rooms.push(Long { name: "tier", why: "" });
    house.fails_with(
        "reason",
        &[("tests/layering/table.rs: the exception for tier has no reason", "Give it one")],
    );
}

#[test]
fn a_test_helper_outside_the_source_is_for_tests_alone() {
    let mut house = House::clean();
    house.append("src/lib.rs", "#[cfg(test)]\n#[path = \"../tests/data.rs\"]\nmod data;\n");
    house.write("tests/data.rs", "pub fn need() {}\n");
    house.write("src/model/tests.rs", "use crate::data::need;\n");
    let faults = house.faults();
    assert!(faults.iter().any(|fault| fault.contains("the room data is not in the table")), "{faults:#?}");
    house.rules.test_helpers.push("data");
    house.fails_with("listed", &[]);
    house.append("src/tier/family.rs", "use crate::data::need;\n");
    house.fails_with(
        "production",
        &[("src/tier/family.rs:2: tier -> data by `crate::data::need`", "does not list data")],
    );
    house.write("src/tier/family.rs", "pub fn own() {}\n");
    house.write("src/model/tests.rs", "use super::Allele;\n");
    house.fails_with(
        "unused",
        &[("tests/layering/table.rs: no unit test uses the test helper data", "Take it out")],
    );
}

#[test]
fn a_place_that_does_not_use_its_crate_is_caught() {
    let mut house = House::clean();
    let places = Places::Only(&["cli", "read::alignments"]);
    house.rules.crates.push(HeldCrate { name: "clap", places, why: "as planted" });
    house.fails_with(
        "place",
        &[("tests/layering/table.rs: read::alignments may use clap, and does not", "Take it out")],
    );
}

#[test]
fn a_unit_test_may_need_more_where_a_row_says_so() {
    let mut house = House::clean();
    house.rules.test_edges.push(TestEdge { from: "model", to: "tier", why: "as planted" });
    house.fails_with(
        "unused",
        &[("tests/layering/table.rs: no unit test needs model -> tier any more", "Take the row out")],
    );
    house.write("src/model/tests.rs", "use super::Allele;\nuse crate::tier::Rank;\n");
    house.fails_with("used", &[]);
    house.write("src/model.rs", "mod tests;\npub struct Allele;\n");
    let faults = house.faults();
    assert!(
        faults.iter().any(|fault| fault.starts_with("src/model/tests.rs:2: model -> tier")),
        "{faults:#?}"
    );
}
