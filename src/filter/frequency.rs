//! Population frequency, by population and by kind of inheritance.
//!
//! An allele is kept when its frequency is **at or below** the limit in every population that counts.
//! Frequencies come from exact counts where the source gives them: 1 of 1,000 is at a limit of 0.001, not
//! above it by a rounding. An allele the source does not list counts as 0, and the outcome says so; a place
//! the source did not cover, a population with too few alleles and a source that is not in the bundle are
//! different answers, listed, and none of them drops an allele.

use serde::Serialize;

use super::outcome::{Outcome, Rule};
use crate::model::annotation::SiteValue;
use crate::model::pipeline::{FrequencyPolicy, PopulationLimit};

/// The kind of inheritance whose limits apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FrequencyMode {
    /// One allele suffices.
    Dominant,
    /// Two alleles are needed.
    Recessive,
    /// On the mitochondrial genome.
    Mitochondrial,
}

impl FrequencyMode {
    /// The word a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dominant => "dominant",
            Self::Recessive => "recessive",
            Self::Mitochondrial => "mitochondrial",
        }
    }

    fn limit(self, population: &PopulationLimit) -> Option<f64> {
        match self {
            Self::Dominant => Some(population.dominant),
            Self::Recessive => Some(population.recessive),
            Self::Mitochondrial => population.mitochondrial,
        }
    }
}

/// What a site table has at the place of the allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableState {
    /// The bundle has no table of this name.
    NotInBundle,
    /// The table is known not to cover the place: it has nothing on the whole contig.
    NotCovered,
    /// The table does not list the allele; whether it covered the place is not known.
    NotListed,
    /// The table lists the allele.
    Listed,
}

/// The site tables, as the caller looks into them.
pub struct Tables<'a> {
    /// The state of a table at the allele.
    pub state: &'a dyn Fn(&str) -> TableState,
    /// The value of a table's field for the allele.
    pub value: &'a dyn Fn(&str, &str) -> Option<SiteValue>,
}

/// What one population says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PopulationFinding {
    /// At or below the limit.
    Within,
    /// Above the limit.
    Exceeds,
    /// Not listed: counts as 0.
    Absent,
    /// Listed, and no allele was counted in this population's samples (allele number 0), or the place is
    /// outside what the source covers.
    NotCovered,
    /// Fewer alleles than the policy asks for.
    TooFewAlleles,
    /// Listed, without the fields the policy names.
    NotGiven,
    /// The bundle has no such table.
    NotInBundle,
    /// The policy has no limit for this kind of inheritance.
    NoLimit,
}

/// One population's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PopulationResult {
    /// Site table.
    pub table: String,
    /// Population label.
    pub population: String,
    /// Allele count.
    pub allele_count: Option<u64>,
    /// Allele number.
    pub allele_number: Option<u64>,
    /// Frequency held against the limit.
    pub frequency: Option<f64>,
    /// True when that is the source's filtering allele frequency, not the quotient of the counts.
    pub is_filtering: bool,
    /// Limit that applied.
    pub limit: Option<f64>,
    /// What follows.
    pub finding: PopulationFinding,
}

/// The answer for one kind of inheritance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrequencyOutcome {
    /// Kind of inheritance.
    pub mode: FrequencyMode,
    /// True when no population exceeds its limit.
    pub kept: bool,
    /// Every population of the policy, in its order.
    pub populations: Vec<PopulationResult>,
}

/// Holds an allele against the limits of one kind of inheritance.
pub fn frequency(policy: &FrequencyPolicy, mode: FrequencyMode, tables: &Tables) -> FrequencyOutcome {
    let populations: Vec<PopulationResult> =
        policy.populations.iter().map(|limit| one_population(limit, mode, tables)).collect();
    let kept = populations.iter().all(|p| p.finding != PopulationFinding::Exceeds);
    FrequencyOutcome { mode, kept, populations }
}

fn one_population(limits: &PopulationLimit, mode: FrequencyMode, tables: &Tables) -> PopulationResult {
    let limit = mode.limit(limits);
    let result = |finding, counts: Option<(u64, u64)>, frequency| PopulationResult {
        table: limits.table.clone(),
        population: limits.population.clone(),
        allele_count: counts.map(|(count, _)| count),
        allele_number: counts.map(|(_, number)| number),
        frequency,
        is_filtering: false,
        limit,
        finding,
    };
    let Some(limit) = limit else { return result(PopulationFinding::NoLimit, None, None) };
    match (tables.state)(&limits.table) {
        TableState::NotInBundle => return result(PopulationFinding::NotInBundle, None, None),
        TableState::NotCovered => return result(PopulationFinding::NotCovered, None, None),
        TableState::NotListed => return result(PopulationFinding::Absent, None, Some(0.0)),
        TableState::Listed => {}
    }
    let field = |name: &Option<String>| {
        name.as_deref().and_then(|name| (tables.value)(&limits.table, name)).as_ref().and_then(number)
    };
    let counts = match (field(&limits.allele_count), field(&limits.allele_number)) {
        (Some(count), Some(number)) => Some((count.max(0.0) as u64, number.max(0.0) as u64)),
        _ => None,
    };
    let frequency = match counts {
        Some((_, 0)) => return result(PopulationFinding::NotCovered, counts, None),
        Some((_, number)) if number < limits.least_allele_number => {
            return result(PopulationFinding::TooFewAlleles, counts, None);
        }
        Some((count, number)) => count as f64 / number as f64,
        None => match field(&limits.frequency).or_else(|| field(&limits.filtering_frequency)) {
            Some(frequency) => frequency,
            None => return result(PopulationFinding::NotGiven, None, None),
        },
    };
    let filtering = field(&limits.filtering_frequency);
    let frequency = filtering.unwrap_or(frequency);
    let finding = if frequency <= limit { PopulationFinding::Within } else { PopulationFinding::Exceeds };
    PopulationResult { is_filtering: filtering.is_some(), ..result(finding, counts, Some(frequency)) }
}

/// A finite number, also where the table holds it as text.
fn number(value: &SiteValue) -> Option<f64> {
    let number = match value {
        SiteValue::Integer(number) => *number as f64,
        SiteValue::Float(number) => *number,
        SiteValue::Text(text) => text.trim().parse().ok()?,
        SiteValue::Flag(_) => return None,
    };
    number.is_finite().then_some(number)
}

impl PopulationResult {
    /// `gnomad_genomes NFE 12 of 68000 (1.765e-4)`; with a filtering frequency, what the counts alone would give
    /// stays readable beside it.
    fn describe(&self) -> String {
        let frequency = self.frequency.unwrap_or(0.0);
        let shown = if self.is_filtering {
            format!("filtering frequency {frequency:.3e}")
        } else {
            format!("{frequency:.3e}")
        };
        match (self.allele_count, self.allele_number) {
            (Some(count), Some(number)) => {
                format!("{} {} {count} of {number} ({shown})", self.table, self.population)
            }
            _ => format!("{} {} {shown}", self.table, self.population),
        }
    }
}

impl FrequencyOutcome {
    /// The population furthest above its limit; the one nearest below it when none is above.
    pub fn deciding(&self) -> Option<&PopulationResult> {
        let ratio = |p: &PopulationResult| match (p.frequency, p.limit) {
            (Some(frequency), Some(limit)) if limit > 0.0 => frequency / limit,
            (Some(frequency), _) if frequency > 0.0 => f64::INFINITY,
            _ => -1.0,
        };
        self.populations
            .iter()
            .filter(|p| p.frequency.is_some())
            .reduce(|best, p| if ratio(p) > ratio(best) { p } else { best })
    }

    /// Populations that exceed their limit.
    pub fn exceeding(&self) -> impl Iterator<Item = &PopulationResult> {
        self.populations.iter().filter(|p| p.finding == PopulationFinding::Exceeds)
    }

    /// True when at least one population of the policy was really looked at.
    pub fn is_evaluable(&self) -> bool {
        self.populations.iter().any(|p| {
            matches!(
                p.finding,
                PopulationFinding::Within | PopulationFinding::Exceeds | PopulationFinding::Absent
            )
        })
    }

    /// The same as a filter's outcome, with the populations that exceed named.
    pub fn outcome(&self) -> Outcome {
        let mode = self.mode.words();
        let deciding = self.deciding();
        let value = deciding.map_or_else(|| "not known".to_owned(), PopulationResult::describe);
        let limit = deciding.and_then(|p| p.limit);
        let threshold =
            limit.map_or_else(|| format!("no {mode} limit applies"), |limit| format!("{mode} limit {limit}"));
        let reason = match deciding {
            _ if !self.kept => {
                let list: Vec<String> = self
                    .exceeding()
                    .map(|p| {
                        let limit = p.limit.unwrap_or(0.0);
                        match p.frequency {
                            Some(f) if limit > 0.0 => {
                                format!("{}, {:.1} times the {mode} limit {limit}", p.describe(), f / limit)
                            }
                            _ => format!("{}, above the {mode} limit {limit}", p.describe()),
                        }
                    })
                    .collect();
                format!("too common: {}", list.join("; "))
            }
            None => "population frequency is not known: no source could be looked at".to_owned(),
            Some(_) if self.populations.iter().any(|p| p.finding == PopulationFinding::Within) => {
                format!("at or below every {mode} limit; nearest: {value}")
            }
            Some(_) => {
                "not listed by any source that was looked at, which counts as a frequency of 0; whether the \
                        sources covered the place is not known"
                    .to_owned()
            }
        };
        let would_keep = (!self.kept).then(|| {
            let limits: Vec<String> = self
                .exceeding()
                .filter_map(|p| Some(format!("{} in {} {}", p.frequency?, p.table, p.population)))
                .collect();
            format!("{mode} limit of {}", limits.join(", "))
        });
        Outcome { rule: Rule::Frequency, kept: self.kept, value, threshold, reason, would_keep }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(population: &str, least: u64) -> PopulationLimit {
        PopulationLimit {
            table: "gnomad_genomes".to_owned(),
            population: population.to_owned(),
            allele_count: Some(format!("AC_{population}")),
            allele_number: Some(format!("AN_{population}")),
            frequency: Some(format!("AF_{population}")),
            filtering_frequency: None,
            dominant: 0.001,
            recessive: 0.01,
            mitochondrial: None,
            least_allele_number: least,
        }
    }

    fn run(
        mode: FrequencyMode,
        least: u64,
        state: TableState,
        fields: &[(&str, SiteValue)],
    ) -> FrequencyOutcome {
        let policy = FrequencyPolicy { populations: vec![limit("nfe", least), limit("afr", least)] };
        let value = |_: &str, field: &str| {
            fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone())
        };
        frequency(&policy, mode, &Tables { state: &|_| state, value: &value })
    }

    fn counts(nfe: (i64, i64), afr: (i64, i64)) -> Vec<(&'static str, SiteValue)> {
        vec![
            ("AC_nfe", SiteValue::Integer(nfe.0)),
            ("AN_nfe", SiteValue::Integer(nfe.1)),
            ("AC_afr", SiteValue::Integer(afr.0)),
            ("AN_afr", SiteValue::Integer(afr.1)),
        ]
    }

    #[test]
    fn exactly_at_the_limit_is_kept_and_one_allele_more_is_not() {
        for number in [1_000, 3_000, 7_000, 68_000, 152_000] {
            let at = counts((number / 1_000, number), (0, 10));
            assert!(run(FrequencyMode::Dominant, 0, TableState::Listed, &at).kept, "{number}");
            let above = counts((number / 1_000 + 1, number), (0, 10));
            let outcome = run(FrequencyMode::Dominant, 0, TableState::Listed, &above);
            assert!(!outcome.kept, "{number}");
            assert_eq!(outcome.exceeding().next().unwrap().population, "nfe");
            assert!(run(FrequencyMode::Recessive, 0, TableState::Listed, &above).kept);
        }
    }

    #[test]
    fn a_drop_names_every_population_above_and_the_limit_that_would_keep_it() {
        let outcome = run(FrequencyMode::Dominant, 0, TableState::Listed, &counts((4, 1_000), (3, 1_000)));
        let words = outcome.outcome();
        assert!(
            words.reason.contains("nfe 4 of 1000") && words.reason.contains("afr 3 of 1000"),
            "{words:?}"
        );
        assert!(words.reason.contains("4.0 times the dominant limit 0.001"));
        assert!(words.would_keep.unwrap().contains("0.004 in gnomad_genomes nfe"));
        assert_eq!(outcome.deciding().unwrap().population, "nfe");
    }

    #[test]
    fn not_listed_not_covered_and_not_in_the_bundle_are_three_answers() {
        for (state, finding, evaluable) in [
            (TableState::NotListed, PopulationFinding::Absent, true),
            (TableState::NotCovered, PopulationFinding::NotCovered, false),
            (TableState::NotInBundle, PopulationFinding::NotInBundle, false),
        ] {
            let outcome = run(FrequencyMode::Dominant, 0, state, &[]);
            assert!(outcome.kept);
            assert_eq!(outcome.populations[0].finding, finding);
            assert_eq!(outcome.is_evaluable(), evaluable);
        }
    }

    #[test]
    fn populations_without_data_do_not_drop() {
        let outcome = run(FrequencyMode::Dominant, 100, TableState::Listed, &counts((5, 50), (0, 0)));
        assert!(outcome.kept);
        assert_eq!(outcome.populations[0].finding, PopulationFinding::TooFewAlleles);
        assert_eq!(outcome.populations[1].finding, PopulationFinding::NotCovered);
        let ready = [("AF_nfe", SiteValue::Float(0.5))];
        let outcome = run(FrequencyMode::Dominant, 0, TableState::Listed, &ready);
        assert!(!outcome.kept, "a ready frequency counts where there are no counts");
        assert_eq!(outcome.populations[1].finding, PopulationFinding::NotGiven);
    }

    #[test]
    fn a_filtering_frequency_is_what_is_held_against_the_limit() {
        let policy = FrequencyPolicy {
            populations: vec![PopulationLimit {
                filtering_frequency: Some("faf95_nfe".to_owned()),
                ..limit("nfe", 0)
            }],
        };
        let run = |fields: &[(&str, SiteValue)]| {
            let value = |_: &str, field: &str| {
                fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone())
            };
            let tables = Tables { state: &|_| TableState::Listed, value: &value };
            frequency(&policy, FrequencyMode::Dominant, &tables)
        };
        // 2 of 1,000 is above 0.001, and its lower bound is not.
        let two = [("AC_nfe", SiteValue::Integer(2)), ("AN_nfe", SiteValue::Integer(1_000))];
        assert!(!run(&two).kept, "without it the counts decide");
        let with = |faf: f64| [two.as_slice(), &[("faf95_nfe", SiteValue::Float(faf))]].concat();
        let kept = run(&with(0.000_36));
        assert!(kept.kept && kept.populations[0].is_filtering);
        assert_eq!(
            (kept.populations[0].allele_count, kept.populations[0].allele_number),
            (Some(2), Some(1_000))
        );
        let words = kept.outcome().reason;
        assert!(words.contains("nfe 2 of 1000 (filtering frequency 3.600e-4)"), "{words}");
        assert!(run(&with(0.001)).kept, "at the limit");
        let dropped = run(&with(0.001_1));
        assert!(!dropped.kept);
        assert!(dropped.outcome().would_keep.unwrap().contains("0.0011 in gnomad_genomes nfe"));
        assert!(!run(&[("faf95_nfe", SiteValue::Float(0.5))]).kept, "also where there are no counts");
    }

    #[test]
    fn a_mode_without_a_limit_is_not_held_against_it() {
        let outcome = run(FrequencyMode::Mitochondrial, 0, TableState::Listed, &counts((9, 10), (9, 10)));
        assert!(outcome.kept);
        assert_eq!(outcome.populations[0].finding, PopulationFinding::NoLimit);
    }
}
