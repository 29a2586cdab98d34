//! The fuzz targets' entry points over random bytes, so that they are compiled and tried by every test run.

use super::generate::Dice;

#[path = "../../fuzz/entry/bytes.rs"]
mod bytes;
#[path = "../../fuzz/entry/edit_model.rs"]
mod edit_model;
#[path = "../../fuzz/entry/hgvs_format.rs"]
mod hgvs_format;

const ROUNDS: u64 = 4_000;

fn random(seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1));
    (0..dice.within(0, 700)).map(|_| dice.within(0, 255) as u8).collect()
}

#[test]
fn the_edit_model_answers_or_refuses() {
    (0..ROUNDS).for_each(|seed| edit_model::run(&random(seed)));
}

#[test]
fn names_are_whole() {
    (0..ROUNDS).for_each(|seed| hgvs_format::run(&random(seed)));
}
