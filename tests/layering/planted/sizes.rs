//! Files and rooms that are too long.

use super::super::rules::Long;
use super::house::House;

fn lines(count: usize) -> String {
    "// A line.\n".repeat(count)
}

#[test]
fn a_long_file_is_caught() {
    let mut house = House::clean();
    house.append("src/tier/family.rs", &lines(40));
    house.fails_with(
        "long",
        &[("src/tier/family.rs:40: 41 lines of production code, where a file may have 40", "Split it")],
    );
    house.rules.long_files.push(Long { name: "src/tier/family.rs", why: "as planted" });
    house.fails_with("listed", &[]);
    house.write("src/tier/family.rs", "pub fn own() {}\n");
    house.fails_with(
        "no longer long",
        &[("tests/layering/table.rs: src/tier/family.rs is not a long file", "Take the row out")],
    );
}

#[test]
fn lines_of_tests_are_not_counted() {
    let mut house = House::clean();
    house.append("src/tier/family.rs", "#[cfg(test)]\nmod tests {\n");
    house.append("src/tier/family.rs", &format!("{}}}\n", lines(100)));
    house.append("src/model/tests.rs", &lines(100));
    house.fails_with("tests", &[]);
    house.append("src/tier/family.rs", &lines(40));
    house.fails_with("long", &[("src/tier/family.rs:40: 41 lines of production code", "Split it")]);
}

#[test]
fn a_large_room_is_caught() {
    let mut house = House::clean();
    house.append("src/tier/family.rs", &lines(39));
    house.append("src/tier/rank.rs", &lines(5));
    house.fails_with(
        "large",
        &[(
            "src/tier/family.rs:1: the room tier has 64 lines of production code, and its ceiling is 60",
            "Move out",
        )],
    );
    house.row("tier").ceiling = 70;
    house.fails_with(
        "over the limit",
        &[(
            "tests/layering/table.rs: the ceiling of tier is 70, and no room may have over 60",
            "Split the room",
        )],
    );
    house.rules.large_rooms.push(Long { name: "tier", why: "as planted" });
    house.fails_with("listed", &[]);
}
