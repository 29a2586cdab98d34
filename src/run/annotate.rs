//! Annotating a variant file: one row, or one CSQ entry, a variant and transcript.

pub mod row;
