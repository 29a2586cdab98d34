//! The integration tests, one binary.

#![expect(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod annotate;
mod layering;
mod reference;
