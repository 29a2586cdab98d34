//! Population frequency, by population and by kind of inheritance.
//!
//! An allele is kept when its frequency is **at or below** the limit in every population that counts.
//! Frequencies come from exact counts where the source gives them: 1 of 1,000 is at a limit of 0.001, not
//! above it by a rounding. An allele the source does not list counts as 0, and the outcome says so; a place
//! the source did not cover, a population with too few alleles and a source that is not in the bundle are
//! different answers, listed, and none of them drops an allele.

mod gate;
mod words;

pub use gate::FrequencyGate;
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
    /// The table is known not to cover the place: the source says so, or it has nothing on the whole contig.
    NotCovered,
    /// The table does not list the allele; whether it covered the place is not known.
    NotListed,
    /// The table does not list the allele, and the source says that it looked at the place.
    NotSeen,
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
    /// Looked for and not seen: counts as 0.
    NotSeen,
    /// Listed, and no allele was counted in this population's samples (allele number 0), or the place is
    /// outside what the source covers.
    NotCovered,
    /// Fewer alleles than the policy asks for.
    TooFewAlleles,
    /// Listed, without values in the fields the policy names that can be read as a frequency.
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
    // Without a limit, 0 is held against nothing.
    let zero = limit.map(|_| 0.0);
    match (tables.state)(&limits.table) {
        TableState::NotInBundle => return result(PopulationFinding::NotInBundle, None, None),
        TableState::NotCovered => return result(PopulationFinding::NotCovered, None, None),
        TableState::NotListed => return result(PopulationFinding::Absent, None, zero),
        TableState::NotSeen => return result(PopulationFinding::NotSeen, None, zero),
        TableState::Listed => {}
    }
    let field = |name: &Option<String>| {
        name.as_deref().and_then(|name| (tables.value)(&limits.table, name)).as_ref().and_then(number)
    };
    let counts = match (field(&limits.allele_count), field(&limits.allele_number)) {
        (Some(count), Some(number)) => possible_counts(count, number),
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
    let finding = match limit {
        None => PopulationFinding::NoLimit,
        Some(limit) if frequency <= limit => PopulationFinding::Within,
        Some(_) => PopulationFinding::Exceeds,
    };
    PopulationResult { is_filtering: filtering.is_some(), ..result(finding, counts, Some(frequency)) }
}

/// A count and its number; `None` where they cannot be, being less than 0, or more counted than looked at. Such counts
/// are no counts: -5 of 10,000 is not 0 of 10,000. What the source states as the frequency is then held against the
/// limit, and where it states none, none is known.
fn possible_counts(count: f64, number: f64) -> Option<(u64, u64)> {
    (0.0 <= count && count <= number).then_some((count as u64, number as u64))
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

/// The least limit of three significant digits that a frequency does not exceed: 0.161 for 0.16094….
fn limit_for(frequency: f64) -> String {
    if !(frequency.is_finite() && frequency > 0.0) {
        return "0".to_owned();
    }
    let exponent = frequency.log10().floor() as i32;
    let decimals = usize::try_from(2 - exponent).unwrap_or(0);
    let step = 10_f64.powi(exponent - 2);
    let mut shown = format!("{frequency:.decimals$}");
    if shown.parse::<f64>().is_ok_and(|rounded| rounded < frequency) {
        shown = format!("{:.decimals$}", frequency + step);
    }
    match shown.contains('.') {
        true => shown.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => shown,
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
            .filter(|p| p.frequency.is_some() && p.limit.is_some())
            .reduce(|best, p| if ratio(p) > ratio(best) { p } else { best })
    }

    /// Populations that exceed their limit.
    pub fn exceeding(&self) -> impl Iterator<Item = &PopulationResult> {
        self.populations.iter().filter(|p| p.finding == PopulationFinding::Exceeds)
    }

    /// True when at least one population of the policy was really looked at.
    pub fn is_evaluable(&self) -> bool {
        self.populations.iter().filter(|p| p.limit.is_some()).any(|p| {
            matches!(
                p.finding,
                PopulationFinding::Within
                    | PopulationFinding::Exceeds
                    | PopulationFinding::Absent
                    | PopulationFinding::NotSeen
            )
        })
    }

    /// The same as a filter's outcome, with the populations that exceed named.
    pub fn outcome(&self) -> Outcome {
        let mode = self.mode.words();
        let deciding = self.deciding();
        let value = match deciding {
            None => "not known".to_owned(),
            // No population decides: none has the allele.
            Some(p) if p.finding == PopulationFinding::Absent => "not listed".to_owned(),
            Some(p) if p.finding == PopulationFinding::NotSeen => "not seen".to_owned(),
            Some(p) => p.describe(),
        };
        let least = || self.populations.iter().filter_map(|p| p.limit).reduce(f64::min);
        let limit = deciding.map_or_else(least, |p| p.limit);
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
                                format!(
                                    "{}, {:.1} times the {mode} limit of {limit}",
                                    p.describe(),
                                    f / limit
                                )
                            }
                            _ => format!("{}, above the {mode} limit of {limit}", p.describe()),
                        }
                    })
                    .collect();
                format!("too common: {}", list.join("; "))
            }
            None => words::unknown(self),
            Some(_) if self.populations.iter().any(|p| p.finding == PopulationFinding::Within) => {
                format!("at or below every {mode} limit; nearest: {value}")
            }
            Some(_) if self.populations.iter().all(|p| p.finding != PopulationFinding::Absent) => {
                "not seen in any source that covers the position; treated as a frequency of 0".to_owned()
                    + &words::but_unreadable(self)
            }
            Some(_) => {
                "not listed in any source consulted; treated as a frequency of 0; whether the sources cover \
                 the position is not known"
                    .to_owned()
                    + &words::but_unreadable(self)
            }
        };
        let would_keep = (!self.kept).then(|| {
            let limits: Vec<String> = self
                .exceeding()
                .filter_map(|p| Some(format!("{} in {} {}", limit_for(p.frequency?), p.table, p.population)))
                .collect();
            format!("{mode} limit of {}", limits.join(", "))
        });
        Outcome { rule: Rule::Frequency, kept: self.kept, value, threshold, reason, would_keep }
    }
}

#[cfg(test)]
mod tests;
