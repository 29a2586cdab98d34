#![no_main]

#[path = "../entry/bytes.rs"]
mod bytes;
#[path = "../entry/edit_model.rs"]
mod edit_model;

libfuzzer_sys::fuzz_target!(|data: &[u8]| edit_model::run(data));
