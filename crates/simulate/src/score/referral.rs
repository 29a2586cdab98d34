//! One referral that must be done: what is true of the whole of it, then its rows, then what nobody planted.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::family::{self, Member};
use super::finding;
use super::results::Results;
use super::truth::{Kind, Row};
use super::{Fault, ScoredRow, list, text};

/// The lists of a report that hold variants.
pub const SECTIONS: [&str; 4] = ["/findings", "/off_panel", "/single_hits", "/untiered"];

/// The rows of a referral. What is wrong with the whole of it is wrong with each of its rows.
pub fn rows(results: &Results, id: &str, family: Option<&Vec<Member>>, rows: &[&Row]) -> Vec<ScoredRow> {
    let file = results.folder(id).join("report.json");
    let mut whole = results.unfinished(id);
    let entry = results.entry(id, "done").map_err(|fault| whole.push(fault)).ok();
    let report: Option<Value> = match fs::read(&file).map_err(|f| f.to_string()) {
        Err(fault) => {
            whole.push(Fault::new(&file, "a report", fault));
            None
        }
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_err(|fault| whole.push(Fault::new(&file, "a report", format!("it cannot be read: {fault}"))))
            .ok(),
    };
    let Some(report) = report else {
        return rows.iter().map(|row| row.scored(whole.clone())).collect();
    };
    if text(&report, "/referral/id") != id {
        whole.push(Fault::new(&file, format!("the report of {id}"), text(&report, "/referral/id")));
    }
    if let Some(family) = family {
        whole.extend(family::faults(family, &report, &file));
    }
    if let Some(entry) = entry {
        whole.extend(summary(entry, &report, results));
    }
    let mut scored: Vec<ScoredRow> = rows
        .iter()
        .map(|row| {
            let mut faults = whole.clone();
            faults.extend(finding::faults(row, &report, &file));
            row.scored(faults)
        })
        .collect();
    scored.extend(unplanned(id, rows, &report, &file));
    scored
}

/// How many findings of a report are in a tier.
fn count(report: &Value, tier: &str) -> u64 {
    let findings = SECTIONS.iter().flat_map(|section| list(report, section));
    findings.filter(|finding| text(finding, "/tier/tier") == tier).count() as u64
}

/// Where the summary of the batch counts otherwise than the report.
fn summary(entry: &Value, report: &Value, results: &Results) -> Vec<Fault> {
    [("TIER1", "tier_1"), ("TIER2", "tier_2")]
        .into_iter()
        .filter_map(|(tier, key)| {
            let found =
                entry.pointer("/state/tiers").and_then(|tiers| tiers.get(key)).and_then(Value::as_u64);
            let expected = count(report, tier);
            (found != Some(expected)).then(|| {
                let found = found.map_or_else(|| "no count".to_owned(), |n| n.to_string());
                let expected = format!("{expected} in {tier}, as in report.json");
                Fault::new(&results.batch_file(), expected, found)
            })
        })
        .collect()
}

/// What is in Tier 1 or Tier 2 and is no cause of the truth, or is there more than once.
fn unplanned(id: &str, rows: &[&Row], report: &Value, file: &Path) -> Vec<ScoredRow> {
    let mut planned: Vec<(&str, &str)> = rows
        .iter()
        .filter(|row| row.kind == Kind::Cause)
        .map(|row| (row.variant.as_str(), row.hgnc_id.as_str()))
        .collect();
    let mut scored = Vec::new();
    for finding in SECTIONS.iter().flat_map(|section| list(report, section)) {
        let tier = text(finding, "/tier/tier");
        if !matches!(tier, "TIER1" | "TIER2") {
            continue;
        }
        let found = (text(finding, "/variant/name"), text(finding, "/gene/hgnc_id"));
        if let Some(at) = planned.iter().position(|planned| *planned == found) {
            planned.remove(at);
            continue;
        }
        let expected = "not in Tier 1 or Tier 2: the truth does not name it".to_owned();
        let fault =
            Fault::new(file, expected.clone(), format!("{tier} in {}", text(finding, "/gene/symbol")));
        scored.push(ScoredRow {
            referral: id.to_owned(),
            variant: found.0.to_owned(),
            kind: "unplanned".to_owned(),
            expected,
            faults: vec![fault],
        });
    }
    scored
}
