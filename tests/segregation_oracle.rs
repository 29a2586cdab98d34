//! Every mode against brute force: each completion of what is not known is tested with the plain two-valued
//! rule, written here a second time from its definition. All fit: yes; none fits: no; otherwise possible.

use ithaca::family::{FamilyPolicy, Site, XLinkedDominantRule, segregate, verdicts};
use ithaca::model::family::Family;
use ithaca::model::genotype::Copy::{self, Alternate, Deleted, Other, Unknown};
use ithaca::model::genotype::{Call, MissingReason};
use ithaca::model::participant::{Affection, Sex, SexChromosomes};
use ithaca::model::remark::FamilyRemark;
use ithaca::model::segregation::{CopyRegion, SegregationMode as M, Verdict};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::pedigrees::{below, family_of, long_mode, random_pedigree};

/// One completed member: copies present, and how many carry the allele.
type Whole = (usize, usize);

/// The copies a region has in a person of these sex chromosomes.
fn expected(region: CopyRegion, sex: SexChromosomes) -> usize {
    match region {
        CopyRegion::Autosomal => 2,
        CopyRegion::X => usize::from(sex.x),
        CopyRegion::Y => usize::from(sex.y),
        CopyRegion::Mitochondrial => 1,
    }
}

/// Every completion of a call where so many copies are expected.
fn completions(call: &Call, expected: usize) -> Vec<Whole> {
    let whole = |n: usize| (0..=n).map(|k| (n, k)).collect::<Vec<_>>();
    let known = call.missing.is_none() && call.copies.iter().any(|&c| c != Unknown);
    if expected == 0 {
        return vec![(0, 0)];
    }
    if !known {
        return whole(expected);
    }
    // Fill each unknown copy both ways, then read what is written.
    let mut filled: Vec<Vec<Copy>> = vec![vec![]];
    for &copy in &call.copies {
        let options: &[Copy] =
            if copy == Unknown { &[Other, Alternate] } else { std::slice::from_ref(&copy) };
        filled = filled
            .into_iter()
            .flat_map(|so_far| options.iter().map(move |&o| [so_far.clone(), vec![o]].concat()))
            .collect();
    }
    let mut all = Vec::new();
    for copies in filled {
        let present: Vec<Copy> = copies.into_iter().filter(|&c| c != Deleted).collect();
        let carrying = present.iter().filter(|&&c| c == Alternate).count();
        match (expected, present.len()) {
            (_, 0) => all.push((0, 0)),
            // Diploid-style on a single copy: mixed contradicts the ploidy, so the copy is not known.
            (1, n) if carrying == 0 || carrying == n => all.push((1, usize::from(carrying > 0))),
            (1, _) => all.extend([(1, 0), (1, 1)]),
            // Three copies called as two: either of the two may be there twice.
            (3, 2) => all.extend(present.iter().map(|&c| (3, carrying + usize::from(c == Alternate)))),
            (_, n) => all.push((n, carrying)),
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Completed sex chromosomes and genotype of each member.
type Completion = Vec<(SexChromosomes, Whole)>;

const XX: SexChromosomes = SexChromosomes { x: 2, y: 0 };
const XY: SexChromosomes = SexChromosomes { x: 1, y: 1 };

fn sex_options(family: &Family, member: usize) -> Vec<SexChromosomes> {
    let mother = family.members.iter().any(|m| m.mother == Some(member));
    let father = family.members.iter().any(|m| m.father == Some(member));
    match (family.members[member].sex_chromosomes, family.members[member].sex) {
        (Some(counted), _) => vec![counted],
        (None, Sex::Male) => vec![XY],
        (None, Sex::Female) => vec![XX],
        (None, Sex::Unknown) if mother => vec![XX],
        (None, Sex::Unknown) if father => vec![XY],
        (None, Sex::Unknown) => vec![XY, XX],
    }
}

fn all_completions(family: &Family, region: CopyRegion, calls: &[Call]) -> Vec<Completion> {
    let mut all: Vec<Completion> = vec![vec![]];
    for (i, call) in calls.iter().enumerate() {
        let mut options = Vec::new();
        for sex in sex_options(family, i) {
            options.extend(completions(call, expected(region, sex)).into_iter().map(|w| (sex, w)));
        }
        all = all
            .into_iter()
            .flat_map(|so_far| options.iter().map(move |&o| [so_far.clone(), vec![o]].concat()))
            .collect();
    }
    all
}

fn any((_, k): Whole) -> bool {
    k > 0
}

fn every((n, k): Whole) -> bool {
    n > 0 && n == k
}

/// Over the parents who are not in the pedigree.
fn both(parent: Option<bool>) -> Vec<bool> {
    parent.map_or(vec![true, false], |p| vec![p])
}

fn fold(values: impl IntoIterator<Item = Verdict>) -> Verdict {
    let mut values = values.into_iter();
    let first = values.next().unwrap();
    if values.all(|v| v == first) { first } else { Verdict::Possible }
}

/// The rule of a mode on one completion.
fn rule(mode: M, region: CopyRegion, strict: bool, family: &Family, c: &Completion) -> Verdict {
    let members = || family.members.iter().zip(c);
    let clauses = |affected: &dyn Fn(Whole) -> bool, unaffected: &dyn Fn(Whole) -> bool| {
        let fits = members().all(|(m, &(_, w))| match m.affection {
            Affection::Affected => affected(w),
            Affection::Unaffected => unaffected(w),
            Affection::Unknown => true,
        });
        Verdict::from(fits)
    };
    let proband = family.proband();
    let (child_sex, child) = c[family.proband];
    let parent = |p: Option<usize>| p.map(|i| any(c[i].1));
    match mode {
        M::AutosomalDominant | M::YLinked => clauses(&|w| any(w), &|w| !any(w)),
        M::AutosomalDominantIncompletePenetrance => clauses(&|w| any(w), &|_| true),
        M::AutosomalRecessive | M::XLinkedRecessive => clauses(&|w| every(w), &|w| !every(w)),
        M::XLinkedDominant => clauses(&|w| any(w), &|w| !any(w) || (!strict && w.0 >= 2)),
        M::DeNovo => {
            let (needs_mother, needs_father) = match region {
                CopyRegion::Autosomal => (true, true),
                CopyRegion::X => (true, child_sex.x >= 2 || child_sex.y == 0),
                CopyRegion::Y => (false, true),
                CopyRegion::Mitochondrial => (true, false),
            };
            let mothers = if needs_mother { both(parent(proband.mother)) } else { vec![false] };
            let fathers = if needs_father { both(parent(proband.father)) } else { vec![false] };
            fold(
                mothers
                    .iter()
                    .flat_map(|&m| fathers.iter().map(move |&f| Verdict::from(any(child) && !m && !f))),
            )
        }
        M::UniparentalIsodisomy => {
            let (mothers, fathers) = (both(parent(proband.mother)), both(parent(proband.father)));
            fold(mothers.iter().flat_map(|&m| {
                fathers.iter().map(move |&f| Verdict::from(child.0 >= 2 && every(child) && (m != f)))
            }))
        }
        M::DominantMaternallyImprinted | M::DominantPaternallyImprinted => members()
            .filter(|(m, _)| m.affection != Affection::Unknown)
            .map(|(m, &(_, w))| {
                let (mother, father) = (both(parent(m.mother)), both(parent(m.father)));
                let expresses = fold(mother.iter().flat_map(|&m| {
                    father.iter().map(move |&f| {
                        let (expressed, silent) =
                            if mode == M::DominantMaternallyImprinted { (f, m) } else { (m, f) };
                        match (any(w), expressed, silent) {
                            (false, ..) | (_, false, true) => Verdict::No,
                            (_, true, false) => Verdict::Yes,
                            (_, true, true) if w.0 >= 2 && every(w) => Verdict::Yes,
                            _ => Verdict::Possible,
                        }
                    })
                }));
                if m.affection == Affection::Affected { expresses } else { !expresses }
            })
            .min()
            .unwrap(),
        M::Mitochondrial | M::CompoundHeterozygous => unreachable!("tested in files of their own"),
    }
}

fn random_call(random: &mut ChaCha8Rng, region: CopyRegion) -> Call {
    let copy = |random: &mut ChaCha8Rng| match below(random, 20) {
        0..=7 => Other,
        8..=15 => Alternate,
        16..=18 => Unknown,
        _ => Deleted,
    };
    let mut copies: Vec<Copy> = match below(random, 10) {
        0 => return Call::missing(MissingReason::NotSequenced),
        1 if region == CopyRegion::Autosomal => vec![copy(random)],
        2..=5 if matches!(region, CopyRegion::X | CopyRegion::Y) => vec![copy(random)],
        2 if below(random, 4) == 0 => vec![copy(random), copy(random), copy(random)],
        _ => vec![copy(random), copy(random)],
    };
    if below(random, 12) == 0 {
        copies.iter_mut().for_each(|c| *c = Unknown);
    }
    Call { missing: (below(random, 30) == 0).then_some(MissingReason::BelowQuality), ..Call::of(&copies) }
}

#[test]
fn every_mode_agrees_with_enumeration() {
    let cases = if long_mode() { 150_000 } else { 6_000 };
    let mut random = ChaCha8Rng::seed_from_u64(20_261_121);
    let mut seen = std::collections::BTreeMap::new();
    for case in 0..cases {
        let mut family = random_pedigree(&mut random, 5);
        for member in family.members.iter_mut().filter(|m| m.sex != Sex::Unknown) {
            let counted = [(2, 1), (1, 0), (3, 0), (1, 2), (2, 0)].get(below(&mut random, 30) as usize);
            member.sex_chromosomes = counted.map(|&(x, y)| SexChromosomes { x, y });
        }
        let region = [CopyRegion::Autosomal, CopyRegion::X, CopyRegion::Autosomal, CopyRegion::Y][case % 4];
        let calls: Vec<Call> = family.members.iter().map(|_| random_call(&mut random, region)).collect();
        let strict = case % 8 == 1;
        let policy = FamilyPolicy {
            x_linked_dominant: if strict {
                XLinkedDominantRule::Strict
            } else {
                XLinkedDominantRule::FemalesMayBeUnaffected
            },
            ..FamilyPolicy::default()
        };
        let site = Site { region, calls: &calls };
        let completions = all_completions(&family, region, &calls);
        for (mode, verdict) in verdicts(&family, &site, &policy) {
            let wanted = fold(completions.iter().map(|c| rule(mode, region, strict, &family, c)));
            assert_eq!(verdict, wanted, "case {case} {mode:?} {region:?}\n{family:#?}\n{calls:#?}");
            *seen.entry((mode, verdict)).or_insert(0u32) += 1;
        }
    }
    for mode in [
        M::AutosomalDominant,
        M::AutosomalRecessive,
        M::XLinkedRecessive,
        M::XLinkedDominant,
        M::YLinked,
        M::DeNovo,
        M::DominantMaternallyImprinted,
        M::DominantPaternallyImprinted,
        M::UniparentalIsodisomy,
    ] {
        for verdict in [Verdict::Yes, Verdict::Possible, Verdict::No] {
            assert!(seen.get(&(mode, verdict)).is_some_and(|&n| n >= 5), "{mode:?} {verdict:?}: {seen:?}");
        }
    }
}

#[test]
fn explanations_agree_with_verdicts() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    for case in 0..2_000 {
        let family = random_pedigree(&mut random, 7);
        let region =
            [CopyRegion::Autosomal, CopyRegion::X, CopyRegion::Y, CopyRegion::Mitochondrial][case % 4];
        let calls: Vec<Call> = family.members.iter().map(|_| random_call(&mut random, region)).collect();
        let site = Site { region, calls: &calls };
        let policy = FamilyPolicy::default();
        let explained = segregate(&family, &site, &policy);
        let plain: Vec<_> = verdicts(&family, &site, &policy).to_vec();
        let pairs: Vec<_> = explained.iter().map(|v| (v.mode, v.verdict)).collect();
        assert_eq!(pairs, plain);
        for verdict in &explained {
            let head = match verdict.verdict {
                Verdict::Yes => ["Consistent: ", "De novo in", "Both copies appear"].as_slice(),
                Verdict::Possible => ["Undetermined: ", "Possibly de novo", "Both copies may"].as_slice(),
                Verdict::No => {
                    ["Inconsistent: ", "Not de novo", "The proband does not", "Not two copies"].as_slice()
                }
            };
            assert!(head.iter().any(|h| verdict.reason.starts_with(h)), "{verdict:?}");
            let named = family.members.iter().any(|m| verdict.reason.contains(&m.id));
            assert!(named, "names no member: {verdict:?}");
        }
    }
}

#[test]
fn a_family_without_an_affected_member_shows_nothing() {
    let family = family_of(&[("p", None, None, Sex::Female, Affection::Unaffected)]);
    let calls = [Call::of(&[Other, Other])];
    let site = Site { region: CopyRegion::Autosomal, calls: &calls };
    for verdict in segregate(&family, &site, &FamilyPolicy::default()) {
        assert_ne!(verdict.verdict, Verdict::Yes, "{verdict:?}");
        assert!(verdict.flags.contains(&FamilyRemark::NotEvaluable));
    }
}
