//! Percentages that never flatter: floored, so that 100 is printed only when every base qualifies.

use std::fmt;

/// A percentage kept as the two counts it comes from, so that nothing is rounded before it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent {
    part: u64,
    whole: u64,
}

impl Percent {
    /// `part` of `whole`; absent when `whole` is zero, because a share of nothing is not evaluable.
    /// A `part` above `whole` counts as all of it.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        (whole > 0).then_some(Self { part: part.min(whole), whole })
    }

    /// Hundredths of a per cent, floored: 9,997 for 99.979 %, 10,000 only for all of it.
    pub fn hundredths(self) -> u32 {
        let floored = u128::from(self.part) * 10_000 / u128::from(self.whole);
        u32::try_from(floored).unwrap_or(10_000)
    }

    /// True when the exact share lies below `limit` per cent; nothing is floored for the comparison.
    pub fn is_below(self, limit: f64) -> bool {
        (self.part as f64) * 100.0 < limit * (self.whole as f64)
    }
}

impl fmt::Display for Percent {
    /// Two decimals, no sign: `99.97`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = self.hundredths();
        write!(f, "{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

/// `part` of `whole` as text with two decimals, floored; `not evaluable` when `whole` is zero.
pub fn percent_text(part: u64, whole: u64) -> String {
    Percent::of(part, whole).map_or_else(|| "not evaluable".to_owned(), |percent| percent.to_string())
}

/// The ratio `sum / count` with two decimals, floored; `not evaluable` when `count` is zero.
pub fn mean_text(sum: u64, count: u64) -> String {
    if count == 0 {
        return "not evaluable".to_owned();
    }
    let hundredths = u128::from(sum) * 100 / u128::from(count);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_base_short_never_prints_as_complete() {
        for whole in [3_u64, 100, 9_999, 10_000, 10_001, 1_000_000, 3_100_000_000, u64::MAX] {
            assert_ne!(percent_text(whole - 1, whole), "100.00", "{whole}");
            assert_eq!(percent_text(whole, whole), "100.00", "{whole}");
        }
        assert_eq!(percent_text(99_979, 100_000), "99.97");
        assert_eq!(percent_text(2, 3), "66.66");
        assert_eq!(percent_text(1, 1_000_000), "0.00");
    }

    #[test]
    fn a_share_of_nothing_is_not_evaluable() {
        assert_eq!(percent_text(0, 0), "not evaluable");
        assert_eq!(mean_text(0, 0), "not evaluable");
    }

    #[test]
    fn the_comparison_uses_the_exact_share() {
        let just_below = Percent::of(949_999, 1_000_000).unwrap();
        assert!(just_below.is_below(95.0));
        let exact = Percent::of(95, 100).unwrap();
        assert!(!exact.is_below(95.0));
        assert_eq!(mean_text(199, 100), "1.99");
    }
}
