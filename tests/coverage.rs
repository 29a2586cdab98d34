//! Depth over targets, held against a slow count of the same reads and against damaged files.

mod alignments;
mod command;
mod faults;
mod oracle;
mod real;
