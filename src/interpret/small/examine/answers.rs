//! Answers of the filters that need words of their own.

use crate::filter::{Outcome, Rule};

/// Why frequency and consequence do not count, where they do not.
pub(super) fn waiver(assertion: Option<&str>, inclusion: Option<&str>) -> Option<String> {
    let assertion = assertion.map(|value| format!("the clinical assertion is '{value}'"));
    let inclusion = inclusion.map(|reason| format!("it is on the inclusion list ({reason})"));
    match (assertion, inclusion) {
        (Some(a), Some(b)) => Some(format!("{a} and {b}")),
        (a, b) => a.or(b),
    }
}

/// An answer that does not count, and why.
pub(super) fn waived(outcome: Outcome, why: &str) -> Outcome {
    let reason = format!("waived, because {why} ({})", outcome.reason);
    Outcome { kept: true, reason, would_keep: None, ..outcome }
}

/// The answer on the artefact list.
pub(super) fn artefact_outcome(listed: Option<&str>) -> Outcome {
    Outcome {
        rule: Rule::ArtefactList,
        kept: listed.is_none(),
        value: if listed.is_some() { "listed" } else { "not listed" }.to_owned(),
        threshold: "not on the artefact or benign list".to_owned(),
        reason: match listed {
            Some(reason) => format!("on the artefact or benign list: {reason}"),
            None => "not on the artefact or benign list".to_owned(),
        },
        would_keep: listed.map(|_| "removing the allele from the artefact list".to_owned()),
    }
}

/// The answer on the place.
pub(super) fn scope_outcome(inside: bool) -> Outcome {
    Outcome {
        rule: Rule::Scope,
        kept: inside,
        value: if inside { "inside" } else { "outside" }.to_owned(),
        threshold: "in the genes analysed".to_owned(),
        reason: if inside { "in the genes analysed" } else { "outside the genes analysed" }.to_owned(),
        would_keep: (!inside).then(|| {
            "a panel of the test that includes the gene, or genes = \"genome\" in the pipeline's scope"
                .to_owned()
        }),
    }
}
