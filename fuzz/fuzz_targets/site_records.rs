#![no_main]

#[path = "../entry/site_records.rs"]
mod site_records;

libfuzzer_sys::fuzz_target!(|data: &[u8]| site_records::run(data));
