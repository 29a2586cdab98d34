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

use super::outcome::Outcome;
use super::rules::{Ask, Filter};
use crate::model::annotation::SiteValue;
use crate::model::frequency::{FrequencyMode, FrequencyOutcome, PopulationFinding, PopulationResult};
use crate::model::funnel::FunnelStep;
use crate::model::guideline::Guideline;
use crate::model::pipeline::{FrequencyPolicy, PopulationLimit};

/// The row.
pub const FREQUENCY: Filter = Filter {
    id: "frequency",
    source: Guideline::new(
        "Genomics England, Rare Disease Genome Analysis Guide",
        "variant tiering, criterion 2",
        "Mira, 2024-04",
    ),
    words: "population frequency",
    steps: &[FunnelStep::Frequency],
    ask: Ask::InPlace,
};

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

/// Holds an allele against the limits of one kind of inheritance.
///
/// ```
/// use ithaca::filter::frequency::{TableState, Tables, frequency};
/// use ithaca::model::annotation::SiteValue;
/// use ithaca::model::frequency::FrequencyMode;
/// use ithaca::model::pipeline::FrequencyPolicy;
///
/// let policy: FrequencyPolicy = toml::from_str(
///     r#"
///     [[populations]]
///     table = "gnomad_genomes"
///     population = "NFE"
///     allele_count = "AC_nfe"
///     allele_number = "AN_nfe"
///     dominant = 0.001
///     recessive = 0.01
///     "#,
/// )
/// .unwrap();
/// // The allele was counted 30 times among 10,000.
/// let value = |_table: &str, field: &str| match field {
///     "AC_nfe" => Some(SiteValue::Integer(30)),
///     "AN_nfe" => Some(SiteValue::Integer(10_000)),
///     _ => None,
/// };
/// let tables = Tables { state: &|_| TableState::Listed, value: &value };
/// assert!(!frequency(&policy, FrequencyMode::Dominant, &tables).kept);
/// assert!(frequency(&policy, FrequencyMode::Recessive, &tables).kept);
/// ```
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

/// `gnomad_genomes NFE 12 of 68000 (1.765e-4)`; with a filtering frequency, what the counts alone would give
/// stays readable beside it.
fn describe(result: &PopulationResult) -> String {
    let frequency = result.frequency.unwrap_or(0.0);
    let shown = if result.is_filtering {
        format!("filtering frequency {frequency:.3e}")
    } else {
        format!("{frequency:.3e}")
    };
    match (result.allele_count, result.allele_number) {
        (Some(count), Some(number)) => {
            format!("{} {} {count} of {number} ({shown})", result.table, result.population)
        }
        _ => format!("{} {} {shown}", result.table, result.population),
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

/// The answer as a filter's outcome, with the populations that exceed named.
pub fn outcome(of: &FrequencyOutcome) -> Outcome {
    let mode = of.mode.words();
    let deciding = of.deciding();
    let value = match deciding {
        None => "not known".to_owned(),
        // No population decides: none has the allele.
        Some(p) if p.finding == PopulationFinding::Absent => "not listed".to_owned(),
        Some(p) if p.finding == PopulationFinding::NotSeen => "not seen".to_owned(),
        Some(p) => describe(p),
    };
    let least = || of.populations.iter().filter_map(|p| p.limit).reduce(f64::min);
    let limit = deciding.map_or_else(least, |p| p.limit);
    let threshold =
        limit.map_or_else(|| format!("no {mode} limit applies"), |limit| format!("{mode} limit {limit}"));
    let reason = match deciding {
        _ if !of.kept => {
            let list: Vec<String> = of
                .exceeding()
                .map(|p| {
                    let limit = p.limit.unwrap_or(0.0);
                    match p.frequency {
                        Some(f) if limit > 0.0 => {
                            format!("{}, {:.1} times the {mode} limit of {limit}", describe(p), f / limit)
                        }
                        _ => format!("{}, above the {mode} limit of {limit}", describe(p)),
                    }
                })
                .collect();
            format!("too common: {}", list.join("; "))
        }
        None => words::unknown(of),
        Some(_) if of.populations.iter().any(|p| p.finding == PopulationFinding::Within) => {
            format!("at or below every {mode} limit; nearest: {value}")
        }
        Some(_) if of.populations.iter().all(|p| p.finding != PopulationFinding::Absent) => {
            "not seen in any source that covers the position; treated as a frequency of 0".to_owned()
                + &words::but_unreadable(of)
        }
        Some(_) => {
            "not listed in any source consulted; treated as a frequency of 0; whether the sources cover the \
             position is not known"
                .to_owned()
                + &words::but_unreadable(of)
        }
    };
    let would_keep = (!of.kept).then(|| {
        let limits: Vec<String> = of
            .exceeding()
            .filter_map(|p| Some(format!("{} in {} {}", limit_for(p.frequency?), p.table, p.population)))
            .collect();
        format!("{mode} limit of {}", limits.join(", "))
    });
    Outcome { rule: FREQUENCY.rule(), kept: of.kept, value, threshold, reason, would_keep }
}

#[cfg(test)]
mod tests;
