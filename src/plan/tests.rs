mod diff;
mod performance;
mod targets;
pub(in crate::plan) mod world;
