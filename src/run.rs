//! The glue: referrals become plans, plans become results, results are published whole or not at all.

pub mod coverage;
pub mod family_reader;
pub mod funnel;
pub mod plan;
pub mod provenance;
pub mod publish;
pub mod scope;
