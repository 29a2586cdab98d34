//! The rows of the funnel as drawn: how many alleles are left after each rule.

use serde::Serialize;

use crate::report::model::Funnel;

/// One row: a rule, what it dropped, what is left, and the length of its bar.
#[derive(Serialize)]
pub(super) struct Row {
    rule: String,
    words: String,
    dropped: u64,
    left: u64,
    /// Per mille of the full width, on a logarithmic scale.
    width: u64,
}

/// The rows of a funnel.
pub(super) fn rows(funnel: &Funnel) -> Vec<Row> {
    let mut left = funnel.input();
    let mut rows = Vec::with_capacity(funnel.steps().len());
    for step in funnel.steps() {
        left = left.saturating_sub(step.dropped);
        rows.push(Row {
            rule: step.rule.clone(),
            words: step.words.clone(),
            dropped: step.dropped,
            left,
            width: width(left, funnel.input()),
        });
    }
    rows
}

/// Length of the bar for `part` of `whole`, in per mille.
pub(super) fn width(part: u64, whole: u64) -> u64 {
    match scale(whole) {
        0 => 0,
        full => (1_000 * scale(part) / full).min(1_000),
    }
}

/// A logarithm to base ten in whole numbers: 1,000 for each decade, linear within it, so that the drawing
/// does not hang on a platform's floating-point library. One allele is seen, none is not.
fn scale(count: u64) -> u64 {
    let Some(decades) = count.checked_ilog10() else { return 0 };
    let decade = 10_u64.pow(decades);
    let within = u128::from(count - decade) * 1_000 / (9 * u128::from(decade));
    100 + u64::from(decades) * 1_000 + within as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_allele_is_seen_and_none_is_not() {
        assert_eq!(width(0, 5_000_000), 0);
        assert!(width(1, 5_000_000) > 0);
        assert_eq!(width(5_000_000, 5_000_000), 1_000);
        assert_eq!(width(0, 0), 0);
    }

    proptest! {
        #[test]
        fn a_longer_bar_is_never_fewer_alleles(a in any::<u64>(), b in any::<u64>(), whole in 1u64..) {
            if a <= b {
                prop_assert!(width(a, whole) <= width(b, whole));
            }
        }
    }
}
