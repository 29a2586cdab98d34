//! The glue: referrals become plans, plans become results, results are published whole or not at all.

pub mod annotate;
pub mod batch;
pub mod build_check;
pub mod candidate;
pub mod coverage;
pub mod decide;
pub mod decided;
mod early;
pub mod error;
pub mod examine;
pub mod explain;
pub mod family_reader;
pub mod findings;
pub mod funnel;
pub mod identity;
pub mod in_cis;
mod input_notices;
pub mod interpret;
pub mod knowledge;
pub mod lists;
pub mod plan;
pub mod provenance;
pub mod publish;
pub mod referral;
pub mod reporting;
pub mod scope;
pub mod sources;
