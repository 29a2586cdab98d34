//! Writing: variant files (header lines, INFO, BCF records, BGZF blocks), and files that appear whole or not at all.
//!
//! Variant writing works on the bytes of one record at a time, so that workers can write their batches side by side and
//! the results be put together in order.

pub mod bcf;
pub mod bgzf;
pub mod header;
pub mod info;
pub mod info_value;
pub mod whole_file;
