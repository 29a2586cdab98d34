//! The frequency filter as a gate: the same answer as [`super::frequency`], without the words. Tables and fields are
//! looked up once a plan, an allele's row once a table.

use crate::model::allele::Allele;
use crate::model::frequency::FrequencyMode;
use crate::model::pipeline::{FrequencyPolicy, PopulationLimit};
use crate::reference::sites::{SiteTable, SiteValue};

/// One population's fields, by their place in the table, and its limits.
#[derive(Debug)]
struct Population {
    allele_count: Option<usize>,
    allele_number: Option<usize>,
    frequency: Option<usize>,
    filtering_frequency: Option<usize>,
    least_allele_number: u64,
    limits: PopulationLimit,
}

/// The populations of each site table that the bundle has.
#[derive(Debug)]
pub struct FrequencyGate<'a> {
    tables: Vec<(&'a SiteTable, Vec<Population>)>,
}

impl<'a> FrequencyGate<'a> {
    /// The gate of a policy; `table` finds a site table by its name.
    pub fn new(policy: &FrequencyPolicy, table: impl Fn(&str) -> Option<&'a SiteTable>) -> Self {
        let mut tables: Vec<(&SiteTable, Vec<Population>)> = Vec::new();
        for limits in &policy.populations {
            let Some(table) = table(&limits.table) else { continue };
            let field = |name: &Option<String>| table.field_index(name.as_deref()?);
            let population = Population {
                allele_count: field(&limits.allele_count),
                allele_number: field(&limits.allele_number),
                frequency: field(&limits.frequency),
                filtering_frequency: field(&limits.filtering_frequency),
                least_allele_number: limits.least_allele_number,
                limits: limits.clone(),
            };
            match tables.iter_mut().find(|(known, _)| known.name() == table.name()) {
                Some((_, populations)) => populations.push(population),
                None => tables.push((table, vec![population])),
            }
        }
        Self { tables }
    }

    /// True where the allele is above a limit under every one of these kinds of inheritance.
    pub fn is_too_common(&self, allele: &Allele, modes: &[FrequencyMode]) -> bool {
        let mut exceeded = 0_u32;
        let all = (1_u32 << modes.len()) - 1;
        for (table, populations) in &self.tables {
            let Some(row) = table.find(allele) else { continue };
            for population in populations {
                let Some(frequency) = population.frequency_in(table, row) else { continue };
                for (bit, mode) in modes.iter().enumerate() {
                    let exceeds = mode.limit(&population.limits).is_some_and(|limit| frequency > limit);
                    exceeded |= u32::from(exceeds) << bit;
                }
                if exceeded == all {
                    return true;
                }
            }
        }
        false
    }
}

impl Population {
    /// The frequency that is held against the limits; `None` where there is none to hold.
    fn frequency_in(&self, table: &SiteTable, row: u32) -> Option<f64> {
        let field = |field: Option<usize>| table.value(row, field?).and_then(number);
        let filtering = field(self.filtering_frequency);
        let counts = match (field(self.allele_count), field(self.allele_number)) {
            (Some(count), Some(number)) => super::possible_counts(count, number),
            _ => None,
        };
        match counts {
            Some((count, number)) => (number > 0 && number >= self.least_allele_number)
                .then(|| filtering.unwrap_or(count as f64 / number as f64)),
            _ => filtering.or_else(|| field(self.frequency)),
        }
    }
}

fn number(value: SiteValue<'_>) -> Option<f64> {
    let number = match value {
        SiteValue::Integer(number) => number as f64,
        SiteValue::Float(number) => number,
        SiteValue::Text(text) => text.trim().parse().ok()?,
        SiteValue::Flag => return None,
    };
    number.is_finite().then_some(number)
}
