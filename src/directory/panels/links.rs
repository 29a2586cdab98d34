//! Approvals: who has said, and when, that a test is answered by a version of a panel.
//!
//! The list only grows. A link is current while the last approval of a test and panel names the version in use
//! and the Directory release in use; a new panel version, or a new release, makes it pending until a person
//! approves again.

use std::collections::BTreeMap;

use super::import::listing::iso_day;
use crate::directory::code;

/// Headings of the list, in the order they are written.
pub const HEADINGS: [&str; 6] = ["code", "panel", "version", "release", "approved_by", "approved_on"];

/// One approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Test code.
    pub code: String,
    /// Panel.
    pub panel: u32,
    /// Version approved.
    pub version: String,
    /// Directory release it was approved under.
    pub release: String,
    /// Who approved.
    pub by: String,
    /// When (ISO).
    pub on: String,
}

/// How a link stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState<'a> {
    /// Approved for this version under this release.
    Current(&'a Approval),
    /// Not so: the last approval, where there is one, and why it does not count.
    Pending(Option<&'a Approval>, String),
}

/// All approvals of a laboratory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelLinks {
    approvals: Vec<Approval>,
    last: BTreeMap<(String, u32), usize>,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct LinkError {
    /// 1-based line.
    pub line: usize,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl PanelLinks {
    /// Reads the list: tab-separated, with the headings of [`HEADINGS`].
    ///
    /// # Errors
    /// When the headings are others, a cell is empty, or a panel number or day is none.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let mut links = Self::default();
        let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
        let heading: Vec<&str> =
            lines.next().map_or("", |(_, line)| line).split('\t').map(str::trim).collect();
        if heading != HEADINGS {
            let reason = format!("the headings are not {}, separated by tabs", HEADINGS.join(", "));
            return Err(LinkError { line: 1, reason });
        }
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let fault = |reason: String| LinkError { line: index + 1, reason };
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let [test, panel, version, release, by, on] = cells.as_slice() else {
                return Err(fault(format!("has {} cells, not {}", cells.len(), HEADINGS.len())));
            };
            if let Some(empty) = cells.iter().position(|cell| cell.is_empty()) {
                return Err(fault(format!("the cell {} is empty; fill it", HEADINGS[empty])));
            }
            let panel =
                panel.parse().map_err(|_| fault(format!("'{panel}' is not a panel number; correct it")))?;
            if iso_day(on).is_none_or(|day| day != *on) {
                return Err(fault(format!("'{on}' is not a date; write it as 2026-01-31")));
            }
            links.add(Approval {
                code: code::normalise(test),
                panel,
                version: (*version).to_owned(),
                release: (*release).to_owned(),
                by: (*by).to_owned(),
                on: (*on).to_owned(),
            });
        }
        Ok(links)
    }

    /// Adds an approval; of two for one link, that of the later day counts, and of one day the later row.
    pub fn add(&mut self, approval: Approval) {
        let index = self.approvals.len();
        let last = self.last.entry((approval.code.clone(), approval.panel)).or_insert(index);
        if self.approvals.get(*last).is_none_or(|known| known.on <= approval.on) {
            *last = index;
        }
        self.approvals.push(approval);
    }

    /// How the link between a test and a panel version stands under a release.
    pub fn state(&self, code: &str, panel: u32, version: &str, release: &str) -> LinkState<'_> {
        let last = self.last.get(&(code.to_owned(), panel)).and_then(|index| self.approvals.get(*index));
        let Some(approval) = last else {
            return LinkState::Pending(None, "the link has not been approved".to_owned());
        };
        if approval.version != version {
            let reason = format!("version {} is approved, version {version} is used", approval.version);
            return LinkState::Pending(Some(approval), reason);
        }
        if approval.release != release {
            let reason = format!(
                "approved under Test Directory release {}, and the release is now {release}",
                approval.release
            );
            return LinkState::Pending(Some(approval), reason);
        }
        LinkState::Current(approval)
    }

    /// The list as it is written.
    pub fn to_tsv(&self) -> String {
        let mut text = HEADINGS.join("\t") + "\n";
        for a in &self.approvals {
            let panel = a.panel.to_string();
            let cells = [&a.code, &panel, &a.version, &a.release, &a.by, &a.on];
            text += &(cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t") + "\n");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "code\tpanel\tversion\trelease\tapproved_by\tapproved_on\n\
        R1.1\t10\t1.1\t8\tA. Scientist\t2025-01-01\nr1-1\t10\t1.2\t8\tB. Scientist\t2026-01-01\n";

    #[test]
    fn a_link_is_current_only_for_its_version_and_release() {
        let links = PanelLinks::parse(LIST).unwrap();
        let words = |code, version, release| match links.state(code, 10, version, release) {
            LinkState::Current(approval) => format!("current {}", approval.by),
            LinkState::Pending(_, reason) => reason,
        };
        assert_eq!(words("R1.1", "1.2", "8"), "current B. Scientist");
        assert_eq!(words("R1.1", "1.1", "8"), "version 1.2 is approved, version 1.1 is used");
        assert!(words("R1.1", "1.2", "9").contains("under Test Directory release 8"));
        assert_eq!(words("R1.2", "1.2", "8"), "the link has not been approved");
        assert_eq!(PanelLinks::parse(&links.to_tsv()).unwrap(), links);
    }

    #[test]
    fn a_row_that_cannot_be_used_is_named() {
        let heading = HEADINGS.join("\t");
        for (row, words) in [
            ("R1.1\tx\t1\t8\tA\t2026-01-01", "'x' is not a panel number"),
            ("R1.1\t1\t1\t8\tA\t2026-02-30", "'2026-02-30' is not a date"),
            ("R1.1\t1\t1\t8\t\t2026-01-01", "approved_by is empty"),
            ("R1.1\t1", "has 2 cells"),
        ] {
            let error = PanelLinks::parse(&format!("{heading}\n{row}\n")).unwrap_err().to_string();
            assert!(error.starts_with("line 2: ") && error.contains(words), "{error}");
        }
        assert!(PanelLinks::parse("a\tb\n").is_err() && PanelLinks::parse("").is_err());
    }
}
