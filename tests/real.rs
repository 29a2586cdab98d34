//! Whole batches on real, public data. Each test says why when it skips.

mod grch37;
mod grch38;
mod hub;
