//! Transmission labels, pedigree faults, grades of de novo calls, flags.

use ithaca::family::{
    FamilyPolicy, PedigreeError, Site, Transmission, de_novo_evidence, segregate, transmission, validate,
};
use ithaca::model::family::Family;
use ithaca::model::genotype::Call;
use ithaca::model::genotype::Copy::{self, Alternate as A, Other as O, Unknown as U};
use ithaca::model::participant::{Affection, Role, Sex};
use ithaca::model::pipeline::DeNovoPolicy;
use ithaca::model::segregation::{CopyRegion, DeNovoGrade, SegregationMode, Verdict};

use crate::pedigrees::family_of;

fn trio(child: Sex) -> Family {
    family_of(&[
        ("kid", Some(1), Some(2), child, Affection::Affected),
        ("mum", None, None, Sex::Female, Affection::Unaffected),
        ("dad", None, None, Sex::Male, Affection::Unaffected),
    ])
}

#[test]
fn transmission_table() {
    use Transmission as T;
    use Verdict::{No, Possible, Yes};
    const HET: &[Copy] = &[O, A];
    const HOM: &[Copy] = &[A, A];
    const REF: &[Copy] = &[O, O];
    const NOT: &[Copy] = &[U, U];
    let (auto, x, y, mito) = (CopyRegion::Autosomal, CopyRegion::X, CopyRegion::Y, CopyRegion::Mitochondrial);
    let one: &[Copy] = &[A];
    let none: &[Copy] = &[O];
    for (region, sex, child, mother, father, consistent, label) in [
        (auto, Sex::Female, REF, HET, HET, Yes, T::NotInherited),
        (auto, Sex::Female, REF, HOM, REF, No, T::Conflict),
        (auto, Sex::Female, HET, HET, REF, Yes, T::InheritedMaternal),
        (auto, Sex::Female, HET, REF, HET, Yes, T::InheritedPaternal),
        (auto, Sex::Female, HET, HET, HET, Yes, T::InheritedFromEither),
        (auto, Sex::Female, HET, HOM, HOM, No, T::Conflict),
        (auto, Sex::Female, HET, REF, REF, No, T::DeNovo),
        (auto, Sex::Female, HOM, HET, HET, Yes, T::InheritedBiparental),
        (auto, Sex::Female, HOM, HET, REF, No, T::UpdOrDeletionCandidate),
        (auto, Sex::Female, HOM, REF, REF, No, T::DeNovo),
        (auto, Sex::Female, HET, REF, NOT, Possible, T::Undetermined),
        (auto, Sex::Female, HET, NOT, NOT, Possible, T::Undetermined),
        (auto, Sex::Female, NOT, HET, REF, Possible, T::Undetermined),
        (auto, Sex::Female, one, HET, REF, Yes, T::InheritedMaternal),
        (x, Sex::Male, one, HET, none, Yes, T::InheritedMaternal),
        (x, Sex::Male, one, HET, one, Yes, T::InheritedMaternal),
        (x, Sex::Male, one, REF, one, No, T::DeNovo),
        (x, Sex::Male, none, HOM, none, No, T::Conflict),
        (x, Sex::Female, HET, REF, one, Yes, T::InheritedPaternal),
        (x, Sex::Female, REF, HET, one, No, T::Conflict),
        (x, Sex::Female, HOM, HET, none, No, T::UpdOrDeletionCandidate),
        (y, Sex::Male, one, NOT, one, Yes, T::InheritedPaternal),
        (y, Sex::Male, one, NOT, none, No, T::DeNovo),
        (mito, Sex::Male, one, one, none, Yes, T::InheritedMaternal),
        (mito, Sex::Male, one, none, one, No, T::DeNovo),
    ] {
        let calls = [Call::of(child), Call::of(mother), Call::of(father)];
        let answer = transmission(&trio(sex), &Site { region, calls: &calls }, &FamilyPolicy::default());
        assert_eq!(answer.len(), 1);
        let text = format!("{region:?} {sex:?} {child:?} {mother:?} {father:?}");
        assert_eq!((answer[0].consistent, answer[0].label), (consistent, label), "{text}");
    }
}

#[test]
fn pedigree_faults_are_named() {
    let fault = |family: &Family| validate(family).unwrap_err();
    let good = trio(Sex::Female);
    assert_eq!(validate(&good), Ok(()));

    let mut cyclic = good.clone();
    cyclic.members[1].mother = Some(0);
    let faults = fault(&cyclic);
    assert!(matches!(&faults[0], PedigreeError::Cycle { id, .. } if id == "kid"), "{faults:?}");
    assert!(faults[0].to_string().contains("kid, child of mum, child of kid"), "{}", faults[0]);

    let mut long_cycle = good.clone();
    long_cycle.members[1].father = Some(2);
    long_cycle.members[2].mother = Some(0);
    assert!(fault(&long_cycle).iter().any(|f| matches!(f, PedigreeError::Cycle { .. })));

    let mut own = good.clone();
    own.members[0].mother = Some(0);
    assert!(matches!(&fault(&own)[0], PedigreeError::OwnParent { row: 1, parent: "mother", .. }));

    let mut sex = good.clone();
    sex.members[1].sex = Sex::Male;
    let text = fault(&sex)[0].to_string();
    assert!(
        text.contains("row 1") && text.contains("mum, the mother of kid, is registered as male"),
        "{text}"
    );

    let mut same = good.clone();
    same.members[1].sex = Sex::Unknown;
    same.members[0].father = Some(1);
    assert!(fault(&same).iter().any(|f| matches!(f, PedigreeError::SameParentTwice { .. })));

    let mut twice = good.clone();
    twice.members[2].id = "mum".to_owned();
    assert!(matches!(&fault(&twice)[0], PedigreeError::DuplicateMember { first: 2, second: 3, .. }));

    let mut absent = good.clone();
    absent.members[0].father = Some(9);
    assert!(matches!(&fault(&absent)[0], PedigreeError::UnknownParent { parent: "father", .. }));

    let mut healthy = good.clone();
    healthy.members[0].affection = Affection::Unaffected;
    assert!(matches!(&fault(&healthy)[0], PedigreeError::ProbandNotAffected { row: 1, .. }));

    let mut fathers = good.clone();
    fathers.members.push(fathers.members[2].clone());
    fathers.members[3].id = "other".to_owned();
    fathers.members[2].role = Role::Father;
    fathers.members[3].role = Role::Father;
    assert!(matches!(&fault(&fathers)[0], PedigreeError::RoleTwice { role: "father", .. }));
    fathers.members[2].role = Role::Sibling;
    assert!(matches!(&fault(&fathers)[0], PedigreeError::RoleDisagrees { role: "father", .. }));

    let nobody = Family { proband: 7, ..good };
    assert!(matches!(&fault(&nobody)[0], PedigreeError::NoProband { .. }));
}

const LIMITS: DeNovoPolicy = DeNovoPolicy {
    proband_balance_highest: Some(0.8),
    proband_quality: 20,
    parent_reference_fraction: Some(0.9),
    parent_depth: 10,
    parent_quality: 20,
    parent_alternate_reads: 1,
    proband_alternate_reads: 5,
    proband_balance: 0.25,
};

fn measured(copies: &[Copy], depths: (u32, u32), quality: u32) -> Call {
    Call {
        allele_depths: Some(depths),
        depth: Some(depths.0 + depths.1),
        quality: Some(quality),
        ..Call::of(copies)
    }
}

#[test]
fn de_novo_calls_are_graded() {
    let grade = |calls: [Call; 3]| {
        let site = Site { region: CopyRegion::Autosomal, calls: &calls };
        de_novo_evidence(&trio(Sex::Female), &site, &FamilyPolicy::default(), &LIMITS)
    };
    let child = || measured(&[O, A], (15, 14), 99);
    let parent = || measured(&[O, O], (30, 0), 80);
    assert_eq!(grade([child(), parent(), parent()]).grade, DeNovoGrade::Confident);
    for (calls, words) in [
        ([child(), measured(&[O, O], (9, 0), 80), parent()], "mum: depth 9, and at least 10 is required"),
        (
            [child(), parent(), measured(&[O, O], (30, 0), 19)],
            "dad: genotype quality 19, and at least 20 is required",
        ),
        (
            [child(), measured(&[O, O], (30, 1), 80), measured(&[O, O], (30, 1), 80)],
            "the parents together have 2 reads supporting the allele",
        ),
        (
            [measured(&[O, A], (6, 4), 99), parent(), parent()],
            "kid: reads supporting the allele 4, and at least 5 is required",
        ),
        ([measured(&[O, A], (60, 10), 99), parent(), parent()], "14.3% of reads"),
        ([child(), Call::of(&[O, O]), parent()], "mum: depth not given"),
    ] {
        let evidence = grade(calls);
        assert_eq!(evidence.grade, DeNovoGrade::Weak, "{words}");
        assert!(evidence.reasons.iter().any(|r| r.contains(words)), "{words}: {:?}", evidence.reasons);
    }
    let block = Call { from_reference_block: true, allele_depths: None, ..parent() };
    assert_eq!(grade([child(), block, parent()]).grade, DeNovoGrade::Confident);
    let hom = || measured(&[A, A], (0, 30), 99);
    let carrier = || measured(&[O, A], (15, 15), 99);
    assert_eq!(grade([hom(), carrier(), parent()]).grade, DeNovoGrade::MendelianError);
    assert_eq!(grade([hom(), parent(), parent()]).grade, DeNovoGrade::MendelianError);
    assert_eq!(grade([child(), carrier(), parent()]).grade, DeNovoGrade::NotDeNovo);
    assert_eq!(grade([child(), Call::of(&[U, U]), parent()]).grade, DeNovoGrade::NotDeNovo);
}

#[test]
fn flags_say_what_a_verdict_hides() {
    let flags = |sex, region, calls: [Call; 3], mode: SegregationMode| {
        let site = Site { region, calls: &calls };
        let all = segregate(&trio(sex), &site, &FamilyPolicy::default());
        all.into_iter().find(|v| v.mode == mode).unwrap().flags
    };
    let call = Call::of;
    for (sex, region, calls, mode, flag) in [
        (
            Sex::Male,
            CopyRegion::X,
            [call(&[O, A]), call(&[O, A]), call(&[O])],
            SegregationMode::XLinkedRecessive,
            "het_in_haploid",
        ),
        (
            Sex::Female,
            CopyRegion::Autosomal,
            [call(&[A, A]), call(&[O, O]), call(&[O, O])],
            SegregationMode::AutosomalDominant,
            "homozygous_under_dominant",
        ),
        (
            Sex::Female,
            CopyRegion::Autosomal,
            [call(&[A, A]), call(&[O, O]), call(&[O, O])],
            SegregationMode::DeNovo,
            "double_de_novo",
        ),
        (
            Sex::Female,
            CopyRegion::Autosomal,
            [call(&[A, A]), call(&[O, A]), call(&[O, O])],
            SegregationMode::DeNovo,
            "transmission_conflict",
        ),
        (
            Sex::Female,
            CopyRegion::Autosomal,
            [call(&[A]), call(&[O, A]), call(&[O, O])],
            SegregationMode::AutosomalRecessive,
            "hemizygous_by_deletion",
        ),
        (
            Sex::Female,
            CopyRegion::Autosomal,
            [call(&[A, Copy::Deleted]), call(&[O, A]), call(&[O, O])],
            SegregationMode::AutosomalRecessive,
            "hemizygous_by_deletion",
        ),
        (
            Sex::Male,
            CopyRegion::X,
            [call(&[A]), call(&[O, A]), call(&[O])],
            SegregationMode::XLinkedDominant,
            "unaffected_carrier_female",
        ),
        (
            Sex::Male,
            CopyRegion::Y,
            [call(&[A]), call(&[A]), call(&[O])],
            SegregationMode::YLinked,
            "y_call_in_xx",
        ),
        (
            Sex::Unknown,
            CopyRegion::X,
            [call(&[A]), call(&[O, A]), call(&[O])],
            SegregationMode::XLinkedRecessive,
            "sex_unknown",
        ),
        (
            Sex::Female,
            CopyRegion::Autosomal,
            [call(&[O, A]), call(&[O, A]), call(&[O, O])],
            SegregationMode::AutosomalDominantIncompletePenetrance,
            "unaffected_carrier",
        ),
        (
            Sex::Female,
            CopyRegion::Autosomal,
            [call(&[A, A]), call(&[U, U]), call(&[O, A])],
            SegregationMode::AutosomalRecessive,
            "called_members_fit",
        ),
    ] {
        let found = flags(sex, region, calls, mode);
        assert!(found.iter().any(|f| f.name() == flag), "{flag}: {found:?}");
    }
}

#[test]
fn inferred_x_copies_decide_over_registered_sex() {
    use ithaca::model::participant::SexChromosomes;
    let verdict = |x, y, copies: &[Copy]| {
        let mut family = family_of(&[("p", None, None, Sex::Male, Affection::Affected)]);
        family.members[0].sex_chromosomes = Some(SexChromosomes { x, y });
        let calls = [Call::of(copies)];
        let site = Site { region: CopyRegion::X, calls: &calls };
        segregate(&family, &site, &FamilyPolicy::default())[0].verdict
    };
    assert_eq!(verdict(1, 1, &[O, A]), Verdict::Possible);
    assert_eq!(verdict(2, 1, &[O, A]), Verdict::No, "XXY follows the two-copy rule");
    assert_eq!(verdict(3, 0, &[O, A]), Verdict::No);
    assert_eq!(verdict(3, 0, &[A, A]), Verdict::Yes);
    assert_eq!(verdict(1, 0, &[A, A]), Verdict::Yes);
}
