//! How an allele runs in a family: three-valued verdicts for every mode of inheritance.
//!
//! One file a mode. A verdict is `yes` when every way of filling in what is not known fits the mode, `no`
//! when none does, and `possible` otherwise, so a missing genotype never turns into a reference one and
//! never contradicts by itself. Whether the genotypes obey Mendel's rules is a separate answer
//! ([`transmission()`]): a homozygous child of a non-carrier fits "recessive" and is a transmission conflict.
//!
//! [`verdicts`] answers without allocating, for scanning; [`segregate`] gives the same verdicts with reasons.

mod autosomal_dominant;
mod autosomal_recessive;
mod clause;
pub mod compound_heterozygous;
mod compound_pairs;
mod copies;
mod de_novo;
pub mod de_novo_evidence;
mod haplotypes;
mod imprinted;
mod mitochondrial;
mod modes;
pub mod pedigree;
pub mod phase;
mod policy;
mod predicates;
mod segregate;
pub mod transmission;
mod uniparental_isodisomy;
mod x_linked_dominant;
mod x_linked_recessive;
mod y_linked;

pub use compound_heterozygous::compound_heterozygous;
pub use compound_pairs::{CompoundPairs, compound_partners};
pub use de_novo_evidence::de_novo_evidence;
pub use modes::{MODES, Mode};
pub use pedigree::{PedigreeError, validate};
pub use policy::{FamilyPolicy, HetInHaploid, MitochondrialRule, XLinkedDominantRule};
pub use segregate::{ModeVerdicts, Site, segregate, verdicts};
pub use transmission::{ChildTransmission, Transmission, transmission};
