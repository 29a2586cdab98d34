//! Random calls against a slow oracle that tries every completion of the genotype and reads every limit anew.

use proptest::prelude::*;
use smallvec::SmallVec;

use super::*;
use crate::model::carriage::{Basis, Contradiction};
use crate::model::family::Family;
use crate::model::genotype::Copy::{self, Alternate as A, Deleted as D, Other as O, Unknown as U};
use crate::model::genotype::{Call, MissingReason};
use crate::model::participant::{Affection, Participant, Role, Sex, SexChromosomes};
use crate::model::pipeline::{DeNovoPolicy, QualityPolicy, mitochondrial_absence_depth};
use crate::model::record::RecordCall;
use crate::model::segregation::{CopyRegion, Verdict};

/// Floors for tests.
pub(super) fn policy() -> QualityPolicy {
    QualityPolicy {
        accept_unfiltered: false,
        accept_filters: Vec::new(),
        genotype_quality: 20,
        genotype_quality_hemizygous: 10,
        depth: 8,
        heterozygous_balance: 0.2,
        homozygous_balance: 0.8,
        mitochondrial_fraction: 0.03,
        de_novo: DeNovoPolicy {
            proband_balance_highest: None,
            proband_quality: 0,
            parent_reference_fraction: None,
            parent_depth: 10,
            parent_quality: 20,
            parent_alternate_reads: 1,
            proband_alternate_reads: 5,
            proband_balance: 0.25,
        },
    }
}

fn person(sex_chromosomes: Option<SexChromosomes>) -> Participant {
    Participant {
        id: "P".to_owned(),
        role: Role::Proband,
        sex: Sex::Unknown,
        sex_chromosomes,
        affection: Affection::Affected,
        mother: None,
        father: None,
        vcf: None,
        vcf_sample: None,
        alignments: None,
    }
}

const REGIONS: [CopyRegion; 4] =
    [CopyRegion::Autosomal, CopyRegion::X, CopyRegion::Y, CopyRegion::Mitochondrial];

/// Every way in which the copies that were not called could have been.
fn completions(copies: &[Copy]) -> Vec<usize> {
    match copies.iter().position(|&copy| copy == U) {
        None => vec![copies.iter().filter(|&&copy| copy == A).count()],
        Some(at) => [A, O]
            .into_iter()
            .flat_map(|copy| {
                let mut copies = copies.to_vec();
                copies[at] = copy;
                completions(&copies)
            })
            .collect(),
    }
}

/// Whether the genotype by itself carries the allele: in every completion, in none, or in some.
fn oracle_called(call: &Call) -> Verdict {
    if call.missing.is_some() || call.copies.iter().all(|&copy| copy == U) {
        return Verdict::Possible;
    }
    let all = completions(&call.copies);
    match (all.iter().all(|&carrying| carrying > 0), all.iter().any(|&carrying| carrying > 0)) {
        (true, _) => Verdict::Yes,
        (_, true) => Verdict::Possible,
        _ => Verdict::No,
    }
}

/// True when a figure that was given is below its floor.
fn oracle_is_low(call: &Call, region: CopyRegion, single: bool) -> bool {
    let limits = policy();
    let quality = match region {
        CopyRegion::Mitochondrial => limits.genotype_quality_hemizygous,
        _ if single => limits.genotype_quality_hemizygous,
        _ => limits.genotype_quality,
    };
    let low = |value: Option<u32>, least: u32| value.is_some_and(|value| value < least);
    let balance_counts = region != CopyRegion::Mitochondrial && !call.from_reference_block;
    let every = call.copies.iter().all(|&copy| copy == A);
    let least = if every { limits.homozygous_balance } else { limits.heterozygous_balance };
    let thin = match call.allele_depths {
        Some((reference, alternate)) if reference + alternate > 0 => {
            f64::from(alternate) / f64::from(reference + alternate) < least
        }
        _ => false,
    };
    low(call.quality, quality)
        || low(call.depth, limits.depth)
        || (balance_counts && call.copies.contains(&A) && thin)
}

/// Whether the reads speak against a genotype that is called and whose figures are good.
fn oracle_reads_object(call: &Call, region: CopyRegion) -> bool {
    let limits = policy();
    let counted = match call.allele_depths {
        Some((reference, alternate)) if reference + alternate > 0 && !call.from_reference_block => {
            Some(f64::from(alternate) / f64::from(reference + alternate))
        }
        _ => None,
    };
    let carries = call.copies.contains(&A);
    if region != CopyRegion::Mitochondrial {
        return !carries && counted.is_some_and(|share| share >= limits.heterozygous_balance);
    }
    let limit = limits.mitochondrial_fraction as f32;
    let share = call.fraction.or(counted.map(|share| share as f32));
    let shown = share.is_some_and(|share| share >= limit);
    // At the limit of 3 % the depth must be 99 for the allele to show in one read with 95 % probability.
    let shallow = call.depth.is_some_and(|depth| depth < 99);
    if carries { share.is_some() && !shown } else { shown || shallow }
}

/// Whether the person carries the allele, all considered.
fn oracle_carries(call: &Call, region: CopyRegion, single: bool) -> Verdict {
    match oracle_called(call) {
        Verdict::Possible => Verdict::Possible,
        _ if oracle_is_low(call, region, single) || oracle_reads_object(call, region) => Verdict::Possible,
        called => called,
    }
}

fn calls() -> impl Strategy<Value = Call> {
    let copy = prop::sample::select(vec![A, O, O, U, D]);
    let copies = prop::collection::vec(copy, 0..=3);
    let reason = prop::option::weighted(
        0.1,
        prop::sample::select(vec![
            MissingReason::NotSequenced,
            MissingReason::NoCall,
            MissingReason::BelowQuality,
            MissingReason::Filtered,
        ]),
    );
    let depths = prop::option::of((0_u32..40, 0_u32..40));
    let depth = prop::option::of(prop::sample::select(vec![0_u32, 7, 8, 30, 98, 99, 500]));
    let quality = prop::option::of(prop::sample::select(vec![0_u32, 9, 10, 19, 20, 99]));
    let fraction = prop::option::of(prop::sample::select(vec![0.0_f32, 0.01, 0.03, 0.5, 1.0]));
    (copies, reason, depths, depth, quality, fraction, any::<(bool, bool)>()).prop_map(
        |(copies, missing, allele_depths, depth, quality, fraction, (phased, block))| Call {
            phased,
            depth,
            allele_depths: allele_depths.filter(|_| !block),
            quality,
            fraction: fraction.filter(|_| !block),
            from_reference_block: block,
            missing,
            ..Call::of(&copies)
        },
    )
}

fn karyotypes() -> impl Strategy<Value = Option<SexChromosomes>> {
    prop::option::of((1_u8..=3, 0_u8..=2).prop_map(|(x, y)| SexChromosomes { x, y }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn carriage_agrees_with_every_completion(
        call in calls(),
        karyotype in karyotypes(),
        region in prop::sample::select(REGIONS.to_vec()),
    ) {
        let person = person(karyotype);
        let copies = person.expected_copies(region);
        let single = matches!(region, CopyRegion::X | CopyRegion::Y) && copies == Some(1);
        let judged = carriage(&call, &person, region, &policy());
        prop_assert_eq!(judged.carries(), oracle_carries(&call, region, single), "{:?}", judged);
        prop_assert_eq!(judged.called.carries(), oracle_called(&call), "{:?}", judged);
        prop_assert_eq!(called(&call), oracle_called(&call));
        prop_assert_eq!(says_nothing(&call).is_some(), matches!(judged.basis, Basis::Nothing(_)));
        // What is called is possible, whatever speaks against it.
        prop_assert!(judged.called.iter().all(|count| judged.possible.holds(count)));
        // Of two copies called as two, the numbers are those of the completions.
        if region == CopyRegion::Autosomal && says_nothing(&call).is_none() {
            let mut expected: Vec<usize> = completions(&call.copies);
            expected.sort_unstable();
            expected.dedup();
            let found: Vec<usize> = judged.called.iter().map(usize::from).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_gates_are_the_carriage_of_the_affected(
        calls in prop::collection::vec(calls(), 1..=4),
        karyotypes in prop::collection::vec((karyotypes(), any::<bool>()), 4),
        region in prop::sample::select(REGIONS.to_vec()),
    ) {
        let members: Vec<Participant> = karyotypes
            .into_iter()
            .map(|(karyotype, affected)| Participant {
                affection: if affected { Affection::Affected } else { Affection::Unaffected },
                ..person(karyotype)
            })
            .collect();
        let family = Family { id: "F".to_owned(), members, proband: 0, consanguineous: false };
        let of = |member: usize| calls.get(member).map(oracle_called);
        let affected: Vec<usize> = family.affected().collect();
        prop_assert_eq!(
            is_carried(&family, &calls),
            affected.iter().any(|&member| of(member) == Some(Verdict::Yes))
        );
        if !is_carried(&family, &calls) && calls.iter().all(|call| !call.copies.is_empty()) {
            let possible = affected.iter().any(|&member| of(member).is_none_or(|v| v == Verdict::Possible));
            prop_assert_eq!(may_be_carried(&family, &calls), possible);
        }
        // The cheap gate and the rules in full, which make calls below the floors unknown, drop the same.
        let mut floored = calls.clone();
        let missed = apply_floors_to_family(&mut floored, &family, region, &policy());
        prop_assert_eq!(
            is_carried_above_floors(&family, &calls, region, &policy()),
            is_carried(&family, &floored)
        );
        for (member, floor) in missed {
            let of_member = &family.members[member];
            prop_assert_eq!(missed_floor(&calls[member], of_member.is_hemizygous(region), &policy()), Some(floor));
            prop_assert_eq!(floored[member].missing, Some(MissingReason::BelowQuality));
        }
    }
}

fn judged(call: &Call, region: CopyRegion) -> Option<Contradiction> {
    carriage(call, &person(None), region, &policy()).contradiction
}

#[test]
fn what_speaks_against_a_genotype_is_named() {
    let reads = |copies: &[Copy], depths| Call { allele_depths: Some(depths), ..Call::of(copies) };
    let autosomal = |call: &Call| judged(call, CopyRegion::Autosomal);
    assert_eq!(autosomal(&reads(&[O, O], (30, 2))), None);
    assert_eq!(
        autosomal(&reads(&[O, O], (16, 4))),
        Some(Contradiction::ReadsShowIt { reference: 16, alternate: 4 })
    );
    assert_eq!(autosomal(&reads(&[O, U], (16, 4))), Some(Contradiction::InPart));
    assert!(matches!(autosomal(&reads(&[O, A], (30, 2))), Some(Contradiction::BelowFloor(_))));

    let mitochondrial = |call: &Call| judged(call, CopyRegion::Mitochondrial);
    assert_eq!(mitochondrial(&reads(&[O, A], (300, 30))), None);
    let low = Call { fraction: Some(0.01), ..Call::of(&[O, A]) };
    assert_eq!(mitochondrial(&low), Some(Contradiction::FractionBelowLimit { fraction: 0.01, limit: 0.03 }));
    let seen = Call { fraction: Some(0.5), ..Call::of(&[O, O]) };
    assert_eq!(mitochondrial(&seen), Some(Contradiction::FractionShowsIt { fraction: 0.5 }));
    let shallow = Call { depth: Some(98), ..Call::of(&[O]) };
    assert_eq!(mitochondrial(&shallow), Some(Contradiction::TooShallow { depth: 98, least: 99 }));
}

#[test]
fn records_that_cover_a_place_answer_unless_their_reads_object() {
    let block = Call { from_reference_block: true, ..Call::of(&[O, O]) };
    let written = |depths: &[u32], filtered| RecordCall {
        allele_depths: SmallVec::from_slice(depths),
        filtered,
        ..RecordCall::default()
    };
    let of = |records: &[RecordCall], basis| {
        covered(&block, records.iter(), basis, &person(None), CopyRegion::Autosomal, &policy())
    };
    let clean = of(&[written(&[30], false)], Basis::ReferenceBlock);
    assert_eq!((clean.carries(), clean.basis), (Verdict::No, Basis::ReferenceBlock));
    let mixed = of(&[written(&[30], false), written(&[20, 3, 4], false)], Basis::OtherRecord);
    assert_eq!(mixed.carries(), Verdict::Possible);
    assert_eq!(mixed.contradiction, Some(Contradiction::ReadsShowAnother { others: 7, all: 27 }));
    let filtered = of(&[written(&[30], true)], Basis::ReferenceBlock);
    assert_eq!(filtered.basis, Basis::Nothing(MissingReason::Filtered));
    assert_eq!(filtered.carries(), Verdict::Possible);
}

#[test]
fn one_copy_and_three_copies_are_counted_as_such() {
    let person = person(Some(SexChromosomes { x: 1, y: 1 }));
    let counts = |copies: &[Copy], person: &Participant| {
        let judged = carriage(&Call::of(copies), person, CopyRegion::X, &policy());
        judged.called.iter().collect::<Vec<_>>()
    };
    for (copies, expected) in [
        (&[A, A][..], vec![1]),
        (&[A], vec![1]),
        (&[O, O], vec![0]),
        (&[U, O], vec![0, 1]),
        (&[U], vec![0, 1]),
    ] {
        assert_eq!(counts(copies, &person), expected, "{copies:?}");
    }
    let three = Participant { sex_chromosomes: Some(SexChromosomes { x: 3, y: 0 }), ..person };
    for (copies, expected) in
        [(&[O, A][..], vec![1, 2]), (&[A, A], vec![3]), (&[U, A], vec![1, 2, 3]), (&[O, A, A], vec![2])]
    {
        assert_eq!(counts(copies, &three), expected, "{copies:?}");
    }
}

#[test]
fn a_fraction_of_three_per_cent_shows_at_a_depth_of_ninety_nine() {
    assert_eq!(policy().mitochondrial_absence_depth(), 99);
    assert_eq!(mitochondrial_absence_depth(0.10), 29);
    assert_eq!(mitochondrial_absence_depth(0.0), 0);
}
