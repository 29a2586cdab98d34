#![no_main]

#[path = "../entry/site_table.rs"]
mod site_table;

libfuzzer_sys::fuzz_target!(|data: &[u8]| site_table::run(data));
