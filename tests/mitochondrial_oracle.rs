//! The mitochondrial mode against brute force: every member is given each fraction that the calls allow, taken from
//! a grid with a point below, at and above every value that matters, and each such completion is held against
//! the plain rule.

use ithaca::family::{FamilyPolicy, MitochondrialRule, Site, verdicts};
use ithaca::model::family::Family;
use ithaca::model::genotype::Copy::{self, Alternate, Other, Unknown};
use ithaca::model::genotype::{Call, MissingReason};
use ithaca::model::participant::Affection;
use ithaca::model::segregation::{CopyRegion, SegregationMode, Verdict};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::pedigrees::{below, long_mode, random_pedigree};

/// Least fraction that counts as present, in the tests' policy.
const LIMIT: f64 = 0.10;
/// Depth below which an allele that was not seen is not known to be absent, in the tests' policy.
const DEPTH: u32 = 29;

/// What the rule is told of a member.
struct Told {
    call: Call,
    /// Fractions that the call allows, of the grid.
    allowed: fn(&Call, f64) -> bool,
}

fn told(random: &mut ChaCha8Rng) -> Told {
    let fraction = [0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0][below(random, 7) as usize];
    let call = |copies: &[Copy]| Call::of(copies);
    match below(random, 9) {
        0 => Told { call: Call::missing(MissingReason::NotSequenced), allowed: |_, _| true },
        1 => Told { call: call(&[Unknown]), allowed: |_, _| true },
        // A fraction from the caller, below the limit: absent where the depth would have shown it.
        2 | 3 => {
            let copies = if fraction > 0.0 { [Other, Alternate] } else { [Other, Other] };
            let deep = below(random, 2) == 0;
            let given = Call {
                fraction: Some(fraction as f32),
                depth: Some(if deep { 100 } else { DEPTH - 1 }),
                ..call(&copies)
            };
            Told {
                call: given,
                allowed: |call, f| {
                    let given = f64::from(call.fraction.unwrap());
                    if given < LIMIT {
                        call.depth.unwrap() < DEPTH || f == 0.0
                    } else {
                        (f - given).abs() < 1e-6
                    }
                },
            }
        }
        // Haploid or diploid-style, homoplasmic.
        4 => Told { call: call(&[Alternate]), allowed: |_, f| f == 1.0 },
        5 => Told { call: call(&[Alternate, Alternate]), allowed: |_, f| f == 1.0 },
        // Mixed, with depths or without.
        6 => Told {
            call: Call { allele_depths: Some((75, 25)), ..call(&[Other, Alternate]) },
            allowed: |_, f| f == 0.25,
        },
        7 => Told { call: call(&[Other, Alternate]), allowed: |_, f| (LIMIT..1.0).contains(&f) },
        // Not there: known only at depth.
        _ => {
            let depth = [None, Some(DEPTH - 1), Some(DEPTH)][below(random, 3) as usize];
            Told {
                call: Call { depth, ..call(&[Other]) },
                allowed: |call, f| call.depth.is_some_and(|d| d < DEPTH) || f == 0.0,
            }
        }
    }
}

fn line(family: &Family, member: usize) -> usize {
    family.members[member].mother.map_or(member, |mother| line(family, mother))
}

/// A father's maternal line, unless an affected member is of it too, has no say.
fn has_no_say(family: &Family, member: usize) -> bool {
    let own = line(family, member);
    family.members.iter().filter_map(|m| m.father).any(|father| line(family, father) == own)
        && !family.affected().any(|i| line(family, i) == own)
}

fn rule(family: &Family, threshold: bool, fractions: &[f64]) -> bool {
    let present = |f: f64| f >= LIMIT;
    let lowest = family.affected().map(|i| fractions[i]).fold(1.0, f64::min);
    family.members.iter().enumerate().all(|(i, member)| match member.affection {
        Affection::Affected => present(fractions[i]),
        Affection::Unaffected => {
            !present(fractions[i]) || has_no_say(family, i) || (threshold && fractions[i] < lowest)
        }
        Affection::Unknown => true,
    })
}

#[test]
fn every_verdict_agrees_with_enumeration() {
    let grid: Vec<f64> = [0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0]
        .iter()
        .flat_map(|v: &f64| [v - 0.01, *v, v + 0.01])
        .filter(|v| (0.0..=1.0).contains(v))
        .collect();
    let cases = if long_mode() { 100_000 } else { 4_000 };
    let mut random = ChaCha8Rng::seed_from_u64(16_569);
    let mut seen = std::collections::BTreeMap::new();
    for case in 0..cases {
        let family = random_pedigree(&mut random, 4);
        let threshold = case % 4 != 0;
        let policy = FamilyPolicy {
            mitochondrial: if threshold { MitochondrialRule::Threshold } else { MitochondrialRule::Presence },
            mitochondrial_fraction: LIMIT,
            mitochondrial_absence_depth: DEPTH,
            ..FamilyPolicy::default()
        };
        let all: Vec<Told> = family.members.iter().map(|_| told(&mut random)).collect();
        let calls: Vec<Call> = all.iter().map(|t| t.call.clone()).collect();
        let mut completions: Vec<Vec<f64>> = vec![vec![]];
        for (told, member) in all.iter().zip(&family.members) {
            // A member of unknown affection never matters: one fraction stands for all.
            let most = if member.affection == Affection::Unknown { 1 } else { usize::MAX };
            let own: Vec<f64> =
                grid.iter().copied().filter(|&f| (told.allowed)(&told.call, f)).take(most).collect();
            assert!(!own.is_empty(), "{:?}", told.call);
            completions = completions
                .into_iter()
                .flat_map(|so_far| own.iter().map(move |&f| [so_far.clone(), vec![f]].concat()))
                .collect();
        }
        let fit = completions.iter().filter(|c| rule(&family, threshold, c)).count();
        let wanted = match fit {
            0 => Verdict::No,
            n if n == completions.len() => Verdict::Yes,
            _ => Verdict::Possible,
        };
        let site = Site { region: CopyRegion::Mitochondrial, calls: &calls };
        let found = verdicts(&family, &site, &policy)
            .into_iter()
            .find(|(mode, _)| *mode == SegregationMode::Mitochondrial)
            .unwrap()
            .1;
        assert_eq!(found, wanted, "case {case} threshold {threshold}\n{family:#?}\n{calls:#?}");
        *seen.entry(found).or_insert(0) += 1;
    }
    assert!(seen.len() == 3 && seen.values().all(|&n| n > 100), "{seen:?}");
}
