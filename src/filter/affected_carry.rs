//! At least one affected member carries the allele.

use super::outcome::{Outcome, Rule};
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy};

/// Drops an allele that no affected member carries. One that an affected member may carry (a missing or
/// partial call) is kept only if another affected member does carry it: an allele nobody affected is shown
/// to carry explains nothing, and the reason says who is not known.
pub fn affected_carry(family: &Family, calls: &[Call]) -> Outcome {
    let called = |i: &usize| calls.get(*i).is_some_and(|c| c.missing.is_none());
    let carriers: Vec<&str> = family
        .affected()
        .filter(|i| called(i) && calls[*i].carries())
        .map(|i| family.members[i].id.as_str())
        .collect();
    let unknown: Vec<&str> = family
        .affected()
        .filter(|i| !called(i) || (!calls[*i].carries() && calls[*i].copies.contains(&Copy::Unknown)))
        .map(|i| family.members[i].id.as_str())
        .collect();
    let kept = !carriers.is_empty();
    let reason = if kept {
        format!("carried by {}", carriers.join(", "))
    } else if unknown.is_empty() {
        "no affected member carries it".to_owned()
    } else {
        format!("no affected member is known to carry it; unknown in {}", unknown.join(", "))
    };
    Outcome {
        rule: Rule::AffectedCarry,
        kept,
        value: carriers.len().to_string(),
        threshold: "at least 1 affected carrier".to_owned(),
        reason,
        would_keep: None,
    }
}
