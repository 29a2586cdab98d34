//! Whether REF bases show that a file is of another build.

/// Fewest REF mismatches that can refuse a file: a handful in a small file proves nothing.
const FEWEST_MISMATCHES: u64 = 5;

/// True when more alleles than `limit_per_10000` of the `checked` have a REF that differs from the reference.
///
/// A file of the right build has none; one of another build has most.
pub fn is_another_build(mismatches: u64, checked: u64, limit_per_10000: u64) -> bool {
    mismatches >= FEWEST_MISMATCHES
        && mismatches.saturating_mul(10_000) > limit_per_10000.saturating_mul(checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handful_proves_nothing_and_the_limit_itself_is_kept() {
        assert!(!is_another_build(4, 4, 100));
        assert!(is_another_build(5, 5, 100));
        assert!(!is_another_build(100, 10_000, 100));
        assert!(is_another_build(101, 10_000, 100));
        assert!(is_another_build(u64::MAX, 1, 0));
    }
}
