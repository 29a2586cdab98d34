//! Real reads; skipped where the shared data are absent.
