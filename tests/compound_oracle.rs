//! Compound heterozygosity against brute force: every assignment of ordered haplotypes to every member, held
//! against the calls, the transmissions and the affections one by one.

use ithaca::family::{FamilyPolicy, Site, compound_heterozygous, compound_partners};
use ithaca::model::family::Family;
use ithaca::model::genotype::Copy::{self, Alternate, Other, Unknown};
use ithaca::model::genotype::{Call, MissingReason};
use ithaca::model::pair::PairRelation;
use ithaca::model::participant::{Affection, Sex};
use ithaca::model::remark::FamilyRemark;
use ithaca::model::segregation::{CopyRegion, PhaseGrade, Verdict};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::pedigrees::{below, family_of, long_mode, random_pedigree};

/// (carries a, carries b)
type Haplotype = (bool, bool);

const HAPLOTYPES: [Haplotype; 4] = [(false, false), (true, false), (false, true), (true, true)];

fn agrees(copy: Copy, carries: bool) -> bool {
    match copy {
        Alternate => carries,
        Other | Copy::Deleted => !carries,
        Unknown => true,
    }
}

/// Whether the chromosomes may have been called like this, in the order of the genotype or the other way.
fn allowed(chromosomes: &[Haplotype], a: &Call, b: &Call) -> bool {
    let fits = |call: &Call, of: fn(&Haplotype) -> bool, order: &[usize]| {
        if call.missing.is_some() || call.copies.iter().all(|&c| c == Unknown) {
            return true;
        }
        order.iter().zip(&call.copies).all(|(&i, &copy)| agrees(copy, of(&chromosomes[i])))
    };
    let orders: &[&[usize]] = if chromosomes.len() == 1 { &[&[0]] } else { &[&[0, 1], &[1, 0]] };
    let in_phase = a.phased && b.phased && a.phase_set == b.phase_set;
    orders.iter().any(|oa| {
        orders.iter().any(|ob| (!in_phase || oa == ob) && fits(a, |h| h.0, oa) && fits(b, |h| h.1, ob))
    })
}

fn trans(chromosomes: &[Haplotype]) -> bool {
    match chromosomes {
        [one, other] => (one.0 && other.1) || (one.1 && other.0),
        [only] => only.0 || only.1,
        _ => false,
    }
}

fn copies(family: &Family, member: usize, region: CopyRegion) -> usize {
    if region == CopyRegion::X && family.members[member].sex == Sex::Male { 1 } else { 2 }
}

fn brute_force(family: &Family, region: CopyRegion, a: &[Call], b: &[Call]) -> Option<Verdict> {
    let mut assignments: Vec<Vec<Vec<Haplotype>>> = vec![vec![]];
    for i in 0..family.members.len() {
        let mut own: Vec<Vec<Haplotype>> = Vec::new();
        for one in HAPLOTYPES {
            if copies(family, i, region) == 1 {
                own.push(vec![one]);
            } else {
                own.extend(HAPLOTYPES.iter().map(|&other| vec![one, other]));
            }
        }
        own.retain(|chromosomes| allowed(chromosomes, &a[i], &b[i]));
        assignments = assignments
            .into_iter()
            .flat_map(|so_far| own.iter().map(move |o| [so_far.clone(), vec![o.clone()]].concat()))
            .collect();
    }
    let gives = |all: &Vec<Vec<Haplotype>>, parent: Option<usize>, h: Haplotype| {
        parent.is_none_or(|p| all[p].contains(&h))
    };
    assignments.retain(|all| {
        family.members.iter().enumerate().all(|(i, m)| match all[i][..] {
            [only] => gives(all, m.mother, only),
            [x, y] => {
                (gives(all, m.mother, x) && gives(all, m.father, y))
                    || (gives(all, m.mother, y) && gives(all, m.father, x))
            }
            _ => false,
        })
    });
    let fits = |all: &Vec<Vec<Haplotype>>| {
        family.members.iter().enumerate().all(|(i, m)| match m.affection {
            Affection::Affected => trans(&all[i]),
            Affection::Unaffected => !trans(&all[i]),
            Affection::Unknown => true,
        })
    };
    let fitting = assignments.iter().filter(|all| fits(all)).count();
    match (assignments.len(), fitting) {
        (0, _) => None,
        (all, fitting) if all == fitting => Some(Verdict::Yes),
        (_, 0) => Some(Verdict::No),
        _ => Some(Verdict::Possible),
    }
}

fn random_call(random: &mut ChaCha8Rng, copies: usize, likely: u32) -> Call {
    if below(random, 12) == 0 {
        return Call::missing(MissingReason::NoCall);
    }
    let mut list = Vec::new();
    for _ in 0..copies {
        list.push(match below(random, 20) {
            0 => Unknown,
            n if n < likely => Alternate,
            _ => Other,
        });
    }
    let phased = below(random, 4) == 0;
    let phase_set = (below(random, 2) == 0).then_some(below(random, 2));
    Call { phased, phase_set, ..Call::of(&list) }
}

#[test]
fn pairs_agree_with_brute_force() {
    let cases = if long_mode() { 100_000 } else { 2_500 };
    let mut random = ChaCha8Rng::seed_from_u64(4);
    let (mut tested, mut counts) = (0, [0usize; 3]);
    for case in 0..cases {
        let mut family = random_pedigree(&mut random, 4);
        // Sex is stated here: copies of the unknown are tested with the single-site modes.
        let mothers: Vec<usize> = family.members.iter().filter_map(|m| m.mother).collect();
        for (i, m) in family.members.iter_mut().enumerate() {
            if m.sex == Sex::Unknown {
                m.sex = if mothers.contains(&i) || i == 0 { Sex::Female } else { Sex::Male };
            }
        }
        let region = if case % 3 == 0 { CopyRegion::X } else { CopyRegion::Autosomal };
        let calls: Vec<(Call, Call)> = (0..family.members.len())
            .map(|i| {
                let copies = copies(&family, i, region);
                (random_call(&mut random, copies, 11), random_call(&mut random, copies, 11))
            })
            .collect();
        let (a, b): (Vec<Call>, Vec<Call>) = calls.into_iter().unzip();
        let pair = compound_heterozygous(
            &family,
            &Site { region, calls: &a },
            &Site { region, calls: &b },
            PairRelation::Independent,
            &FamilyPolicy::default(),
        );
        match brute_force(&family, region, &a, &b) {
            Some(wanted) => {
                assert_eq!(pair.verdict, wanted, "case {case} {pair:?}\n{family:#?}\n{a:#?}\n{b:#?}");
                tested += 1;
                counts[wanted as usize] += 1;
            }
            None => assert!(
                pair.flags
                    .iter()
                    .any(|f| matches!(f, FamilyRemark::PhaseConflict | FamilyRemark::TransmissionConflict)),
                "case {case}: a conflict without a flag: {pair:?}"
            ),
        }
    }
    assert!(tested > cases / 5 && counts.iter().all(|&n| n > 20), "{tested} tested, {counts:?}");
}

fn het() -> Call {
    Call::of(&[Other, Alternate])
}

fn reference() -> Call {
    Call::of(&[Other, Other])
}

#[test]
fn phase_is_graded() {
    let trio = family_of(&[
        ("kid", Some(1), Some(2), Sex::Female, Affection::Affected),
        ("mum", None, None, Sex::Female, Affection::Unaffected),
        ("dad", None, None, Sex::Male, Affection::Unaffected),
    ]);
    let test = |a: [Call; 3], b: [Call; 3], relation| {
        let site = |calls| Site { region: CopyRegion::Autosomal, calls };
        compound_heterozygous(&trio, &site(&a), &site(&b), relation, &FamilyPolicy::default())
    };
    let not_sequenced = || Call::missing(MissingReason::NotSequenced);
    let phased = |copies: &[Copy], set| Call { phased: true, phase_set: set, ..Call::of(copies) };
    let grades = [
        ([het(), het(), reference()], [het(), reference(), het()], PhaseGrade::Trio),
        ([het(), het(), not_sequenced()], [het(), reference(), not_sequenced()], PhaseGrade::ProbableTrans),
        (
            [het(), not_sequenced(), not_sequenced()],
            [het(), not_sequenced(), not_sequenced()],
            PhaseGrade::PhaseUnknown,
        ),
        (
            [Call::of(&[Alternate, Alternate]), het(), het()],
            [het(), het(), reference()],
            PhaseGrade::HomozygousPlusHeterozygous,
        ),
        (
            [phased(&[Other, Alternate], Some(5)), not_sequenced(), not_sequenced()],
            [phased(&[Alternate, Other], Some(5)), not_sequenced(), not_sequenced()],
            PhaseGrade::PhaseSet,
        ),
        (
            [phased(&[Other, Alternate], None), not_sequenced(), not_sequenced()],
            [phased(&[Alternate, Other], None), not_sequenced(), not_sequenced()],
            PhaseGrade::Phased,
        ),
        ([het(), het(), reference()], [reference(), reference(), het()], PhaseGrade::NotBothCarried),
    ];
    for (a, b, grade) in grades {
        assert_eq!(test(a, b, PairRelation::Independent).grade, grade);
    }
    let ones = [Call::of(&[Alternate, Other]), het(), reference()];
    let twos = [Call::of(&[Other, Alternate]), reference(), het()];
    let pair = test(ones, twos, PairRelation::SameRecord);
    assert_eq!((pair.verdict, pair.grade), (Verdict::Yes, PhaseGrade::SameSite));
}

#[test]
fn phase_against_transmission_is_a_conflict_and_possible() {
    let trio = family_of(&[
        ("kid", Some(1), Some(2), Sex::Female, Affection::Affected),
        ("mum", None, None, Sex::Female, Affection::Unaffected),
        ("dad", None, None, Sex::Male, Affection::Unaffected),
    ]);
    let cis = || Call { phased: true, phase_set: Some(1), ..het() };
    let (a, b) = ([cis(), het(), reference()], [cis(), reference(), het()]);
    let site = |calls| Site { region: CopyRegion::Autosomal, calls };
    let pair = compound_heterozygous(
        &trio,
        &site(&a),
        &site(&b),
        PairRelation::Independent,
        &FamilyPolicy::default(),
    );
    assert_eq!((pair.verdict, pair.grade), (Verdict::Possible, PhaseGrade::Conflict));
    assert!(pair.flags.contains(&FamilyRemark::PhaseConflict));
}

#[test]
fn a_child_of_the_proband_tells_the_phase() {
    let family = family_of(&[
        ("proband", None, None, Sex::Female, Affection::Affected),
        ("child", Some(0), Some(2), Sex::Male, Affection::Unaffected),
        ("partner", None, None, Sex::Male, Affection::Unaffected),
    ]);
    let site = |calls| Site { region: CopyRegion::Autosomal, calls };
    let a = [het(), het(), reference()];
    let b = [het(), reference(), reference()];
    let pair = compound_heterozygous(
        &family,
        &site(&a),
        &site(&b),
        PairRelation::Independent,
        &FamilyPolicy::default(),
    );
    assert_eq!((pair.verdict, pair.grade), (Verdict::Yes, PhaseGrade::Relative));
}

#[test]
fn a_deletion_opposite_a_homozygous_looking_call() {
    let trio = family_of(&[
        ("kid", Some(1), Some(2), Sex::Female, Affection::Affected),
        ("mum", None, None, Sex::Female, Affection::Unaffected),
        ("dad", None, None, Sex::Male, Affection::Unaffected),
    ]);
    let hom = Call::of(&[Alternate, Alternate]);
    let a = [hom, het(), reference()];
    let deletion = [het(), reference(), het()];
    let site = |calls| Site { region: CopyRegion::Autosomal, calls };
    let pair = compound_heterozygous(
        &trio,
        &site(&a),
        &site(&deletion),
        PairRelation::SecondDeletesFirst,
        &FamilyPolicy::default(),
    );
    assert_eq!((pair.verdict, pair.grade), (Verdict::Yes, PhaseGrade::OppositeDeletion), "{pair:?}");
}

#[test]
fn partners_are_listed_once_an_allele() {
    let trio = family_of(&[
        ("kid", Some(1), Some(2), Sex::Female, Affection::Affected),
        ("mum", None, None, Sex::Female, Affection::Unaffected),
        ("dad", None, None, Sex::Male, Affection::Unaffected),
    ]);
    let maternal = [het(), het(), reference()];
    let paternal = [het(), reference(), het()];
    let sites: Vec<Site> = (0..16)
        .map(|i| Site {
            region: CopyRegion::Autosomal,
            calls: if i % 2 == 0 { &maternal } else { &paternal },
        })
        .collect();
    let partners =
        compound_partners(&trio, &sites, |_, _| PairRelation::Independent, &FamilyPolicy::default());
    assert_eq!(partners.len(), 16);
    for (i, list) in partners.iter().enumerate() {
        assert_eq!(list.len(), 8);
        assert!(list.iter().all(|(j, pair)| j % 2 != i % 2 && pair.verdict == Verdict::Yes));
        assert!(list.windows(2).all(|w| w[0].0 < w[1].0));
    }
}

#[test]
fn a_large_pedigree_with_missing_genotypes_is_answered() {
    let mut rows = vec![("kid", Some(1), Some(2), Sex::Female, Affection::Affected)];
    rows.push(("mum", Some(3), Some(4), Sex::Female, Affection::Unaffected));
    rows.push(("dad", Some(5), Some(6), Sex::Male, Affection::Unaffected));
    let names: Vec<String> = (0..14).map(|i| format!("R{i}")).collect();
    for (i, name) in names.iter().enumerate() {
        let sex = if i % 2 == 0 { Sex::Female } else { Sex::Male };
        let parents = if i < 4 { (None, None) } else { (Some(1), Some(2)) };
        rows.push((name, parents.0, parents.1, sex, Affection::Unknown));
    }
    let family = family_of(&rows);
    let mut a = vec![Call::missing(MissingReason::NotSequenced); family.members.len()];
    let mut b = a.clone();
    for (i, (x, y)) in [(het(), het()), (het(), reference()), (reference(), het())].into_iter().enumerate() {
        (a[i], b[i]) = (x, y);
    }
    let site = |calls| Site { region: CopyRegion::Autosomal, calls };
    let pair = compound_heterozygous(
        &family,
        &site(&a),
        &site(&b),
        PairRelation::Independent,
        &FamilyPolicy::default(),
    );
    assert_eq!(pair.verdict, Verdict::Yes, "{pair:?}");
}
