//! The glue: plans, referrals, batches.

pub mod plan;
