//! One row of the truth held against a report.

use std::path::Path;

use serde_json::Value;

use super::referral::SECTIONS;
use super::truth::{Kind, Row};
use super::{Fault, list, text};

/// The better, the higher. A tier that is not known counts as the best: it is never taken for a right answer.
fn rank(tier: &str) -> u8 {
    match tier {
        "untiered" => 0,
        "TIER3" => 1,
        "TIER2" => 2,
        _ => 3,
    }
}

/// What is wrong with a row.
pub fn faults(row: &Row, report: &Value, file: &Path) -> Vec<Fault> {
    let mut found: Vec<(&str, &Value)> = SECTIONS
        .iter()
        .flat_map(|section| list(report, section).iter().map(move |finding| (*section, finding)))
        .filter(|(_, finding)| text(finding, "/variant/name") == row.variant)
        .collect();
    found.sort_by_key(|(_, finding)| std::cmp::Reverse(rank(text(finding, "/tier/tier"))));
    let best = found.first().copied();
    let mut faults = Vec::new();
    let mut say = |expected: String, found: String| faults.push(Fault::new(file, expected, found));
    match row.kind {
        Kind::Cause => match best {
            None => say(format!("{} in {}", row.expected_tier, row.gene), "not in the report".to_owned()),
            Some((section, finding)) => cause(row, section, finding, report, &mut say),
        },
        Kind::Decoy => {
            if let Some((_, finding)) = best {
                let tier = text(finding, "/tier/tier");
                if rank(tier) > rank(&row.expected_tier) {
                    say(format!("at most {}", row.expected_tier), tier.to_owned());
                }
            }
        }
        Kind::SingleHit => {
            let tier = best.map_or("untiered", |(_, finding)| text(finding, "/tier/tier"));
            if tier != "untiered" {
                say("untiered".to_owned(), tier.to_owned());
            }
            if !found.iter().any(|(section, _)| *section == "/single_hits") {
                say("listed as a single hit".to_owned(), "not listed".to_owned());
            }
        }
        Kind::CoverageGap => gap(row, report, &mut say),
        Kind::Failed => say("a referral that fails".to_owned(), "a report".to_owned()),
    }
    // A decoy need not be reported; where it is, it must be the variant that was planted.
    let own = found.iter().find(|(_, finding)| text(finding, "/gene/hgnc_id") == row.hgnc_id);
    match own {
        Some((_, finding)) => description(row, finding, &mut say),
        None if best.is_some() => {
            let genes: Vec<&str> = found.iter().map(|(_, finding)| text(finding, "/gene/hgnc_id")).collect();
            say(format!("{} ({})", row.gene, row.hgnc_id), genes.join(" "));
        }
        None => {}
    }
    faults
}

type Say<'a> = dyn FnMut(String, String) + 'a;

/// The cause: tier, place in the report, gene, modes, partner, and what a warning must say.
fn cause(row: &Row, section: &str, finding: &Value, report: &Value, say: &mut Say<'_>) {
    let tier = text(finding, "/tier/tier");
    if tier != row.expected_tier {
        say(row.expected_tier.clone(), tier.to_owned());
    }
    if text(finding, "/gene/symbol") != row.gene || text(finding, "/gene/hgnc_id") != row.hgnc_id {
        let found = format!("{} ({})", text(finding, "/gene/symbol"), text(finding, "/gene/hgnc_id"));
        say(format!("{} ({})", row.gene, row.hgnc_id), found);
    }
    if matches!(row.expected_tier.as_str(), "TIER1" | "TIER2") {
        if section != "/findings" {
            say("among the findings".to_owned(), format!("among {section}"));
        }
        let headline = text(report, "/headline/sentence");
        if !headline.contains(&row.gene) {
            say(format!("a headline that names {}", row.gene), format!("{headline:?}"));
        }
    }
    for mode in [row.mode.as_str()].into_iter().chain(Row::words(&row.also_modes)) {
        let found = inheritance(finding, mode).map_or("not listed", |i| text(i, "/verdict"));
        if found != row.verdict {
            say(format!("{mode}: {}", row.verdict), found.to_owned());
        }
    }
    if !row.partner.is_empty() {
        let partners = inheritance(finding, &row.mode).map_or(&[][..], |i| list(i, "/partners"));
        let words: Vec<String> = partners
            .iter()
            .map(|p| partner(text(p, "/variant"), text(p, "/phase"), text(p, "/verdict")))
            .collect();
        let expected = partner(&row.partner, &row.phase, &row.verdict);
        if words != [expected.as_str()] {
            say(format!("partner {expected}"), format!("partners [{}]", words.join(", ")));
        }
    }
    if !row.must_name.is_empty() {
        let warned = list(report, "/input_checks/checks").iter().any(|check| {
            let message = text(check, "/message");
            text(check, "/severity") != "information"
                && Row::words(&row.must_name).all(|w| message.contains(w))
        });
        if !warned {
            say(format!("a warning that names {}", row.must_name.replace(';', ", ")), "none".to_owned());
        }
    }
}

fn inheritance<'v>(finding: &'v Value, mode: &str) -> Option<&'v Value> {
    list(finding, "/inheritance").iter().find(|i| text(i, "/mode") == mode)
}

/// Names, consequence, origin and what each member carries.
fn description(row: &Row, finding: &Value, say: &mut Say<'_>) {
    for (name, expected) in [("coding", &row.hgvsc), ("protein", &row.hgvsp)] {
        let found = finding.pointer("/nomenclature").map_or("", |names| text(names, &format!("/{name}")));
        if !expected.is_empty() && found != expected {
            say(expected.clone(), format!("{name} name {found:?}"));
        }
    }
    let terms: Vec<&str> =
        list(finding, "/consequence/terms").iter().map(|term| text(term, "/name")).collect();
    if !terms.contains(&row.consequence.as_str()) {
        say(row.consequence.clone(), format!("consequence {}", terms.join(" ")));
    }
    let new = inheritance(finding, "de_novo").map_or("not listed", |i| text(i, "/verdict"));
    match row.origin.as_str() {
        "" => {}
        "new" if new != "yes" => say("de_novo: yes".to_owned(), new.to_owned()),
        "new" => {}
        from if !matches!(new, "no" | "not listed") => {
            say(format!("from {from}, not new"), format!("de_novo: {new}"))
        }
        _ => {}
    }
    let found: Vec<String> = list(finding, "/genotypes").iter().map(genotype).collect();
    let expected: Vec<String> = Row::words(&row.carried).map(carried).collect();
    if !expected.is_empty() && found != expected {
        say(expected.join(", "), found.join(", "));
    }
}

/// A genotype as the report has it: participant, state, fraction of the mitochondrial copies.
fn genotype(value: &Value) -> String {
    let words = format!("{} {}", text(value, "/participant"), text(value, "/zygosity"));
    match value.pointer("/fraction").and_then(Value::as_f64) {
        Some(fraction) => format!("{words} {:.0}%", fraction * 100.0),
        None => words,
    }
}

/// What a member carries, `P00101:1/2`, in the words of a report.
fn carried(word: &str) -> String {
    let (participant, state) = word.split_once(':').unwrap_or((word, ""));
    let zygosity = match state.split_once('/') {
        Some((_, "0")) => "unknown",
        Some(("0", _)) => "not_carried",
        Some(("1", "1")) => "hemizygous",
        Some((count, copies)) if count == copies => "homozygous",
        Some(_) => "heterozygous",
        None => match state {
            "0%" => "not_carried 0%",
            "100%" => "homoplasmic 100%",
            percent if percent.ends_with('%') => return format!("{participant} heteroplasmic {percent}"),
            // `?` and `-`: nothing in the files says.
            _ => "unknown",
        },
    };
    format!("{participant} {zygosity}")
}

/// A stretch, `contig-start-end`, that no read of anybody covers: everyone's gaps must hold the whole of it.
fn gap(row: &Row, report: &Value, say: &mut Say<'_>) {
    let mut parts = row.variant.rsplitn(3, '-');
    let (end, start, contig) = (parts.next(), parts.next(), parts.next());
    let number = |part: Option<&str>| part.and_then(|p| p.parse::<u64>().ok());
    let (Some(start), Some(end), Some(contig)) = (number(start), number(end), contig) else {
        return say("contig-start-end in the truth".to_owned(), row.variant.clone());
    };
    let members = list(report, "/referral/members");
    if members.is_empty() {
        say(format!("a gap in {} of every member", row.gene), "no members".to_owned());
    }
    for member in members {
        let who = text(member, "/participant");
        let measured =
            list(report, "/coverage/participants").iter().filter(|p| text(p, "/participant") == who);
        let at = |gap: &Value, key: &str| gap.pointer(key).and_then(Value::as_u64);
        let seen = measured.flat_map(|p| list(p, "/coverage/content/gaps")).any(|gap| {
            text(gap, "/chrom") == contig
                && text(gap, "/gene") == row.gene
                && at(gap, "/start").is_some_and(|from| from <= start)
                && at(gap, "/end").is_some_and(|to| end <= to)
                && at(gap, "/minimum_depth") == Some(0)
        });
        if !seen {
            say(format!("a gap of {who} in {} without a read", row.gene), "no such gap".to_owned());
        }
    }
}

fn partner(variant: &str, phase: &str, verdict: &str) -> String {
    format!("{variant} by {phase}: {verdict}")
}
