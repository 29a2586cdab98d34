//! Uniparental isodisomy in the proband: two copies of one parent's chromosome.
//!
//! The proband carries the allele on both copies, exactly one parent carries it, and the other does not.
//! A single site is a hint: it is confirmed by the markers around it, and a deletion opposite must be
//! excluded. A haploid call is a deletion, not isodisomy.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `UniparentalIsodisomy`.

use super::clause::Context;
use super::modes::{Answer, Mode, genomics_england, no_flags};
use super::predicates::Predicate;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// The row.
pub(super) const MODE: Mode = Mode {
    mode: SegregationMode::UniparentalIsodisomy,
    regions: &[CopyRegion::Autosomal],
    source: genomics_england("UniparentalIsodisomy"),
    answer: Answer::Own { verdict, reason },
    flags: no_flags,
};

pub(super) fn verdict(context: &Context) -> Verdict {
    let proband = context.family.proband();
    let carries =
        |parent: Option<usize>| parent.map_or(Verdict::Possible, |i| Predicate::ANY.of(context.genotypes[i]));
    Predicate::ALL_OF_TWO_OR_MORE
        .of(context.genotypes[context.family.proband])
        .min(exactly_one(carries(proband.mother), carries(proband.father)))
}

fn exactly_one(a: Verdict, b: Verdict) -> Verdict {
    match (a, b) {
        (Verdict::Possible, _) | (_, Verdict::Possible) => Verdict::Possible,
        (a, b) => (a != b).into(),
    }
}

pub(super) fn reason(context: &Context) -> String {
    let proband = context.family.proband();
    let mut parts = vec![context.member_finding(context.family.proband)];
    for (parent, word) in [(proband.mother, "mother"), (proband.father, "father")] {
        parts.push(match parent {
            Some(i) => format!("{} ({word}) {}", context.id(i), context.finding(i)),
            None => format!("the {word} is not in the pedigree"),
        });
    }
    let head = match verdict(context) {
        Verdict::Yes => {
            "Both copies appear to come from one parent (to be confirmed with surrounding markers)"
        }
        Verdict::Possible => "Both copies may come from one parent",
        Verdict::No => "Not two copies from one parent",
    };
    format!("{head}: {}", parts.join("; "))
}
