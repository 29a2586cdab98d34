//! De novo in the proband.
//!
//! The proband carries the allele, and each parent who could have given it carries none. Which parents those
//! are: both for autosomes, pseudoautosomal regions and the X of a woman; the mother for the X of a man and
//! for the mitochondrial genome; the father for Y. A parent who is absent or not called leaves the verdict
//! possible; a parent who carries the allele decides it, even if the other is missing.
//!
//! A homozygous child of one carrier is *not* de novo but a transmission conflict (uniparental disomy,
//! a deletion opposite, an error). Homozygous with two non-carrier parents is flagged `double_de_novo`.
//! Siblings do not enter the rule; one who carries the allele is flagged `sibling_carries`.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `deNovo`.

use super::clause::Context;
use super::copies::{self, Genotypes};
use super::modes::{Answer, Mode, genomics_england};
use super::predicates::Predicate;
use crate::model::participant::SexChromosomes;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// The row.
pub(super) const MODE: Mode = Mode {
    mode: SegregationMode::DeNovo,
    regions: &[CopyRegion::Autosomal, CopyRegion::X, CopyRegion::Y, CopyRegion::Mitochondrial],
    source: genomics_england("deNovo"),
    answer: Answer::Own { verdict, reason },
    flags,
};

/// Which parents could have given the allele to a child of this karyotype.
#[derive(Clone, Copy)]
pub(super) struct RequiredParents {
    pub mother: bool,
    pub father: bool,
}

pub(super) fn required_parents(region: CopyRegion, child: SexChromosomes) -> RequiredParents {
    match region {
        CopyRegion::Autosomal => RequiredParents { mother: true, father: true },
        // The single X of someone with a Y is the mother's; a single X without a Y is either parent's.
        CopyRegion::X => RequiredParents { mother: true, father: child.x >= 2 || child.y == 0 },
        CopyRegion::Y => RequiredParents { mother: false, father: true },
        CopyRegion::Mitochondrial => RequiredParents { mother: true, father: false },
    }
}

/// The proband's possible genotypes for one karyotype.
fn child_genotypes(context: &Context, karyotype: SexChromosomes) -> Genotypes {
    let child = context.family.proband;
    match context.region {
        CopyRegion::X | CopyRegion::Y => copies::with_copies(
            context.calls.get(child),
            copies::copies_of(context.region, karyotype),
            context.policy,
        ),
        CopyRegion::Autosomal | CopyRegion::Mitochondrial => context.genotypes[child],
    }
}

fn lacks(context: &Context, parent: Option<usize>) -> Verdict {
    parent.map_or(Verdict::Possible, |i| Predicate::NONE.of(context.genotypes[i]))
}

fn verdict_for(context: &Context, karyotype: SexChromosomes) -> Verdict {
    let proband = context.family.proband();
    let required = required_parents(context.region, karyotype);
    let mut verdict = Predicate::ANY.of(child_genotypes(context, karyotype));
    if required.mother {
        verdict = verdict.min(lacks(context, proband.mother));
    }
    if required.father {
        verdict = verdict.min(lacks(context, proband.father));
    }
    verdict
}

/// Evaluated for each karyotype the proband may have: equal verdicts stand, differing ones are possible.
pub(super) fn verdict(context: &Context) -> Verdict {
    if matches!(context.region, CopyRegion::Autosomal | CopyRegion::Mitochondrial) {
        return verdict_for(context, SexChromosomes { x: 2, y: 0 });
    }
    let mut verdicts = copies::karyotypes(context.family, context.family.proband)
        .into_iter()
        .map(|karyotype| verdict_for(context, karyotype));
    let first = verdicts.next().unwrap_or(Verdict::Possible);
    if verdicts.all(|v| v == first) { first } else { Verdict::Possible }
}

pub(super) fn reason(context: &Context) -> String {
    let proband = context.family.proband();
    let child = context.finding(context.family.proband);
    let mut parts = vec![format!("{} (proband) {child}", proband.id)];
    let karyotypes = copies::karyotypes(context.family, context.family.proband);
    let needed = |pick: fn(RequiredParents) -> bool| {
        karyotypes.iter().any(|&k| pick(required_parents(context.region, k)))
    };
    for (wanted, parent, word) in
        [(needed(|r| r.mother), proband.mother, "mother"), (needed(|r| r.father), proband.father, "father")]
    {
        match (wanted, parent) {
            (false, _) => {}
            (true, Some(i)) => parts.push(format!("{} ({word}) {}", context.id(i), context.finding(i))),
            (true, None) => parts.push(format!("the {word} is not in the pedigree")),
        }
    }
    let head = match verdict(context) {
        Verdict::Yes => "De novo in the proband",
        Verdict::Possible => "Possibly de novo in the proband",
        Verdict::No if Predicate::ANY.of(context.genotypes[context.family.proband]) == Verdict::No => {
            "The proband does not carry it"
        }
        Verdict::No => "Not de novo: a parent who could have transmitted it carries it",
    };
    format!("{head}: {}", parts.join("; "))
}

pub(super) fn flags(context: &Context) -> Vec<FamilyRemark> {
    let mut flags = Vec::new();
    let proband = context.family.proband();
    let child = context.genotypes[context.family.proband];
    let homozygous = Predicate::ALL_OF_TWO_OR_MORE.of(child) == Verdict::Yes;
    match (homozygous, verdict(context)) {
        (true, Verdict::Yes) => flags.push(FamilyRemark::DoubleDeNovo),
        (true, Verdict::No)
            if lacks(context, proband.mother) == Verdict::Yes
                || lacks(context, proband.father) == Verdict::Yes =>
        {
            flags.push(FamilyRemark::TransmissionConflict);
        }
        _ => {}
    }
    let sibling_carries = context.family.members.iter().enumerate().any(|(i, member)| {
        i != context.family.proband
            && ((member.mother.is_some() && member.mother == proband.mother)
                || (member.father.is_some() && member.father == proband.father))
            && Predicate::ANY.of(context.genotypes[i]) == Verdict::Yes
    });
    if sibling_carries && verdict(context) != Verdict::No {
        flags.push(FamilyRemark::SiblingCarries);
    }
    flags
}
