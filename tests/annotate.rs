//! The consequence and HGVS engine against other tools and against an oracle of its own.

#![expect(clippy::print_stdout, reason = "tables of agreement are for the reader of the test's output")]

#[path = "annotate/applier.rs"]
mod applier;
#[path = "annotate/construct.rs"]
mod construct;
#[path = "annotate/csq.rs"]
mod csq;
#[path = "annotate/csq_expected.rs"]
mod csq_expected;
#[path = "annotate/faults.rs"]
mod faults;
#[path = "annotate/fuzz.rs"]
mod fuzz;
#[path = "annotate/gaps.rs"]
mod gaps;
#[path = "annotate/generate.rs"]
mod generate;
#[path = "annotate/haplotypes.rs"]
mod haplotypes;
#[path = "annotate/hard_cases.rs"]
mod hard_cases;
#[path = "annotate/in_cis.rs"]
mod in_cis;
#[path = "annotate/laws.rs"]
mod laws;
#[path = "annotate/ledger.rs"]
mod ledger;
#[path = "annotate/mutalyzer.rs"]
mod mutalyzer;
#[path = "annotate/odd.rs"]
mod odd;
#[path = "annotate/oracle.rs"]
mod oracle;
#[path = "annotate/vep.rs"]
mod vep;
#[path = "annotate/world.rs"]
mod world;
