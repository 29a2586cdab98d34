//! `docs/rules.md` says what the lists of the program say. Made again with `ITHACA_BLESS=1`.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use ithaca::compose::checks::CHECKS;
use ithaca::family::MODES;
use ithaca::filter::rules::{FILTERS, WAIVERS};
use ithaca::model::guideline::Guideline;
use ithaca::model::segregation::CopyRegion;
use ithaca::report::model::Severity;
use ithaca::report::renderers::RENDERERS;
use ithaca::tier::CRITERIA;

use crate::program::root;

const HEAD: &str = "# The rules

Every filter, mode of inheritance, tier criterion, check of the input and format of a report, in the order in which it
runs, with where it is published. This page is made from the program's own lists; limits are those of the pipeline
definition and the rule set, which each report states.
";

/// A table of Markdown.
fn table<const N: usize>(text: &mut String, title: &str, heading: [&str; N], rows: Vec<[String; N]>) {
    let line = |cells: [&str; N]| format!("| {} |\n", cells.join(" | "));
    let _ = write!(text, "\n## {title}\n\n{}{}", line(heading), line(["---"; N]));
    for row in &rows {
        assert!(row.iter().all(|cell| !cell.is_empty() && !cell.contains('|')), "{row:?}");
        text.push_str(&line(row.each_ref().map(String::as_str)));
    }
}

fn id(id: &str) -> String {
    format!("`{id}`")
}

fn region(region: CopyRegion) -> &'static str {
    match region {
        CopyRegion::Autosomal => "autosomes",
        CopyRegion::X => "X",
        CopyRegion::Y => "Y",
        CopyRegion::Mitochondrial => "mitochondrial genome",
    }
}

fn document() -> String {
    let mut text = HEAD.to_owned();
    let filters = FILTERS.iter().map(|row| {
        let steps: Vec<&str> = row.steps.iter().map(|step| step.words()).collect();
        [id(row.id), row.words.to_owned(), steps.join("; or "), row.source.to_string()]
    });
    table(&mut text, "Filters", ["filter", "asks for", "drops what is", "source"], filters.collect());
    let waivers = WAIVERS.iter().map(|row| [id(row.id), row.words.to_owned(), row.source.to_string()]);
    table(&mut text, "Waivers", ["waiver", "what it does", "source"], waivers.collect());
    let modes = MODES.iter().map(|row| {
        let regions: Vec<&str> = row.regions.iter().copied().map(region).collect();
        [id(row.mode.name()), row.mode.words().to_owned(), regions.join(", "), row.source.to_string()]
    });
    table(&mut text, "Modes of inheritance", ["mode", "words", "tested on", "source"], modes.collect());
    let criteria = CRITERIA.iter().map(|row| [id(row.id), row.words.to_owned(), row.source.to_string()]);
    table(&mut text, "Tier criteria", ["criterion", "words", "source"], criteria.collect());
    let checks = CHECKS.iter().map(|row| {
        let severity = match row.severity {
            Severity::Warning => "warning",
            Severity::Information => "information",
        };
        [id(row.id), row.words.to_owned(), severity.to_owned(), row.source.to_string()]
    });
    table(&mut text, "Checks of the input", ["check", "asks", "severity", "source"], checks.collect());
    let renderers = RENDERERS.iter().map(|row| {
        [id(row.file), id(row.id), row.media_type.to_owned(), row.words.to_owned(), row.source.to_string()]
    });
    let heading = ["file", "`--format`", "media type", "words", "source"];
    table(&mut text, "Formats of a report", heading, renderers.collect());
    text
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "whether to make the page again is asked for by the environment"
)]
fn the_page_says_what_the_lists_say() {
    let path = root().join("docs/rules.md");
    let made = document();
    if std::env::var_os("ITHACA_BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap();
    assert!(stored == made, "docs/rules.md is not what the lists say; make it again with ITHACA_BLESS=1");
}

#[test]
fn every_rule_has_a_source() {
    let sources: Vec<&Guideline> = FILTERS
        .iter()
        .map(|row| &row.source)
        .chain(WAIVERS.iter().map(|row| &row.source))
        .chain(MODES.iter().map(|row| &row.source))
        .chain(CRITERIA.iter().map(|row| &row.source))
        .chain(CHECKS.iter().map(|row| &row.source))
        .chain(RENDERERS.iter().map(|row| &row.source))
        .collect();
    assert!(sources.iter().all(|source| !source.document.is_empty()));
    // A rule of the program's own is explained somewhere.
    let own: BTreeSet<&str> =
        sources.iter().filter(|source| source.document == "Ithaca").map(|source| source.section).collect();
    for section in own {
        let page = section.starts_with("docs/") && root().join(section).is_file();
        assert!(page || section.ends_with("of the pipeline definition"), "{section}");
    }
}
