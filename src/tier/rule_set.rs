//! A rule set as it stands in its file.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::criteria::{Criterion, Facts};
use crate::model::consequence::{Term, Terms};
use crate::model::panel::ModeOfInheritance;
use crate::model::segregation::SegregationMode;
use crate::model::tier::Tier;

/// Why a rule set cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuleSetError {
    /// Not TOML, or not of this shape.
    #[error("the rule set cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// The last row does not catch everything.
    #[error("rule set '{0}': the last row must have no conditions, so that every variant meets a row")]
    NoLastRow(String),
    /// Two rows of one name.
    #[error("rule set '{rule_set}': two rows are called '{row}'")]
    RowTwice {
        /// The rule set.
        rule_set: String,
        /// The name.
        row: String,
    },
    /// A PanelApp mode without segregation filters.
    #[error("rule set '{rule_set}': [modes] has no entry for {mode:?}; list its segregation filters")]
    ModeMissing {
        /// The rule set.
        rule_set: String,
        /// The mode.
        mode: ModeOfInheritance,
    },
    /// A row or list without words, which a report could not explain.
    #[error("rule set '{rule_set}': row '{row}' has no words")]
    NoWords {
        /// The rule set.
        rule_set: String,
        /// The row.
        row: String,
    },
}

/// A rule set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// Name, for the report.
    pub name: String,
    /// Date (ISO).
    pub date: String,
    /// Where the rules are published.
    pub source: String,
    /// Which mode's frequency limits an event is held to.
    pub frequency_by: FrequencyBy,
    /// Consequence lists.
    pub consequences: Consequences,
    /// The segregation filters that each PanelApp mode of inheritance stands for.
    pub modes: BTreeMap<ModeOfInheritance, Vec<SegregationMode>>,
    /// The rows, tried in order; the first one met decides an event.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    /// Limits on what a row may give, all tried after it.
    #[serde(rename = "cap", default)]
    pub caps: Vec<Cap>,
}

/// Which mode's frequency limits an event is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrequencyBy {
    /// The segregation filter that passed.
    SegregationMode,
    /// The panel's mode of inheritance: dominant when it stands for dominant filters only.
    PanelMode,
}

/// Consequence lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consequences {
    /// High impact.
    pub high: Vec<Term>,
    /// Moderate impact.
    pub moderate: Vec<Term>,
    /// Counted in genes that make no protein.
    pub non_coding: Vec<Term>,
    /// Expected to abolish the product.
    pub loss_of_function: Vec<Term>,
    /// Where given, every consequence counts except a single term of this list, and the lists above say only
    /// how high it is.
    #[serde(default)]
    pub uncounted_alone: Vec<Term>,
    /// Biotypes of genes that make a protein.
    pub coding_biotypes: Vec<String>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// All of these hold.
    #[serde(default)]
    pub all: Vec<Criterion>,
    /// At least one of these holds, where any is named.
    #[serde(default)]
    pub any: Vec<Criterion>,
    /// None of these holds.
    #[serde(default)]
    pub none: Vec<Criterion>,
    /// The tier it gives.
    pub tier: Tier,
    /// The sentence a report shows.
    pub words: String,
}

/// A limit on what a row may give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// Its name.
    pub name: String,
    /// All of these hold.
    #[serde(default)]
    pub all: Vec<Criterion>,
    /// None of these holds.
    #[serde(default)]
    pub none: Vec<Criterion>,
    /// The highest tier it allows.
    pub highest: Tier,
    /// The sentence a report shows.
    pub words: String,
}

impl Row {
    pub(super) fn is_met(&self, facts: Facts) -> bool {
        self.all.iter().all(|&c| facts.has(c))
            && (self.any.is_empty() || self.any.iter().any(|&c| facts.has(c)))
            && !self.none.iter().any(|&c| facts.has(c))
    }
}

impl Cap {
    pub(super) fn is_met(&self, facts: Facts) -> bool {
        self.all.iter().all(|&c| facts.has(c)) && !self.none.iter().any(|&c| facts.has(c))
    }
}

impl Consequences {
    /// Terms counted towards functional impact, for a coding or a non-coding gene.
    pub fn counted(&self) -> Terms {
        if self.uncounted_alone.is_empty() {
            self.high.iter().chain(&self.moderate).chain(&self.non_coding).copied().collect()
        } else {
            Term::ALL.iter().copied().filter(|t| !self.uncounted_alone.contains(t)).collect()
        }
    }
}

/// Every PanelApp mode of inheritance.
const PANEL_MODES: [ModeOfInheritance; 13] = [
    ModeOfInheritance::MonoallelicNotImprinted,
    ModeOfInheritance::MonoallelicMaternallyImprinted,
    ModeOfInheritance::MonoallelicPaternallyImprinted,
    ModeOfInheritance::Monoallelic,
    ModeOfInheritance::Biallelic,
    ModeOfInheritance::MonoallelicAndBiallelic,
    ModeOfInheritance::MonoallelicAndMoreSevereBiallelic,
    ModeOfInheritance::XLinkedBiallelic,
    ModeOfInheritance::XLinkedMonoallelic,
    ModeOfInheritance::Mitochondrial,
    ModeOfInheritance::Unknown,
    ModeOfInheritance::Other,
    ModeOfInheritance::NotStated,
];

impl RuleSet {
    /// Reads a rule set.
    ///
    /// # Errors
    /// A text that is not of this shape; a rule set under which a variant could meet no row, or a PanelApp
    /// mode stands for nothing.
    pub fn from_toml(text: &str) -> Result<Self, RuleSetError> {
        let rules: Self = toml::from_str(text)?;
        rules.check()?;
        Ok(rules)
    }

    fn check(&self) -> Result<(), RuleSetError> {
        let rule_set = || self.name.clone();
        let catches_all = |row: &Row| row.all.is_empty() && row.any.is_empty() && row.none.is_empty();
        if !self.rows.last().is_some_and(catches_all) {
            return Err(RuleSetError::NoLastRow(rule_set()));
        }
        let mut names = BTreeSet::new();
        let rows = self.rows.iter().map(|r| (&r.name, &r.words));
        for (name, words) in rows.chain(self.caps.iter().map(|c| (&c.name, &c.words))) {
            if !names.insert(name) {
                return Err(RuleSetError::RowTwice { rule_set: rule_set(), row: name.clone() });
            }
            if words.trim().is_empty() {
                return Err(RuleSetError::NoWords { rule_set: rule_set(), row: name.clone() });
            }
        }
        match PANEL_MODES.into_iter().find(|mode| self.modes.get(mode).is_none_or(Vec::is_empty)) {
            Some(mode) => Err(RuleSetError::ModeMissing { rule_set: rule_set(), mode }),
            None => Ok(()),
        }
    }

    /// The segregation filters that a PanelApp mode stands for.
    pub fn filters_of(&self, mode: ModeOfInheritance) -> &[SegregationMode] {
        self.modes.get(&mode).map_or(&[], Vec::as_slice)
    }
}
