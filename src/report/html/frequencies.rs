//! The population frequencies of a finding: rows where a source has a figure, one line for the rest.

use serde::Serialize;

use crate::report::model::{Frequency, FrequencyState};

/// The frequencies of one finding as its page shows them.
#[derive(Serialize)]
pub(super) struct Frequencies<'a> {
    rows: Vec<&'a Frequency>,
    without: String,
}

impl<'a> Frequencies<'a> {
    pub(super) fn of(all: &'a [Frequency]) -> Self {
        Self { rows: all.iter().filter(|row| has_figures(row)).collect(), without: without_figures(all) }
    }
}

/// True where the source has something to put into a row.
fn has_figures(row: &Frequency) -> bool {
    matches!(row.state, FrequencyState::Counts { .. } | FrequencyState::FrequencyOnly { .. })
}

/// The sources without a figure as one sentence, by what they lack; empty where every source has one.
fn without_figures(rows: &[Frequency]) -> String {
    let mut clauses: Vec<String> = [
        (
            FrequencyState::NotInTable,
            "not listed in",
            ", with unknown coverage of the position (treated as a frequency of 0)",
        ),
        (FrequencyState::NotSeen, "position covered but allele not seen in", ""),
        (FrequencyState::WithoutFrequency, "listed without a readable frequency in", ""),
        (FrequencyState::NotCovered, "position not covered by", ""),
        (FrequencyState::SourceNotLoaded, "source not loaded:", ""),
    ]
    .into_iter()
    .filter_map(|(state, words, remark)| {
        let sources = sources(rows.iter().filter(|row| row.state == state));
        (!sources.is_empty()).then(|| format!("{words} {}{remark}", sources.join(", ")))
    })
    .collect();
    if let Some(first) = clauses.first_mut() {
        first[..1].make_ascii_uppercase();
        clauses.join("; ") + "."
    } else {
        String::new()
    }
}

/// Each source once, with its release and the populations asked for: `gnomad_exomes v4.1 (AFR, NFE)`.
fn sources<'a>(rows: impl Iterator<Item = &'a Frequency>) -> Vec<String> {
    let mut named: Vec<(&str, Option<&str>, Vec<&str>)> = Vec::new();
    for row in rows {
        let version = row.version.as_deref();
        match named.iter_mut().find(|(source, release, _)| *source == row.source && *release == version) {
            Some((.., populations)) => populations.push(&row.population),
            None => named.push((&row.source, version, vec![&row.population])),
        }
    }
    named
        .into_iter()
        .map(|(source, version, populations)| {
            let version = version.map(|version| format!(" {version}")).unwrap_or_default();
            format!("{source}{version} ({})", populations.join(", "))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(source: &str, population: &str, state: FrequencyState) -> Frequency {
        Frequency {
            source: source.to_owned(),
            version: Some("4.1".to_owned()),
            population: population.to_owned(),
            state,
            filtering: None,
        }
    }

    #[test]
    fn a_source_that_lists_nothing_is_named_once() {
        let rows = [
            row("exomes", "AFR", FrequencyState::NotInTable),
            row("exomes", "NFE", FrequencyState::NotInTable),
            row("genomes", "NFE", FrequencyState::NotInTable),
            row("cohort", "all", FrequencyState::SourceNotLoaded),
        ];
        assert_eq!(
            without_figures(&rows),
            "Not listed in exomes 4.1 (AFR, NFE), genomes 4.1 (NFE), with unknown coverage of the position (treated as \
             a frequency of 0); source not loaded: cohort 4.1 (all)."
        );
        assert!(Frequencies::of(&rows).rows.is_empty());
    }

    #[test]
    fn a_figure_keeps_its_row() {
        let rows = [
            row("exomes", "AFR", FrequencyState::counts(0, 0)),
            row("exomes", "NFE", FrequencyState::NotSeen),
        ];
        assert_eq!(without_figures(&rows), "Position covered but allele not seen in exomes 4.1 (NFE).");
        assert_eq!(Frequencies::of(&rows).rows, [&rows[0]]);
    }
}
