//! The batch: referrals side by side, each planned, read, interpreted and published whole or not at all.

pub mod batch;
pub mod error;
pub mod referral;
