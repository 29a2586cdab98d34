//! Which modes apply to a region, and the verdict on each.

use smallvec::SmallVec;

use super::clause::Context;
use super::policy::FamilyPolicy;
use super::{
    autosomal_dominant, autosomal_recessive, copies, de_novo, imprinted, mitochondrial,
    uniparental_isodisomy, x_linked_dominant, x_linked_recessive, y_linked,
};
use crate::model::family::Family;
use crate::model::genotype::Call;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, SegregationVerdict, Verdict};

/// One allele at one place in one family.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// How copies are counted here.
    pub region: CopyRegion,
    /// One call per member of the family, in member order; members beyond its end have no call.
    pub calls: &'a [Call],
}

/// Verdicts without reasons.
pub type ModeVerdicts = SmallVec<[(SegregationMode, Verdict); 8]>;

/// The single-site modes that apply to a region. All are tried whatever the pedigree looks like.
pub fn modes_of(region: CopyRegion) -> &'static [SegregationMode] {
    use SegregationMode as M;
    match region {
        CopyRegion::Autosomal => &[
            M::AutosomalDominant,
            M::AutosomalDominantIncompletePenetrance,
            M::AutosomalRecessive,
            M::DeNovo,
            M::DominantMaternallyImprinted,
            M::DominantPaternallyImprinted,
            M::UniparentalIsodisomy,
        ],
        CopyRegion::X => &[M::XLinkedRecessive, M::XLinkedDominant, M::DeNovo],
        CopyRegion::Y => &[M::YLinked, M::DeNovo],
        CopyRegion::Mitochondrial => &[M::Mitochondrial, M::DeNovo],
    }
}

/// The verdict on every mode that applies, without reasons and, in families of up to eight, without
/// allocation.
pub fn verdicts(family: &Family, site: &Site, policy: &FamilyPolicy) -> ModeVerdicts {
    let context = Context::new(family, site, policy);
    modes_of(site.region).iter().map(|&mode| (mode, verdict(mode, &context))).collect()
}

/// The verdict on every mode that applies, with reasons and flags.
///
/// ```
/// use ithaca::family::{FamilyPolicy, Site, segregate};
/// use ithaca::model::genotype::{Call, Copy};
/// use ithaca::model::segregation::{CopyRegion, SegregationMode, Verdict};
/// # use ithaca::model::family::Family;
/// # use ithaca::model::participant::{Affection, Participant, Role, Sex};
/// # let person = |id: &str, role, sex, affection, parents: Option<(usize, usize)>| Participant {
/// #     id: id.to_owned(), role, sex, sex_chromosomes: None, affection,
/// #     mother: parents.map(|(mother, _)| mother),
/// #     father: parents.map(|(_, father)| father),
/// #     vcf: None, vcf_sample: None, alignments: None,
/// # };
/// // An affected child, first in the list, and two unaffected parents.
/// let family = Family {
///     id: "F1".to_owned(),
///     members: vec![
///         person("child", Role::Proband, Sex::Female, Affection::Affected, Some((1, 2))),
///         person("mother", Role::Mother, Sex::Female, Affection::Unaffected, None),
///         person("father", Role::Father, Sex::Male, Affection::Unaffected, None),
///     ],
///     proband: 0,
///     consanguineous: false,
/// };
///
/// let (none, one) = (Call::of(&[Copy::Other; 2]), Call::of(&[Copy::Other, Copy::Alternate]));
/// let calls = [one, none.clone(), none];
/// let site = Site { region: CopyRegion::Autosomal, calls: &calls };
/// let verdicts = segregate(&family, &site, &FamilyPolicy::default());
/// let of = |mode| verdicts.iter().find(|v| v.mode == mode).unwrap();
/// assert_eq!(of(SegregationMode::DeNovo).verdict, Verdict::Yes);
/// assert_eq!(of(SegregationMode::AutosomalRecessive).verdict, Verdict::No);
/// assert!(of(SegregationMode::AutosomalRecessive).reason.contains("child"));
/// ```
pub fn segregate(family: &Family, site: &Site, policy: &FamilyPolicy) -> Vec<SegregationVerdict> {
    let context = Context::new(family, site, policy);
    modes_of(site.region)
        .iter()
        .map(|&mode| SegregationVerdict {
            mode,
            verdict: verdict(mode, &context),
            reason: reason(mode, &context),
            flags: flags(mode, &context),
        })
        .collect()
}

fn verdict(mode: SegregationMode, context: &Context) -> Verdict {
    use SegregationMode as M;
    match mode {
        M::AutosomalDominant => autosomal_dominant::COMPLETE.verdict(context),
        M::AutosomalDominantIncompletePenetrance => autosomal_dominant::INCOMPLETE.verdict(context),
        M::AutosomalRecessive => autosomal_recessive::RULE.verdict(context),
        M::XLinkedRecessive => x_linked_recessive::RULE.verdict(context),
        M::XLinkedDominant => x_linked_dominant::rule(context.policy).verdict(context),
        M::YLinked => y_linked::RULE.verdict(context),
        M::Mitochondrial => mitochondrial::verdict(context),
        M::DeNovo => de_novo::verdict(context),
        M::DominantMaternallyImprinted | M::DominantPaternallyImprinted => imprinted::verdict(mode, context),
        M::UniparentalIsodisomy => uniparental_isodisomy::verdict(context),
        // A pair of sites: see `compound_heterozygous`.
        M::CompoundHeterozygous => Verdict::Possible,
    }
}

fn reason(mode: SegregationMode, context: &Context) -> String {
    use SegregationMode as M;
    match mode {
        M::AutosomalDominant => autosomal_dominant::COMPLETE.reason(context),
        M::AutosomalDominantIncompletePenetrance => autosomal_dominant::INCOMPLETE.reason(context),
        M::AutosomalRecessive => autosomal_recessive::RULE.reason(context),
        M::XLinkedRecessive => x_linked_recessive::RULE.reason(context),
        M::XLinkedDominant => x_linked_dominant::rule(context.policy).reason(context),
        M::YLinked => y_linked::RULE.reason(context),
        M::Mitochondrial => mitochondrial::reason(context),
        M::DeNovo => de_novo::reason(context),
        M::DominantMaternallyImprinted | M::DominantPaternallyImprinted => imprinted::reason(mode, context),
        M::UniparentalIsodisomy => uniparental_isodisomy::reason(context),
        M::CompoundHeterozygous => "Needs two alleles in one gene".to_owned(),
    }
}

/// Flags of the mode, then those of the place, without repeats.
fn flags(mode: SegregationMode, context: &Context) -> Vec<FamilyRemark> {
    use SegregationMode as M;
    let mut flags = match mode {
        M::AutosomalDominant => autosomal_dominant::flags(context),
        M::AutosomalDominantIncompletePenetrance => autosomal_dominant::incomplete_flags(context),
        M::AutosomalRecessive | M::XLinkedRecessive => autosomal_recessive::flags(context),
        M::XLinkedDominant => x_linked_dominant::flags(context),
        M::YLinked => y_linked::flags(context),
        M::Mitochondrial => mitochondrial::flags(context),
        M::DeNovo => de_novo::flags(context),
        _ => Vec::new(),
    };
    let rule = match mode {
        M::AutosomalDominant => Some(&autosomal_dominant::COMPLETE),
        M::AutosomalRecessive => Some(&autosomal_recessive::RULE),
        M::XLinkedRecessive => Some(&x_linked_recessive::RULE),
        M::XLinkedDominant => Some(x_linked_dominant::rule(context.policy)),
        M::YLinked => Some(&y_linked::RULE),
        _ => None,
    };
    if rule.is_some_and(|r| r.verdict(context) == Verdict::Possible && r.fits_called_members(context)) {
        flags.push(FamilyRemark::CalledMembersFit);
    }
    if context.affected().next().is_none() {
        flags.push(FamilyRemark::NotEvaluable);
    }
    flags.extend(place_flags(context));
    flags
}

/// Remarks on the calls themselves, whatever the mode.
fn place_flags(context: &Context) -> Vec<FamilyRemark> {
    let mut flags = Vec::new();
    if !matches!(context.region, CopyRegion::X | CopyRegion::Y) {
        return flags;
    }
    for (member, call) in context.calls.iter().enumerate().take(context.family.members.len()) {
        let karyotypes = copies::karyotypes(context.family, member);
        let expected = |k| copies::copies_of(context.region, k);
        if karyotypes.iter().all(|&k| copies::is_het_in_haploid(call, expected(k))) {
            flags.push(FamilyRemark::HetInHaploid);
        }
        if karyotypes.len() > 1 && copies::says_something(call) {
            flags.push(FamilyRemark::SexUnknown);
        }
    }
    flags.sort_unstable();
    flags.dedup();
    flags
}
