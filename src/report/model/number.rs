//! Numbers with a fixed printing rule, so that a figure is the same in every format.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A percentage with two decimals, **floored**: 100 is reached only when every base qualifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("minimum" = 0.0, "maximum" = 100.0))]
pub struct Percent(u32);

impl Percent {
    /// `part` of `whole`, floored; absent when `whole` is 0.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        let hundredths = (u128::from(part) * 10_000).checked_div(u128::from(whole))?;
        u32::try_from(hundredths).ok().map(Self)
    }

    /// A limit stated by a policy, to the nearest hundredth.
    pub fn limit(percent: f64) -> Self {
        Self((percent.clamp(0.0, 1_000_000.0) * 100.0).round() as u32)
    }

    /// Hundredths of a per cent.
    pub fn hundredths(self) -> u32 {
        self.0
    }
}

/// A mean depth with two decimals, floored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("minimum" = 0.0))]
pub struct MeanDepth(u64);

impl MeanDepth {
    /// Bases read over bases looked at, floored; absent when none was looked at.
    pub fn of(read: u64, looked_at: u64) -> Option<Self> {
        let hundredths = (u128::from(read) * 100).checked_div(u128::from(looked_at))?;
        u64::try_from(hundredths).ok().map(Self)
    }

    /// Hundredths of a read.
    pub fn hundredths(self) -> u64 {
        self.0
    }
}

/// A proportion between 0 and 1 with three decimals, rounded half up: allele balance, heteroplasmy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("minimum" = 0.0, "maximum" = 1.0))]
pub struct Proportion(u16);

impl Proportion {
    /// The proportion nearest to `value`; absent when it is not a number between 0 and 1.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then(|| Self((value * 1_000.0).round() as u16))
    }

    /// Thousandths.
    pub fn thousandths(self) -> u16 {
        self.0
    }
}

/// A population frequency between 0 and 1, never rounded: printed in JSON with the fewest digits that read
/// back as the same number.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("minimum" = 0.0, "maximum" = 1.0))]
pub struct Rate(f64);

impl Rate {
    /// A frequency; absent when `value` is not a number between 0 and 1.
    pub fn new(value: f64) -> Option<Self> {
        // Adding 0 turns -0 into 0.
        (0.0..=1.0).contains(&value).then_some(Self(value + 0.0))
    }

    /// `part` of `whole`; absent when `whole` is 0 or less than `part`.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        if whole == 0 { None } else { Self::new(part as f64 / whole as f64) }
    }

    /// The number.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A number of a stored report that cannot be what its field says.
#[derive(Debug, thiserror::Error)]
#[error("{value} is not {what}; the stored report is damaged or has been edited")]
pub struct NotThatNumber {
    value: f64,
    what: &'static str,
}

impl TryFrom<f64> for Percent {
    type Error = NotThatNumber;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        if (0.0..=100.0).contains(&value) {
            Ok(Self::limit(value))
        } else {
            Err(NotThatNumber { value, what: "a percentage" })
        }
    }
}

impl TryFrom<f64> for MeanDepth {
    type Error = NotThatNumber;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        if (0.0..=1e12).contains(&value) {
            Ok(Self((value * 100.0).round() as u64))
        } else {
            Err(NotThatNumber { value, what: "a mean depth" })
        }
    }
}

impl TryFrom<f64> for Proportion {
    type Error = NotThatNumber;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value).ok_or(NotThatNumber { value, what: "a proportion between 0 and 1" })
    }
}

impl TryFrom<f64> for Rate {
    type Error = NotThatNumber;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value).ok_or(NotThatNumber { value, what: "a frequency between 0 and 1" })
    }
}

impl From<Rate> for f64 {
    fn from(rate: Rate) -> Self {
        rate.0
    }
}

impl From<Percent> for f64 {
    fn from(percent: Percent) -> Self {
        f64::from(percent.0) / 100.0
    }
}

impl From<MeanDepth> for f64 {
    fn from(depth: MeanDepth) -> Self {
        depth.0 as f64 / 100.0
    }
}

impl From<Proportion> for f64 {
    fn from(proportion: Proportion) -> Self {
        f64::from(proportion.0) / 1_000.0
    }
}

/// `85.87%`; a whole percentage is printed without decimals.
impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}%"),
            (whole, rest) => write!(f, "{whole}.{rest:02}%"),
        }
    }
}

/// `31.07×`.
impl std::fmt::Display for MeanDepth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}×", self.0 / 100, self.0 % 100)
    }
}

/// `0.482`.
impl std::fmt::Display for Proportion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

/// Four significant digits for the eye (`0.00004411`); JSON and the counts beside it are exact. `0` only
/// when the allele was counted and not seen.
impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 == 0.0 {
            return f.write_str("0");
        }
        // The exponent as the standard library prints it: no logarithm, which differs between platforms.
        let scientific = format!("{:.3e}", self.0);
        let exponent = scientific.split_once('e').and_then(|(_, e)| e.parse::<i32>().ok()).unwrap_or(0);
        let decimals = usize::try_from(3 - exponent).unwrap_or(0);
        let fixed = format!("{:.decimals$}", self.0);
        f.write_str(if fixed.contains('.') {
            fixed.trim_end_matches('0').trim_end_matches('.')
        } else {
            &fixed
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn percentages_are_floored_and_full_only_when_full() {
        assert_eq!(Percent::of(99_999, 100_000).unwrap().to_string(), "99.99%");
        assert_eq!(Percent::of(9_999_999, 10_000_000).unwrap().to_string(), "99.99%");
        assert_eq!(Percent::of(100_000, 100_000).unwrap().to_string(), "100%");
        assert_eq!(Percent::of(1, 3).unwrap().to_string(), "33.33%");
        assert_eq!(Percent::of(0, 0), None);
        assert_eq!(MeanDepth::of(3_199_999, 100_000).unwrap().to_string(), "31.99×");
    }

    #[test]
    fn a_frequency_is_printed_with_four_significant_digits_and_never_as_nothing() {
        for (part, whole, text) in [
            (3, 68_012, "0.00004411"),
            (0, 68_012, "0"),
            (1, 2, "0.5"),
            (1, 1, "1"),
            (99_999, 100_000, "1"),
            (1, u64::MAX, "0.00000000000000000005421"),
        ] {
            assert_eq!(Rate::of(part, whole).unwrap().to_string(), text);
        }
        assert_eq!(Rate::of(2, 1), None);
        assert_eq!(Rate::new(f64::NAN), None);
    }

    #[test]
    fn a_stored_number_out_of_range_is_refused() {
        for text in ["100.01", "-1", "1e300"] {
            assert!(serde_json::from_str::<Percent>(text).is_err(), "{text}");
        }
        assert!(serde_json::from_str::<Proportion>("1.5").is_err());
    }

    proptest! {
        #[test]
        fn numbers_survive_json(hundredths in 0u32..=10_000, depth in 0u64..10_000_000, thousandths in 0u16..=1_000) {
            let percent = Percent(hundredths);
            let json = serde_json::to_string(&percent).unwrap();
            prop_assert_eq!(serde_json::from_str::<Percent>(&json).unwrap(), percent);
            let mean = MeanDepth(depth);
            let json = serde_json::to_string(&mean).unwrap();
            prop_assert_eq!(serde_json::from_str::<MeanDepth>(&json).unwrap(), mean);
            let share = Proportion(thousandths);
            let json = serde_json::to_string(&share).unwrap();
            prop_assert_eq!(serde_json::from_str::<Proportion>(&json).unwrap(), share);
        }
    }
}
