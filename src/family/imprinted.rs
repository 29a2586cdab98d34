//! Dominant with imprinting: only the copy from one parent is expressed.
//!
//! Affected: carries the allele on the expressed copy. Unaffected: does not; a carrier on the silent copy
//! is an unaffected carrier, not a contradiction. Whose copy it is: the expressed parent's if that parent
//! carries the allele and the other does not, and the other way about; a homozygous child of a carrier has
//! it from both; otherwise it cannot be told.
//!
//! Clauses of different members speak of the same parents, so AND over the members is not exact where a
//! genotype is missing: the missing genotypes are then filled in one by one, together.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide, release Mira (April 2024), segregation
//! filters, `InheritedAutosomalDominantMaternallyImprinted`, `InheritedAutosomalDominantPaternallyImprinted`.

use super::clause::Context;
use super::copies::{Genotype, Genotypes};
use super::modes::{Answer, Mode, genomics_england, no_flags};
use super::predicates::Predicate;
use crate::model::participant::Affection;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// The row where the father's copy is expressed.
pub(super) const MATERNALLY: Mode = Mode {
    mode: SegregationMode::DominantMaternallyImprinted,
    regions: &[CopyRegion::Autosomal],
    source: genomics_england("InheritedAutosomalDominantMaternallyImprinted"),
    answer: Answer::Own {
        verdict: |context| verdict(SegregationMode::DominantMaternallyImprinted, context),
        reason: |context| reason(SegregationMode::DominantMaternallyImprinted, context),
    },
    flags: no_flags,
};

/// The row where the mother's copy is expressed.
pub(super) const PATERNALLY: Mode = Mode {
    mode: SegregationMode::DominantPaternallyImprinted,
    regions: &[CopyRegion::Autosomal],
    source: genomics_england("InheritedAutosomalDominantPaternallyImprinted"),
    answer: Answer::Own {
        verdict: |context| verdict(SegregationMode::DominantPaternallyImprinted, context),
        reason: |context| reason(SegregationMode::DominantPaternallyImprinted, context),
    },
    flags: no_flags,
};

/// Fillings-in beyond which the AND over members, weaker but never wrong, is given instead.
const MOST_COMPLETIONS: u64 = 6_561;

/// Whether each copy of genotype `child` that is expressed may carry the allele, given whether the expressed
/// parent and the silent parent carry it.
fn expresses(child: Genotype, expressed_parent: bool, silent_parent: bool) -> Verdict {
    match (child.carrying, expressed_parent, silent_parent) {
        (0, _, _) => Verdict::No,
        (_, true, false) => Verdict::Yes,
        (_, false, true) => Verdict::No,
        (carrying, true, true) if carrying >= 2 && carrying == child.copies => Verdict::Yes,
        _ => Verdict::Possible,
    }
}

/// Folds the verdict over everything a member and the parents may carry.
fn expresses_over(
    child: Genotypes,
    expressed_parent: Option<Genotypes>,
    silent_parent: Option<Genotypes>,
) -> Verdict {
    let may_carry = |parent: Option<Genotypes>| match parent.map(|p| Predicate::ANY.of(p)) {
        Some(Verdict::Yes) => &[true][..],
        Some(Verdict::No) => &[false],
        Some(Verdict::Possible) | None => &[true, false],
    };
    let mut all: Option<Verdict> = None;
    for genotype in child.iter() {
        for &expressed in may_carry(expressed_parent) {
            for &silent in may_carry(silent_parent) {
                let one = expresses(genotype, expressed, silent);
                match all {
                    None => all = Some(one),
                    Some(before) if before == one => {}
                    Some(_) => return Verdict::Possible,
                }
            }
        }
    }
    all.unwrap_or(Verdict::Possible)
}

fn clause(mode: SegregationMode, context: &Context, genotypes: &[Genotypes], member: usize) -> Verdict {
    let person = &context.family.members[member];
    let of = |parent: Option<usize>| parent.map(|i| genotypes[i]);
    let (expressed, silent) = match mode {
        SegregationMode::DominantMaternallyImprinted => (of(person.father), of(person.mother)),
        _ => (of(person.mother), of(person.father)),
    };
    let expressed = || expresses_over(genotypes[member], expressed, silent);
    match person.affection {
        Affection::Affected => expressed(),
        Affection::Unaffected => !expressed(),
        Affection::Unknown => Verdict::Yes,
    }
}

fn over_members(mode: SegregationMode, context: &Context, genotypes: &[Genotypes]) -> Verdict {
    let mut verdict = if context.affected().next().is_some() { Verdict::Yes } else { Verdict::Possible };
    for member in 0..genotypes.len() {
        if verdict == Verdict::No {
            break;
        }
        verdict = verdict.min(clause(mode, context, genotypes, member));
    }
    verdict
}

pub(super) fn verdict(mode: SegregationMode, context: &Context) -> Verdict {
    let plain = over_members(mode, context, &context.genotypes);
    if plain != Verdict::Possible {
        return plain;
    }
    let completions =
        context.genotypes.iter().fold(1u64, |product, g| product.saturating_mul(g.iter().count() as u64));
    if completions == 1 || completions > MOST_COMPLETIONS {
        return plain;
    }
    let mut filled = context.genotypes.clone();
    let mut all = None;
    fill_in(mode, context, &mut filled, 0, &mut all);
    all.unwrap_or(plain)
}

/// Folds the verdict over every way of filling in members from `from` on; false once it is known to differ.
fn fill_in(
    mode: SegregationMode,
    context: &Context,
    filled: &mut [Genotypes],
    from: usize,
    all: &mut Option<Verdict>,
) -> bool {
    let Some(member) = (from..filled.len()).find(|&i| !filled[i].is_certain()) else {
        let one = over_members(mode, context, filled);
        let agreed = all.is_none_or(|before| before == one);
        *all = Some(if agreed { one } else { Verdict::Possible });
        return agreed && one != Verdict::Possible;
    };
    let open = filled[member];
    for genotype in open.iter() {
        filled[member] = Genotypes::of(genotype.copies, genotype.carrying);
        if !fill_in(mode, context, filled, member + 1, all) {
            return false;
        }
    }
    filled[member] = open;
    true
}

pub(super) fn reason(mode: SegregationMode, context: &Context) -> String {
    if context.affected().next().is_none() {
        return "Not evaluable: no member of the family is affected".to_owned();
    }
    let verdict = verdict(mode, context);
    let of = |wanted| -> Vec<usize> {
        (0..context.genotypes.len())
            .filter(|&i| context.affection(i) != Affection::Unknown)
            .filter(|&i| clause(mode, context, &context.genotypes, i) == wanted)
            .collect()
    };
    let mut deciding = of(verdict);
    if deciding.is_empty() {
        deciding = (0..context.genotypes.len()).collect();
    }
    let parent = match mode {
        SegregationMode::DominantMaternallyImprinted => "father",
        _ => "mother",
    };
    let head = match verdict {
        Verdict::Yes => {
            "Consistent: affected members have the allele from the {}, and unaffected members \
                         do not"
        }
        Verdict::Possible => "Undetermined: it is not known whether each member has the allele from the {}",
        Verdict::No => {
            "Inconsistent: affected members must have the allele from the {}, and unaffected members must not"
        }
    }
    .replace("{}", parent);
    let parts: Vec<String> = deciding.iter().map(|&i| with_parents(context, i)).collect();
    format!("{head}: {}", parts.join("; "))
}

fn with_parents(context: &Context, member: usize) -> String {
    let person = &context.family.members[member];
    let mut text = context.member_finding(member);
    for (parent, word) in [(person.mother, "mother"), (person.father, "father")] {
        match parent {
            Some(i) => text.push_str(&format!(", {word} {} {}", context.id(i), context.finding(i))),
            None => text.push_str(&format!(", {word} not in the pedigree")),
        }
    }
    text
}
