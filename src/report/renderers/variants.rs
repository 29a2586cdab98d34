//! Every variant that the report lists, as one table: findings, single hits, off-panel and untiered variants, one row
//! for each variant and gene.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Renderer;
use crate::model::guideline::Guideline;
use crate::report::ReportError;
use crate::report::model::{Finding, FrequencyState, Report};
use crate::report::table::{self, shown};

/// The row of this format.
pub(super) const RENDERER: Renderer = Renderer {
    id: "variants",
    file: "variants.tsv",
    media_type: "text/tab-separated-values; charset=utf-8",
    source: Guideline::own("docs/results.md"),
    words: "If genes were analysed: a table of all findings and near misses, one row per variant and gene",
    is_written: |report| !report.tested.only_named_variants,
    render: variants_table,
    batch: None,
};

/// A variant in one of the report's lists.
struct Listed<'a> {
    report: &'a Report,
    list: &'static str,
    finding: &'a Finding,
}

/// A column of the table.
pub struct Column {
    /// Its name in the heading.
    pub name: &'static str,
    /// What its cells hold.
    pub words: &'static str,
    cell: fn(&Listed) -> String,
}

const fn column(name: &'static str, words: &'static str, cell: fn(&Listed) -> String) -> Column {
    Column { name, words, cell }
}

/// The columns in order. New ones go to the end; what is not known is empty.
pub static COLUMNS: [Column; 22] = [
    column("referral", "Identifier of the referral.", |of| of.report.referral.id.clone()),
    column("list", "The report's list: `findings`, `single_hits`, `off_panel` or `untiered`.", |of| {
        of.list.to_owned()
    }),
    column("rank", "Place in that list, from 1.", |of| of.finding.rank.to_string()),
    column("tier", "`TIER1`, `TIER2`, `TIER3` or `untiered`.", |of| name_of(&of.finding.tier.tier)),
    column("gene", "Approved symbol.", |of| of.finding.gene.symbol.clone()),
    column("hgnc_id", "HGNC identifier.", |of| shown(of.finding.gene.hgnc_id)),
    column("transcript", "Transcript reported on, with version.", |of| {
        shown(of.finding.nomenclature.transcript.as_deref())
    }),
    column("variant", "`CHROM-POS-REF-ALT`, trimmed and left-aligned, position from 1.", |of| {
        of.finding.variant.name.clone()
    }),
    column("hgvsg", "Genomic HGVS name.", |of| shown(of.finding.nomenclature.genomic.as_deref())),
    column("hgvsc", "Coding or non-coding HGVS name.", |of| shown(of.finding.nomenclature.coding.as_deref())),
    column("hgvsp", "Protein HGVS name.", |of| shown(of.finding.nomenclature.protein.as_deref())),
    column("consequence", "Sequence Ontology terms, most severe first, joined by `&`.", |of| {
        let terms = of.finding.consequence.terms.iter().map(|term| term.name.as_str());
        terms.collect::<Vec<_>>().join("&")
    }),
    column(
        "zygosity",
        "Zygosity in each member, in the order of the family: `P1=heterozygous;P2=not_carried`.",
        |of| {
            joined(
                ";",
                of.finding.genotypes.iter().map(|g| format!("{}={}", g.participant, name_of(&g.zygosity))),
            )
        },
    ),
    column(
        "modes",
        "Modes of inheritance that are not contradicted, each with its verdict: `de_novo=yes`, joined by `;`.",
        |of| {
            let modes = of.finding.inheritance.iter();
            joined(";", modes.map(|fit| format!("{}={}", fit.mode.name(), fit.verdict.name())))
        },
    ),
    column(
        "partners",
        "Other alleles of compound heterozygous pairs, each with whether the pair is in trans and what that rests on: \
         `chr1-5-A-G=yes:trio`, joined by `;`.",
        |of| {
            let partners = of.finding.inheritance.iter().flat_map(|fit| &fit.partners);
            joined(";", partners.map(|p| format!("{}={}:{}", p.variant, p.verdict.name(), p.phase.name())))
        },
    ),
    column("highest_frequency", "Highest frequency in any population of the policy.", |of| {
        shown(highest(of.finding).map(|(value, _)| value))
    }),
    column("highest_population", "Source and population of that frequency.", |of| {
        shown(highest(of.finding).map(|(_, population)| population))
    }),
    column(
        "frequency_states",
        "What the sources say, once each: `counts`, `frequency_only`, `without_frequency`, `not_in_table`, `not_seen`, \
         `not_covered`, `source_not_loaded`.",
        |of| {
            let states: BTreeSet<&str> = of.finding.frequencies.iter().map(|f| state(&f.state)).collect();
            joined(";", states.into_iter().map(str::to_owned))
        },
    ),
    column("assertions", "Clinical assertions, in their sources' words: context, not evidence.", |of| {
        let assertions = of.finding.assertions.iter();
        joined(";", assertions.filter_map(|a| Some(format!("{}={}", a.source, a.value.as_deref()?))))
    }),
    column("rule", "Row of the rule set that decided.", |of| of.finding.tier.rule.clone()),
    column("reason", "Why, in sentences.", |of| of.finding.tier.reasons.join(" | ")),
    column("flags", "Names of the remarks on the variant, joined by `;`.", |of| {
        joined(";", of.finding.flags.iter().map(|flag| flag.name.clone()))
    }),
];

fn variants_table(report: &Report) -> Result<String, ReportError> {
    let mut text = table::heading(COLUMNS.each_ref().map(|column| column.name));
    for (list, findings) in [
        ("findings", &report.findings),
        ("single_hits", &report.single_hits),
        ("off_panel", &report.off_panel),
        ("untiered", &report.untiered),
    ] {
        for finding in findings {
            let listed = Listed { report, list, finding };
            table::row(&mut text, COLUMNS.iter().map(|column| (column.cell)(&listed)));
        }
    }
    Ok(text)
}

fn joined(by: &str, parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(by)
}

/// The name that JSON has for a value.
fn name_of(value: &impl Serialize) -> String {
    let name = serde_json::to_value(value).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}

/// The highest frequency and whose it is; the first of equals.
fn highest(finding: &Finding) -> Option<(f64, String)> {
    let rates = finding.frequencies.iter().filter_map(|of| {
        let rate = match &of.state {
            FrequencyState::Counts { frequency, .. } => (*frequency)?,
            FrequencyState::FrequencyOnly { frequency } => *frequency,
            _ => return None,
        };
        Some((rate.value(), of))
    });
    let (value, of) = rates.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some((value, format!("{} {}", of.source, of.population)))
}

fn state(state: &FrequencyState) -> &'static str {
    match state {
        FrequencyState::Counts { .. } => "counts",
        FrequencyState::FrequencyOnly { .. } => "frequency_only",
        FrequencyState::WithoutFrequency => "without_frequency",
        FrequencyState::NotInTable => "not_in_table",
        FrequencyState::NotSeen => "not_seen",
        FrequencyState::NotCovered => "not_covered",
        FrequencyState::SourceNotLoaded => "source_not_loaded",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::example;

    fn rows(report: &Report) -> Vec<Vec<String>> {
        let text = variants_table(report).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next().unwrap().split('\t').count(), COLUMNS.len());
        lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }

    fn cell<'a>(row: &'a [String], name: &str) -> &'a str {
        &row[COLUMNS.iter().position(|column| column.name == name).unwrap()]
    }

    #[test]
    fn every_listed_variant_has_a_row_in_the_order_of_the_report() {
        let report = example::report();
        let lists = [&report.findings, &report.single_hits, &report.off_panel, &report.untiered];
        let expected: Vec<&str> =
            lists.iter().flat_map(|l| l.iter()).map(|f| f.variant.name.as_str()).collect();
        assert!(lists.iter().filter(|list| !list.is_empty()).count() >= 3);
        let rows = rows(&report);
        let names: Vec<&str> = rows.iter().map(|row| cell(row, "variant")).collect();
        assert_eq!(names, expected);
        assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
    }

    #[test]
    fn a_row_states_what_the_finding_states() {
        let report = example::report();
        let row = &rows(&report)[0];
        for (name, expected) in [
            ("list", "findings"),
            ("tier", "TIER1"),
            ("gene", "WEAVR1"),
            (
                "zygosity",
                "EX-0001-P=heterozygous;EX-0001-M=heterozygous;EX-0001-F=not_carried;EX-0001-S=not_carried;\
                 EX-0001-GM=unknown;EX-0001-GF=unknown",
            ),
            ("highest_population", "gnomad_genomes AFR"),
            ("frequency_states", "counts;not_in_table;source_not_loaded;without_frequency"),
        ] {
            assert_eq!(cell(row, name), expected, "{name}");
        }
        assert_eq!(cell(row, "highest_frequency").parse(), Ok(2.0 / 41_430.0));
        assert!(cell(row, "modes").contains("compound_heterozygous=yes"), "{row:?}");
        assert!(cell(row, "partners").starts_with(&format!("{}=yes:", report.findings[1].variant.name)));
    }

    #[test]
    fn text_of_the_input_is_neither_a_cell_nor_a_formula() {
        let mut report = example::report();
        report.findings[0].tier.reasons = vec!["=1+1\tx\ny".to_owned()];
        report.findings[0].assertions.clear();
        let row = rows(&report).remove(0);
        assert_eq!(cell(&row, "reason"), "'=1+1 x y");
        assert_eq!(cell(&row, "assertions"), "");
    }

    #[test]
    fn the_columns_are_those_of_the_documentation() {
        let documented = include_str!("../../../docs/results.md");
        let section = documented.split("## `variants.tsv`").nth(1).unwrap().split("\n## ").next().unwrap();
        let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
        let columns: Vec<String> =
            COLUMNS.iter().map(|c| format!("| `{}` | {} |", c.name, c.words)).collect();
        assert_eq!(rows, columns);
    }

    #[test]
    fn a_request_for_named_variants_alone_has_no_such_table() {
        assert!((RENDERER.is_written)(&example::negative()));
        assert!(!(RENDERER.is_written)(&example::looked_up(true)));
    }
}
