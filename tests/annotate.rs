//! The consequence and HGVS engine against other tools and against an oracle of its own.

#[path = "annotate/vep.rs"]
mod vep;
#[path = "annotate/world.rs"]
mod world;
