//! The checks of the input: what is held against the files, the plan and the family before anybody relies on the
//! report. A new check is a file with a row, and a line here.

mod alleles;
mod depth;
mod figures;
mod file_end;
mod identity;
mod plan;
mod records;

use crate::interpret::Interpreted;
use crate::knowledge::Knowledge;
use crate::model::guideline::Guideline;
use crate::model::plan::Plan;
use crate::report::model::{Coverage, InputCheck, Severity};

/// A check of the input.
pub struct Check {
    /// Identifier.
    pub id: &'static str,
    /// Where the rule is published.
    pub source: Guideline,
    /// The gravest thing that it raises.
    pub severity: Severity,
    /// What is asked, as one sentence without its stop.
    pub words: &'static str,
    /// Whether it is asked of a referral that only has variants looked up by name, too.
    pub of_look_ups: bool,
    /// Asks.
    pub(super) raise: fn(&Asked) -> Raised,
}

/// All checks, in the order in which the report lists what they raise.
pub static CHECKS: [Check; 13] = [
    depth::READS,
    plan::STORED_PLAN,
    plan::PENDING_LINK,
    identity::IDENTITY,
    figures::FIGURES,
    alleles::NO_ALLELES,
    alleles::LOST_ALLELES,
    alleles::NOBODY_CARRIES,
    file_end::FILE_END,
    depth::DEPTH,
    records::REMARKS,
    records::COUNTED,
    records::NOT_SEQUENCE,
];

/// What the checks may look at.
pub(super) struct Asked<'a> {
    pub knowledge: &'a Knowledge,
    pub plan: &'a Plan,
    pub found: &'a Interpreted,
    pub coverage: &'a Coverage,
    /// What has moved on since the plan was stored.
    pub plan_notices: &'a [String],
    /// Remarks on files of reads.
    pub reads_remarks: &'a [ReadsRemark],
}

/// A remark on a file of reads.
pub struct ReadsRemark {
    /// The file, as the samplesheet writes it.
    pub file: String,
    /// The remark.
    pub message: String,
}

/// What a check raised.
#[derive(Default)]
pub(super) struct Raised {
    /// For the section on input checks.
    pub checks: Vec<InputCheck>,
    /// To be shown with the headline.
    pub notices: Vec<String>,
}

impl Raised {
    /// Nothing but entries of the section.
    fn checks(checks: impl IntoIterator<Item = InputCheck>) -> Self {
        Self { checks: checks.into_iter().collect(), notices: Vec::new() }
    }

    /// Nothing but notices with the headline.
    fn notices(notices: impl IntoIterator<Item = String>) -> Self {
        Self { checks: Vec::new(), notices: notices.into_iter().collect() }
    }
}

/// An entry of the section, without a remedy.
fn entry(severity: Severity, subject: &str, message: String) -> InputCheck {
    InputCheck { severity, subject: subject.to_owned(), message, remedy: None }
}

/// Makes every check that applies.
pub(super) fn raise_all(asked: &Asked) -> Raised {
    let only_looks_up = asked.plan.only_looks_up();
    let mut all = Raised::default();
    for check in CHECKS.iter().filter(|check| check.of_look_ups || !only_looks_up) {
        let Raised { checks, notices } = (check.raise)(asked);
        debug_assert!(checks.iter().all(|entry| entry.severity >= check.severity), "{}", check.id);
        all.checks.extend(checks);
        all.notices.extend(notices);
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_checks_share_an_identifier() {
        assert_eq!(CHECKS.iter().map(|check| check.id).collect::<BTreeSet<_>>().len(), CHECKS.len());
    }
}
