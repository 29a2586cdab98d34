//! Why no frequency is held against a limit, in words.

use crate::model::frequency::{FrequencyOutcome, PopulationFinding, PopulationResult};

/// Why nothing is known, source by source.
pub(super) fn unknown(outcome: &FrequencyOutcome) -> String {
    let clauses = clauses(outcome, |_| true);
    let mode = outcome.mode.words();
    if clauses.is_empty() {
        return "population frequency unknown: the pipeline names no frequency source, so no frequency \
                filter was applied"
            .to_owned();
    }
    if outcome.populations.iter().all(|p| p.limit.is_none()) {
        return format!(
            "no frequency filter was applied: the pipeline has no {mode} limit; {}",
            clauses.join("; ")
        );
    }
    // A frequency that no limit was applied to is not an unknown one.
    if outcome.populations.iter().any(|p| p.frequency.is_some()) {
        return format!("no frequency filter was applied: {}", clauses.join("; "));
    }
    format!("population frequency unknown, so no frequency filter was applied: {}", clauses.join("; "))
}

/// What is to be added where no source decides and one lists the allele without a readable frequency.
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
            PopulationFinding::NotCovered if population.allele_number.is_none() => {
                "does not cover the \
                                                                                    position"
            }
            PopulationFinding::NotCovered => "lists the allele, but counted no alleles",
            PopulationFinding::TooFewAlleles => "lists the allele, but counted too few alleles",
            PopulationFinding::NotGiven => "lists the allele without a readable frequency",
            PopulationFinding::Absent => "does not list the allele",
            PopulationFinding::NotSeen => "covers the position and did not see the allele",
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
        let of_table = ["is not in the bundle", "does not cover the position", "does not list the allele"];
        if of_table.contains(words) {
            format!("{table} {words}")
        } else {
            format!("{table} {words} ({})", populations.join(", "))
        }
    };
    said.iter().map(clause).collect()
}
