//! What became of every allele of the input: the numbers must add up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The funnel. Each allele of the input is counted once: at the first rule that dropped it, or at the
/// outcome it reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Parts")]
pub struct Funnel {
    /// What is counted: `alleles`.
    unit: String,
    /// Number in the input.
    input: u64,
    /// Rules in the order they were applied.
    steps: Vec<FunnelStep>,
    /// Outcome of the remaining variants.
    outcomes: Vec<Outcome>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FunnelStep {
    /// Name of the rule.
    pub rule: String,
    /// The rule in words, from the policy that ran.
    pub words: String,
    /// Alleles it dropped (or could not evaluate).
    pub dropped: u64,
}

/// Where alleles ended that no rule dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Name: `Tier 1`, `single hit`.
    pub name: String,
    /// Alleles.
    pub count: u64,
}

/// The numbers do not add up.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "the funnel does not add up: {input} {unit} were read, {dropped} were dropped and {kept} kept; {unit} \
     were lost or counted twice, so no report can be written"
)]
pub struct FunnelError {
    /// What is counted.
    pub unit: String,
    /// Number in the input.
    pub input: u64,
    /// Sum over the rules.
    pub dropped: u128,
    /// Sum over the outcomes.
    pub kept: u128,
}

/// The layout in JSON, before the sum is checked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Parts {
    unit: String,
    input: u64,
    steps: Vec<FunnelStep>,
    outcomes: Vec<Outcome>,
}

impl Funnel {
    /// A funnel of `input` things called `unit`.
    ///
    /// # Errors
    /// When rules and outcomes do not sum exactly to the input.
    pub fn new(
        unit: impl Into<String>,
        input: u64,
        steps: Vec<FunnelStep>,
        outcomes: Vec<Outcome>,
    ) -> Result<Self, FunnelError> {
        let unit = unit.into();
        let dropped = steps.iter().map(|s| u128::from(s.dropped)).sum::<u128>();
        let kept = outcomes.iter().map(|o| u128::from(o.count)).sum::<u128>();
        if dropped + kept != u128::from(input) {
            return Err(FunnelError { unit, input, dropped, kept });
        }
        Ok(Self { unit, input, steps, outcomes })
    }

    /// What is counted.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// Number in the input.
    pub fn input(&self) -> u64 {
        self.input
    }

    /// Rules in the order they were applied.
    pub fn steps(&self) -> &[FunnelStep] {
        &self.steps
    }

    /// Outcome of the remaining variants.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }
}

impl TryFrom<Parts> for Funnel {
    type Error = FunnelError;

    fn try_from(parts: Parts) -> Result<Self, FunnelError> {
        Self::new(parts.unit, parts.input, parts.steps, parts.outcomes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(dropped: u64) -> FunnelStep {
        FunnelStep { rule: "quality".to_owned(), words: "Below the floor.".to_owned(), dropped }
    }

    #[test]
    fn a_funnel_that_loses_an_allele_is_refused() {
        let outcome = Outcome { name: "Tier 1".to_owned(), count: 1 };
        assert!(Funnel::new("alleles", 10, vec![step(9)], vec![outcome.clone()]).is_ok());
        let error = Funnel::new("alleles", 11, vec![step(9)], vec![outcome]).unwrap_err();
        assert_eq!((error.dropped, error.kept), (9, 1));
    }

    #[test]
    fn sums_that_would_wrap_are_refused() {
        assert!(Funnel::new("alleles", 0, vec![step(u64::MAX), step(1)], vec![]).is_err());
    }

    #[test]
    fn a_stored_funnel_is_checked_again() {
        let funnel = Funnel::new("alleles", 9, vec![step(9)], vec![]).unwrap();
        let json = serde_json::to_string(&funnel).unwrap();
        assert_eq!(serde_json::from_str::<Funnel>(&json).unwrap(), funnel);
        assert!(serde_json::from_str::<Funnel>(&json.replace("\"input\":9", "\"input\":8")).is_err());
    }
}
