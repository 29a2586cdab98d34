//! At least one affected member carries the allele.

use super::outcome::Outcome;
use super::rules::{Ask, Filter};
use crate::model::family::Family;
use crate::model::funnel::FunnelStep;
use crate::model::guideline::Guideline;
use crate::model::segregation::Verdict;

/// The row.
pub const AFFECTED_CARRY: Filter = Filter {
    id: "affected_carry",
    source: Guideline::new(
        "Genomics England, Rare Disease Genome Analysis Guide",
        "variant tiering, criterion 4",
        "Mira, 2024-04",
    ),
    words: "carried by an affected member",
    steps: &[FunnelStep::NotCarried, FunnelStep::GenotypeUnknown],
    ask: Ask::InPlace,
};

/// Drops an allele that no affected member carries; `carries` gives what is known of a member, by index. One that an
/// affected member may carry (a missing or partial call) is kept only if another affected member does carry it: an
/// allele nobody affected is shown to carry explains nothing, and the reason says who is not known.
pub fn affected_carry(family: &Family, carries: impl Fn(usize) -> Verdict) -> Outcome {
    let of = |wanted: Verdict| -> Vec<&str> {
        let members = family.affected().filter(|&member| carries(member) == wanted);
        members.map(|member| family.members[member].id.as_str()).collect()
    };
    let (carriers, unknown) = (of(Verdict::Yes), of(Verdict::Possible));
    let kept = !carriers.is_empty();
    let reason = if kept {
        format!("carried by {}", carriers.join(", "))
    } else if unknown.is_empty() {
        "no affected member carries it".to_owned()
    } else {
        format!("no affected member is known to carry it; unknown in {}", unknown.join(", "))
    };
    Outcome {
        rule: AFFECTED_CARRY.rule(),
        kept,
        value: carriers.len().to_string(),
        threshold: "at least 1 affected carrier".to_owned(),
        reason,
        would_keep: None,
    }
}
