//! Why no frequency is held against a limit, in words.

use crate::model::frequency::{FrequencyOutcome, PopulationFinding, PopulationResult};

/// Why nothing is known, source by source.
pub(super) fn unknown(outcome: &FrequencyOutcome) -> String {
    let clauses = clauses(outcome, |_| true);
    let mode = outcome.mode.words();
    if clauses.is_empty() {
        return "population frequency is not known: the pipeline names no source".to_owned();
    }
    if outcome.populations.iter().all(|p| p.limit.is_none()) {
        return format!("not held against a limit: the pipeline has no {mode} limit; {}", clauses.join("; "));
    }
    format!("population frequency is not known: {}", clauses.join("; "))
}

/// What is to be added where no source decides and one lists the allele without a frequency that can be read.
pub(super) fn but_unreadable(outcome: &FrequencyOutcome) -> String {
    let clauses = clauses(outcome, |p| p.finding == PopulationFinding::NotGiven);
    clauses.iter().map(|clause| format!("; but {clause}")).collect()
}

/// One clause for the populations of a table of which the same is to be said.
fn clauses(outcome: &FrequencyOutcome, is: impl Fn(&PopulationResult) -> bool) -> Vec<String> {
    let mut said: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for population in outcome.populations.iter().filter(|p| is(p)) {
        let words = match population.finding {
            PopulationFinding::NotInBundle => "is not in the bundle",
            PopulationFinding::NotCovered if population.allele_number.is_none() => "does not cover the place",
            PopulationFinding::NotCovered => "lists the allele, and no alleles were looked at",
            PopulationFinding::TooFewAlleles => "lists the allele, and too few alleles were looked at",
            PopulationFinding::NotGiven => "lists the allele without a frequency that can be read",
            PopulationFinding::Absent => "does not list the allele",
            PopulationFinding::NotSeen => "looked at the place and did not see the allele",
            PopulationFinding::NoLimit | PopulationFinding::Within | PopulationFinding::Exceeds => {
                "lists the allele"
            }
        };
        match said.iter_mut().find(|(table, known, _)| *table == population.table && *known == words) {
            Some((.., populations)) => populations.push(&population.population),
            None => said.push((&population.table, words, vec![&population.population])),
        }
    }
    let clause = |(table, words, populations): &(&str, &str, Vec<&str>)| {
        // Where it is the table that has nothing, the populations say no more.
        let of_table = ["is not in the bundle", "does not cover the place", "does not list the allele"];
        if of_table.contains(words) {
            format!("{table} {words}")
        } else {
            format!("{table} {words} ({})", populations.join(", "))
        }
    };
    said.iter().map(clause).collect()
}
