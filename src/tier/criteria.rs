//! The criteria that a rule set can name. A new criterion is a file with a row, and a line here.

mod frequency;
mod gene;
mod impact;
mod known;
mod record;
mod segregation;
mod shown;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::input::TierInput;
use super::rule_set::RuleSet;
use crate::model::guideline::Guideline;
use crate::model::panel::Penetrance;
use crate::model::plan::PlannedGeneEntry;
use crate::model::segregation::{SegregationMode, Verdict};

pub(super) use impact::counts_as_functional;

/// Genomics England's criteria for small variants, by number.
const fn genomics_england(criterion: &'static str) -> Guideline {
    Guideline::new("Genomics England, Rare Disease Genome Analysis Guide", criterion, "Mira, 2024-04")
}

/// One criterion, true or false of an event.
pub struct CriterionRow {
    /// Identifier, as rule sets write it.
    pub id: &'static str,
    /// Where it is published.
    pub source: Guideline,
    /// The words a report uses.
    pub words: &'static str,
    holds: fn(&Asked) -> bool,
}

/// All criteria, in the order in which an event lists them.
pub static CRITERIA: [CriterionRow; 18] = [
    record::FILTER_PASS,
    frequency::FREQUENCY,
    impact::FUNCTIONAL_IMPACT,
    impact::HIGH_IMPACT,
    impact::MODERATE_IMPACT,
    impact::NON_CODING_IMPACT,
    impact::LOSS_OF_FUNCTION_IMPACT,
    segregation::SEGREGATION,
    gene::GREEN_GENE,
    segregation::MODE_MATCHES,
    segregation::DE_NOVO,
    known::KNOWN_PATHOGENIC,
    known::INCLUSION_LIST,
    known::ARTEFACT_LIST,
    impact::CODING_GENE,
    gene::LOSS_OF_FUNCTION_NOT_MECHANISM,
    record::CARRIED_BY_AFFECTED,
    shown::MODE_SHOWN,
];

const _: () = assert!(CRITERIA.len() <= u64::BITS as usize, "`Facts` has a bit for each criterion");

/// A mode that passed, its verdict, and the penetrance pass it belongs to.
pub(super) type Passed = Option<(SegregationMode, Verdict, Penetrance)>;

/// What a criterion is asked of: an event, seen from one panel.
pub(super) struct Asked<'a> {
    pub rules: &'a RuleSet,
    pub input: &'a TierInput<'a>,
    pub passed: Passed,
    /// The panel's entry; absent where the gene is green on none.
    pub entry: Option<&'a PlannedGeneEntry>,
}

/// A criterion of the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Criterion(u8);

impl Criterion {
    /// All criteria, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CRITERIA.len()).map(|index| Self(index as u8))
    }

    /// The criterion of an identifier.
    pub fn of(id: &str) -> Option<Self> {
        Self::all().find(|criterion| criterion.id() == id)
    }

    /// Its identifier.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        self.row().words
    }

    fn row(self) -> &'static CriterionRow {
        &CRITERIA[usize::from(self.0)]
    }
}

impl fmt::Debug for Criterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Serialize for Criterion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Criterion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::of(&id).ok_or_else(|| {
            let known: Vec<&str> = Self::all().map(Self::id).collect();
            serde::de::Error::custom(format!("no criterion is called '{id}'; there are {}", known.join(", ")))
        })
    }
}

/// The criteria that are true of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts(u64);

impl Facts {
    /// Asks every criterion.
    pub fn of(asked: &Asked) -> Self {
        let holding = Criterion::all().filter(|criterion| (criterion.row().holds)(asked));
        Self(holding.fold(0, |bits, criterion| bits | 1 << criterion.0))
    }

    pub fn has(self, criterion: Criterion) -> bool {
        self.0 >> criterion.0 & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_criterion_is_found_by_its_identifier_and_no_other() {
        assert_eq!(Criterion::all().map(Criterion::id).collect::<BTreeSet<_>>().len(), CRITERIA.len());
        for criterion in Criterion::all() {
            assert_eq!(Criterion::of(criterion.id()), Some(criterion));
        }
        let fault = serde_json::from_str::<Criterion>("\"rare\"").unwrap_err().to_string();
        assert!(fault.contains("no criterion is called 'rare'; there are filter_pass, frequency"), "{fault}");
    }
}
