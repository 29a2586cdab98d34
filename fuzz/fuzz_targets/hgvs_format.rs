#![no_main]

#[path = "../entry/bytes.rs"]
mod bytes;
#[path = "../entry/hgvs_format.rs"]
mod hgvs_format;

libfuzzer_sys::fuzz_target!(|data: &[u8]| hgvs_format::run(data));
