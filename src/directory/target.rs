//! The `Target/Genes` cell of a Directory row: from a hand-kept text to a typed target.
//!
//! The recognisers stand in order, one file each; the first that understands the whole cell wins. What none
//! of them understands stays `Unresolved` with its text: it is never an empty panel, and never half a list.

mod genes;
mod items;
mod methylation;
mod named_variants;
mod panels;
mod phrases;
mod repeats;

use crate::directory::lint::{Lint, Severity};
use crate::model::directory::TestTarget;

/// A target, and what is doubtful about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// The target.
    pub target: TestTarget,
    /// Doubts.
    pub remarks: Vec<Remark>,
}

/// A doubt about a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// How much it matters.
    pub severity: Severity,
    /// What was understood.
    pub understood: String,
    /// What to do.
    pub remedy: &'static str,
}

impl Recognised {
    fn plain(target: TestTarget) -> Self {
        Self { target, remarks: Vec::new() }
    }

    fn remark(mut self, severity: Severity, understood: impl Into<String>, remedy: &'static str) -> Self {
        self.remarks.push(Remark { severity, understood: understood.into(), remedy });
        self
    }

    /// The target; its doubts go to `lints`, with the place and the cell's text.
    pub fn into_target(self, row: u32, column: &str, found: &str, lints: &mut Vec<Lint>) -> TestTarget {
        for remark in self.remarks {
            lints.push(Lint::new(remark.severity, row, column, found, remark.understood, remark.remedy));
        }
        self.target
    }
}

/// Tells what a cell asks for.
pub fn recognise(raw: &str) -> Recognised {
    let text = plain(raw);
    let recognisers: [fn(&str) -> Option<Recognised>; 6] = [
        phrases::recognise,
        panels::recognise,
        methylation::recognise,
        repeats::recognise,
        named_variants::recognise,
        genes::recognise,
    ];
    recognisers.iter().find_map(|recogniser| recogniser(&text)).unwrap_or_else(|| unresolved(raw, &text))
}

/// One spelling for spaces and dashes; line ends stay, since they may separate genes.
fn plain(raw: &str) -> String {
    let lines = raw.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    plain_dashes(&text)
}

/// One spelling for dashes.
pub(super) fn plain_dashes(text: &str) -> String {
    text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}'], "-")
}

fn unresolved(raw: &str, text: &str) -> Recognised {
    let target = Recognised::plain(TestTarget::Unresolved(raw.trim().to_owned()));
    if text.is_empty() {
        return target.remark(
            Severity::Error,
            "no target: the test cannot be planned",
            "fill in the cell; unmerge cells before saving",
        );
    }
    let odd = genes::odd_items(text);
    let understood = if odd.is_empty() || odd.len() > 3 {
        "not understood: the test cannot be planned".to_owned()
    } else {
        format!("not understood ('{}' is not a gene symbol): the test cannot be planned", odd.join("', '"))
    };
    target.remark(
        Severity::Error,
        understood,
        "name panels by number in brackets, or genes by symbol, separated by ';'",
    )
}

#[cfg(test)]
mod tests;
