//! The test of the test: small source trees, clean or with one fault planted.

mod cases;
mod house;
mod sizes;
mod table;

use house::House;

#[test]
fn a_clean_house_passes() {
    assert_eq!(House::clean().faults(), Vec::<String>::new());
}

#[test]
fn each_planted_import_is_caught() {
    for case in cases::IMPORTS {
        let mut house = House::clean();
        for (file, text) in case.files {
            house.write(file, text);
        }
        house.fails_with(case.name, case.faults);
    }
}
