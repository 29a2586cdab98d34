//! The glue: reads, normalises and joins what a referral's files say.

pub mod family_reader;
