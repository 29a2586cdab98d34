//! The family as the samplesheet of the world has it, held against the family of the report.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::truth::table;
use super::{Fault, ScoreError, list, text};

/// One row of a samplesheet; the columns that a report repeats.
#[derive(Debug, Deserialize)]
pub struct Member {
    referral: String,
    participant: String,
    role: String,
    sex: String,
    vcf: String,
    vcf_sample: String,
    test_code: String,
}

/// The members of every referral of these samplesheets.
///
/// # Errors
/// Fails where a samplesheet cannot be read.
pub fn read(world: &Path, samplesheets: &[String]) -> Result<BTreeMap<String, Vec<Member>>, ScoreError> {
    let mut families: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    for samplesheet in samplesheets {
        let members: Vec<Member> = table(&world.join(samplesheet))?;
        let mut sheet: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        for member in members {
            sheet.entry(member.referral.clone()).or_default().push(member);
        }
        families.extend(sheet);
    }
    Ok(families)
}

/// What of the family, its samples or its tests is not as the samplesheet has it.
pub fn faults(family: &[Member], report: &Value, file: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    let expected: Vec<String> = family.iter().map(Member::words).collect();
    let found: Vec<String> = list(report, "/referral/members").iter().map(reported).collect();
    if expected != found {
        faults.push(Fault::new(file, expected.join(", "), found.join(", ")));
    }
    let codes: Vec<&str> =
        family.iter().flat_map(|m| m.test_code.split(';')).filter(|c| !c.is_empty()).collect();
    let tests: Vec<&str> = list(report, "/referral/tests").iter().map(|test| text(test, "/code")).collect();
    if codes != tests {
        faults.push(Fault::new(
            file,
            format!("tests {}", codes.join(" ")),
            format!("tests {}", tests.join(" ")),
        ));
    }
    faults
}

impl Member {
    fn words(&self) -> String {
        let Self { participant, role, sex, vcf, vcf_sample, .. } = self;
        format!("{role} {participant} ({sex}, sample {vcf_sample:?} of {vcf:?})")
    }
}

/// A member as the report has it; relatives further away have their role one level deeper.
fn reported(member: &Value) -> String {
    let role = match text(member, "/role") {
        "" => text(member, "/role/relative"),
        role => role,
    };
    let (participant, sex) = (text(member, "/participant"), text(member, "/sex"));
    let (sample, vcf) = (text(member, "/files/sample"), text(member, "/files/variants"));
    format!("{role} {participant} ({sex}, sample {sample:?} of {vcf:?})")
}
